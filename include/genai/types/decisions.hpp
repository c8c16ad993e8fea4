#pragma once

#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/content.hpp>
#include <genai/types/interactions/usage.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::decisions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Why an input was refused.
struct BlockReason : OpenEnum<BlockReason> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator safety{"safety"};                          ///< flagged for safety
    static constexpr Enumerator other{"other"};                            ///< not said
    static constexpr Enumerator blocklist{"blocklist"};                    ///< a forbidden term
    static constexpr Enumerator prohibited_content{"prohibited_content"};  ///< forbidden content
    static constexpr Enumerator image_safety{"image_safety"};              ///< an unsafe image
};

/// What a question says: a text, or several.
struct Instructions : OneOf<interactions::TextContent, std::vector<interactions::TextContent>, std::string> {
    using OneOf::OneOf;
};

/// What the ends of a NoulQuestion's scale mean.
struct NoulCriteria {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text true_description{};                           ///< when it is true
    Text false_description{};                          ///< when it is false
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("true_description", self.true_description);
        visit("false_description", self.false_description);
    }
};

/// Asks how true something is.
struct NoulQuestion {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "noul"};
    Instructions instructions{};   ///< the question
    Box<NoulCriteria> criteria{};  ///< what true and false mean
    std::string type{tag.value};   ///< which kind this is
    Extra extra{};                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("instructions", self.instructions);
        visit("criteria", self.criteria);
        visit("type", self.type);
    }
};

/// Asks for one of several answers.
struct ChoiceQuestion {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "choice"};
    Instructions instructions{};   ///< the question
    Dict<std::string> criteria{};  ///< the answers, and when each is right
    std::string type{tag.value};   ///< which kind this is
    Extra extra{};                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("instructions", self.instructions);
        visit("criteria", self.criteria);
        visit("type", self.type);
    }
};

/// Asks for a grade.
struct ScoreQuestion {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "score"};
    Instructions instructions{};          ///< the question
    std::vector<std::string> criteria{};  ///< the grades, worst first
    std::string type{tag.value};          ///< which kind this is
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("instructions", self.instructions);
        visit("criteria", self.criteria);
        visit("type", self.type);
    }
};

/// A question of any kind.
struct Question : OneOf<NoulQuestion, ChoiceQuestion, ScoreQuestion> {
    using OneOf::OneOf;
};

/// What is to be decided.
struct CreateDecisionRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string model{};                               ///< the model, with or without `models/`
    OneOf<interactions::Content, std::vector<interactions::Content>, std::string>
        input{};                 ///< what the questions are about
    Dict<Question> questions{};  ///< by names of the caller's choice, which the answers have too
    Extra extra{};               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("input", self.input);
        visit("questions", self.questions);
    }
};

/// How true something is.
struct NoulAnswer {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "noul"};
    std::optional<double> noul{};        ///< 0 for false to 1 for true
    std::optional<double> confidence{};  ///< how sure the model is, 0 to 1
    std::string type{tag.value};         ///< which kind this is
    Extra extra{};                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("noul", self.noul);
        visit("confidence", self.confidence);
        visit("type", self.type);
    }
};

/// One of several answers.
struct ChoiceAnswer {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "choice"};
    Text choice{};                       ///< the answer
    std::optional<double> confidence{};  ///< how sure the model is, 0 to 1
    Dict<double> probabilities{};        ///< of each answer
    std::string type{tag.value};         ///< which kind this is
    Extra extra{};                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("choice", self.choice);
        visit("confidence", self.confidence);
        visit("probabilities", self.probabilities);
        visit("type", self.type);
    }
};

/// A grade.
struct ScoreAnswer {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "score"};
    std::optional<double> score{};       ///< the grade, as a number
    std::optional<double> confidence{};  ///< how sure the model is, 0 to 1
    Dict<std::string> legend{};          ///< the names of the grades, and what each means
    Dict<double> probabilities{};        ///< of each grade, by its name
    std::string type{tag.value};         ///< which kind this is
    Extra extra{};                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("score", self.score);
        visit("confidence", self.confidence);
        visit("legend", self.legend);
        visit("probabilities", self.probabilities);
        visit("type", self.type);
    }
};

/// An answer of any kind.
struct Answer : OneOf<NoulAnswer, ChoiceAnswer, ScoreAnswer> {
    using OneOf::OneOf;
};

/// Why there are no answers.
struct PromptFeedback {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    BlockReason block_reason{};                        ///< set when the input was refused
    Text block_reason_message{};                       ///< why, in words
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("block_reason", self.block_reason);
        visit("block_reason_message", self.block_reason_message);
    }
};

/// What was decided.
struct Decision {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Dict<Answer> answers{};                            ///< by the names of their questions
    Box<PromptFeedback> prompt_feedback{};             ///< set when the input was refused
    Box<interactions::Usage> usage{};                  ///< tokens used
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("answers", self.answers);
        visit("prompt_feedback", self.prompt_feedback);
        visit("usage", self.usage);
    }
};

}  // namespace genai::inline GENAI_ABI::decisions

#pragma once

#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// What is done about flagged text.
struct ModerationMode {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text mode{};                                       ///< `score` or `block`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("mode", self.mode); }
};

/// What is done about flagged input and output.
struct ModerationPolicy {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<ModerationMode> input{};                       ///< of the request
    Box<ModerationMode> output{};                      ///< of the answer
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("input", self.input);
        visit("output", self.output);
    }
};

/// That a call is to be moderated, and how.
struct Moderation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};                                      ///< the model that moderates
    Box<ModerationPolicy> policy{};                    ///< what is done about flagged text
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("policy", self.policy);
    }
};

/// What a moderation found.
struct ModerationResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};               ///< see NamedOnly
    Dict<bool> categories{};                                        ///< whether each was found
    Dict<std::vector<std::string>> category_applied_input_types{};  ///< in which kind of input
    Dict<double> category_scores{};                                 ///< how sure it is
    Flag flagged{};                                                 ///< whether one was found
    Text model{};                                                   ///< the model that moderated
    Text type{};                                                    ///< `moderation_result`
    Extra extra{};                                                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("categories", self.categories);
        visit("category_applied_input_types", self.category_applied_input_types);
        visit("category_scores", self.category_scores);
        visit("flagged", self.flagged);
        visit("model", self.model);
        visit("type", self.type);
    }
};

/// The results of a moderation, or why there are none.
struct ModerationOutcome {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `moderation_results` or `error`
    Text model{};                                      ///< the model that moderated
    std::vector<ModerationResult> results{};           ///< what it found
    Text code{};                                       ///< of an error
    Text message{};                                    ///< of an error
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("model", self.model);
        visit("results", self.results);
        visit("code", self.code);
        visit("message", self.message);
    }
};

/// How a call was moderated.
struct CompletionModeration {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<ModerationOutcome> input{};                    ///< its request
    Box<ModerationOutcome> output{};                   ///< its answer
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("input", self.input);
        visit("output", self.output);
    }
};

}  // namespace genai::inline GENAI_ABI::openai

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model_table.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/search_index.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/token_count.hpp>
#include <genai/types/decisions.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The decisions of an emulator: the answer that has a word in common with the input, else the first.
class EmulatedDecisions {
public:
    /// `state` must outlive it.
    explicit EmulatedDecisions(EmulatorState& state) : state_(state) {}

    /// Answers a request for `decisions`. The lock is held.
    RawReply answer(const ReceivedRequest& request) const {
        if (request.method != "POST") return not_found();
        const auto body = parse_body<decisions::CreateDecisionRequest>(request.body, state_.options.strict);
        const bool full = body.model.starts_with("models/");
        static_cast<void>(state_.model_with(full ? body.model : "models/" + body.model, "decisions"));
        if (body.input.empty()) throw bad_request("input", "input is required");
        if (body.questions.empty()) throw bad_request("questions", "questions is required");
        const std::string input = encode(body.input);
        Tree answers = Tree::object();
        for (const auto& [name, question] : body.questions) answers[name] = answered(name, question, input);
        const auto asked = static_cast<std::int64_t>(tokens_of(input).size());
        const auto said = static_cast<std::int64_t>(body.questions.size());
        return ok({{"answers", answers},
                   {"usage",
                    {{"total_input_tokens", asked},
                     {"total_output_tokens", said},
                     {"total_tokens", asked + said}}}});
    }

private:
    static constexpr double sure = 0.9;

    // Whether the input has a word of a name or of what it means.
    static bool fits(const std::string& input, const std::string& words) {
        SearchIndex index;
        index.add(0, input);
        return !index.find(words, 1).empty();
    }

    // The probabilities of several answers, of which one is right.
    static Tree probabilities(const std::vector<std::string>& names, std::size_t right) {
        Tree made = Tree::object();
        for (std::size_t i = 0; i < names.size(); ++i)
            made[names[i]] = names.size() == 1 ? 1.0
                             : i == right      ? sure
                                               : (1 - sure) / static_cast<double>(names.size() - 1);
        return made;
    }

    static Tree answered(const std::string& name, const decisions::Question& question,
                         const std::string& input) {
        if (const auto* choice = question.get_if<decisions::ChoiceQuestion>()) {
            std::vector<std::string> names;
            for (const auto& [answer, meaning] : choice->criteria) names.push_back(answer);
            if (names.empty()) throw bad_request("questions." + name + ".criteria", "criteria is required");
            const auto found = std::find_if(names.begin(), names.end(),
                                            [&](const std::string& one) { return fits(input, one); });
            const auto right =
                found == names.end() ? std::size_t{0} : static_cast<std::size_t>(found - names.begin());
            return {{"type", "choice"},
                    {"choice", names[right]},
                    {"confidence", sure},
                    {"probabilities", probabilities(names, right)}};
        }
        if (const auto* score = question.get_if<decisions::ScoreQuestion>()) {
            if (score->criteria.empty())
                throw bad_request("questions." + name + ".criteria", "criteria is required");
            std::vector<std::string> names;
            Tree legend = Tree::object();
            for (std::size_t i = 0; i < score->criteria.size(); ++i) {
                names.push_back(std::to_string(i));
                legend[names.back()] = score->criteria[i];
            }
            return {{"type", "score"},
                    {"score", names.size() - 1},
                    {"confidence", sure},
                    {"legend", legend},
                    {"probabilities", probabilities(names, names.size() - 1)}};
        }
        if (question.is<decisions::NoulQuestion>())
            return {{"type", "noul"}, {"noul", sure}, {"confidence", sure}};
        throw bad_request("questions." + name + ".type", "type must be noul, choice or score");
    }

    EmulatorState& state_;
};

}  // namespace genai::inline GENAI_ABI::testing::emulated

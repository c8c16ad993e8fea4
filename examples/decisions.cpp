// Questions about an input whose answers are a choice, a grade, or a degree of truth.
#include <iostream>

#include "connect.hpp"

int main() {
    namespace decisions = genai::decisions;
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const auto decision = client.decisions.create(
            {.model = examples::model,
             .input = "The parcel arrived a week late, and the box was open.",
             .questions = {{"angry", decisions::NoulQuestion{.instructions = "Is the customer angry?"}},
                           {"team", decisions::ChoiceQuestion{
                                        .instructions = "Which team answers?",
                                        .criteria = {{"shipping", "the parcel was late or broken"},
                                                     {"billing", "the price was wrong"}}}}}});
        for (const auto& [name, answer] : decision.answers) {
            if (const auto* degree = answer.get_if<decisions::NoulAnswer>())
                std::cout << name << ": " << degree->noul.value_or(0) << '\n';
            if (const auto* choice = answer.get_if<decisions::ChoiceAnswer>())
                std::cout << name << ": " << choice->choice << ", " << choice->confidence.value_or(0) << '\n';
        }
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

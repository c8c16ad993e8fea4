// Turns that the service remembers: gone on from by id, streamed as typed events, with a function to call.
#include <iostream>
#include <string>
#include <vector>

#include "connect.hpp"

int main() {
    namespace ix = genai::interactions;
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const ix::Interaction first =
            client.interactions.create({.input = "Name a bird.", .model = examples::model});
        std::cout << first.output_text() << '\n';

        std::string last_event;  // where to go on with get_stream if the stream broke
        for (const auto& event : client.interactions.create_stream({.input = "Where does it live?",
                                 .model = examples::model,
                                 .previous_interaction_id = first.id})) {
            if (const auto* more = event.get_if<ix::StepDelta>()) {
                if (const auto* text = more->delta.get_if<ix::TextDelta>())
                    std::cout << text->text.value_or("") << std::flush;
                last_event = more->event_id.value_or("");
            }
        }
        std::cout << '\n';

        const genai::Json schema{
            {"type", "object"}, {"properties", {{"city", {{"type", "string"}}}}}, {"required", {"city"}}};
        const std::vector<ix::Tool> tools{
            ix::Function{.description = "The weather in a city", .name = "weather", .parameters = schema}};
        const ix::Interaction asked = client.interactions.create(
            {.input = "What is the weather in Rome?", .model = examples::model, .tools = tools});
        for (const ix::Step& step : asked.steps) {
            const auto* call = step.get_if<ix::FunctionCallStep>();
            if (call == nullptr) continue;
            const ix::FunctionResultStep result{
                .call_id = call->id, .name = call->name, .result = genai::Json{{"weather", "sunny"}}};
            std::cout << client.interactions
                             .create({.input = std::vector<ix::Step>{result},
                                      .model = examples::model,
                                      .previous_interaction_id = asked.id,
                                      .tools = tools})
                             .output_text()
                      << '\n';
        }
        client.interactions.delete_(first.id);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

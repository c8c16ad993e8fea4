// The model asks for a function, the program runs it, the model answers from the result.
#include <iostream>
#include <vector>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());
    const genai::GenerateContentConfig config{
        .tools = {{.function_declarations = {{.description = "The current temperature in a city, in degrees Celsius",
                                              .name = "get_temperature",
                                              .parameters = genai::Schema{.properties = {{"city", {.type = genai::Type::string}}},
                                                                          .required = {"city"},
                                                                          .type = genai::Type::object}}}}}};

    std::vector<genai::Content> history{{.parts = {genai::Part::from_text("How warm is it in Paris?")}, .role = "user"}};
    auto response = client.models.generate_content(examples::model, history, config);
    for (int round = 0; round < 5 && !response.function_calls().empty(); ++round) {
        history.push_back(*response.candidates.front().content);  // thought signatures go back with it
        genai::Content results{.role = "user"};
        for (const genai::FunctionCall& call : response.function_calls()) {
            std::cout << "calling " << call.name.value_or("") << ' ' << call.args.value_or(genai::Json::object()) << '\n';
            genai::Part result = genai::Part::from_function_response(call.name.value_or(""), {{"output", 21}});
            result.function_response->id = call.id;
            results.parts.push_back(std::move(result));
        }
        history.push_back(std::move(results));
        response = client.models.generate_content(examples::model, history, config);
    }
    std::cout << response.text() << '\n';
}

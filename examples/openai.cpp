// A program written in OpenAI's shapes, answered by Gemini: a completion, a stream, a tool, structured
// output, embeddings. Without a key the emulator answers.
#include <iostream>
#include <string>

#include <genai/openai.hpp>

#include "connect.hpp"

namespace openai = genai::openai;

namespace {

void complete_and_stream(const openai::Client<>& ai) {
    const auto completion = ai.chat.completions.create(
        {.model = examples::model,
         .messages = {{.role = "system", .content = "Be brief."},
                      {.role = "user", .content = "What is the capital of France?"}},
         .reasoning_effort = "low"});
    std::cout << completion.choices[0].message.content << '\n';
    if (completion.usage) std::cout << completion.usage->total_tokens << " tokens\n";

    for (const auto& chunk : ai.chat.completions.create_stream(
             {.model = examples::model, .messages = {{.role = "user", .content = "Say hello."}}}))
        for (const auto& choice : chunk.choices) std::cout << choice.delta.content << std::flush;
    std::cout << '\n';
}

/// The model asks for the tool, the program answers, the model goes on.
void call_a_tool(const openai::Client<>& ai) {
    const genai::Json parameters{
        {"type", "object"}, {"properties", {{"city", {{"type", "string"}}}}}, {"required", {"city"}}};
    openai::CompletionCreateParams params{
        .model = examples::model,
        .messages = {{.role = "user", .content = "weather city=Rome"}},
        .tools = {
            {.type = "function",
             .function = openai::FunctionDefinition{
                 .name = "weather", .description = "The weather of a city.", .parameters = parameters}}}};
    for (int round = 0; round < 3; ++round) {
        const auto message = ai.chat.completions.create(params).choices[0].message;
        params.messages.push_back(message);  // as it came: it holds what Gemini wants back
        if (message.tool_calls.empty()) break;
        for (const auto& call : message.tool_calls) {
            std::cout << call.function->name << call.function->arguments << '\n';
            params.messages.push_back({.role = "tool", .content = "sunny", .tool_call_id = call.id});
        }
    }
    std::cout << params.messages.back().content << '\n';
}

void ask_for_a_shape(const openai::Client<>& ai) {
    const genai::Json schema{
        {"type", "object"},
        {"properties", {{"name", {{"type", "string"}}}, {"people", {{"type", "integer"}}}}},
        {"required", {"name", "people"}}};
    const auto completion = ai.chat.completions.create(
        {.model = examples::model,
         .messages = {{.role = "user", .content = "A city."}},
         .response_format = openai::ResponseFormat{
             .type = "json_schema", .json_schema = openai::JSONSchema{.name = "city", .schema = schema}}});
    std::cout << genai::Json::parse(completion.choices[0].message.content.text()).dump() << '\n';
}

}  // namespace

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const openai::Client ai(client);
        complete_and_stream(ai);
        call_a_tool(ai);
        ask_for_a_shape(ai);
        const auto vectors = ai.embeddings.create({.model = "gemini-embedding-001", .input = {"cat", "dog"}});
        std::cout << vectors.data.size() << " vectors of " << vectors.data[0].embedding.values().size()
                  << " numbers\n";
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

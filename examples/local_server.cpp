// A model on a server that speaks OpenAI's chat completions, such as llama.cpp's llama-server, Ollama, vLLM
// or LM Studio:
//
//     local_server http://localhost:8080/v1 qwen3 --kind llama_cpp
//
// Without an address, a server in this process answers, with no model behind it.
#include <iostream>
#include <string>
#include <string_view>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/testing/scripted_transport.hpp>
#include <genai/tools.hpp>

namespace {

/// What a server would say: a stream, then a call of a function, then an answer.
genai::testing::ScriptedTransport server_in_process() {
    using genai::testing::ScriptedTransport;
    return {
        ScriptedTransport::json(
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hello \"}}]}\n\n"
            "data: {\"choices\":[{\"delta\":{\"content\":\"there.\"},\"finish_reason\":\"stop\"}]}\n\n"
            "data: [DONE]\n\n",
            200, {{"Content-Type", "text/event-stream"}}),
        ScriptedTransport::json(
            R"({"choices":[{"message":{"tool_calls":[{"id":"c1","type":"function",)"
            R"("function":{"name":"add","arguments":"{\"a\":2,\"b\":3}"}}]},"finish_reason":"tool_calls"}]})"),
        ScriptedTransport::json(R"({"choices":[{"message":{"content":"It is 5."},"finish_reason":"stop"}],)"
                                R"("usage":{"prompt_tokens":20,"completion_tokens":4,"total_tokens":24}})")};
}

}  // namespace

int main(int argc, char** argv) {
    const std::string base_url = argc > 1 ? argv[1] : "http://localhost:8080/v1";
    const std::string model = argc > 2 ? argv[2] : "qwen3";
    genai::openai::Quirks quirks;
    if (argc > 4 && std::string_view(argv[3]) == "--kind") quirks.kind = genai::openai::kind_named(argv[4]);

    const genai::Client<> client(
        {.http_options = {.base_url = base_url}},
        argc > 1 ? genai::openai::Transport(quirks) : genai::openai::Transport(quirks, server_in_process()));

    for (const auto& chunk : client.models.generate_content_stream(model, "Say hello."))
        std::cout << chunk.text() << std::flush;
    std::cout << '\n';

    const auto add = genai::tool("add", "Adds two numbers.", {"a", "b"}, [](int a, int b) { return a + b; });
    const auto answer = client.models.generate_content(model, "What is 2 + 3?", {.tools = {add}});
    std::cout << answer.text() << '\n';
    if (answer.usage_metadata)
        std::cout << answer.usage_metadata->total_token_count.value_or(0) << " tokens\n";
}

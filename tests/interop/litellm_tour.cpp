// A tour of LiteLLM's proxy, which has the emulator behind it: litellm_tour URL KEY. By its own Gemini route,
// and by OpenAI's chat completions. Prints what failed, and ends with 1 then.

#include <exception>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/tools.hpp>

namespace {

const std::string model = "gemini-2.5-flash";
int failed = 0;
int passed = 0;

void step(const std::string& name, const std::function<void()>& body) {
    try {
        body();
        ++passed;
    } catch (const std::exception& problem) {
        ++failed;
        std::cout << "FAILED " << name << ": " << problem.what() << '\n';
    }
}

void expect(bool holds, const std::string& otherwise) {
    if (!holds) throw std::runtime_error(otherwise);
}

template <class E>
void expect_error(const std::function<void()>& call, int status) {
    try {
        call();
    } catch (const E& error) {
        return expect(error.http_status() == status, "the status is " + std::to_string(error.http_status()));
    }
    throw std::runtime_error("there was no error");
}

struct Recipe {
    std::string name{};
    int minutes{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("minutes", self.minutes);
    }
};

genai::Tool weather() {
    return genai::tool("get_weather", "The weather in a city.", {"city"},
                       [](const std::string& city) { return "sunny in " + city; });
}

/// What works by either route.
void common(const std::string& route, const genai::Client<>& client) {
    step(route + " text", [&] {
        const auto answer = client.models.generate_content(model, "Hello there");
        expect(answer.text().find("Hello there") != std::string::npos, answer.text());
        expect(answer.usage_metadata && answer.usage_metadata->total_token_count.value_or(0) > 0, "no usage");
        expect(answer.candidate().finish_reason == genai::FinishReason::stop, "no finish reason");
    });
    step(route + " system instruction and configuration", [&] {
        const auto answer = client.models.generate_content(
            model, "Count", {.system_instruction = "Be brief.", .temperature = 0.5, .max_output_tokens = 5});
        expect(!answer.text().empty(), "no text");
    });
    step(route + " stream", [&] {
        std::string text;
        int chunks = 0;
        for (const auto& chunk :
             client.models.generate_content_stream(model, "one two three four five six")) {
            text += chunk.text();
            ++chunks;
        }
        expect(text.find("one two three four five six") != std::string::npos, text);
        expect(chunks > 1, "one chunk");
    });
    step(route + " chat", [&] {
        auto chat = client.chats.create(model);
        static_cast<void>(chat.send_message("first"));
        const auto answer = chat.send_message("second");
        expect(answer.text().find("turn 2") != std::string::npos, answer.text());
    });
    step(route + " function calling", [&] {
        const auto answer = client.models.generate_content(model, "What is the weather in Rome? get_weather",
                                                           {.tools = {weather()}});
        expect(answer.text().find("sunny in") != std::string::npos, answer.text());
    });
    step(route + " function calling in a stream", [&] {
        std::string text;
        for (const auto& chunk : client.models.generate_content_stream(
                 model, "What is the weather in Rome? get_weather", {.tools = {weather()}}))
            text += chunk.text();
        expect(text.find("sunny in") != std::string::npos, text);
    });
    step(route + " structured output", [&] {
        const auto recipe = client.models.generate_content<Recipe>(model, "A recipe");
        expect(!recipe.value.name.empty(), "no name");
    });
    step(route + " image", [&] {
        const std::string png = "\x89PNG\r\n\x1a\n and so on";
        const auto answer = client.models.generate_content(
            model, {genai::Part::from_text("What is it?"), genai::Part::from_bytes(png, "image/png")});
        expect(!answer.text().empty(), "no text");
    });
    step(route + " thoughts", [&] {
        const auto answer = client.models.generate_content(
            model, "Think", {.thinking_config = genai::ThinkingConfig{.thinking_budget = 1024}});
        expect(!answer.text().empty(), "no text");
    });
}

genai::ClientOptions options(const std::string& base_url, const std::string& key) {
    genai::ClientOptions made{.api_key = key, .proxy = ""};
    made.http_options.base_url = base_url;
    made.http_options.retry.attempts = 1;
    return made;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::string url = argv[1];
    const std::string key = argv[2];

    auto native = options(url, key);
    native.api_key_in = genai::ApiKeyPlacement::bearer;
    common("own route:", genai::Client<>(native));

    const genai::openai::Transport transport({.kind = genai::openai::Kind::litellm});
    const genai::Client<> openai(options(url + "/v1", key), transport);
    common("chat completions:", openai);
    step("models", [&] {
        bool found = false;
        for (const auto& one : openai.models.list()) found = found || one.name == "models/" + model;
        expect(found, "the model is not listed");
    });
    step("unknown model", [&] {
        expect_error<genai::ClientError>(
            [&] { static_cast<void>(openai.models.generate_content("no-such", "x")); }, 400);
    });
    step("group of models that falls back",
         [&] { expect(!openai.models.generate_content("fragile", "Hello").text().empty(), "no text"); });
    step("request id", [&] {
        try {
            static_cast<void>(openai.models.generate_content("no-such", "x"));
        } catch (const genai::ApiError& error) {
            expect(!error.request_id().empty(), "no request id");
        }
    });
    std::cout << passed << " steps passed, " << failed << " failed\n";
    return failed == 0 ? 0 : 1;
}

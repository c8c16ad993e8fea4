// Functions called for the model: rounds, their limits, what is sent and kept, and what happens when they
// fail.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/tools.hpp>
#include <genai/wire/base64.hpp>

#include "clients.hpp"
#include "talk.hpp"

using namespace genai;
using Catch::Matchers::ContainsSubstring;
using genai::testing::Emulator;
using genai::testing::Reply;

namespace {

constexpr const char* model = "gemini-2.5-flash";

struct Talk {
    Emulator emulator{};
    Client<> client{support::once(emulator.client_options())};

    std::vector<Json> bodies() const {
        std::vector<Json> all;
        for (const auto& request : emulator.requests()) all.push_back(Json::parse(request.body));
        return all;
    }
    /// The function's answers in the last request.
    Json answers() const {
        Json all = Json::array();
        const Json sent = bodies().back();
        for (const Json& part : sent["contents"].back()["parts"]) all.push_back(part.at("functionResponse"));
        return all;
    }
};

Tool weather() {
    return tool("get_weather", "Current weather in a city", {"city"},
                [](const std::string& city) { return "sunny in " + city; });
}
Tool time_of_day() {
    return tool("get_time", "Local time in a city", {"city"},
                [](const std::string& city) { return "noon in " + city; });
}
Tool failing() {
    return tool("fail", "Fails", []() -> int { throw std::runtime_error("it broke"); });
}

FunctionCall call(std::string name, Json args = Json::object(), std::optional<std::string> id = {}) {
    return {.args = std::move(args), .id = std::move(id), .name = std::move(name)};
}

}  // namespace

TEST_CASE("a function is called for the model, and the model told what it gave") {
    Talk talk;
    const auto response =
        talk.client.models.generate_content(model, "How is the weather in Paris?", {.tools = {weather()}});
    CHECK_THAT(response.text(), ContainsSubstring("sunny in Paris"));
    const auto bodies = talk.bodies();
    REQUIRE(bodies.size() == 2);
    CHECK(bodies[0]["tools"] == bodies[1]["tools"]);
    CHECK(bodies[1]["contents"].size() == 3);
    CHECK(bodies[1]["contents"][0] == bodies[0]["contents"][0]);
    CHECK(
        bodies[1]["contents"][1] ==
        Json::parse(
            R"({"role":"model","parts":[{"functionCall":{"name":"get_weather","id":"call-get_weather","args":{"city":"Paris"}},"thoughtSignature":")" +
            wire::to_base64("signature of get_weather") + "\"}]}"));
    CHECK(
        bodies[1]["contents"][2] ==
        Json::parse(
            R"({"role":"user","parts":[{"functionResponse":{"name":"get_weather","id":"call-get_weather","response":{"result":"sunny in Paris"}}}]})"));
    CHECK(Json::parse(encode(response.automatic_function_calling_history)) == bodies[1]["contents"]);

    CHECK(talk.client.models
              .generate_content(
                  model, "Paris?",
                  {.tools = {weather()}, .automatic_function_calling = {.ignore_call_history = true}})
              .automatic_function_calling_history.empty());
    talk.emulator.enqueue(Reply::text("No need."));
    CHECK(talk.client.models.generate_content(model, "Hello", {.tools = {weather()}})
              .automatic_function_calling_history.empty());
}

TEST_CASE("functions go out in one list, whatever stands beside them") {
    Talk talk;
    const std::vector<Tool> tools{weather(),
                                  {.google_search = GoogleSearch{}},
                                  time_of_day(),
                                  {.function_declarations = {{.name = "declared"}}}};
    talk.emulator.enqueue(Reply::text("Hello"));
    talk.client.models.generate_content(model, "Hello", {.tools = tools});
    Json sent = talk.bodies().back()["tools"];
    REQUIRE(sent.size() == 3);
    CHECK(sent[0]["functionDeclarations"].size() == 2);
    CHECK(sent[0]["functionDeclarations"][1]["name"] == "get_time");
    CHECK(sent[1] == Json::parse(R"({"googleSearch":{}})"));
    CHECK(sent[2]["functionDeclarations"][0]["name"] == "declared");
    talk.client.models.count_tokens(model, "Hello", {.tools = tools});
    CHECK(talk.bodies().back()["generateContentRequest"]["tools"] == sent);
    talk.client.caches.create(model, {.contents = "Hello", .tools = tools});
    CHECK(talk.bodies().back()["tools"] == sent);
    // a cache has the declarations: functions with handlers stay here
    talk.emulator.enqueue(Reply::function_call("get_weather", {{"city", "Paris"}}));
    talk.emulator.enqueue(Reply::text("fine"));
    talk.client.models.generate_content(model, "Hello",
                                        {.tools = tools, .cached_content = "cachedContents/a"});
    CHECK(talk.bodies().back()["tools"].size() == 2);
    CHECK(talk.bodies().back()["tools"][0] == Json::parse(R"({"googleSearch":{}})"));
    CHECK(talk.answers()[0]["response"]["result"] == "sunny in Paris");
    talk.emulator.enqueue(Reply::function_call("get_weather", {{"city", "Paris"}}));
    talk.client.models.generate_content(model, "Hello", {.tools = {{.handlers = weather().handlers}}});
    CHECK_FALSE(talk.bodies().back().contains("tools"));
    CHECK(talk.answers()[0]["response"]["result"] == "sunny in Paris");
}

TEST_CASE("several calls of one turn are answered in their order, with their ids") {
    Talk talk;
    const auto response = talk.client.models.generate_content(model, "Call get_weather and get_time for Oslo",
                                                              {.tools = {weather(), time_of_day()}});
    CHECK_THAT(response.text(), ContainsSubstring("sunny in Oslo") && ContainsSubstring("noon in Oslo"));
    CHECK(talk.bodies().size() == 2);
    talk.emulator.enqueue(Reply::function_calls({call("get_time", {{"city", "Rome"}}, "b"),
                                                 call("get_weather", {{"city", "Rome"}}, "a"),
                                                 call("get_time", {{"city", "Lima"}})}));
    talk.client.models.generate_content(
        model, "Hello",
        {.tools = {weather(), time_of_day()}, .automatic_function_calling = {.maximum_parallel_calls = 2}});
    const Json answers = talk.answers();
    REQUIRE(answers.size() == 3);
    CHECK(answers[0] == Json::parse(R"({"name":"get_time","id":"b","response":{"result":"noon in Rome"}})"));
    CHECK(answers[1] ==
          Json::parse(R"({"name":"get_weather","id":"a","response":{"result":"sunny in Rome"}})"));
    CHECK(answers[2] == Json::parse(R"({"name":"get_time","response":{"result":"noon in Lima"}})"));
}

TEST_CASE("calls of one turn are made at the same time where that is asked for") {
    Talk talk;
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    int most = 0;
    int wanted = 1;
    const Tool meet = tool("meet", "Waits for the others", [&] {
        std::unique_lock lock(mutex);
        most = (std::max)(most, ++inside);
        changed.notify_all();
        changed.wait_for(lock, std::chrono::seconds(20), [&] { return most >= wanted; });
        --inside;
    });
    const auto run = [&](std::optional<std::int32_t> parallel) {
        most = 0;
        wanted = parallel.value_or(1);
        talk.emulator.enqueue(
            Reply::function_calls({call("meet"), call("meet"), call("meet"), call("meet")}));
        talk.client.models.generate_content(
            model, "Hello",
            {.tools = {meet}, .automatic_function_calling = {.maximum_parallel_calls = parallel}});
        return most;
    };
    CHECK(run({}) == 1);
    CHECK(run(4) == 4);
    CHECK(run(3) == 3);
    CHECK(run(2) == 2);
}

TEST_CASE("what goes wrong with a call is told to the model") {
    Talk talk;
    talk.emulator.enqueue(Reply::function_calls(
        {call("fail", Json::object(), "1"), call("nothing", {{"x", 1}}, "2"),
         call("get_weather", {{"town", "Rome"}}, "3"), call("get_weather", {{"city", 7}}, "4")}));
    const auto response =
        talk.client.models.generate_content(model, "Hello", {.tools = {weather(), failing()}});
    CHECK_THAT(response.text(), ContainsSubstring("it broke"));
    const Json answers = talk.answers();
    CHECK(answers[0] == Json::parse(R"({"name":"fail","id":"1","response":{"error":"it broke"}})"));
    CHECK(answers[1]["response"]["error"] == "there is no function nothing; there are: get_weather, fail");
    CHECK(answers[2]["response"]["error"] == "/town: is no parameter of this function");
    CHECK_THAT(answers[3]["response"]["error"].get<std::string>(), ContainsSubstring("expected a string"));
}

TEST_CASE("rounds have a limit, and what is left undone is in the answer") {
    Talk talk;
    int called = 0;
    const Tool again = tool("again", "", [&called] { return ++called; });
    const auto run = [&](AutomaticFunctionCallingConfig calling) {
        talk.emulator.clear();
        called = 0;
        for (int i = 0; i < 20; ++i) talk.emulator.enqueue(Reply::function_call("again", Json::object()));
        return talk.client.models.generate_content(
            model, "Hello", {.tools = {again}, .automatic_function_calling = std::move(calling)});
    };
    auto response = run({});
    CHECK(talk.emulator.requests().size() == 10);
    CHECK(called == 9);
    CHECK(response.function_calls().size() == 1);
    CHECK(response.automatic_function_calling_history.size() == 19);
    response = run({.maximum_remote_calls = 3});
    CHECK(talk.emulator.requests().size() == 3);
    CHECK(called == 2);
    response = run({.maximum_remote_calls = 1});
    CHECK(called == 0);
    CHECK(response.function_calls().size() == 1);
    CHECK(response.automatic_function_calling_history.empty());
    for (const auto& off : {AutomaticFunctionCallingConfig{.disable = true},
                            AutomaticFunctionCallingConfig{.maximum_remote_calls = 0}}) {
        response = run(off);
        CHECK(talk.emulator.requests().size() == 1);
        CHECK(called == 0);
        CHECK(response.function_calls().size() == 1);
    }
    std::size_t chunks = 0;
    talk.emulator.clear();
    for (int i = 0; i < 20; ++i) talk.emulator.enqueue(Reply::function_call("again", Json::object()));
    for (const auto& chunk : talk.client.models.generate_content_stream(
             model, "Hello", {.tools = {again}, .automatic_function_calling = {.maximum_remote_calls = 3}})) {
        static_cast<void>(chunk);
        ++chunks;
    }
    CHECK(chunks == 5);
    CHECK(talk.emulator.requests().size() == 3);
}

TEST_CASE("a model that must call functions may speak after the first answers") {
    Talk talk;
    GenerateContentConfig config{
        .tools = {weather(), time_of_day(), {.function_declarations = {{.name = "declared"}}}},
        .tool_config =
            ToolConfig{.function_calling_config = FunctionCallingConfig{
                           .allowed_function_names = {"get_time"}, .mode = FunctionCallingConfigMode::any}}};
    const auto response = talk.client.models.generate_content(model, "Lima?", config);
    CHECK_THAT(response.text(), ContainsSubstring("noon in Lima"));
    const auto bodies = talk.bodies();
    REQUIRE(bodies.size() == 2);
    CHECK(bodies[0]["toolConfig"]["functionCallingConfig"] ==
          Json::parse(R"({"mode":"ANY","allowedFunctionNames":["get_time"]})"));
    CHECK(bodies[1]["toolConfig"]["functionCallingConfig"] == Json::parse(R"({"mode":"AUTO"})"));
    REQUIRE(bodies[1]["tools"].size() == 1);  // it may call no more than before
    CHECK(bodies[1]["tools"][0]["functionDeclarations"].size() == 1);
    CHECK(bodies[1]["tools"][0]["functionDeclarations"][0]["name"] == "get_time");
    config.tool_config->function_calling_config->allowed_function_names.clear();
    talk.client.models.generate_content(model, "Lima?", config);
    CHECK(talk.bodies().back()["tools"] == talk.bodies()[2]["tools"]);
}

TEST_CASE("a call of a function that is only declared is the program's to answer") {
    Talk talk;
    int called = 0;
    const Tool counted = tool("counted", "", [&called] { ++called; });
    const GenerateContentConfig config{.tools = {counted, {.function_declarations = {{.name = "declared"}}}}};
    talk.emulator.enqueue(Reply::function_call("counted", Json::object()));
    talk.emulator.enqueue(Reply::function_calls({call("counted"), call("declared", {{"x", 1}})}));
    const auto response = talk.client.models.generate_content(model, "Hello", config);
    CHECK(called == 1);
    REQUIRE(response.function_calls().size() == 2);
    CHECK(response.function_calls()[1].args == Json{{"x", 1}});
    CHECK(response.automatic_function_calling_history.size() == 3);
    // the program goes on from there, with the tools' own functions to hand
    auto history = response.automatic_function_calling_history;
    history.push_back(*response.candidates.front().content);
    Content answers{.role = "user"};
    for (const FunctionCall& asked : response.function_calls()) {
        if (asked.name == "declared")
            answers.parts.push_back(Part::from_function_response("declared", {{"result", "mine"}}));
        else answers.parts.push_back({.function_response = call_function(config.tools, asked)});
    }
    history.push_back(std::move(answers));
    CHECK_THAT(talk.client.models.generate_content(model, history, config).text(), ContainsSubstring("mine"));
    CHECK(called == 2);
}

TEST_CASE("each call can be looked at, answered in the function's place, and its answer changed") {
    Talk talk;
    std::vector<std::string> seen;
    int called = 0;
    const Tool remove =
        tool("remove", "Deletes a file", {"path"}, [&called](const std::string&) { ++called; });
    GenerateContentConfig config{.tools = {remove, weather()}};
    config.automatic_function_calling.before = [&](const FunctionCall& asked) -> std::optional<Json> {
        seen.push_back("before " + *asked.name);
        if (asked.name == "remove") return Json{{"error", "the user said no"}};
        return std::nullopt;
    };
    config.automatic_function_calling.after = [&](const FunctionCall& asked, FunctionResponse& answer) {
        seen.push_back("after " + *asked.name);
        (*answer.response)["checked"] = true;
    };
    talk.emulator.enqueue(Reply::function_calls(
        {call("remove", {{"path", "/"}}, "1"), call("get_weather", {{"city", "Rome"}})}));
    talk.client.models.generate_content(model, "Hello", config);
    CHECK(called == 0);
    CHECK(seen == std::vector<std::string>{"before remove", "before get_weather", "after remove",
                                           "after get_weather"});
    CHECK(
        talk.answers()[0] ==
        Json::parse(R"({"name":"remove","id":"1","response":{"error":"the user said no","checked":true}})"));
    CHECK(talk.answers()[1]["response"] == Json{{"result", "sunny in Rome"}, {"checked", true}});

    config.automatic_function_calling.before = [](const FunctionCall&) -> std::optional<Json> {
        throw std::domain_error("stop this");
    };
    talk.emulator.clear();
    CHECK_THROWS_AS(talk.client.models.generate_content(model, "Rome", config), std::domain_error);
    CHECK(talk.emulator.requests().size() == 1);
}

TEST_CASE("a generation is cancelled between rounds and inside functions") {
    Talk talk;
    genai::stop_source source;
    bool told = false;
    const Tool slow = tool("slow", "", [&](const genai::stop_token& stop) {
        source.request_stop();
        told = stop.stop_requested();
        throw std::runtime_error("gave up");
    });
    const GenerateContentConfig config{.http_options = {.stop_token = source.get_token()}, .tools = {slow}};
    SECTION("a whole answer") {
        CHECK_THROWS_AS(talk.client.models.generate_content(model, "Hello", config), Cancelled);
    }
    SECTION("pushed") {
        CHECK_THROWS_AS(talk.client.models.generate_content_stream(model, "Hello", config,
                                                                   [](const GenerateContentResponse&) {}),
                        Cancelled);
    }
    SECTION("a range") {
        auto stream = talk.client.models.generate_content_stream(model, "Hello", config);
        CHECK_THROWS_AS(
            [&] {
                for (const auto& chunk : stream) static_cast<void>(chunk);
            }(),
            Cancelled);
    }
    SECTION("a chat") {
        auto chat = talk.client.chats.create(model);
        CHECK_THROWS_AS(chat.send_message("Hello", config), Cancelled);
        CHECK(chat.history().empty());
        CHECK_THAT(chat.send_message("Hello").text(), ContainsSubstring("turn 1"));
        talk.emulator.clear();
        CHECK_THROWS_AS(chat.send_message("Hello", config), Cancelled);
        CHECK(chat.history().size() == 2);
        return;
    }
    CHECK(told);
    CHECK(talk.emulator.requests().size() == 1);
}

TEST_CASE("leaving a stream tells the function that runs") {
    Talk talk;
    std::atomic<bool> running{false};
    std::atomic<bool> told{false};
    const Tool slow = tool("slow", "", [&](const genai::stop_token& stop) {
        running = true;
        for (int i = 0; i < 2000 && !stop.stop_requested(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        told = stop.stop_requested();
    });
    {
        auto stream = talk.client.models.generate_content_stream(model, "Hello", {.tools = {slow}});
        CHECK_FALSE(stream.begin()->function_calls().empty());
        for (int i = 0; i < 2000 && !running; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK(running);
    CHECK(told);
    CHECK(talk.emulator.requests().size() == 1);
}

TEST_CASE("a stream gives its chunks as they come, and the functions' answers between them") {
    Talk talk;
    const auto words = [](const GenerateContentResponse& chunk) {
        std::string text;
        for (const Part& part : chunk.parts())
            text += part.function_call ? "call " : part.function_response ? "answer " : "text ";
        return text;
    };
    std::string seen;
    std::vector<Content> history;
    for (const auto& chunk : talk.client.models.generate_content_stream(
             model, "Call get_weather and get_time for Oslo", {.tools = {weather(), time_of_day()}})) {
        const std::string kind = words(chunk);
        if (!seen.ends_with("text ") || kind != "text ") seen += kind;
        if (!chunk.automatic_function_calling_history.empty())
            history = chunk.automatic_function_calling_history;
    }
    CHECK(seen == "call call answer answer text ");
    CHECK(history.size() == 3);
    CHECK(Json::parse(encode(history)) == talk.bodies().back()["contents"]);
    CHECK(talk.bodies().size() == 2);

    seen.clear();
    talk.client.models.generate_content_stream(model, "Oslo", {.tools = {weather()}},
                                               [&](const GenerateContentResponse& chunk) {
                                                   seen += words(chunk);
                                                   return !seen.ends_with("answer ");
                                               });
    CHECK(seen == "call answer ");
    CHECK(talk.bodies().size() == 3);  // it was left before the next request

    talk.emulator.enqueue(Reply::text("I need no function."));
    seen.clear();
    for (const auto& chunk :
         talk.client.models.generate_content_stream(model, "Oslo", {.tools = {weather()}}))
        seen += words(chunk);
    CHECK(seen == "text ");
}

TEST_CASE("a chat keeps the calls and their answers") {
    Talk talk;
    auto chat = talk.client.chats.create(model, {.tools = {weather()}});
    const auto check = [&](std::size_t turns) {
        const auto history = chat.history();
        REQUIRE(history.size() == turns);
        CHECK(history[turns - 4].parts[0].text == "How is Paris?");
        CHECK(history[turns - 3].parts[0].function_call->name == "get_weather");
        CHECK(history[turns - 3].parts[0].thought_signature == wire::to_base64("signature of get_weather"));
        CHECK(history[turns - 2].parts[0].function_response->id == "call-get_weather");
        CHECK_THAT(history[turns - 1].parts[0].text.value_or(""), ContainsSubstring("sunny in Paris"));
        CHECK(chat.history(true) == history);
    };
    chat.send_message("How is Paris?");
    check(4);
    std::string text;
    for (const auto& chunk : chat.send_message_stream("How is Paris?")) text += chunk.text();
    check(8);
    CHECK_THAT(text, ContainsSubstring("sunny in Paris"));
    chat.send_message_stream("How is Paris?", {.tools = {weather()}}, [](const GenerateContentResponse&) {});
    check(12);
    CHECK(talk.bodies().back()["contents"].size() == 11);
}

TEST_CASE("a chat is unchanged and usable when a round fails") {
    Talk talk;
    auto chat = talk.client.chats.create(model, {.tools = {weather()}});
    chat.send_message("Rome");
    const auto before = chat.history();
    talk.emulator.enqueue({});
    talk.emulator.enqueue(Reply::error(400, "INVALID_ARGUMENT", "no"));
    SECTION("a whole answer") { CHECK_THROWS_AS(chat.send_message("Rome"), ClientError); }
    SECTION("a range") {
        auto stream = chat.send_message_stream("Rome");
        CHECK_THROWS_AS(
            [&] {
                for (const auto& chunk : stream) static_cast<void>(chunk);
            }(),
            ClientError);
    }
    SECTION("pushed") {
        CHECK_THROWS_AS(
            chat.send_message_stream("Rome", {.tools = {weather()}}, [](const GenerateContentResponse&) {}),
            ClientError);
    }
    SECTION("left at the functions' answers") {
        talk.emulator.clear();
        chat.send_message_stream("Rome", {.tools = {weather()}}, [](const GenerateContentResponse& chunk) {
            return chunk.automatic_function_calling_history.empty();
        });
    }
    CHECK(chat.history() == before);
    chat.send_message("Rome");
    CHECK(chat.history().size() == before.size() + 4);
}

TEST_CASE("a chat goes on when nothing was said after functions were called") {
    Talk talk;
    auto chat = talk.client.chats.create(model, {.tools = {weather()}});
    chat.send_message("Rome");
    for (int i = 0; i < 2; ++i) {
        talk.emulator.enqueue({});
        talk.emulator.enqueue(Reply::function_call("get_weather", {{"city", "Oslo"}}));
        talk.emulator.enqueue(Reply::json(R"({"candidates":[{"finishReason":"SAFETY"}]})"));
        chat.send_message("Oslo");
    }
    CHECK(chat.history().size() == 16);
    CHECK(chat.history(true).size() == 4);
    chat.send_message("Lima");
    CHECK(chat.history(true).size() == 8);
}

TEST_CASE("a chat goes on from calls that were left undone") {
    Talk talk;
    auto chat = talk.client.chats.create(
        model, {.tools = {weather()}, .automatic_function_calling = {.maximum_remote_calls = 1}});
    const auto response = chat.send_message("Rome");
    REQUIRE(response.function_calls().size() == 1);
    CHECK(chat.history().size() == 2);
    CHECK_THAT(
        chat.send_message(Part{.function_response = call_function({weather()}, response.function_calls()[0])})
            .text(),
        ContainsSubstring("sunny in Rome"));
}

TEST_CASE("a function cannot speak in the chat that waits for it") {
    Talk talk;
    std::optional<Chat> chat;
    const Tool speaks = tool("speaks", "", [&] { return chat->send_message("Hello").text(); });
    chat = talk.client.chats.create(model, {.tools = {speaks}});
    chat->send_message("Go");
    CHECK_THAT(talk.answers()[0]["response"]["error"].get<std::string>(),
               ContainsSubstring("message: comes before the last one's answer"));
    CHECK(chat->history().size() == 4);
}

TEST_CASE("a function is not called again when a later round is tried again") {
    Talk talk;
    const Client<> patient(support::hurried(talk.emulator.client_options()));
    int called = 0;
    const Tool counted = tool("counted", "", [&called] { ++called; });
    talk.emulator.enqueue({});
    talk.emulator.enqueue(Reply::error(503, "UNAVAILABLE", "later"));
    patient.models.generate_content(model, "Hello", {.tools = {counted}});
    CHECK(called == 1);
    CHECK(talk.emulator.requests().size() == 3);
}

TEST_CASE("an answer without content ends the rounds") {
    Talk talk;
    talk.emulator.enqueue(
        Reply::json(R"({"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"bad"}]})"));
    const auto response = talk.client.models.generate_content(model, "Hello", {.tools = {weather()}});
    CHECK(response.candidates[0].finish_message == "bad");
    talk.emulator.enqueue(Reply::json(R"({"promptFeedback":{"blockReason":"SAFETY"}})"));
    CHECK(talk.client.models.generate_content(model, "Hello", {.tools = {weather()}}).candidates.empty());
}

TEST_CASE("a typed answer may come after functions were called") {
    Talk talk;
    talk.emulator.enqueue({});
    talk.emulator.enqueue(Reply::text("[1, 2]"));
    const auto answer =
        talk.client.models.generate_content<std::vector<int>>(model, "Rome", {.tools = {weather()}});
    CHECK(*answer == std::vector<int>{1, 2});
    CHECK(answer.response.automatic_function_calling_history.size() == 3);
}

TEST_CASE("invalid tools are refused before anything is sent") {
    Talk talk;
    const auto refused = [&](std::vector<Tool> tools, AutomaticFunctionCallingConfig calling = {}) {
        CHECK_THROWS_AS(talk.client.models.generate_content(
                            model, "Hello", {.tools = tools, .automatic_function_calling = calling}),
                        InvalidArgument);
        CHECK_THROWS_AS(talk.client.models.generate_content_stream(
                            model, "Hello", {.tools = tools, .automatic_function_calling = calling}),
                        InvalidArgument);
        CHECK_THROWS_AS(talk.client.chats.create(model).send_message(
                            "Hello", {.tools = tools, .automatic_function_calling = calling}),
                        InvalidArgument);
    };
    refused({weather(), weather()});
    refused({weather(), {.function_declarations = {{.name = "get_weather"}}}});
    refused({{.handlers = {{"empty", FunctionHandler()}}}});
    refused({weather()}, {.maximum_parallel_calls = 0});
    CHECK(talk.emulator.requests().empty());
}

TEST_CASE("calls that are out of the ordinary are answered so that the next request is valid") {
    Talk talk;
    SECTION("without a name") {
        talk.emulator.enqueue(Reply::json(
            R"({"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"args":{}}}]},"finishReason":"STOP"}]})"));
        talk.emulator.enqueue(Reply::text("fine"));
        talk.client.models.generate_content(model, "x", {.tools = {weather()}});
        const Json contents = talk.bodies().back()["contents"];
        CHECK(contents[1]["parts"][0]["functionCall"]["name"] == "unnamed");
        CHECK(contents[2]["parts"][0]["functionResponse"]["name"] == "unnamed");
    }
    SECTION("with a namespace before the name") {
        for (const char* name :
             {"default_api.get_weather", "functions.get_weather", "default_api:get_weather"}) {
            talk.emulator.enqueue(Reply::function_call(name, {{"city", "Paris"}}));
            talk.emulator.enqueue(Reply::text("fine"));
            talk.client.models.generate_content(model, "x", {.tools = {weather()}});
            CHECK(talk.answers()[0]["response"]["result"] == "sunny in Paris");
        }
    }
    SECTION("of a function that is not allowed") {
        bool made = false;
        const Tool other = tool("other", "does another thing", [&made] { made = true; });
        GenerateContentConfig config{.tools = {weather(), other}};
        config.tool_config.emplace().function_calling_config.emplace() = {
            .allowed_function_names = {"get_weather"}, .mode = FunctionCallingConfigMode::any};
        talk.emulator.enqueue(Reply::function_call("other", Json::object()));
        talk.emulator.enqueue(Reply::text("fine"));
        talk.client.models.generate_content(model, "x", config);
        CHECK_FALSE(made);
        CHECK_THAT(talk.answers()[0]["response"]["error"].get<std::string>(),
                   ContainsSubstring("may not be called"));
    }
    SECTION("whose tool gives a list, or a null text") {
        const Tool list = tool("list", "gives a list", [] {
            return FunctionResponse{.response = Json::array({1, 2})};
        });
        const Tool null = tool("null", "gives nothing", [] { return static_cast<const char*>(nullptr); });
        for (const char* name : {"list", "null"}) {
            talk.emulator.enqueue(Reply::function_call(name, Json::object()));
            talk.emulator.enqueue(Reply::text("fine"));
            talk.client.models.generate_content(model, "x", {.tools = {list, null}});
            CHECK(talk.answers()[0]["response"]["result"] ==
                  (name == std::string("list") ? Json::array({1, 2}) : Json()));
        }
    }
}

TEST_CASE("names of functions are those that the service takes") {
    const auto nothing = [] {};
    for (const std::string& bad :
         {std::string("two words"), std::string("a/b"), std::string("1st"), std::string(65, 'a'),
          std::string("caf\xC3\xA9"), std::string("-a"), std::string("")}) {
        INFO(bad);
        CHECK_THROWS_AS(tool(bad, "", nothing), InvalidArgument);
    }
    for (const char* good : {"a", "_a", "A9", "a.b:c-d_e"}) CHECK_NOTHROW(tool(good, "", nothing));
}

TEST_CASE("an error after functions were called has the conversation so far") {
    for (const bool streamed : {false, true}) {
        INFO(streamed);
        Talk talk;
        talk.emulator.enqueue(Reply::function_call("get_weather", {{"city", "Oslo"}}));
        talk.emulator.enqueue(Reply::error(400, "INVALID_ARGUMENT", "no more"));
        const GenerateContentConfig config{.tools = {weather()}};
        std::vector<Content> history;
        try {
            if (streamed) {
                for (const auto& part : talk.client.models.generate_content_stream(model, "Weather?", config))
                    static_cast<void>(part);
            } else {
                talk.client.models.generate_content(model, "Weather?", config);
            }
        } catch (const ClientError& problem) {
            history = problem.automatic_function_calling_history();
        }
        REQUIRE(history.size() == 3);
        CHECK(history[0].parts.at(0).text == "Weather?");
        CHECK(history[1].parts.at(0).function_call->name == "get_weather");
        CHECK(history[2].parts.at(0).function_response->response->at("result") == "sunny in Oslo");
        talk.emulator.enqueue(Reply::text("It is sunny."));
        CHECK(talk.client.models.generate_content(model, history, config).text() == "It is sunny.");
        CHECK(talk.bodies().back()["contents"].size() == 3);
    }
    Talk talk;
    talk.emulator.enqueue(Reply::error(400, "INVALID_ARGUMENT", "no"));
    try {
        talk.client.models.generate_content(model, "Weather?", {.tools = {weather()}});
        FAIL("there was no error");
    } catch (const ClientError& problem) {
        CHECK(problem.automatic_function_calling_history().empty());
    }
}

namespace {

/// The calls of a stream whose chunks hold these parts, as its functions get them.
std::vector<Json> calls_made(const std::vector<std::string>& parts, Json* next_contents = nullptr) {
    Talk talk;
    std::vector<std::string> chunks;
    for (const std::string& one : parts)
        chunks.push_back(support::chunk(one, &one == &parts.back() ? R"(,"finishReason":"STOP")" : ""));
    talk.emulator.enqueue(Reply::stream(chunks));
    std::vector<Json> made;
    const Tool plan = tool(FunctionDeclaration{.name = "plan"}, [&made](const Json& args) {
        made.push_back(args);
        return Json{{"ok", true}};
    });
    for (const auto& part : talk.client.models.generate_content_stream(model, "Plan", {.tools = {plan}}))
        static_cast<void>(part);
    if (next_contents != nullptr) *next_contents = talk.bodies().back()["contents"];
    return made;
}

}  // namespace

TEST_CASE("a call whose arguments are streamed is made once they are whole") {
    Json contents;
    const auto made = calls_made(
        {R"({"functionCall":{"name":"plan","id":"7","willContinue":true},"thoughtSignature":"c2ln"})",
         R"({"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"New ","willContinue":true}],"willContinue":true}})",
         R"({"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"Delhi"},{"jsonPath":"$.days[0]['the date']","stringValue":"1 May"}],"willContinue":true}},)"
         R"({"functionCall":{"partialArgs":[{"jsonPath":"$.days[0].count","numberValue":3},{"jsonPath":"$.share","numberValue":0.5},{"jsonPath":"$.on","boolValue":true},{"jsonPath":"$.none","nullValue":"NULL_VALUE"}],"willContinue":true}})",
         R"({"functionCall":{}})"},
        &contents);
    REQUIRE(made.size() == 1);
    const Json expected = Json::parse(
        R"({"city":"New Delhi","days":[{"the date":"1 May","count":3}],"share":0.5,"on":true,"none":null})");
    CHECK(made[0] == expected);
    CHECK(contents[1]["parts"] ==
          Json::array({{{"functionCall", {{"args", expected}, {"id", "7"}, {"name", "plan"}}},
                        {"thoughtSignature", "c2ln"}}}));
    CHECK(contents[2]["parts"].size() == 1);
}

TEST_CASE("two calls whose arguments are streamed stay apart") {
    const auto made = calls_made(
        {R"({"functionCall":{"name":"plan","willContinue":true}},{"functionCall":{"partialArgs":[{"jsonPath":"$.a","numberValue":1}]}})",
         R"({"functionCall":{"name":"plan","args":{"a":2}}})",
         R"({"functionCall":{"name":"plan","partialArgs":[{"jsonPath":"$['it\\'s']","numberValue":3}]}})"});
    REQUIRE(made.size() == 3);
    CHECK(made[0] == Json{{"a", 1}});
    CHECK(made[1] == Json{{"a", 2}});
    CHECK(made[2] == Json{{"it's", 3}});
}

TEST_CASE("a call whose arguments did not come whole, or to no place, is not made") {
    for (
        const char* broken :
        {R"({"functionCall":{"name":"plan","willContinue":true}})",
         R"({"functionCall":{"name":"plan","partialArgs":[{"jsonPath":"city","stringValue":"Oslo"}]}})",
         R"({"functionCall":{"name":"plan","partialArgs":[{"jsonPath":"$.a[9]","stringValue":"Oslo"}]}})",
         R"({"functionCall":{"name":"plan","partialArgs":[{"jsonPath":"$.a['b","stringValue":"Oslo"}]}})",
         R"({"functionCall":{"name":"plan","partialArgs":[{"jsonPath":"$.a","stringValue":"x"},{"jsonPath":"$.a.b","stringValue":"y"}]}})"}) {
        INFO(broken);
        Json contents;
        CHECK(calls_made({broken}, &contents).empty());
        REQUIRE(contents.size() == 3);
        CHECK(contents[1]["parts"] == Json::array({{{"functionCall", {{"name", "plan"}}}}}));
        CHECK_THAT(contents[2]["parts"][0]["functionResponse"]["response"]["error"].get<std::string>(),
                   ContainsSubstring("did not come whole"));
    }
}

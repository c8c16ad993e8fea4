// What the emulator takes and refuses, as raw requests: the client would not send most of them.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/tools.hpp>

#include "clients.hpp"
#include "requests.hpp"
#include "service.hpp"

using namespace genai;
using namespace support;
using Catch::Matchers::ContainsSubstring;
using genai::testing::Emulator;
using genai::testing::EmulatorOptions;
using genai::testing::Reply;

namespace {

const std::string generate = "models/gemini-2.5-flash:generateContent";

Json post(const Service& service, const std::string& path, const char* body) {
    return service.client.request("POST", path, Json::parse(body));
}

/// What a request was refused with; nothing when it was not.
std::optional<std::string> refusal(const Service& service, const std::string& path, const char* body) {
    try {
        static_cast<void>(post(service, path, body));
        return std::nullopt;
    } catch (const ClientError& error) {
        return std::to_string(error.code()) + ' ' + error.message();
    }
}

/// The answer to a request that no client makes.
struct Answer {
    int status{};
    std::string body{};
    http::Headers headers{};
};
Answer raw(const Emulator& emulator, http::Request request, const std::string& path) {
    request.url = emulator.url() + path;
    request.headers.add("x-goog-api-key", "test-key");
    HttpTransport transport;
    Gathered sink;
    transport.send(request, sink);
    return {.status = sink.status, .body = sink.body, .headers = sink.headers};
}

}  // namespace

TEST_CASE("fields are taken by both of their names at every depth, mixed, but not inside maps") {
    Service service;
    const Json answer = post(service, generate, R"({"contents":[{"parts":[{"text":"weather"},
        {"inline_data":{"mime_type":"image/png","data":"eA=="}}],"role":"user"}],
        "system_instruction":{"parts":{"text":"be kind"}},
        "tools":{"function_declarations":{"name":"weather","parameters":{"type":"OBJECT","required":["the_city"],
        "properties":{"the_city":{"type":"STRING","min_length":"30"},"days":{"any_of":[{"type":"INTEGER"}]}},
        "property_ordering":["days","the_city"]}}},
        "toolConfig":{"function_calling_config":{"mode":"ANY"}},
        "generation_config":{"thinkingConfig":{"include_thoughts":true}}})");
    const Json& parts = answer["candidates"][0]["content"]["parts"];
    REQUIRE(parts.size() == 2);
    CHECK(parts[0]["thought"] == true);
    const Json& args = parts[1]["functionCall"]["args"];
    CHECK(args["the_city"].get<std::string>().size() >= 30);
    CHECK(args["days"] == 1);

    const Json one = post(service, generate, R"({"contents": {"parts": {"text": "a"}}})");
    CHECK_THAT(one["candidates"][0]["content"]["parts"][0]["text"].get<std::string>(),
               ContainsSubstring("\"a\""));
    const Json schema = post(service, generate, R"({"contents":[{"parts":[{"text":"a"}]}],
        "generation_config":{"response_mime_type":"application/json","response_schema":{"type":"ARRAY","min_items":2,
        "items":{"type":"STRING","min_length":9}}}})");
    const Json list = Json::parse(schema["candidates"][0]["content"]["parts"][0]["text"].get<std::string>());
    REQUIRE(list.size() == 2);
    CHECK(list[0].get<std::string>().size() >= 9);
}

TEST_CASE("what the service refuses is refused in its words, and taken where it is not strict") {
    const std::pair<const char*, const char*> mistakes[]{
        {R"({"contents":[{"parts":[{}]}]})", "must have one initialized field"},
        {R"({"contents":[{"parts":[{"text":"a","inlineData":{"mimeType":"image/png","data":""}}]}]})",
         "oneof field 'data' is already set"},
        {R"({"contents":[{"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]}]})",
         "function response turn comes immediately after"},
        {R"({"contents":[{"parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]}]})",
         "end with a user"},
        {R"({"contents":[{"role":"model","parts":[{"text":"b"}]}]})", "end with a user role"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"safetySettings":[{"category":"HARM_CATEGORY_X"}]})",
         "v1beta.HarmCategory), \"HARM_CATEGORY_X\""},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"NEVER"}]})",
         "\"NEVER\""},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"text/html"}})",
         "allowed mimetypes"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseModalities":["SMELL"]}})",
         "SMELL"},
        {R"({"contents":[{"parts":[{"executableCode":{"code":"1","language":"COBOL"}}]}]})",
         "Language), \"COBOL\""},
        {R"({"contents":[{"parts":[{"text":"a","mediaResolution":{"level":"FINE"}}]}]})", "Level), \"FINE\""},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","behavior":"ODD"}]}]})",
         "\"ODD\""},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"thinkingConfig":{"thinkingLevel":"ALOT"}}})",
         "ALOT"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"a b"}]}]})",
         "Invalid function name"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f"},{"name":"f"}]}]})",
         "Duplicate function declaration found: f"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f"}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["g"]}}})",
         "the function g is not among"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f"}]}],"toolConfig":{"functionCallingConfig":{"mode":"SOME"}}})",
         "\"SOME\""},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{}}}]}]})",
         "parameters.properties: should be non-empty for OBJECT type"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"STRING","format":"email"}}})",
         "only 'enum' and 'date-time' are supported"},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"TEXT"}}})",
         "v1beta.Type), \"TEXT\""},
        {R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"STRING","additionalProperties":false}}})",
         "Unknown name \"additionalProperties\" at 'generation_config.response_schema'"}};
    Service service;
    Service lenient({.strict = false});
    for (const auto& [body, words] : mistakes) {
        CAPTURE(body);
        const auto said = refusal(service, generate, body);
        REQUIRE(said);
        CHECK_THAT(*said, ContainsSubstring("400 ") && ContainsSubstring(words));
        CHECK(!refusal(lenient, generate, body));
    }
    CHECK(!refusal(
        service, generate,
        R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"function_declarations":[{"name":"f","parameters":{"type":"object"}}]}],"generationConfig":{"thinkingConfig":{"thinkingLevel":"high"}}})"));
    CHECK(!refusal(service, "models/gemma-3-27b-it:generateContent",
                   R"({"contents":[{"parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]}]})"));
    CHECK(!refusal(
        service, generate,
        R"({"contents":[{"parts":[{"text":"a"}]}],"safetySettings":[{"category":7,"threshold":3}]})"));
}

TEST_CASE("values of another type are refused with their field, never with words of C++") {
    Service service;
    for (
        const char* body :
        {R"({"contents":"a"})", R"({"contents":[{"parts":[{"text":5}]}]})",
         R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"topK":"x"}})",
         R"({"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"***"}}]}]})",
         R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":[1]}})"}) {
        CAPTURE(body);
        const auto said = refusal(service, generate, body);
        REQUIRE(said);
        CHECK_THAT(*said, ContainsSubstring("400 Invalid value at '"));
    }
    for (const auto& [path, body] :
         {std::pair("tunedModels", R"({"baseModel":5})"), std::pair("files:register", R"({"uris":[5]})"),
          std::pair("cachedContents", R"({"model":"models/gemini-2.5-flash","ttl":"soon"})"),
          std::pair("webhooks", R"({"uri":[]})"), std::pair("credentials", R"({"id":5})"),
          std::pair("agents", R"({"id":{}})")}) {
        CAPTURE(path);
        const auto said = refusal(service, path, body);
        REQUIRE(said);
        CHECK_THAT(*said,
                   !ContainsSubstring("exception") && (ContainsSubstring("400") || ContainsSubstring("401")));
    }
}

TEST_CASE(
    "caches: a past time, a ttl that is not positive, nothing to keep, and what may not stand beside one") {
    Service service;
    const auto cache = [&](const std::string& rest) {
        return refusal(
            service, "cachedContents",
            (R"({"model":"models/gemini-2.5-flash","contents":[{"parts":[{"text":"a"}]}])" + rest + "}")
                .c_str());
    };
    CHECK_THAT(cache(R"(,"expireTime":"2020-01-01T00:00:00Z")").value(), ContainsSubstring("future"));
    CHECK_THAT(cache(R"(,"ttl":"-5s")").value(), ContainsSubstring("positive"));
    CHECK_THAT(refusal(service, "cachedContents", R"({"model":"models/gemini-2.5-flash"})").value(),
               ContainsSubstring("too small"));
    const Json made =
        post(service, "cachedContents",
             R"({"model":"models/gemini-2.5-flash","contents":{"parts":{"text":"a"}},"ttl":"7200s"})");
    const auto name = made["name"].get<std::string>();
    CHECK(service.client.request("PATCH", name, Json::object())["expireTime"] == made["expireTime"]);
    for (const char* beside :
         {R"("systemInstruction":{"parts":[{"text":"x"}]})", R"("tools":[{"codeExecution":{}}])",
          R"("toolConfig":{"functionCallingConfig":{"mode":"AUTO"}})"})
        CHECK_THAT(refusal(service, generate,
                           (R"({"contents":[{"parts":[{"text":"a"}]}],"cachedContent":")" + name + "\"," +
                            beside + '}')
                               .c_str())
                       .value(),
                   ContainsSubstring("CachedContent can not be used"));
}

TEST_CASE("function calls must come back to Gemini 3 with their signatures, where that is asked for") {
    Service service({.check_thought_signatures = true});
    const char* const unsigned_call = R"({"contents":[{"role":"user","parts":[{"text":"a"}]},
        {"role":"model","parts":[{"functionCall":{"name":"f","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"a":1}}}]}]})";
    CHECK_THAT(refusal(service, "models/gemini-3.8-flash:generateContent", unsigned_call).value(),
               ContainsSubstring("missing a thought_signature"));
    CHECK(!refusal(service, generate, unsigned_call));
    const Tool weather = tool("weather", "d", {"city"}, [](const std::string&) { return "sunny"; });
    CHECK_THAT(
        service.client.models.generate_content("gemini-3.8-flash", "weather", {.tools = {weather}}).text(),
        ContainsSubstring("sunny"));
}

TEST_CASE("paths: versions and verbs that there are not, and names with any bytes") {
    Service service;
    const Emulator& emulator = service.emulator;
    const auto status = [&](const char* method, const char* path) {
        return raw(emulator, {.method = method}, path).status;
    };
    CHECK(status("GET", "/v1beta/models") == 200);
    CHECK(status("GET", "/v1/models") == 200);
    CHECK(status("GET", "/v2/models") == 404);
    CHECK(status("GET", "/v1beta/models/gemini-2.5-flash:generateContent") == 404);
    CHECK(status("POST", "/v1beta/files/abc:dance") == 403);  // there is no such file
    CHECK(status("GET", "/v1beta/cachedContents:dance") == 404);
    CHECK(status("GET", "/v1beta/fileSearchStores:dance") == 404);
    CHECK(status("GET", "/v1beta/webhooks:dance") == 404);
    CHECK(status("POST", "/v1beta/agents/mine:dance") == 404);
    CHECK(status("GET", "/v1beta/batches:dance") == 404);
    CHECK(status("GET", "/v1beta/files:dance") == 404);
    CHECK(status("GET", "/v1beta/models:dance") == 404);
    CHECK(status("GET", "/v1beta/models/%ff%fe") == 404);
    CHECK(status("GET", "/v1beta/interactions/%ff") == 404);
}

TEST_CASE("browsers of any origin are answered where that is asked for") {
    const Emulator emulator({.cors = true});
    http::Request preflight{.method = "OPTIONS"};
    preflight.headers.add("Origin", "https://example.com");
    preflight.headers.add("Access-Control-Request-Headers", "x-goog-api-key");
    const auto answer = raw(emulator, preflight, "/v1beta/models");
    CHECK(answer.status == 204);
    CHECK(answer.headers.get("access-control-allow-origin") == "*");
    CHECK(answer.headers.get("access-control-allow-headers") == "x-goog-api-key");
    CHECK(raw(emulator, {.method = "GET"}, "/v1beta/models").headers.get("access-control-allow-origin") ==
          "*");
    CHECK(raw(Emulator(), {.method = "OPTIONS"}, "/v1beta/models").status == 404);
}

TEST_CASE("files are uploaded in one request too, and say their hash") {
    Service service;
    http::Request media{.method = "POST", .body = http::Body::text("hello")};
    media.headers.add("Content-Type", "text/plain");
    const auto alone = raw(service.emulator, media, "/upload/v1beta/files?uploadType=media");
    CHECK(Json::parse(alone.body)["file"]["sizeBytes"] == "5");
    CHECK(Json::parse(alone.body)["file"]["sha256Hash"] == "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    http::Request multipart{
        .method = "POST",
        .body = http::Body::text(
            "--b1\r\nContent-Type: application/json\r\n\r\n{\"file\":{\"display_name\":\"Hello\"}}\r\n"
            "--b1\r\ncontent-type: text/plain\r\n\r\nhello\r\n--b1--\r\n")};
    multipart.headers.add("Content-Type", "multipart/related; boundary=\"b1\"");
    const auto both = raw(service.emulator, multipart, "/upload/v1beta/files?uploadType=multipart");
    const Json file = Json::parse(both.body)["file"];
    CHECK(file["displayName"] == "Hello");
    CHECK(file["mimeType"] == "text/plain");
    CHECK(file["sizeBytes"] == "5");
    for (const char* name : {"Bad_Name", "-a", "a-", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
        CHECK_THROWS_AS(
            service.client.files.upload(UploadSource(bytes("x")), {.name = name, .mime_type = "text/plain"}),
            ClientError);
}

TEST_CASE("files are gone after two days") {
    Service service;
    const auto file = service.client.files.upload(UploadSource(bytes("x")), {.mime_type = "text/plain"});
    service.emulator.advance(std::chrono::hours(47));
    CHECK(service.client.files.get(file.name).name == file.name);
    service.emulator.advance(std::chrono::hours(2));
    CHECK_THROWS_AS(service.client.files.get(file.name), PermissionDeniedError);
    CHECK(names(service.client.files.list()).empty());
}

TEST_CASE("metadata filters: AND, OR, NOT, parentheses, lists, and errors with their place") {
    Service service;
    auto& client = service.client;
    const auto store = client.file_search_stores.create({.display_name = "S"});
    const auto add = [&](const char* title, double year, std::vector<std::string> tags) {
        static_cast<void>(client.operations.wait(
            client.file_search_stores.upload_to_file_search_store(
                store.name, UploadSource(bytes("herons stand")),
                {.mime_type = "text/plain",
                 .display_name = title,
                 .custom_metadata = {{.key = "year", .numeric_value = year},
                                     {.key = "kind", .string_value = std::string(title)},
                                     {.key = "tags",
                                      .string_list_value = StringList{.values = std::move(tags)}}}}),
            {.poll_interval = std::chrono::milliseconds(1)}));
    };
    add("old", 1999, {"a", "b"});
    add("new", 2024, {"b", "c"});
    const auto found = [&](const char* filter) {
        const auto answer = client.models.generate_content(
            flash, "Where do herons stand?",
            {.tools = {{.file_search = FileSearch{.file_search_store_names = {store.name},
                                                  .metadata_filter = filter}}}});
        std::string titles;
        if (answer.candidate().grounding_metadata)
            for (const auto& chunk : answer.candidate().grounding_metadata->grounding_chunks)
                titles += *chunk.retrieved_context->title + ' ';
        return titles;
    };
    CHECK(found("year = 1999") == "old ");
    CHECK(found("year = 1999 OR year = 2024").size() == 8);
    CHECK(found("year > 2000 AND kind = \"new\"") == "new ");
    CHECK(found("NOT (year = 1999)") == "new ");
    CHECK(found("tags:\"a\"") == "old ");
    CHECK(found("tags:c AND (year = 1 OR year >= 2024)") == "new ");
    CHECK(found("kind != \"old\"") == "new ");
    CHECK(found("year = 1999 AND year = 2024").empty());
    for (const char* wrong :
         {"year", "year =", "(year = 1", "year = 1 year = 2", "AND", "year = \"x", "= 1", "year ! 1"})
        CHECK_THROWS_AS(found(wrong), ClientError);
}

TEST_CASE("a batch says which of its lines failed, and answers the others") {
    Service service;
    auto& client = service.client;
    const auto source = client.files.upload(
        UploadSource(bytes("{\"key\":\"a\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}}\n"
                           "{\"key\": oops}\n"
                           "{\"key\":\"c\",\"request\":{\"contents\":[]}}\n")),
        {.mime_type = "jsonl"});
    const auto batch = client.batches.wait(client.batches.create(flash, source.name).name,
                                           {.poll_interval = std::chrono::milliseconds(1)});
    CHECK(batch.state == JobState::succeeded);
    const Json raw_batch = client.request("GET", batch.name);
    CHECK(raw_batch["metadata"]["batchStats"] ==
          Json{{"requestCount", "3"}, {"successfulRequestCount", "1"}, {"failedRequestCount", "2"}});
}

TEST_CASE("an emulator fails by chance, always the same, late, and forgets on demand") {
    const auto statuses = [](std::uint64_t seed) {
        const Emulator emulator({.failures = {{429, 0.5}}, .seed = seed});
        const Client client(once(emulator.client_options()));
        std::string all;
        for (int i = 0; i < 12; ++i) {
            try {
                static_cast<void>(client.models.generate_content(flash, "a"));
                all += '0';
            } catch (const RateLimitError&) {
                all += '1';
            }
        }
        return all;
    };
    CHECK(statuses(1) == statuses(1));
    CHECK(statuses(1) != statuses(2));
    Service service;
    const auto file = service.client.files.upload(UploadSource(bytes("x")), {.mime_type = "text/plain"});
    service.emulator.reset();
    CHECK(service.emulator.requests().empty());
    CHECK_THROWS_AS(service.client.files.get(file.name), ClientError);
}

TEST_CASE("programs script it over HTTP") {
    Service service({.control = true});
    const Emulator& emulator = service.emulator;
    const auto control = [&](const char* method, const char* path, const char* body = "") {
        return raw(emulator, {.method = method, .body = http::Body::text(body)}, path);
    };
    CHECK(Json::parse(control("GET", "/emulator/").body)["url"] == emulator.url());
    CHECK(control("POST", "/emulator/replies",
                  R"([{"text":"hello"},{"status":404},{"function_call":{"name":"f"}},
        {"body":{"candidates":[]},"headers":{"x-a":"b"}},{"fault":{"kind":"close","at":0}}])")
              .status == 200);
    CHECK(service.client.models.generate_content(flash, "x").text() == "hello");
    CHECK_THROWS_AS(service.client.models.generate_content(flash, "x"), NotFoundError);
    CHECK(service.client.models.generate_content(flash, "x").function_calls().at(0).name == "f");
    CHECK(service.client.models.generate_content(flash, "x").candidates.empty());
    const Json seen = Json::parse(control("GET", "/emulator/requests").body)["requests"];
    CHECK(seen.size() == 4);
    CHECK(seen[0]["body"]["contents"][0]["parts"][0]["text"] == "x");
    CHECK(control("DELETE", "/emulator/requests").status == 200);
    CHECK(emulator.requests().empty());
    const auto cache = service.client.caches.create(flash, {.contents = "x"});
    CHECK(control("POST", "/emulator/clock", R"({"advance":"7200s"})").status == 200);
    CHECK_THROWS_AS(service.client.caches.get(cache.name), ClientError);
    CHECK(control("POST", "/emulator/reset").status == 200);
    for (const char* wrong :
         {R"({"txt":"a"})", R"({"fault":{"kind":"fire"}})", "[", R"({"times":-1})", R"({"status":"x"})"})
        CHECK(control("POST", "/emulator/replies", wrong).status == 400);
    CHECK(control("GET", "/emulator/nothing").status == 404);
    CHECK(raw(Emulator(), {.method = "GET"}, "/emulator/").status == 404);
}

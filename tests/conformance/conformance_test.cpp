// Holds the requests that our calls make against those the official SDKs make.

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <genai/genai.hpp>
#include <genai/http/url.hpp>
#include <genai/wire/base64.hpp>

#include "calls.hpp"
#include "registry.hpp"
#include "recording_transport.hpp"

using conformance::Tree;
using genai::Json;
using namespace nlohmann::literals;

namespace {

/// A recorded request in the normal form that cases are in.
Json normal(const support::RecordingTransport::Recorded& recorded) {
    const std::string prefix = "http://127.0.0.1";
    REQUIRE(recorded.url.starts_with(prefix));
    std::string path = recorded.url.substr(prefix.size());
    Json query = Json::array();
    if (const auto mark = path.find('?'); mark != std::string::npos) {
        for (const auto& [name, value] : genai::http::parse_query(std::string_view(path).substr(mark + 1)))
            query.push_back({name, value});
        path.resize(mark);
    }
    std::sort(query.begin(), query.end());
    Json headers = Json::object();
    for (const auto& [name, value] : recorded.headers) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        const bool counts = lower.starts_with("x-custom-") ||
                            (lower.starts_with("x-goog-upload-") && lower != "x-goog-upload-file-name");
        if (counts) headers[lower] = value;
    }
    Json body;
    try {
        if (!recorded.body.empty()) body = Json::parse(recorded.body);
    } catch (const nlohmann::json::exception&) {
        body = {{"$bytes", recorded.body.size()},
                {"$base64", genai::wire::to_base64(recorded.body.substr(0, 64))}};
    }
    if (body == Json::object()) body = Json();
    if (body.is_object() && body.contains("generationConfig") && body["generationConfig"].empty())
        body.erase("generationConfig");
    return {
        {"method", recorded.method}, {"path", path}, {"query", query}, {"headers", headers}, {"body", body}};
}

/// Expected requests with what does not count taken out: the names of files, empty `generationConfig`s.
Json comparable(Json requests) {
    for (Json& request : requests) {
        request["headers"].erase("x-goog-upload-file-name");
        const auto path = "/body/batch/inputConfig/requests/requests"_json_pointer;
        if (!request.contains(path)) continue;
        for (Json& one : request[path])
            if (one.contains("request") && one["request"].value("generationConfig", Json()) == Json::object())
                one["request"].erase("generationConfig");
    }
    return requests;
}

/// What a server would say, enough for the call to come to its end.
std::vector<support::RecordingTransport::Reply> replies(const std::string& method, const Tree& one) {
    using Reply = support::RecordingTransport::Reply;
    if (method == "models.generate_content_stream")
        return {Reply{.body = "data: " + support::answer("ok") + "\n\n"}};
    if (method == "models.generate_content") return {Reply{.body = support::answer("ok")}};
    if (method == "models.embed_content") {
        Json embeddings = Json::array();
        for (std::size_t i = 0; i < one["requests"][0]["body"]["requests"].size(); ++i)
            embeddings.push_back({{"values", {0.5}}});
        return {Reply{.body = Json{{"embeddings", embeddings}}.dump()}};
    }
    if (method == "files.upload" || method == "file_search_stores.upload_to_file_search_store")
        return {Reply{.headers = {{"x-goog-upload-url", "http://127.0.0.1/upload-session?upload_id=1"}}},
                Reply{.headers = {{"x-goog-upload-status", "final"}},
                      .body = method == "files.upload" ? R"({"file":{"name":"files/1"}})"
                                                       : R"({"name":"operations/1"})"}};
    if (method == "chats.session")  // with a thought and a signature, as the recording server had it
        return {Reply{.body = Json{{"candidates",
                                    {{{"content",
                                       {{"role", "model"},
                                        {"parts",
                                         {{{"text", "thinking about it"}, {"thought", true}},
                                          {{"text", "Hello "}, {"thoughtSignature", "c2lnLTE="}},
                                          {{"text", "w\u00f6rld \u2603 \U0001F600"}}}}}},
                                      {"finishReason", "STOP"}}}}}
                                  .dump()}};
    return {Reply{}};
}

}  // namespace

TEST_CASE("requests are those of the official SDKs") {
    std::ifstream file(GENAI_CONFORMANCE_CASES);
    const Tree cases = Tree::parse(file);
    std::size_t agreed = 0;
    for (const Tree& one : cases) {
        const std::string method = one["method"].get<std::string>();
        const support::RecordingTransport transport(replies(method, one));
        const conformance::Client client(
            {.api_key = "test-key", .http_options = {.base_url = "http://127.0.0.1"}}, transport);
        INFO(one["id"].get<std::string>());
        REQUIRE_NOTHROW(conformance::call(client, method, one["params"]));
        Json sent = Json::array();
        for (const auto& request : transport.requests()) sent.push_back(normal(request));
        const Json expected = comparable(Json::parse(one["requests"].dump()));
        CHECK(sent == expected);
        agreed += sent == expected ? 1 : 0;
    }
    WARN(agreed << " of " << cases.size() << " cases agree");
    CHECK(cases.size() == 158);
}

TEST_CASE("every struct can be asked about by name") {
    CHECK(conformance::core_types().size() > 180);
    CHECK(conformance::newer_types().size() > 170);
    CHECK(conformance::find_type("SafetySetting")->fields() ==
          std::vector<std::string>{"category", "threshold"});
    CHECK(conformance::find_type("Schema")->round_trip(R"({"minItems":"1","x-new":[1.10]})") ==
          R"({"minItems":"1","x-new":[1.10]})");
    CHECK(conformance::find_type("GetFileConfig")->fields() == std::vector<std::string>{"httpOptions"});
    CHECK(conformance::find_type("TextDelta")->fields() == std::vector<std::string>{"text", "type"});
    CHECK(conformance::find_type("SpeechConfig_2")->fields() ==
          conformance::find_type("Interactions.SpeechConfig")->fields());
    CHECK(conformance::find_type("Interactions.URLContext")->fields() ==
          conformance::find_type("interactions::UrlContext")->fields());
    CHECK(conformance::find_type("NoSuchThing") == nullptr);
}

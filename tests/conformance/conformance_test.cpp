// Holds the requests that our calls make against those the official SDKs make.

#include <algorithm>
#include <fstream>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <genai/genai.hpp>

#include "calls.hpp"
#include "registry.hpp"
#include "recording_transport.hpp"

using conformance::Tree;
using genai::Json;

namespace {

/// A recorded request in the normal form that cases are in.
Json normal(const support::RecordingTransport::Recorded& recorded) {
    const std::string prefix = "http://127.0.0.1";
    REQUIRE(recorded.url.starts_with(prefix));
    std::string path = recorded.url.substr(prefix.size());
    Json query = Json::array();
    if (const auto mark = path.find('?'); mark != std::string::npos) {
        std::string rest = path.substr(mark + 1);
        path.resize(mark);
        while (!rest.empty()) {
            const auto end = rest.find('&');
            const std::string pair = rest.substr(0, end);
            query.push_back({pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1)});
            rest = end == std::string::npos ? "" : rest.substr(end + 1);
        }
    }
    std::sort(query.begin(), query.end());
    Json headers = Json::object();
    for (const auto& [name, value] : recorded.headers) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        const bool counts = lower.starts_with("x-custom-") || (lower.starts_with("x-goog-upload-") && lower != "x-goog-upload-file-name");
        if (counts) headers[lower] = value;
    }
    Json body = recorded.body.empty() ? Json() : Json::parse(recorded.body);
    if (body == Json::object()) body = Json();
    if (body.is_object() && body.contains("generationConfig") && body["generationConfig"].empty()) body.erase("generationConfig");
    return {{"method", recorded.method}, {"path", path}, {"query", query}, {"headers", headers}, {"body", body}};
}

}  // namespace

TEST_CASE("requests are those of the official SDKs") {
    std::ifstream file(GENAI_CONFORMANCE_CASES);
    const Tree cases = Tree::parse(file);
    std::size_t run = 0;
    std::size_t agreed = 0;
    for (const Tree& one : cases) {
        const std::string method = one["method"].get<std::string>();
        const bool streams = method == "models.generate_content_stream";
        if (!streams && method != "models.generate_content") continue;
        ++run;
        const std::string reply = support::answer("ok");
        const support::RecordingTransport transport({streams ? "data: " + reply + "\n\n" : reply});
        const genai::Client client({.api_key = "test-key", .http_options = {.base_url = "http://127.0.0.1"}}, transport);
        INFO(one["id"].get<std::string>());
        REQUIRE_NOTHROW(conformance::call(client, method, one["params"]));
        Json sent = Json::array();
        for (const auto& request : transport.requests()) sent.push_back(normal(request));
        const Json expected = Json::parse(one["requests"].dump());
        CHECK(sent == expected);
        agreed += sent == expected ? 1 : 0;
    }
    WARN(agreed << " of " << run << " cases agree");
    CHECK(run == 73);
}

TEST_CASE("every struct can be asked about by name") {
    CHECK(conformance::types().size() > 80);
    const auto& fields = conformance::types().at("SafetySetting").fields;
    CHECK(fields() == std::vector<std::string>{"category", "threshold"});
    CHECK(conformance::types().at("Schema").round_trip(R"({"minItems":"1","x-new":[1.10]})") == R"({"minItems":"1","x-new":[1.10]})");
}

// Ratios against the floor, as one JSON object: medians of interleaved rounds of thread CPU time in one process.
//
//   decode_chunk, decode_response   nlohmann's parse and reading of the members, over our decode into the whole struct
//   call_cpu                        a small unary call through the library, over one kept-alive httplib client with
//                                   nlohmann's parse and hand access

#include <ctime>

#include <algorithm>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include <genai/genai.hpp>
#include <genai/testing/loopback_server.hpp>
#include <httplib.h>

namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Pair {
    double floor{};
    double ours{};
};

/// Medians of seconds an operation, the two taken in turns.
Pair measure(int rounds, int operations, const std::function<void()>& floor, const std::function<void()>& ours) {
    std::vector<double> a;
    std::vector<double> b;
    floor();
    ours();
    for (int round = 0; round < rounds; ++round) {
        double start = cpu_seconds();
        for (int i = 0; i < operations; ++i) floor();
        a.push_back((cpu_seconds() - start) / operations);
        start = cpu_seconds();
        for (int i = 0; i < operations; ++i) ours();
        b.push_back((cpu_seconds() - start) / operations);
    }
    return {median(a), median(b)};
}

const std::string chunk =
    R"({"candidates": [{"content": {"parts": [{"text": " the quick brown \u003cb\u003efox\u003c/b\u003e jumps over the lazy dog, caf)"
    "\xC3\xA9"
    R"( and all"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 1024,"candidatesTokenCount": 120,"totalTokenCount": 1144,)"
    R"("promptTokensDetails": [{"modality": "TEXT","tokenCount": 1024}],"thoughtsTokenCount": 12},"modelVersion": "gemini-2.5-flash","responseId": "kQ4XaZqLN5mp1PIPsYmHwAU"})";

std::string long_response() {
    genai::GenerateContentResponse response = genai::decode<genai::GenerateContentResponse>(chunk);
    genai::Candidate& candidate = response.candidates.front();
    for (int i = 0; i < 40; ++i) {
        candidate.content->parts.push_back(genai::Part::from_text("A paragraph of some two hundred characters, with a \"quotation\" and a\nline break, so that there is something to unescape; " + std::to_string(i) + ": lorem ipsum dolor sit amet, consectetur adipiscing elit."));
        candidate.content->parts.push_back(genai::Part::from_function_call("function_" + std::to_string(i), {{"city", "Paris"}, {"days", i}, {"deep", {{"list", {1, 2.5, "x"}}}}}));
        candidate.safety_ratings.push_back({.category = genai::HarmCategory::harassment, .probability = genai::HarmProbability::negligible});
    }
    return genai::Json::parse(genai::encode(response)).dump(2);
}

/// What a program without the library does with an answer: everything it knows of, into strings and numbers.
std::size_t by_hand(const std::string& text) {
    const auto tree = nlohmann::json::parse(text);
    std::size_t sum = 0;
    std::vector<std::string> texts;
    for (const auto& candidate : tree.at("candidates")) {
        for (const auto& part : candidate.at("content").at("parts")) {
            if (part.contains("text")) texts.push_back(part["text"].get<std::string>());
            if (part.contains("functionCall")) {
                texts.push_back(part["functionCall"].at("name").get<std::string>());
                const nlohmann::json args = part["functionCall"].at("args");
                sum += args.size();
            }
        }
        const std::string role = candidate["content"].value("role", "");
        const std::string finish = candidate.value("finishReason", "");
        sum += role.size() + finish.size();
        if (candidate.contains("safetyRatings"))
            for (const auto& rating : candidate["safetyRatings"]) {
                texts.push_back(rating.at("category").get<std::string>());
                texts.push_back(rating.at("probability").get<std::string>());
            }
    }
    const auto& usage = tree.at("usageMetadata");
    for (const char* name : {"promptTokenCount", "candidatesTokenCount", "totalTokenCount", "thoughtsTokenCount"}) sum += usage.value(name, 0U);
    for (const auto& detail : usage.at("promptTokensDetails")) sum += detail.at("tokenCount").get<unsigned>() + detail.at("modality").get<std::string>().size();
    texts.push_back(tree.value("modelVersion", ""));
    texts.push_back(tree.value("responseId", ""));
    return sum + texts.size();
}

volatile std::size_t kept = 0;  // what is computed must be used

}  // namespace

int main() {
    const std::string response = long_response();
    const Pair small = measure(15, 20'000, [] { kept = by_hand(chunk); }, [] { kept = genai::decode<genai::GenerateContentResponse>(chunk).candidates.size(); });
    const Pair large = measure(15, 500, [&] { kept = by_hand(response); }, [&] { kept = genai::decode<genai::GenerateContentResponse>(response).candidates.size(); });

    genai::testing::LoopbackServer server([](const genai::testing::ReceivedRequest&) {
        return genai::testing::RawReply{.headers = {{"Content-Type", "application/json; charset=UTF-8"}}, .pieces = {chunk}};
    });
    httplib::Client plain("127.0.0.1", server.port());
    plain.set_keep_alive(true);
    plain.set_tcp_nodelay(true);
    const httplib::Headers headers{{"x-goog-api-key", "k"}};
    const genai::Client client({.api_key = "k", .http_options = {.base_url = server.url()}, .proxy = ""});
    const auto floor_call = [&] {
        const nlohmann::json body{{"contents", {{{"parts", {{{"text", "hello"}}}}, {"role", "user"}}}}, {"generationConfig", {{"temperature", 0.5}}}};
        const auto answer = plain.Post("/v1beta/models/m:generateContent", headers, body.dump(), "application/json");
        kept = by_hand(answer->body);
    };
    const auto our_call = [&] { kept = client.models.generate_content("m", "hello", {.temperature = 0.5}).text().size(); };
    const Pair call = measure(15, 2000, floor_call, our_call);

    nlohmann::ordered_json report{
        {"decode_chunk", {{"bytes", chunk.size()}, {"floor_us", small.floor * 1e6}, {"ours_us", small.ours * 1e6}, {"times_as_fast", small.floor / small.ours}}},
        {"decode_response", {{"bytes", response.size()}, {"floor_us", large.floor * 1e6}, {"ours_us", large.ours * 1e6}, {"times_as_fast", large.floor / large.ours}}},
        {"call_cpu", {{"floor_us", call.floor * 1e6}, {"ours_us", call.ours * 1e6}, {"ratio", call.ours / call.floor}, {"connections", server.connections()}}}};
    std::cout << report.dump(2) << '\n';
}

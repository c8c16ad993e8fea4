// What calls cost, by dated prices.

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <genai/cost.hpp>
#include <genai/genai.hpp>

namespace {

using genai::CostOptions;
using genai::Dollars;
using genai::Json;
using genai::PriceTable;
using genai::PriceTier;
using Usage = genai::GenerateContentResponseUsageMetadata;

const genai::Timestamp today = std::chrono::sys_days(std::chrono::year(2026) / 11 / 26);

genai::Timestamp day(int year, unsigned month, unsigned day) {
    return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day));
}

PriceTable table(const char* json) { return PriceTable::from_json(Json::parse(json)); }

std::string cost_text(const std::optional<genai::Cost>& cost) {
    return cost ? cost->total().text() : "unknown";
}

}  // namespace

TEST_CASE("dollars are exact, and print all their digits") {
    CHECK(Dollars::nearest(0.1) + Dollars::nearest(0.2) == Dollars::nearest(0.3));
    CHECK(Dollars().text() == "0");
    CHECK(Dollars::nearest(2.5).text() == "2.5");
    CHECK(Dollars::nearest(0.0020605).text() == "0.0020605");
    CHECK((Dollars() - Dollars::pico(1)).text() == "-0.000000000001");
    CHECK(Dollars::nearest(7.5e-8) * 3 == Dollars::nearest(2.25e-7));
    CHECK(Dollars::nearest(1) < Dollars::nearest(1.000000000001));
}

TEST_CASE("dollars beyond what fits stay at the limit") {
    const Dollars most = Dollars::pico((std::numeric_limits<std::int64_t>::max)());
    CHECK(most + Dollars::pico(1) == most);
    CHECK(most * 2 == most);
    CHECK(most * -2 == Dollars() - most);
    CHECK(Dollars() - most - Dollars::pico(1) == Dollars() - most);
    CHECK(Dollars::nearest(1e30) == most);
    CHECK(Dollars::nearest(-1e30) == Dollars() - most);
    CHECK(Dollars::pico((std::numeric_limits<std::int64_t>::min)()) == Dollars() - most);
}

TEST_CASE("a call costs what its tokens do, thinking as output and cached tokens once") {
    const auto cost = genai::cost_of("gemini-2.5-flash",
                                     {.cached_content_token_count = 1024,
                                      .candidates_token_count = 160,
                                      .prompt_token_count = 1290,
                                      .thoughts_token_count = 40,
                                      .total_token_count = 1490},
                                     today);
    REQUIRE(cost);
    CHECK(cost->input == Dollars::nearest(3e-7) * (1290 - 1024) + Dollars::nearest(3e-8) * 1024);
    CHECK(cost->output == Dollars::nearest(2.5e-6) * 200);
    CHECK(cost->tools == Dollars());
}

TEST_CASE("counts that cannot be are taken as none") {
    const auto cost = genai::cost_of(
        "gemini-2.5-flash",
        {.cached_content_token_count = 50, .candidates_token_count = -5, .prompt_token_count = 10}, today);
    REQUIRE(cost);
    CHECK(cost->input == Dollars::nearest(3e-8) * 50);
    CHECK(cost->output == Dollars());
}

TEST_CASE("a price that is not known is never zero") {
    const Usage usage{.candidates_token_count = 1, .prompt_token_count = 1};
    CHECK(!genai::cost_of("gemini-99-zeta", usage, today));
    const PriceTable prices = table(R"({"half": {"input_cost_per_token": 1e-6}})");
    CHECK(!genai::cost_of("half", usage, today, {.prices = &prices}));
    CHECK(cost_text(genai::cost_of("half", {.prompt_token_count = 2}, today, {.prices = &prices})) ==
          "0.000002");
    CHECK(!genai::cost_of("half", {.prompt_token_count = 2}, today, {.searches = 1, .prices = &prices}));
    CHECK(!genai::cost_of("gemini-2.5-flash", genai::GenerateContentResponse{}, today));
}

TEST_CASE("prices hold for their time") {
    const PriceTable prices = table(R"({"m": [
        {"input_cost_per_token": 1, "effective_until": "2026-01-01"},
        {"input_cost_per_token": 2, "effective_from": "2026-01-01", "effective_until": "2026-06-01"},
        {"input_cost_per_token": 3, "effective_from": "2026-07-01"}]})");
    const auto at = [&](const genai::Timestamp& when) {
        return cost_text(genai::cost_of("m", {.prompt_token_count = 1}, when, {.prices = &prices}));
    };
    CHECK(at(day(2020, 1, 1)) == "1");
    CHECK(at(day(2025, 12, 31)) == "1");
    CHECK(at(day(2026, 1, 1)) == "2");
    CHECK(at(day(2026, 6, 15)) == "unknown");
    CHECK(at(day(2030, 1, 1)) == "3");
}

TEST_CASE("prefixes and a version's number do not count in a model's name") {
    for (const char* const name :
         {"gemini-2.5-pro", "gemini/gemini-2.5-pro", "models/gemini-2.5-pro", "gemini-2.5-pro-001",
          "projects/p/locations/global/publishers/google/models/gemini-2.5-pro"}) {
        CAPTURE(name);
        CHECK(PriceTable::builtin().find(name, today) != nullptr);
    }
    for (const char* const name :
         {"gemini-2.5-pro-latest", "other/gemini-2.5-pro", "gemini-2.5", "", "/", "-001"}) {
        CAPTURE(name);
        CHECK(PriceTable::builtin().find(name, today) == nullptr);
    }
}

TEST_CASE("a long prompt is priced as a whole by the higher rates") {
    const auto input = [](std::int64_t tokens) {
        return genai::cost_of("gemini-2.5-pro", {.prompt_token_count = tokens}, today)->input;
    };
    CHECK(input(200'000) == Dollars::nearest(1.25e-6) * 200'000);
    CHECK(input(200'001) == Dollars::nearest(2.5e-6) * 200'001);
}

TEST_CASE("tiers have their prices, by the options or by the response's header") {
    genai::GenerateContentResponse response{
        .usage_metadata =
            Usage{.candidates_token_count = 100, .prompt_token_count = 1000, .thoughts_token_count = 50}};
    const auto total = [&](PriceTier tier) {
        return cost_text(genai::cost_of("gemini-2.5-flash", response, today, {.tier = tier}));
    };
    CHECK(total(PriceTier::standard) == "0.000675");
    CHECK(total(PriceTier::batch) == "0.0003375");
    CHECK(total(PriceTier::flex) == "0.0003375");
    response.sdk_http_response.emplace().headers.set("x-gemini-service-tier", "flex");
    CHECK(total(PriceTier::standard) == "0.0003375");
    CHECK(total(PriceTier::priority) == "0.001215");
}

TEST_CASE("searches are charged a prompt by older models and a query by newer ones, maps a prompt") {
    genai::GenerateContentResponse response{.usage_metadata = Usage{.tool_use_prompt_token_count = 9'000}};
    auto& grounding = response.candidates.emplace_back().grounding_metadata.emplace();
    grounding.web_search_queries = {"one", "", "two"};
    const auto tools = [&](const char* model) { return genai::cost_of(model, response, today)->tools; };
    CHECK(tools("gemini-2.5-flash") == Dollars::nearest(0.035));
    CHECK(tools("gemini-3-flash-preview") == Dollars::nearest(0.014) * 2);
    CHECK(genai::cost_of("gemini-2.5-flash", response, today)->input == Dollars());
    grounding.web_search_queries.clear();
    CHECK(genai::cost_of("gemini-2.5-flash", response, today)->input == Dollars::nearest(3e-7) * 9'000);
    grounding.grounding_chunks.emplace_back().maps.emplace();
    CHECK(tools("gemini-3-flash-preview") == Dollars::nearest(0.014));
}

TEST_CASE("audio, images and video have their own prices, and documents are text") {
    using genai::MediaModality;
    const PriceTable prices = table(R"({"m": {"input_cost_per_token": 1, "input_cost_per_audio_token": 10,
        "cache_read_input_token_cost": 0.5, "output_cost_per_token": 100, "output_cost_per_image_token": 1000}})");
    const auto cost =
        genai::cost_of("m",
                       {.cache_tokens_details = {{.modality = MediaModality::audio, .token_count = 2}},
                        .cached_content_token_count = 2,
                        .candidates_token_count = 5,
                        .candidates_tokens_details = {{.modality = MediaModality::image, .token_count = 3}},
                        .prompt_token_count = 12,
                        .prompt_tokens_details = {{.modality = MediaModality::audio, .token_count = 4},
                                                  {.modality = MediaModality::document, .token_count = 3},
                                                  {.modality = MediaModality::video, .token_count = 5}}},
                       today, {.prices = &prices});
    REQUIRE(cost);
    CHECK(cost->input.text() == "29");  // 2 of audio, 3 of a document, 5 of video, 2 of cached audio
    CHECK(cost->output.text() == "3200");
}

TEST_CASE("keeping a cache costs by token and hour") {
    using std::chrono::minutes;
    const auto cost = [](const genai::Duration& span) {
        return genai::cache_storage_cost("gemini-2.5-flash", 100'000, span, today);
    };
    CHECK(cost(minutes(90)) == Dollars::nearest(0.15));
    CHECK(cost(minutes(-1)) == Dollars());
    CHECK(!genai::cache_storage_cost("gemini-99-zeta", 1, minutes(1), today));
}

TEST_CASE("prices can be replaced by newer ones, a model at a time") {
    PriceTable prices = PriceTable::builtin();
    prices.replace(table(R"({"gemini/gemini-2.5-pro": {"input_cost_per_token": 7},
                             "new": {"input_cost_per_token": 8}})"));
    const auto input = [&](const char* model) {
        return cost_text(genai::cost_of(model, {.prompt_token_count = 1}, today, {.prices = &prices}));
    };
    CHECK(input("gemini-2.5-pro") == "7");
    CHECK(input("new") == "8");
    CHECK(input("gemini-2.5-flash") == "0.0000003");
    CHECK(cost_text(genai::cost_of("gemini-2.5-pro", {.prompt_token_count = 1}, today)) == "0.00000125");
}

TEST_CASE("prices are read as LiteLLM writes them") {
    const PriceTable prices = table(R"({
        "sample_spec": {"max_tokens": "most tokens", "input_cost_per_token": 0.0, "deprecation_date": "a date"},
        "gemini/x": {"input_cost_per_token": 2, "max_input_tokens": 5, "supports_vision": true, "mode": "chat"},
        "x": {"input_cost_per_token": 1},
        "vendor/x": {"input_cost_per_token": 3, "output_cost_per_token": null}})");
    CHECK(prices.rows().size() == 3);
    CHECK(prices.find("x", today)->max_input_tokens == 5);
    CHECK(cost_text(genai::cost_of("vendor/x", {.prompt_token_count = 1}, today, {.prices = &prices})) ==
          "3");
}

TEST_CASE("prices that make no sense are refused, and the error says which") {
    for (
        const char* const json :
        {R"([])", R"({"m": 1})", R"({"m": [1]})", R"({"m": {"input_cost_per_token": "1"}})",
         R"({"m": {"input_cost_per_token": -1}})", R"({"m": {"input_cost_per_token": 1e9}})",
         R"({"m": {"effective_from": "soon"}})", R"({"m": {"effective_from": 1}})",
         R"({"m": {"effective_from": "2026-02-01", "effective_until": "2026-01-01"}})",
         R"({"m": [{"input_cost_per_token": 1}, {"effective_from": "2026-02-01"}]})",
         R"({"m": {"input_cost_per_token_above_1k_tokens": 1, "output_cost_per_token_above_2k_tokens": 1}})"}) {
        CAPTURE(json);
        CHECK_THROWS_AS(table(json), genai::InvalidArgument);
    }
}

TEST_CASE("every price that comes with the library has a source and a date") {
    for (const genai::ModelPrices& row : PriceTable::builtin().rows()) {
        CAPTURE(row.model);
        CHECK(!row.source.empty());
        CHECK(row.checked.size() == 10);
    }
}

// What the emulator answers with beside text: media, metadata, counts, and by what it chooses.

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "service.hpp"

using namespace genai;
using namespace support;
using Catch::Matchers::ContainsSubstring;

namespace {

GenerateContentResponse ask(const Service& service, const std::string& prompt,
                            const GenerateContentConfig& config, const std::string& model = flash) {
    return service.client.models.generate_content(model, prompt, config);
}

/// A JSON answer to a JSON Schema.
Json instance(const Service& service, const char* schema) {
    return Json::parse(
        ask(service, "Tell me about Paris",
            {.response_mime_type = "application/json", .response_json_schema = RawJson::parse(schema)})
            .text());
}

}  // namespace

TEST_CASE("speech is a tone as long as the text, of a model that speaks or where it is asked for") {
    Service service;
    const auto said = ask(service, "say it", {}, "gemini-2.5-flash-preview-tts");
    const auto blob = said.media().at(0);
    CHECK(blob.mime_type == "audio/L16;codec=pcm;rate=24000");
    CHECK(blob.data->size() == 3 * 24000 * 2 * 80 / 1000);
    CHECK(said.usage_metadata->candidates_tokens_details.at(0).modality == MediaModality::audio);
    CHECK(ask(service, "say it", {.response_modalities = {"AUDIO"}}).media().at(0) == blob);
    CHECK(ask(service, "say much more of it", {.response_modalities = {"AUDIO"}}).media().at(0).data->size() >
          blob.data->size());
    CHECK(ask(service, "paint", {}, "gemini-2.5-flash-image").media().at(0).mime_type == "image/png");
}

TEST_CASE("log probabilities are given for each token, as many as were asked for") {
    Service service;
    const auto answer = ask(service, "logs", {.response_logprobs = true, .logprobs = 3});
    const Candidate& candidate = answer.candidate();
    CHECK(candidate.logprobs_result->chosen_candidates.size() ==
          static_cast<std::size_t>(*answer.usage_metadata->candidates_token_count));
    CHECK(candidate.logprobs_result->top_candidates.at(0).candidates.size() == 3);
    CHECK(*candidate.avg_logprobs < 0);
    CHECK(!ask(service, "logs", {}).candidate().logprobs_result);
}

TEST_CASE("tools of the service answer with their parts and metadata, whose places fit the text") {
    Service service;
    const auto code = ask(service, "run it", {.tools = {{.code_execution = ToolCodeExecution{}}}});
    CHECK(code.parts().at(0).executable_code->language == Language::python);
    CHECK(code.parts().at(1).code_execution_result->outcome == Outcome::ok);

    const auto found =
        ask(service, "who won",
            {.tools = {{.code_execution = ToolCodeExecution{}, .google_search = GoogleSearch{}}}});
    const auto& grounding = *found.candidate().grounding_metadata;
    CHECK(grounding.web_search_queries == std::vector<std::string>{"who won"});
    CHECK(grounding.search_entry_point);
    CHECK(grounding.grounding_chunks.at(0).web->uri);
    const Segment& segment = *grounding.grounding_supports.at(0).segment;
    const std::string text = *found.parts().at(static_cast<std::size_t>(*segment.part_index)).text;
    CHECK(text.substr(static_cast<std::size_t>(*segment.start_index),
                      static_cast<std::size_t>(*segment.end_index - *segment.start_index)) == segment.text);

    const auto place = ask(service, "where", {.tools = {{.google_maps = GoogleMaps{.enable_widget = true}}}});
    CHECK(place.candidate().grounding_metadata->grounding_chunks.at(0).maps->place_id);
    CHECK(place.candidate().grounding_metadata->google_maps_widget_context_token);

    const auto page =
        ask(service, "Read https://example.com/a and tell", {.tools = {{.url_context = UrlContext{}}}});
    CHECK(page.candidate().url_context_metadata->url_metadata.at(0).retrieved_url == "https://example.com/a");
}

TEST_CASE("an answer that was cut has supports within its text only") {
    Service service;
    const auto cut = ask(service, "who won the last match",
                         {.max_output_tokens = 3, .tools = {{.google_search = GoogleSearch{}}}});
    const auto& support = cut.candidate().grounding_metadata->grounding_supports.at(0);
    CHECK(static_cast<std::size_t>(*support.segment->end_index) <= cut.text().size());
}

TEST_CASE("schemas are kept: order, patterns, bounds, recursion that ends") {
    Service service;
    using Ordered = nlohmann::ordered_json;
    const auto ordered =
        ask(service, "x",
            {.response_schema =
                 Schema{.properties = {{"a", {.type = Type::string}}, {"z", {.type = Type::string}}},
                        .property_ordering = {"z", "a"},
                        .type = Type::object}});
    CHECK(Ordered::parse(ordered.text()).begin().key() == "z");
    CHECK(instance(service, R"({"type":"string","pattern":"^[A-Z]{2}-[0-9]{3}$"})") == "AA-000");
    CHECK(instance(service, R"({"type":"string","pattern":"^(?:ab|c)+\\.\\d{1,3}[^x]?$"})") == "ab.1");
    CHECK(instance(service, R"({"type":"string","pattern":"^(?=a)b$"})").is_string());
    CHECK(instance(service, R"({"type":"integer","minimum":5,"maximum":6})") == 5);
    CHECK(
        instance(service, R"({"type":"array","items":{"type":"string"},"minItems":2,"maxItems":2})").size() ==
        2);
    const Json tree = instance(
        service, R"({"$ref":"#/$defs/n","$defs":{"n":{"type":"object","required":["next"],"properties":
        {"next":{"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}]}}}}})");
    CHECK(tree.contains("next"));
    CHECK(instance(service, R"({"allOf":[{"type":"object","properties":{"a":{"type":"boolean"}}},
        {"properties":{"b":{"type":"integer"}},"required":["b"]}]})")["b"] == 1);
}

TEST_CASE("a schema that nothing fits, or only what is too large, is refused") {
    Service service;
    for (const char* schema :
         {R"({"$ref":"#"})", R"({"anyOf":[{"$ref":"#"}]})", R"({"$ref":"#/$defs/nothing"})",
          R"({"type":"object","required":["a"],"properties":{"a":{"$ref":"#"}}})",
          R"({"type":"string","minLength":-1})", R"({"type":"array","items":{},"minItems":1000000000})",
          R"({"type":"array","minItems":1e300})", R"({"type":"string","minLength":99999999999})",
          R"({"type":"integer","minimum":5,"maximum":4})", R"({"type":"string","minLength":5,"maxLength":4})",
          R"({"type":"array","minItems":15000,"items":{"type":"array","minItems":15000,"items":{}}})"}) {
        CAPTURE(schema);
        try {
            static_cast<void>(instance(service, schema));
            FAIL("was answered");
        } catch (const ClientError& error) {
            CHECK(error.code() == 400);
            CHECK(error.status() == "INVALID_ARGUMENT");
        }
    }
}

TEST_CASE("prompts are counted by modality, calls count as output") {
    Service service;
    const auto counted = service.client.models.generate_content(
        flash,
        {"look here", Part::from_bytes(bytes("x"), "image/png"), Part::from_bytes(bytes("x"), "video/mp4"),
         Part::from_bytes(bytes("x"), "audio/wav"), Part::from_bytes(bytes("x"), "application/pdf")});
    const auto& details = counted.usage_metadata->prompt_tokens_details;
    REQUIRE(details.size() == 5);
    CHECK(details[0].modality == MediaModality::text);
    CHECK(details[0].token_count == 2);
    std::int64_t sum = 0;
    for (const auto& one : details) sum += *one.token_count;
    CHECK(sum == counted.usage_metadata->prompt_token_count);
    const auto called =
        ask(service, "go", {.tools = {{.function_declarations = {{.description = "d", .name = "f"}}}}});
    CHECK(*called.usage_metadata->candidates_token_count > 0);
}

TEST_CASE("a cache's instruction and functions have effect, and its tokens are told apart") {
    Service service;
    const auto cache = service.client.caches.create(
        flash, {.contents = {"a long text", Part::from_bytes(bytes("x"), "image/png")},
                .system_instruction = "be brief"});
    const auto answer = ask(service, "hi", {.cached_content = cache.name});
    CHECK_THAT(answer.text(), ContainsSubstring("be brief"));
    CHECK(answer.usage_metadata->cached_content_token_count == cache.usage_metadata->total_token_count);
    CHECK(answer.usage_metadata->cache_tokens_details.size() == 2);
    const auto functions = service.client.caches.create(
        flash,
        {.contents = "x", .tools = {{.function_declarations = {{.description = "d", .name = "weather"}}}}});
    CHECK(ask(service, "go", {.cached_content = functions.name}).function_calls().at(0).name == "weather");
}

TEST_CASE("models are one table: what is listed, found and called agree") {
    Service service;
    int listed = 0;
    for (const Model& model : service.client.models.list()) {
        ++listed;
        const std::string id = model.name.substr(7);
        CAPTURE(id);
        CHECK(service.client.models.get(id).name == model.name);
        const auto& actions = model.supported_actions;
        const bool generates = std::find(actions.begin(), actions.end(), "generateContent") != actions.end();
        if (generates) CHECK_NOTHROW(service.client.models.generate_content(id, "hi"));
        else CHECK_THROWS_AS(service.client.models.generate_content(id, "hi"), NotFoundError);
    }
    CHECK(listed > 20);
    CHECK(service.client.models.get(flash).thinking.is_true());
    CHECK(service.client.models.get("gemini-9-flash").name == "models/gemini-9-flash");
    CHECK_THROWS_AS(service.client.models.get("gpt-4"), NotFoundError);
    CHECK_THROWS_AS(service.client.models.embed_content(flash, "x"), NotFoundError);
    CHECK_THROWS_AS(service.client.models.generate_images(flash, "x"), NotFoundError);
}

TEST_CASE("interactions have the form and the tools that were asked for") {
    Service service;
    const auto& interactions = service.client.interactions;
    namespace api = genai::interactions;
    const auto formed = interactions.create(
        {.input = "a recipe",
         .model = flash,
         .response_format = api::ResponseFormat(api::TextResponseFormat{
             .schema = RawJson::parse(R"({"type":"object","properties":{"name":{"type":"string"}}})")})});
    CHECK(Json::parse(formed.output_text())["name"].is_string());
    const std::vector<api::Tool> tools{
        api::Function{.name = "weather", .parameters = RawJson::parse(R"({"type":"object"})")}};
    CHECK(interactions.create({.input = "weather", .model = flash, .tools = tools}).status ==
          api::InteractionStatus::requires_action);
    CHECK(interactions
              .create({.generation_config = api::GenerationConfig{.tool_choice = api::ToolChoiceType::none},
                       .input = "weather",
                       .model = flash,
                       .tools = tools})
              .status == api::InteractionStatus::completed);
    const auto thought = interactions.create(
        {.generation_config = api::GenerationConfig{.thinking_summaries = api::ThinkingSummaries::auto_},
         .input = "think",
         .model = flash});
    CHECK(thought.steps.at(0).is<api::ThoughtStep>());
    try {
        static_cast<void>(interactions.get("nothing"));
        FAIL("was found");
    } catch (const ClientError& error) {
        CHECK(error.status() == "not_found");
        CHECK(error.code() == 404);
    }
}

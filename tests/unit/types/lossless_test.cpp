// What the newest SDKs send and receive has names here, and comes back as it was.

#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;

namespace {

/// A struct decoded from this JSON, which has nothing that it does not know, encoded again.
template <class T>
Json again(const T& value) {
    CHECK(value.extra.empty());
    return Json::parse(encode(value));
}
template <class T>
void keeps(const char* text) {
    CAPTURE(text);
    CHECK(again(decode<T>(text)) == Json::parse(text));
}
/// The same for one kind of a union.
template <class Union, class Kind>
void keeps_kind(const char* text) {
    CAPTURE(text);
    const auto value = decode<Union>(text);
    REQUIRE(value.template is<Kind>());
    CHECK(again(*value.template get_if<Kind>()) == Json::parse(text));
}

}  // namespace

TEST_CASE("which part of a medium counts is kept") {
    keeps<DocumentMetadata>(R"({"startPage":1,"endPage":2,"contentLayers":["PAGE_IMAGE","PAGE_TEXT"]})");
    keeps<SpreadsheetMetadata>(R"({"sheetIndex":1,"visibleCells":"A1:D10","contentLayers":["FORMULAS"]})");
    keeps<AudioMetadata>(R"({"startOffset":"1s","endOffset":"2.5s"})");
    keeps<VideoMetadata>(R"({"contentLayers":["FRAMES","TRANSCRIPT"],"fps":2})");
    keeps<Part>(
        R"({"inlineData":{"data":"eA==","mimeType":"application/pdf"},"documentMetadata":{"startPage":1},
        "spreadsheetMetadata":{"sheetIndex":1},"audioMetadata":{"endOffset":"1s"}})");
    keeps<FunctionResponsePart>(
        R"({"mediaResolution":{"level":"MEDIA_RESOLUTION_LOW"},"videoMetadata":{"fps":1},
        "documentMetadata":{"endPage":3}})");
    keeps<LiveConnectConfig>(R"({"historyConfig":{"initialHistoryInClientContent":true}})");
    namespace ix = genai::interactions;
    keeps_kind<ix::Content, ix::DocumentContent>(
        R"({"type":"document","uri":"u","resolution":"low","processing":{"type":"static","page_options":{"start_page":1,
        "end_page":2,"content_layers":["page_text"]},"spreadsheet_options":{"sheet_index":1,"visible_cells":"A1",
        "content_layers":["visual"]}}})");
    keeps_kind<ix::Content, ix::AudioContent>(
        R"({"type":"audio","uri":"u","processing":{"type":"static","start_offset":"1s","end_offset":"2s"}})");
    keeps_kind<ix::Content, ix::VideoContent>(
        R"({"type":"video","uri":"u","processing":{"type":"static","content_layers":["frames","audio"]}})");
}

TEST_CASE("tools that are searched for, and self-hosted environments, are kept") {
    namespace ix = genai::interactions;
    keeps_kind<ix::Tool, ix::ToolSearch>(
        R"({"type":"tool_search","description":"d","execution":"client","name":"n","parameters":{"type":"object"}})");
    keeps_kind<ix::Tool, ix::Function>(
        R"({"type":"function","name":"f","defer_loading":true,"short_description":"s"})");
    keeps_kind<ix::Tool, ix::McpServer>(
        R"({"type":"mcp_server","url":"https://e.com","defer_loading":false})");
    keeps_kind<ix::Step, ix::ToolSearchCallStep>(
        R"({"type":"tool_search_call","id":"1","arguments":{"function_names":["f"]},"signature":"s"})");
    keeps_kind<ix::Step, ix::ToolSearchResultStep>(
        R"({"type":"tool_search_result","call_id":"1","result":[{"type":"function","name":"f"}]})");
    keeps_kind<ix::StepDeltaData, ix::ToolSearchCallDelta>(
        R"({"type":"tool_search_call","arguments":{"function_names":["f"]}})");
    keeps_kind<ix::StepDeltaData, ix::ToolSearchResultDelta>(
        R"({"type":"tool_search_result","result":[{"type":"function","name":"f"}],"signature":"s"})");
    keeps<environments::CreateEnvironmentRequest>(
        R"({"mode":"self_hosted","custom_config":{"a":1},"system_instruction":"s"})");
    keeps<environments::Environment>(
        R"({"id":"e","mode":"on_demand","custom_config":{"a":1},"environment_key":"k"})");
    keeps<ix::Environment>(R"({"type":"remote","mode":"self_hosted","custom_config":{"a":1}})");
}

TEST_CASE("decisions are kept, those of kinds to come as well") {
    keeps<decisions::CreateDecisionRequest>(
        R"({"model":"models/m","input":[{"type":"text","text":"the sky"}],"questions":{
        "n":{"type":"noul","instructions":"is it?","criteria":{"true_description":"t","false_description":"f"}},
        "c":{"type":"choice","instructions":[{"type":"text","text":"which?"}],"criteria":{"yes":"a","no":"b"}},
        "s":{"type":"score","instructions":"how good?","criteria":["bad","good"]},"x":{"type":"future","a":1}}})");
    keeps<decisions::Decision>(
        R"({"answers":{"n":{"type":"noul","noul":0.5,"confidence":0.25},
        "c":{"type":"choice","choice":"yes","confidence":1,"probabilities":{"yes":1,"no":0}},
        "s":{"type":"score","score":1,"confidence":0.5,"legend":{"0":"bad"},"probabilities":{"0":0.5}},
        "x":{"type":"future","a":[1]}},"prompt_feedback":{"block_reason":"image_safety","block_reason_message":"m"},
        "usage":{"total_tokens":5}})");
    keeps<genai::interactions::InteractionAuthToken>(
        R"({"auth_token":"auth_tokens/1","expires_at":"2027-01-01T00:00:00Z"})");
}

// A generation as a state machine: what is asked, which functions are called, when it is at its end.

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/generation/generation.hpp>
#include <genai/genai.hpp>
#include <genai/tools.hpp>

using namespace genai;
using detail::Generation;
using Kind = detail::Generation::Step::Kind;
using detail::ResourceName;

namespace {

const std::vector<Content> hello{Content{.parts = {Part::from_text("hello")}, .role = "user"}};

Generation generation(const GenerateContentConfig& config = {}, bool keep_turns = false) {
    return Generation({"models.generate_content", ResourceName::model("m"), ":generateContent", keep_turns},
                      hello, config);
}

GenerateContentResponse says(Part part) {
    return {.candidates = {{.content = Content{.parts = {std::move(part)}, .role = "model"},
                            .finish_reason = FinishReason::stop}}};
}

GenerateContentResponse calls(const char* name) {
    return says({.function_call = FunctionCall{.args = Json::object(), .id = "1", .name = name}});
}

Json body(const Generation::Step& step) { return Json::parse(step.call.body.text("models/m")->whole()); }

}  // namespace

TEST_CASE("without functions a generation is one request") {
    Generation one = generation({}, true);
    const auto step = one.next();
    CHECK(step.call.operation == "models.generate_content");
    CHECK(body(step)["contents"].size() == 1);
    one.take(says(Part::from_text("hi")));
    one.came();
    CHECK(one.next().kind == Kind::finished);
    CHECK(one.new_turns().at(0).parts.at(0).text == "hi");
}

TEST_CASE("a call of a function is made, delivered, and said in the next request") {
    Generation rounds = generation({.tools = {tool("now", "The time", [] { return std::string("noon"); })}});
    static_cast<void>(rounds.next());
    rounds.take(calls("now"));
    rounds.came();
    auto step = rounds.next();
    REQUIRE(step.kind == Kind::call_functions);
    auto& jobs = *step.jobs;
    REQUIRE(jobs.size() == 1);
    detail::call_functions(jobs, *step.calling, {});
    CHECK(jobs[0].answer.response->at("result") == "noon");
    rounds.called();
    step = rounds.next();
    REQUIRE(step.kind == Kind::deliver);
    CHECK(rounds.answers().candidates.at(0).content->role == "user");
    step = rounds.next();
    CHECK(body(step)["contents"].size() == 3);
    rounds.take(says(Part::from_text("It is noon.")));
    rounds.came();
    CHECK(rounds.next().kind == Kind::finished);
    GenerateContentResponse last;
    rounds.add_history(last);
    CHECK(last.automatic_function_calling_history.size() == 3);
}

TEST_CASE("a call that the program answers for itself ends the generation") {
    Generation declared = generation({.tools = {{.function_declarations = {{.name = "theirs"}}},
                                                tool("now", "The time", [] { return 1; })}});
    static_cast<void>(declared.next());
    declared.take(calls("theirs"));
    declared.came();
    CHECK(declared.next().kind == Kind::finished);
}

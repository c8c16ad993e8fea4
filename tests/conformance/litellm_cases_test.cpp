// Calls in OpenAI's shapes, held against what LiteLLM was seen to do with them, and against what is done here
// instead where LiteLLM is at fault.

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "litellm_case.hpp"

namespace {

using conformance::Tree;
using Problems = std::vector<std::string>;

std::string camel_case(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (name[i] == '_' && i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z')
            out += static_cast<char>(name[++i] - ('a' - 'A'));
        else out += name[i];
    return out;
}

/// A request without nulls, its names in camelCase but where they are the user's.
Tree in_one_form(const Tree& value, bool names_are_free = false) {
    if (value.is_array()) {
        Tree made = Tree::array();
        for (const Tree& one : value) made.push_back(in_one_form(one, names_are_free));
        return made;
    }
    if (!value.is_object()) return value;
    Tree made = Tree::object();
    for (const auto& [key, inner] : value.items())
        if (!inner.is_null())
            made[names_are_free ? key : camel_case(key)] =
                in_one_form(inner, key == "properties" || key == "args" || key == "response");
    return made;
}

/// Whether a text stands for any other.
bool is_placeholder(const Tree& value) {
    return value.is_string() &&
           (value == "<call id>" || value == "<chatcmpl id>" || value == "<uuid>" || value == "<created>" ||
            value == "<display name>" || value == "<now + 24 h>");
}

/// Members that LiteLLM adds and a case may leave out.
bool is_extra(const std::string& name) {
    return name.starts_with("vertex_ai_") || name == "provider_specific_fields" || name == "cost";
}

void compare(const Tree& want, const Tree& got, const std::string& path, Problems& problems) {
    const auto differ = [&] { problems.push_back(path + ": " + got.dump() + " for " + want.dump()); };
    if (is_placeholder(want)) return;
    const std::string call_id = "<call id>";
    if (want.is_string() && want.get<std::string>().starts_with(call_id)) {
        const std::string behind = want.get<std::string>().substr(call_id.size());
        if (!got.is_string() || !got.get<std::string>().ends_with(behind)) differ();
    } else if (want.is_number() && got.is_number()) {
        if (want.get<double>() != got.get<double>()) differ();
    } else if (want.is_object() && got.is_object()) {
        for (const auto& [key, value] : got.items())
            if (!want.contains(key) && !is_extra(key))
                problems.push_back(path + '/' + key + ": is not wanted");
        for (const auto& [key, value] : want.items()) {
            const std::string place = path + '/' + key;
            if (is_extra(key) || value.is_null()) continue;
            if (!got.contains(key)) problems.push_back(place + ": is missing");
            else if (key == "arguments")
                compare(Tree::parse(value.get<std::string>()), Tree::parse(got[key].get<std::string>()),
                        place, problems);
            else compare(value, got[key], place, problems);
        }
    } else if (want.is_array() && got.is_array()) {
        if (want.size() != got.size()) return differ();
        for (std::size_t i = 0; i < want.size(); ++i)
            compare(want[i], got[i], path + '/' + std::to_string(i), problems);
    } else if (want != got) {
        differ();
    }
}

/// Requests, of which the version in the path and headers that only differ in type do not count.
Tree requests(const Tree& sent) {
    Tree made = in_one_form(sent);
    for (Tree& request : made) {
        std::string path = request["path"].get<std::string>();
        if (path.starts_with("/v1alpha")) path.replace(0, 8, "/v1beta");
        request["path"] = path;
        if (!request.contains("headers")) continue;
        for (const char* const usual : {"content-type", "x-goog-api-key"}) request["headers"].erase(usual);
        if (request["headers"].empty()) request.erase("headers");
    }
    return made;
}

/// LiteLLM's classes that OpenAI's SDK has not, as those they derive from.
std::string class_of(const Tree& raised) {
    static const std::map<std::string, std::string> classes{{"UnsupportedParamsError", "BadRequestError"},
                                                            {"ContextWindowExceededError", "BadRequestError"},
                                                            {"ImageFetchError", "BadRequestError"},
                                                            {"Timeout", "APITimeoutError"}};
    const std::string name = raised.at("class").get<std::string>();
    if (name == "MidStreamFallbackError")
        return raised.contains("original") ? class_of(raised["original"]) : "APIConnectionError";
    const auto known = classes.find(name);
    return known == classes.end() ? name : known->second;
}

void compare_raised(const Tree& want, const Tree& got, Problems& problems) {
    if (!got.contains("raises"))
        return problems.push_back("raises nothing, " + class_of(want) + " is wanted");
    if (class_of(want) != class_of(got["raises"]) ||
        want.value("status_code", Tree()) != got["raises"]["status_code"])
        problems.push_back("raises " + got["raises"].dump() + " for " + want.dump());
}

/// The least and the most of a wait as it was recorded: `none`, `3 to 4 s`.
bool is_within(const std::string& recorded, double seconds) {
    if (recorded == "none") return seconds == 0;
    std::istringstream text(recorded);
    double least = 0;
    double most = 0;
    std::string to;
    text >> least >> to >> most;
    return seconds >= least && seconds <= most;
}

/// The steps of a router: who was called, how it went, what cools down afterwards.
void compare_steps(const Tree& want, const Tree& got, Problems& problems) {
    if (want.size() != got.size()) return problems.push_back("steps: " + got.dump());
    for (std::size_t i = 0; i < want.size(); ++i) {
        const std::string place = "steps/" + std::to_string(i);
        for (const char* const what : {"calls", "cooling", "result"})
            if (want[i].value(what, Tree()) != got[i].value(what, Tree()))
                problems.push_back(place + ": " + got[i].dump());
        if (want[i].contains("raises")) compare_raised(want[i]["raises"], got[i], problems);
        const Tree waits = want[i].value("waits", Tree::array());
        const Tree waited = got[i].value("waits", Tree::array());
        bool within = waits.size() == waited.size();
        for (std::size_t n = 0; within && n < waits.size(); ++n)
            within = is_within(waits[n].get<std::string>(), waited[n].get<double>());
        if (!within) problems.push_back(place + "/waits: " + waited.dump());
    }
}

/// What differs between a case, or what is done here instead, and what came.
Problems differences(const Tree& want, const Tree& got, bool requests_count) {
    Problems problems;
    if (want.contains("raises")) compare_raised(want["raises"], got, problems);
    else if (got.contains("raises")) problems.push_back("raises " + got["raises"].dump());
    if (requests_count && want.contains("sent"))
        compare(requests(want["sent"]), requests(got.value("sent", Tree::array())), "sent", problems);
    for (const char* const what : {"returns", "chunks", "usage"})
        if (want.contains(what) && !want[what].is_null() && !want.contains("raises"))
            compare(want[what], got.value(what, Tree()), what, problems);
    if (want.contains("steps")) compare_steps(want["steps"], got.value("steps", Tree::array()), problems);
    for (const char* const cost : {"input", "output", "total"}) {
        if (!want.contains(cost)) continue;
        const double wanted = want[cost].get<double>();
        if (std::abs(got.value(cost, -1.0) - wanted) > 1e-12 * wanted)
            problems.push_back(std::string(cost) + ": " + std::to_string(wanted) + " is wanted");
    }
    return problems;
}

/// The line of a case, as the driver reads it.
Tree line_of(const Tree& one, const Tree& all) {
    Tree line = one;
    for (const char* const recorded :
         {"sent", "returns", "chunks", "usage", "raises", "input", "output", "total"})
        line.erase(recorded);
    if (line.contains("steps"))
        for (Tree& step : line["steps"]) step = Tree{{"step", step["step"]}};
    line["call"] = one.contains("op") ? Tree::object() : all.at("default_call");
    if (one.contains("call")) line["call"].update(one["call"]);
    if (!one.contains("answer")) line["default_answer"] = all.at("default_answer");
    return line;
}

Tree read(const char* path) {
    std::ifstream file(path);
    return Tree::parse(file);
}

}  // namespace

TEST_CASE("calls in OpenAI's shapes agree with LiteLLM's, but where those are at fault") {
    const Tree all = read(GENAI_LITELLM_CASES);
    const Tree ours = read(GENAI_LITELLM_DEVIATIONS);
    REQUIRE(all.at("cases").size() == 559);
    for (const Tree& one : all.at("cases")) {
        const std::string id = one.at("id").get<std::string>();
        CAPTURE(id);
#if !__has_include(<valijson/validator.hpp>)
        if (id.starts_with("validation-")) continue;
#endif
        const Tree got = conformance::carry_out_litellm_case(line_of(one, all));
        if (one.at("kind") == "cost") {  // by the prices that it was recorded with, too
            Tree line = line_of(one, all);
            line["prices"] = all.at("prices");
            const Problems by_given = differences(one, conformance::carry_out_litellm_case(line), false);
            CAPTURE(by_given);
            CHECK(by_given.empty());
        }
        const bool requests_count = one.at("kind") != "response" && one.at("kind") != "stream";
        const Problems problems =
            differences(ours.contains(id) ? ours[id] : one, got, ours.contains(id) || requests_count);
        CAPTURE(problems);
        CHECK(problems.empty());
    }
}

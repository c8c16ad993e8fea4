// Calls to OpenAI-compatible servers, held against the cases of openai_cases.json: what goes out, what comes
// back.

#include <cmath>
#include <cstdint>
#include <exception>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/openai.hpp>

#include "calls.hpp"
#include "quirks.hpp"

namespace {

using conformance::Tree;
using Problems = std::vector<std::string>;

const std::string base = "http://localhost:1/v1";

/// Plays the server of one case, and remembers what came.
class Server {
public:
    explicit Server(const Tree& one) : case_(one) {}

    struct Came {
        std::string method{};
        std::string path{};
        Tree body{};
        std::string authorization{};
    };

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        const auto text = request.body.in_memory().value_or("");
        came.push_back({request.method, request.url.substr(base.size()),
                        text.empty() ? Tree() : Tree::parse(text),
                        std::string(request.headers.get("authorization")) +
                            std::string(request.headers.get("api-key"))});
        if (case_.at("kind") == "server") return raw(case_.at("answer"), sink);
        if (case_.at("kind") == "stream") return events(case_.at("chunks"), case_.at("done"), sink);
        const bool stream = came.back().body.is_object() && came.back().body.value("stream", false);
        if (case_.at("kind") == "request" && stream) return events(Tree::array({chunk()}), true, sink);
        Tree body = case_.at("kind") == "request" ? completion() : case_.at("openai_response");
        for (const Tree& step : case_.value("then", Tree::array()))
            if (step["request"]["path"] == came.back().path) body = step["response"];
        const int status = body.is_object() ? body.value("$status", 200) : 200;
        if (body.is_object()) body.erase("$status");
        answer(status, "application/json", body.dump(), 0, sink);
    }

    std::vector<Came> came{};

private:
    static Tree choice(const char* said) {
        return {{"index", 0}, {said, {{"role", "assistant"}, {"content", "OK"}}}, {"finish_reason", "stop"}};
    }
    static Tree completion() { return {{"id", "c"}, {"choices", Tree::array({choice("message")})}}; }
    static Tree chunk() { return {{"id", "c"}, {"choices", Tree::array({choice("delta")})}}; }

    static void answer(int status, const std::string& type, const std::string& body, std::size_t piece,
                       genai::http::Sink& sink, genai::http::Headers headers = {}) {
        if (!type.empty()) headers.add("content-type", type);
        if (sink.head({.status = status, .headers = headers}) == genai::http::Flow::stop) return;
        const std::size_t step = piece == 0 ? body.size() : piece;
        for (std::size_t at = 0; at < body.size(); at += step)
            if (sink.data(std::string_view(body).substr(at, step)) == genai::http::Flow::stop) return;
    }
    static void events(const Tree& chunks, bool done, genai::http::Sink& sink) {
        std::string body;
        for (const Tree& one : chunks) body += "data: " + one.dump() + "\n\n";
        answer(200, "text/event-stream", body + (done ? "data: [DONE]\n\n" : ""), 0, sink);
    }
    static void raw(const Tree& told, genai::http::Sink& sink) {
        genai::http::Headers headers;
        for (const auto& [name, value] : told.at("headers").items())
            headers.add(name, value.get<std::string>());
        const Tree pieces = told.value("pieces", Tree());
        answer(told.at("status"), "", told.at("body"), pieces.is_array() ? pieces[0].get<std::size_t>() : 0,
               sink, headers);
        if (told.at("end") == "cut")
            throw genai::TransportError(genai::TransportError::Phase::body,
                                        genai::TransportError::Reason::closed, "the connection was cut");
    }

    const Tree& case_;
};

Tree parsed(const Tree& text) {
    const Tree tree = text.is_string() ? Tree::parse(text.get<std::string>(), nullptr, false) : text;
    return tree.is_discarded() ? text : tree;
}

/// What differs between a body that was wanted and one that came.
void compare(const Tree& want, const Tree& got, const std::string& path, bool free_ids, Problems& problems) {
    const auto differ = [&] { problems.push_back(path + ": " + got.dump() + " for " + want.dump()); };
    if (want.is_number() && got.is_number()) {
        if (want.get<double>() != got.get<double>()) differ();
    } else if (want.is_object() && got.is_object()) {
        for (const auto& [key, value] : got.items())
            if (!want.contains(key)) problems.push_back(path + '/' + key + ": is not wanted");
        for (const auto& [key, value] : want.items()) {
            const std::string place = path + '/' + key;
            if (!got.contains(key)) problems.push_back(place + ": is missing");
            else if (key == "arguments" || (key == "content" && want.value("role", "") == "tool"))
                compare(parsed(value), parsed(got[key]), place, false, problems);
            else if (free_ids && (key == "id" || key == "tool_call_id")) {
                if (got[key].get<std::string>().size() != 9) differ();
            } else {
                compare(value, got[key], place, free_ids, problems);
            }
        }
        if (path.ends_with("/properties"))
            for (auto a = want.begin(), b = got.begin(); a != want.end() && b != got.end(); ++a, ++b)
                if (a.key() != b.key()) problems.push_back(path + ": are in another order");
    } else if (want.is_array() && got.is_array()) {
        if (want.size() != got.size()) return differ();
        for (std::size_t i = 0; i < want.size(); ++i)
            compare(want[i], got[i], path + '/' + std::to_string(i), free_ids, problems);
    } else if (want != got) {
        differ();
    }
}

/// A response, or the chunks of one, in one form: by candidate, texts of a kind joined.
Tree joined(const Tree& responses) {
    Tree whole = Tree::object();
    std::map<int, Tree> candidates;
    for (const Tree& response : responses) {
        for (const char* name : {"responseId", "modelVersion", "usageMetadata"})
            if (response.contains(name)) whole[name] = response[name];
        for (const Tree& candidate : response.value("candidates", Tree::array())) {
            Tree& made = candidates[candidate.value("index", 0)];
            if (made.is_null()) made = {{"parts", Tree::array()}};
            for (const char* name : {"finishReason", "finishMessage", "groundingMetadata"})
                if (candidate.contains(name)) made[name] = candidate[name];
            if (candidate.contains("logprobsResult"))
                for (const auto& [name, list] : candidate["logprobsResult"].items())
                    for (const Tree& token : list) made["logprobsResult"][name].push_back(token);
            for (const Tree& part :
                 candidate.value("content", Tree::object()).value("parts", Tree::array())) {
                Tree& parts = made["parts"];
                const auto is_thought = [](const Tree& of) { return of.value("thought", false); };
                if (part.contains("text") && part["text"] == "" && !part.contains("thoughtSignature"))
                    continue;
                if (!parts.empty() && parts.back().contains("text") && part.contains("text") &&
                    is_thought(parts.back()) == is_thought(part))
                    parts.back()["text"] =
                        parts.back()["text"].get<std::string>() + part["text"].get<std::string>();
                else parts.push_back(part);
            }
        }
    }
    for (auto& [index, candidate] : candidates) whole["candidates"][std::to_string(index)] = candidate;
    return whole;
}

/// What is wanted and is not so; what came beside it does not count, but for parts and reasons.
void contains(const Tree& want, const Tree& got, const std::string& path, Problems& problems) {
    if (want.is_object() && got.is_object()) {
        for (const auto& [key, value] : want.items())
            contains(value, got.value(key, Tree()), path + '/' + key, problems);
        for (const auto& [key, value] : got.items())
            if (!want.contains(key) && (key == "finishReason" || key == "text" || key == "functionCall"))
                problems.push_back(path + '/' + key + ": is not wanted: " + value.dump());
    } else if (want.is_array() && got.is_array()) {
        if (want.size() != got.size()) problems.push_back(path + ": " + got.dump() + " for " + want.dump());
        for (std::size_t i = 0; i < want.size() && i < got.size(); ++i)
            contains(want[i], got[i], path + '/' + std::to_string(i), problems);
    } else if (want.is_number() && got.is_number()) {
        if (std::abs(want.get<double>() - got.get<double>()) > 1e-6)
            problems.push_back(path + ": " + got.dump());
    } else if (want != got && !(want == 0 && got.is_null())) {
        problems.push_back(path + ": " + got.dump() + " for " + want.dump());
    }
}

void check_error(const Tree& want, const std::exception& error, Problems& problems) {
    const std::string type = conformance::error_type(error);
    const Tree types = want["type"].is_array() ? want["type"] : Tree::array({want["type"]});
    bool known = false;
    for (const Tree& one : types) known = known || one == type;
    if (!known) problems.push_back(type + " for " + want["type"].dump() + ": " + error.what());
    const std::string what = error.what();
    if (const std::string message = want.value("message", ""); what.find(message) == std::string::npos)
        problems.push_back("the message lacks " + message + ": " + what);
    const std::string place = want.value("parameter", "");
    if (what.find(place.substr(place.rfind('/') + 1)) == std::string::npos)
        problems.push_back("the message does not name " + place + ": " + what);
    const auto* refused = dynamic_cast<const genai::ApiError*>(&error);
    if (refused == nullptr) return;
    const auto same = [&](const char* name, const Tree& got) {
        if (want.contains(name) && want[name] != got) problems.push_back(name + (": " + got.dump()));
    };
    same("http_status", refused->http_status());
    same("code", refused->code());
    same("status", refused->status());
    same("retry_after_ms", refused->retry_after() ? Tree(refused->retry_after()->count()) : Tree());
}

void check_sent(const Tree& one, const std::vector<Server::Came>& came, Problems& problems) {
    const bool none = one.value("no_request", false) || (one["kind"] == "request" && one.contains("error"));
    Tree want = Tree::array();
    if (one.contains("openai_request")) want.push_back(one["openai_request"]);
    for (const Tree& step : one.value("then", Tree::array())) want.push_back(step["request"]);
    if (none ? !came.empty() : !want.empty() && want.size() != came.size())
        problems.push_back(std::to_string(came.size()) + " requests were sent");
    for (std::size_t i = 0; i < want.size() && i < came.size(); ++i) {
        if (want[i]["method"] != came[i].method || want[i]["path"] != came[i].path)
            problems.push_back(came[i].method + ' ' + came[i].path + " for " + want[i].dump());
        const bool azure = one.value("options", Tree::object()).value("kind", "") == "azure";
        if (came[i].authorization != (azure ? "test-key" : "Bearer test-key"))
            problems.push_back("the key is not where it belongs: " + came[i].authorization);
        if (want[i].contains("body"))
            compare(want[i]["body"], came[i].body, "", one["id"].get<std::string>().ends_with("mistral_ids"),
                    problems);
    }
}

void check_result(const Tree& one, const Tree& result, Problems& problems) {
    if (one.contains("error")) return problems.push_back("no error, but " + result.dump());
    if (one.contains("estimate")) {
        const auto tokens = result.value("totalTokens", std::int64_t{-1});
        if (tokens < one["estimate"]["min"] || tokens > one["estimate"]["max"])
            problems.push_back(std::to_string(tokens) + " tokens");
    }
    if (!one.contains("gemini_response")) return;
    const Tree& want = one["gemini_response"];
    const std::string method = one["method"];
    if (method == "models.list") contains(want["models"], result, "", problems);
    else if (!method.starts_with("models.generate_content")) contains(want, result, "", problems);
    else
        contains(joined(Tree::array({want})), joined(result.is_array() ? result : Tree::array({result})), "",
                 problems);
}

Problems run(Tree one) {
    if (!one.contains("method"))
        one["method"] =
            one["kind"] == "stream" ? "models.generate_content_stream" : "models.generate_content";
    const Tree params = one.value("params", Tree{{"model", "qwen3"}, {"contents", "Hello"}});
    Server server(one);
    genai::ClientOptions options{.api_key = "test-key"};
    options.http_options.base_url = base;
    options.http_options.retry.attempts = 1;
    const conformance::Client client(
        options, genai::openai::Transport(conformance::quirks_of(one.value("options", Tree::object())),
                                          std::ref(server)));
    Problems problems;
    const auto failed = [&](const std::exception& error) {
        if (one.contains("error")) check_error(one["error"], error, problems);
        else problems.push_back(conformance::error_type(error) + ": " + error.what());
    };
    try {
        check_result(one, conformance::call(client, one["method"], params), problems);
    } catch (const conformance::BrokenStream& broken) {
        try {
            std::rethrow_exception(broken.cause);
        } catch (const std::exception& error) {
            failed(error);
        }
        std::string text;
        const Tree came = joined(broken.partial).value("candidates", Tree::object());
        for (const auto& [index, candidate] : came.items())
            for (const Tree& part : candidate["parts"]) text += part.value("text", "");
        if (const std::string want = one.value("partial_text", text); want != text)
            problems.push_back("before it came " + text);
    } catch (const std::exception& error) {
        failed(error);
    }
    check_sent(one, server.came, problems);
    return problems;
}

}  // namespace

TEST_CASE("calls to OpenAI-compatible servers agree with the cases") {
    std::ifstream file(GENAI_OPENAI_CASES);
    const Tree cases = Tree::parse(file).at("cases");
    REQUIRE(cases.size() >= 230);
    for (const Tree& one : cases) {
        CAPTURE(one["id"].get<std::string>());
        const Problems problems = run(one);
        CAPTURE(problems);
        CHECK(problems.empty());
    }
}

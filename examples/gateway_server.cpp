// A gateway in one file: programs speak Gemini's protocol or OpenAI's to it, with keys of its own; it routes
// their calls, fails over, counts what they cost, and holds them to budgets and rate limits.
//
//     GATEWAY_KEYS='sk-alice=1.50,sk-bob=0.20' gateway_server [port]       keys, and what each may spend a
//     day
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include <httplib.h>

#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/limits.hpp>
#include <genai/openai.hpp>
#include <genai/router.hpp>

#include "connect.hpp"

namespace gateway {

using genai::Json;
using httplib::Request;
using httplib::Response;

/// Budgets by key.
std::map<std::string, genai::Budget> read_keys(const char* list) {
    std::map<std::string, genai::Budget> budgets;
    std::istringstream entries(list == nullptr ? "sk-demo=1" : list);
    for (std::string key, dollars; std::getline(entries, key, '=') && std::getline(entries, dollars, ',');)
        budgets[key] = {.max_budget = genai::Dollars::nearest(std::atof(dollars.c_str())),
                        .period = std::chrono::hours(24)};
    return budgets;
}

/// The status of an error that is none of a server's.
int status_of(const genai::Error& error) {
    switch (error.kind()) {
        case genai::ErrorKind::invalid_argument:
        case genai::ErrorKind::decode: return 400;
        case genai::ErrorKind::limit_exceeded:
        case genai::ErrorKind::no_deployment: return 429;
        case genai::ErrorKind::timeout: return 504;
        default: return 502;
    }
}

class Gateway {
public:
    Gateway(const genai::ClientOptions& upstream, std::map<std::string, genai::Budget> budgets)
        : budgets_(std::move(budgets)),
          meter_(std::make_shared<genai::CostMeter>(genai::CostMeterOptions{.end_user_budgets = budgets_})),
          router_(routes(upstream)),
          ai_(router_, {.drop_params = true}) {
        post(R"(/v1(?:beta)?/models/(.+):(\w+))", [this](const Request& request, Response& response,
                                                         auto& http) {
            const std::string path = "models/" + request.matches[1].str() + ':' + request.matches[2].str();
            const auto body = genai::decode<Json>(request.body);
            if (request.matches[2] == "streamGenerateContent")
                stream(response, router_.request_stream("POST", path, body, {.http_options = http}), "");
            else answer(response, router_.request("POST", path, body, {.http_options = http}));
        });
        post("/v1/chat/completions", [this](const Request& request, Response& response, auto& http) {
            const auto params = genai::decode<genai::openai::CompletionCreateParams>(request.body);
            const auto& completions = ai_.chat.completions;
            if (params.stream)
                stream(response, completions.create_stream(params, {.http_options = http}),
                       "data: [DONE]\n\n");
            else answer(response, completions.create(params, {.http_options = http}));
        });
        post("/v1/embeddings", [this](const Request& request, Response& response, auto& http) {
            const auto params = genai::decode<genai::openai::EmbeddingCreateParams>(request.body);
            answer(response, ai_.embeddings.create(params, {.http_options = http}));
        });
        get("/v1beta/models", [this](Response& response, auto&) {
            answer(response, Json{{"models", groups("name", "models/")}});
        });
        get("/v1/models", [this](Response& response, auto&) {
            answer(response, Json{{"object", "list"}, {"data", groups("id", "")}});
        });
        get("/spend", [this](Response& response, auto& http) {
            const genai::Spending spent = meter_->by_end_user()[*http.end_user];
            answer(response, Json{{"dollars", spent.cost.total().value()}, {"attempts", spent.attempts}});
        });
    }

    int listen(int port) {
        if (port == 0) port = server_.bind_to_any_port("127.0.0.1");
        else if (!server_.bind_to_port("127.0.0.1", port)) return 1;
        std::cout << "GATEWAY_URL=http://127.0.0.1:" << port << std::endl;
        return server_.listen_after_bind() ? 0 : 1;
    }

private:
    genai::Router routes(const genai::ClientOptions& upstream) const {
        const auto limiter = std::make_shared<genai::RateLimiter>(
            genai::RateLimiterOptions{.limits = {.rpm = 1000}, .wait = false});
        const genai::Client<> client(upstream,
                                     genai::RateLimitedTransport(limiter, genai::HttpTransport(upstream)));
        return genai::Router(
            {.deployments =
                 {{.group = "fast", .client = client, .model = "gemini-2.5-flash"},
                  {.group = "fast", .client = client, .model = "gemini-2.5-flash-lite", .order = 2},
                  {.group = "good", .client = client, .model = "gemini-2.5-pro"},
                  {.group = "gemini-*", .client = client, .model = "gemini-*"}},
             .fallbacks = {{"good", {"fast"}}},
             .hooks = meter_,
             .on_event = [](const genai::RouterEvent& event) {
                 std::clog << event.call_id << ' ' << to_string(event.kind) << ' ' << event.group << ' '
                           << event.deployment << ' ' << event.error << '\n';
             }});
    }

    template <class Handle>
    void post(const char* path, Handle handle) {
        server_.Post(path, [this, handle](const Request& request, Response& response) {
            serve(request, response, [&](auto& http) { handle(request, response, http); });
        });
    }
    template <class Handle>
    void get(const char* path, Handle handle) {
        server_.Get(path, [this, handle](const Request& request, Response& response) {
            serve(request, response, [&](auto& http) { handle(response, http); });
        });
    }

    /// Calls `handle` with the options of the key's owner; makes a response of what it throws.
    void serve(const Request& request, Response& response,
               const std::function<void(const genai::HttpOptions&)>& handle) const {
        std::string key = request.get_header_value("x-goog-api-key");
        if (key.empty()) key = request.get_param_value("key");
        if (const auto bearer = request.get_header_value("Authorization"); bearer.starts_with("Bearer "))
            key = bearer.substr(7);
        if (!budgets_.contains(key))
            return refuse(response, 401, "UNAUTHENTICATED", "the API key is unknown");
        try {
            const genai::HttpOptions http{.end_user = key};
            handle(http);
        } catch (const genai::ApiError& error) {
            if (error.retry_after()) retry_after(response, *error.retry_after());
            refuse(response, error.code() < 400 ? 502 : error.code(), error.status(), error.message());
        } catch (const genai::LimitExceeded& error) {
            if (error.retry_after()) retry_after(response, *error.retry_after());
            refuse(response, 429, "RESOURCE_EXHAUSTED", "the budget or a rate limit of this key is used up");
        } catch (const genai::Error& error) {
            refuse(response, status_of(error), "", error.what());
        }
    }

    /// An error with the members that either protocol's clients read.
    static void refuse(Response& response, int code, const std::string& status, const std::string& message) {
        response.status = code;
        const char* const type = code < 500 ? "invalid_request_error" : "server_error";
        answer(response,
               Json{{"error", {{"code", code}, {"status", status}, {"message", message}, {"type", type}}}});
    }
    static void retry_after(Response& response, std::chrono::milliseconds span) {
        response.set_header("Retry-After", std::to_string(span.count() / 1000 + 1));
    }
    template <class T>
    static void answer(Response& response, const T& value) {
        response.set_content(genai::encode(value), "application/json");
    }

    /// Hands a stream on as server-sent events. Its first item is waited for here, so that a refusal has a
    /// status of its own; the call ends when the reader goes away.
    template <class Item>
    static void stream(Response& response, genai::Stream<Item> items, const std::string& end) {
        const auto all = std::make_shared<genai::Stream<Item>>(std::move(items));
        const auto at = std::make_shared<decltype(all->begin())>(all->begin());
        response.set_chunked_content_provider("text/event-stream", [=](std::size_t, httplib::DataSink& sink) {
            const auto write = [&sink](const std::string& text) {
                return sink.write(text.data(), text.size());
            };
            try {
                for (; *at != all->end(); ++*at)
                    if (!write("data: " + genai::encode(**at) + "\n\n")) return false;
                write(end);
            } catch (const genai::Error& error) {
                write("data: " + Json{{"error", {{"code", 500}, {"message", error.what()}}}}.dump() + "\n\n");
            }
            sink.done();
            return true;
        });
    }

    Json groups(const char* member, const std::string& prefix) const {
        std::set<std::string> names;
        for (const auto& one : router_.status()) names.insert(prefix + one.group);
        Json list = Json::array();
        for (const std::string& name : names) list.push_back({{member, name}, {"object", "model"}});
        return list;
    }

    std::map<std::string, genai::Budget> budgets_;
    std::shared_ptr<genai::CostMeter> meter_;
    genai::Router router_;
    genai::openai::Client<> ai_;
    httplib::Server server_{};
};

}  // namespace gateway

int main(int argc, char** argv) {
    const examples::Connection connection;
    gateway::Gateway server(connection.options(), gateway::read_keys(std::getenv("GATEWAY_KEYS")));
    return server.listen(argc > 1 ? std::atoi(argv[1]) : 0);
}

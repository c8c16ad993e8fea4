#include "litellm_case.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/http/url.hpp>
#include <genai/openai.hpp>
#include <genai/openai/servers/token_estimate.hpp>
#include <genai/openai/tree.hpp>
#include <genai/router.hpp>
#include <genai/testing/manual_clock.hpp>
#if __has_include(<valijson/validator.hpp>)
#include <genai/validation.hpp>
#endif

namespace conformance {
namespace {

namespace openai = genai::openai;

/// Long texts of the cases by their names, which stand for them in what is printed too.
const std::vector<std::pair<std::string, std::string>>& long_texts() {
    static const auto texts = [] {
        const auto repeated = [](int times) {
            std::string text;
            for (int i = 0; i < times; ++i) text += "The quick brown fox jumps over the lazy dog. ";
            return text;
        };
        return std::vector<std::pair<std::string, std::string>>{{"<LONG>", repeated(500)},
                                                                {"<MID>", repeated(150)}};
    }();
    return texts;
}

/// Replaces whole texts within a value.
void replace_texts(Tree& value, const std::function<void(std::string&)>& replace) {
    if (value.is_structured()) {
        for (Tree& inner : value) replace_texts(inner, replace);
    } else if (value.is_string()) {
        std::string text = value.get<std::string>();
        replace(text);
        value = std::move(text);
    }
}

Tree expanded(Tree value) {
    replace_texts(value, [](std::string& text) {
        for (const auto& [name, whole] : long_texts())
            if (text == name) text = whole;
    });
    return value;
}
Tree collapsed(Tree value) {
    replace_texts(value, [](std::string& text) {
        for (const auto& [name, whole] : long_texts())
            if (text == whole) text = name;
    });
    return value;
}

/// Serves the answers of a case in order, the last one again and again, and remembers what came.
class Service {
public:
    explicit Service(std::vector<Tree> answers) : answers_(std::move(answers)) {}

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        sent.push_back(remembered(request));
        const Tree none = Tree::object();
        const Tree& answer = answers_.empty() ? none : answers_[(std::min)(next_++, answers_.size() - 1)];
        genai::http::Headers headers;
        const Tree given = answer.value("headers", Tree::object());
        for (const auto& [name, value] : given.items()) headers.add(name, value.get<std::string>());
        const bool streamed = answer.contains("sse") || answer.contains("raw") ||
                              request.url.find("alt=sse") != std::string::npos;
        if (headers.find("content-type") == nullptr)
            headers.add("content-type", streamed && answer.value("status", 200) == 200 ? "text/event-stream"
                                                                                       : "application/json");
        const std::string body = body_of(answer, streamed);
        if (sink.head({.status = answer.value("status", 200), .headers = headers}) == genai::http::Flow::stop)
            return;
        const std::size_t piece = answer.value("piece", std::size_t{0});
        const std::size_t step = piece == 0 ? (std::max)(body.size(), std::size_t{1}) : piece;
        for (std::size_t at = 0; at < body.size(); at += step)
            if (sink.data(std::string_view(body).substr(at, step)) == genai::http::Flow::stop) return;
        if (answer.value("cut", false))
            throw genai::TransportError(genai::TransportError::Phase::body,
                                        genai::TransportError::Reason::closed, "the connection was cut");
    }

    /// The status of the next answer.
    int next_status() const {
        return answers_.empty() ? 200 : answers_[(std::min)(next_, answers_.size() - 1)].value("status", 200);
    }

    Tree sent = Tree::array();

private:
    static std::string body_of(const Tree& answer, bool streamed) {
        if (answer.contains("raw")) return answer["raw"].get<std::string>();
        std::string body;
        if (answer.contains("sse")) {
            for (const Tree& event : answer["sse"]) body += "data: " + event.dump() + "\r\n\r\n";
            return body;
        }
        if (!answer.contains("body")) return body;
        body = answer["body"].is_string() ? answer["body"].get<std::string>() : answer["body"].dump();
        return streamed && answer.value("status", 200) == 200 ? "data: " + body + "\r\n\r\n" : body;
    }

    static Tree remembered(const genai::http::Request& request) {
        std::string text;
        char buffer[4096];
        for (std::size_t count = 0; (count = request.body.read(text.size(), buffer)) != 0;)
            text.append(buffer, count);
        Tree made{{"method", request.method}};
        const std::size_t host = request.url.find("://") + 3;
        const std::size_t path = request.url.find('/', host);
        const std::size_t query = request.url.find('?');
        made["path"] = request.url.substr(path, query == std::string::npos ? query : query - path);
        if (query != std::string::npos)
            for (const auto& [name, value] : genai::http::parse_query(request.url.substr(query + 1)))
                made["query"][name] = value;
        if (const std::string origin = request.url.substr(0, path);
            origin != "https://generativelanguage.googleapis.com")
            made["origin"] = origin;
        bool unusual = false;
        Tree headers = Tree::object();
        for (const auto& [name, value] : request.headers) {
            std::string lower;
            for (const char c : name) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
            if (lower == "user-agent" || lower == "accept" || lower == "x-goog-api-client") continue;
            headers[lower] = value;
            unusual = unusual || (lower != "content-type" && lower != "x-goog-api-key");
        }
        if (unusual) made["headers"] = std::move(headers);
        if (!text.empty()) made["body"] = collapsed(Tree::parse(text));
        return made;
    }

    std::vector<Tree> answers_;
    std::size_t next_{0};
};

/// The class that OpenAI's SDK has for an error, and its status.
Tree raised(const std::exception_ptr& failure) {
    const auto told = [](const char* name, int status, const std::exception& problem) {
        return Tree{{"class", name}, {"status_code", status}, {"message", problem.what()}};
    };
    try {
        std::rethrow_exception(failure);
    } catch (const genai::AuthenticationError& error) {
        return told("AuthenticationError", 401, error);
    } catch (const genai::ApiError& error) {
        const int code = error.code();
        const char* const name = code == 400                 ? "BadRequestError"
                                 : code == 403               ? "PermissionDeniedError"
                                 : code == 404               ? "NotFoundError"
                                 : code == 408               ? "APITimeoutError"
                                 : code == 422               ? "UnprocessableEntityError"
                                 : code == 429               ? "RateLimitError"
                                 : code >= 500 || code < 400 ? "InternalServerError"  // told within a stream
                                                             : "BadRequestError";
        Tree made = told(name, code < 400 ? 500 : code, error);
        if (error.retry_after()) made["retry_after_ms"] = error.retry_after()->count();
        return made;
    } catch (const genai::InvalidArgument& error) {
        return told("BadRequestError", 400, error);
    } catch (const genai::ValidationError& error) {
        return told("JSONSchemaValidationError", 500, error);
    } catch (const genai::TimeoutError& error) {
        return told("APITimeoutError", 408, error);
    } catch (const std::exception& error) {
        return told("APIConnectionError", 500, error);
    }
}

/// The arguments of a call in OpenAI's shapes. What is wrong with their types is the caller's mistake.
template <class Params>
Params params_of(const Tree& call) {
    try {
        return genai::decode<Params>(call.dump());
    } catch (const genai::DecodeError& problem) {
        throw genai::InvalidArgument(problem.pointer(), problem.problem());
    }
}

template <class T>
Tree tree_of(const T& value) {
    return Tree::parse(genai::encode(value));
}

/// Options of LiteLLM's own are taken out of the call.
struct Asked {
    explicit Asked(Tree given) : call(std::move(given)) {
        options.drop_params = call.value("drop_params", false);
#if __has_include(<valijson/validator.hpp>)
        options.validator = genai::validate;
#endif
        const Tree extra_headers = call.value("extra_headers", Tree::object());
        for (const auto& [name, value] : extra_headers.items())
            config.http_options.headers.set(name, value.get<std::string>());
        stream = call.value("stream", false);
        for (const char* const name : {"drop_params", "extra_headers", "stream"}) call.erase(name);
        if (call.contains("response_format") && call["response_format"].contains("$pydantic"))
            call["response_format"] = {{"type", "json_schema"},
                                       {"json_schema",
                                        {{"name", call["response_format"]["$pydantic"]},
                                         {"schema", call["response_format"]["schema"]}}}};
    }

    Tree call;
    openai::Options options{};
    genai::CallConfig config{};
    bool stream{false};
};

void complete(const openai::Client<>& ai, const Asked& asked, const Tree& one, Tree& made) {
    const auto params = params_of<openai::CompletionCreateParams>(asked.call);
    for (int i = 0; i < one.value("repeat", 1); ++i) {
        if (!asked.stream) {
            made["returns"] = tree_of(ai.chat.completions.create(params, asked.config));
            made["usage"] = made["returns"].value("usage", Tree());
            continue;
        }
        made["chunks"] = Tree::array();
        for (const auto& chunk : ai.chat.completions.create_stream(params, asked.config))
            made["chunks"].push_back(tree_of(chunk));
    }
}

/// Counts as LiteLLM tells them.
Tree count_tokens(const openai::Client<>& ai, const Asked& asked) {
    Tree call = asked.call;
    if (call.contains("system")) {
        const Tree system{{"role", "system"}, {"content", call["system"]}};
        call["messages"].insert(call["messages"].begin(), system);
        call.erase("system");
    }
    const auto counted = ai.chat.completions.count_tokens(params_of<openai::CompletionCreateParams>(call));
    Tree original = tree_of(counted);
    original.erase("sdkHttpResponse");
    const std::string model = call.at("model").get<std::string>();
    return {{"total_tokens", counted.total_tokens.value_or(0)},
            {"request_model", model},
            {"model_used", model.starts_with("gemini/") ? model.substr(7) : model},
            {"tokenizer_type", ""},
            {"original_response", std::move(original)},
            {"error", false}};
}

/// An estimate, without a request.
std::int64_t estimate_tokens(const Asked& asked) {
    if (asked.call.contains("text"))
        return openai::detail::estimated_tokens({{"text", asked.call["text"].get<std::string>()}});
    const auto request = openai::to_gemini(params_of<openai::CompletionCreateParams>(asked.call));
    return openai::detail::estimated_tokens(openai::detail::parse_tree(genai::encode(request.contents)));
}

void make_call(const openai::Client<>& ai, const Asked& asked, const Tree& one, Tree& made) {
    const std::string op = one.value("op", "completion");
    if (op == "completion") complete(ai, asked, one, made);
    else if (op == "embedding")
        made["returns"] =
            tree_of(ai.embeddings.create(params_of<openai::EmbeddingCreateParams>(asked.call), asked.config));
    else if (op == "image_generation")
        made["returns"] =
            tree_of(ai.images.generate(params_of<openai::ImageGenerateParams>(asked.call), asked.config));
    else if (op == "acount_tokens") made["returns"] = count_tokens(ai, asked);
    else if (op == "token_counter") made["returns"] = estimate_tokens(asked);
    else throw Unsupported("no such operation: " + op);
}

Tree carried_out(const Tree& one, std::vector<Tree> answers) {
    const auto service = std::make_shared<Service>(std::move(answers));
    Tree made = Tree::object();
    try {
        const Asked asked(expanded(one.value("call", Tree::object())));
        genai::ClientOptions options{.api_key = "test-key"};
        options.http_options.retry.attempts = 1;
        const genai::Client<> client(options, service);
        make_call(openai::Client<>(client, asked.options), asked, one, made);
    } catch (const Unsupported&) {
        throw;
    } catch (const std::exception&) {
        made["raises"] = raised(std::current_exception());
    }
    made["sent"] = service->sent;
    return made;
}

/// What an answer costs, by the prices that the case has, else by the library's.
Tree cost_case(const Tree& one) {
    static const std::map<std::string, genai::PriceTier> tiers{{"flex", genai::PriceTier::flex},
                                                               {"priority", genai::PriceTier::priority}};
    const auto call = one.value("call", Tree::object());
    Tree answer{{"candidates", Tree::array({Tree::object()})},
                {"usageMetadata", one.value("usageMetadata", Tree::object())}};
    if (one.contains("groundingMetadata"))
        answer["candidates"][0]["groundingMetadata"] = one["groundingMetadata"];
    const auto response = genai::decode<genai::GenerateContentResponse>(answer.dump());
    genai::CostOptions options{.images = call.value("n", 0)};
    if (const auto tier = tiers.find(call.value("service_tier", "")); tier != tiers.end())
        options.tier = tier->second;
    if (one.value("batch", false)) options.tier = genai::PriceTier::batch;
    genai::PriceTable given;
    if (one.contains("prices")) {
        given = genai::PriceTable::from_json(genai::decode<genai::Json>(one["prices"].dump()));
        options.prices = &given;
    }
    const std::chrono::sys_days recorded = std::chrono::year(2026) / 11 / 26;
    const auto cost = genai::cost_of(one.at("model").get<std::string>(), response, recorded, options);
    if (!cost) return Tree{{"raises", Tree{{"class", "ModelNotMappedError"}, {"status_code", Tree()}}}};
    Tree made{
        {"input", cost->input.value()}, {"output", cost->output.value()}, {"total", cost->total().value()}};
    if (one.contains("usageMetadata"))
        made["usage"] = tree_of(openai::from_gemini(response)).value("usage", Tree());
    return made;
}

/// The kinds of failures that LiteLLM's policies name.
genai::FailureCounts counts_of(const Tree& policy, const std::string& suffix) {
    static const std::vector<std::pair<std::string, std::vector<genai::FailureKind>>> kinds{
        {"BadRequestError", {genai::FailureKind::bad_request}},
        {"AuthenticationError", {genai::FailureKind::authentication}},
        {"TimeoutError", {genai::FailureKind::timeout}},
        {"RateLimitError", {genai::FailureKind::rate_limit}},
        {"ContentPolicyViolationError", {genai::FailureKind::content_policy}},
        {"NotFoundError", {genai::FailureKind::not_found}},
        {"InternalServerError", {genai::FailureKind::server_error}},
        {"ServiceUnavailableError", {genai::FailureKind::server_error}}};
    genai::FailureCounts counts;
    for (const auto& [name, of] : kinds)
        if (policy.contains(name + suffix))
            for (const genai::FailureKind kind : of)
                counts.emplace_back(kind, policy[name + suffix].get<int>());
    return counts;
}

genai::Fallbacks fallbacks_of(const Tree& list) {
    genai::Fallbacks made;
    for (const Tree& entry : list)
        for (const auto& [group, targets] : entry.items())
            made.set(group, targets.get<std::vector<std::string>>());
    return made;
}

std::optional<std::chrono::milliseconds> seconds_of(const Tree& settings, const char* name) {
    if (!settings.contains(name) || settings[name].is_null()) return std::nullopt;
    return std::chrono::milliseconds(std::llround(settings[name].get<double>() * 1000));
}

/// What a deployment answers where a case does not say.
constexpr const char* usual_answer =
    R"({"body":{"candidates":[{"content":{"role":"model","parts":[{"text":"Paris."}]},"finishReason":"STOP"}]}})";

/// A name without LiteLLM's prefix.
std::string bare_name(const Tree& name) {
    const std::string text = name.get<std::string>();
    return text.starts_with("gemini/") ? text.substr(7) : text;
}

/// A router's deployments, each over a service of its own under its key.
class RouterCase {
public:
    explicit RouterCase(const Tree& one) {
        const Tree settings = one.value("settings", Tree::object());
        genai::RouterOptions options{.clock = clock_};
        for (const Tree& model : one.at("model_list")) options.deployments.push_back(deployment(model, one));
        set_strategy(options, settings);
        set_fallbacks(options, settings);
        options.retries_for = counts_of(settings.value("retry_policy", Tree::object()), "Retries");
        options.allowed_failures_for =
            counts_of(settings.value("allowed_fails_policy", Tree::object()), "AllowedFails");
        if (settings.contains("allowed_fails"))
            options.allowed_failures = settings["allowed_fails"].get<int>();
        options.cooldown = seconds_of(settings, "cooldown_time").value_or(options.cooldown);
        if (settings.value("disable_cooldowns", false)) options.cooldown = std::chrono::milliseconds(0);
        options.pre_call_checks = settings.value("enable_pre_call_checks", false);
        options.http_options.retry.attempts = settings.value("num_retries", 2) + 1;
        options.http_options.timeout = seconds_of(settings, "timeout");
        router_.emplace(std::move(options));
    }

    Tree step(const Tree& given) {
        Tree made{{"step", given}};
        if (given.contains("wait")) {
            clock_->advance(*seconds_of(given, "wait"));
        } else {
            calls_ = Tree::array();
            waits_ = Tree::array();
            last_.reset();
            try {
                make_call(given, made);
            } catch (const genai::NoDeploymentError& error) {
                made["raises"] =
                    Tree{{"class", "RateLimitError"}, {"status_code", 429}, {"message", error.what()}};
            } catch (const std::exception&) {
                made["raises"] = raised(std::current_exception());
            }
            made["calls"] = calls_;
            if (!waits_.empty()) made["waits"] = waits_;
        }
        made["cooling"] = Tree::array();
        for (const auto& status : router_->status())
            if (status.cooling.count() > 0) made["cooling"].push_back(status.id);
        return made;
    }

private:
    void make_call(const Tree& given, Tree& made) {
        genai::RouteOptions route;
        if (given.contains("fallbacks")) {
            route.fallbacks.emplace();
            for (const Tree& target : given["fallbacks"])
                route.fallbacks->push_back(target.is_string() ? target.get<std::string>()
                                                              : target.at("model").get<std::string>());
        }
        if (given.value("disable_fallbacks", false))
            route = {.fallbacks = std::vector<std::string>(),
                     .context_window_fallbacks = std::vector<std::string>(),
                     .content_policy_fallbacks = std::vector<std::string>()};
        genai::CallConfig config;
        if (given.contains("num_retries"))
            config.http_options.retry.attempts = given["num_retries"].get<int>() + 1;
        config.http_options.timeout = seconds_of(given, "timeout");
        const openai::Client ai(router_->with(std::move(route)));
        openai::CompletionCreateParams params{.model = given.at("model").get<std::string>()};
        if (given.contains("messages"))
            params = params_of<openai::CompletionCreateParams>(
                Tree{{"model", given.at("model")}, {"messages", given["messages"]}});
        else params.messages = {{.role = "user", .content = "What is the capital of France?"}};
        if (given.value("stream", false)) {
            std::string text;
            for (const auto& chunk : ai.chat.completions.create_stream(params, config))
                for (const auto& choice : chunk.choices)
                    if (choice.delta.content) text += *choice.delta.content;
            made["result"]["text"] = text;
            return;
        }
        const auto completion = ai.chat.completions.create(params, config);
        made["result"]["deployment"] = calls_.back()[0];
        if (!completion.choices.empty())
            made["result"]["finish_reason"] = completion.choices.front().finish_reason.text();
    }

    genai::Deployment deployment(const Tree& model, const Tree& one) {
        const Tree params = model.at("litellm_params");
        const Tree info = model.value("model_info", Tree::object());
        const std::string key = params.at("api_key").get<std::string>();
        const Tree usual = one.contains("default_answer") ? one["default_answer"] : Tree::parse(usual_answer);
        std::vector<Tree> answers;
        if (one.contains("answers") && one["answers"].is_object())
            for (const Tree& answer : one["answers"].value(key, Tree::array()))
                answers.push_back(answer == Tree{{"status", 200}} ? usual : answer);
        answers.push_back(usual);
        const auto service = std::make_shared<Service>(std::move(answers));
        const auto transport = [this, key, service](const genai::http::Request& request,
                                                    genai::http::Sink& sink) {
            const auto now = clock_->now();
            if (last_) waits_.push_back(std::chrono::duration<double>(now - *last_).count());
            last_ = now;
            calls_.push_back(Tree::array({key, service->next_status()}));
            service->send(request, sink);
        };
        genai::Deployment made{.group = bare_name(model.at("model_name")),
                               .client = genai::Client<>({.api_key = key, .clock = clock_},
                                                         genai::AnyTransport(Sent{transport})),
                               .model = bare_name(params.at("model")),
                               .id = info.value("id", key),
                               .order = params.value("order", 1)};
        if (params.contains("weight")) made.weight = params["weight"].get<double>();
        if (params.contains("rpm")) made.rpm = params["rpm"].get<std::int64_t>();
        if (params.contains("tpm")) made.tpm = params["tpm"].get<std::int64_t>();
        if (params.contains("max_parallel_requests"))
            made.max_parallel_requests = params["max_parallel_requests"].get<std::int64_t>();
        if (info.contains("max_input_tokens"))
            made.max_input_tokens = info["max_input_tokens"].get<std::int64_t>();
        made.cooldown = seconds_of(info, "cooldown_time");
        if (!made.cooldown) made.cooldown = seconds_of(params, "cooldown_time");
        made.http_options.timeout = seconds_of(params, "timeout");
        return made;
    }

    static void set_strategy(genai::RouterOptions& options, const Tree& settings) {
        static const std::map<std::string, genai::RouterStrategy> strategies{
            {"least-busy", genai::RouterStrategy::least_busy},
            {"latency-based-routing", genai::RouterStrategy::lowest_latency},
            {"usage-based-routing", genai::RouterStrategy::lowest_usage},
            {"usage-based-routing-v2", genai::RouterStrategy::lowest_usage},
            {"cost-based-routing", genai::RouterStrategy::lowest_cost}};
        const auto named = strategies.find(settings.value("routing_strategy", ""));
        if (named != strategies.end()) options.strategy = named->second;
    }

    static void set_fallbacks(genai::RouterOptions& options, const Tree& settings) {
        options.fallbacks = fallbacks_of(settings.value("fallbacks", Tree::array()));
        options.context_window_fallbacks =
            fallbacks_of(settings.value("context_window_fallbacks", Tree::array()));
        options.content_policy_fallbacks =
            fallbacks_of(settings.value("content_policy_fallbacks", Tree::array()));
        for (const Tree& target : settings.value("default_fallbacks", Tree::array()))
            options.default_fallbacks.push_back(target.get<std::string>());
        const Tree aliases = settings.value("model_group_alias", Tree::object());
        for (const auto& [alias, group] : aliases.items())
            options.aliases.set(
                alias, group.is_string() ? group.get<std::string>() : group.at("model").get<std::string>());
    }

    /// A transport that a function is.
    struct Sent {
        std::function<void(const genai::http::Request&, genai::http::Sink&)> function{};
        void send(const genai::http::Request& request, genai::http::Sink& sink) { function(request, sink); }
    };

    std::shared_ptr<genai::testing::ManualClock> clock_{std::make_shared<genai::testing::ManualClock>()};
    std::optional<genai::Router> router_{};
    Tree calls_ = Tree::array();
    Tree waits_ = Tree::array();
    std::optional<std::chrono::steady_clock::time_point> last_{};
};

Tree router_case(const Tree& one) {
    Tree made = Tree::object();
    try {
        RouterCase router(one);
        made["steps"] = Tree::array();
        for (const Tree& step : one.at("steps"))
            made["steps"].push_back(router.step(step.contains("step") ? step["step"] : step));
    } catch (const genai::Error&) {
        made["raises"] = raised(std::current_exception());
    }
    return made;
}

}  // namespace

Tree carry_out_litellm_case(const Tree& one) {
    if (one.value("kind", "") == "cost") return cost_case(one);
    if (one.value("kind", "") == "router") return router_case(one);
    std::vector<Tree> answers;
    for (const Tree& answer : one.value("answers", Tree::array())) answers.push_back(answer);
    if (one.contains("answer")) answers.push_back(one["answer"]);
    if (one.contains("default_answer")) answers.push_back(one["default_answer"]);
    const std::string placeholder = "<display name>";
    if (Tree(answers).dump().find(placeholder) == std::string::npos) return carried_out(one, answers);
    // which name the client gives shows when it has to make a cache
    std::string name;
    const Tree trial = carried_out(one, {Tree{{"body", Tree::object()}}});
    for (const Tree& request : trial.at("sent"))
        if (request.contains("body")) name = request["body"].value("displayName", name);
    for (Tree& answer : answers)
        replace_texts(answer, [&](std::string& text) {
            if (text == placeholder) text = name;
        });
    return carried_out(one, answers);
}

}  // namespace conformance

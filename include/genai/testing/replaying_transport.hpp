#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/testing/recording/cassette.hpp>

namespace genai::inline GENAI_ABI::testing {

/// Serves a recording back, without a network: `Client client({}, ReplayingTransport("talk.json"))`. A
/// request fits an exchange when method, path, query and body are the same; which server it goes to, headers,
/// and how JSON is spelt do not count. Thread-safe; cheap to copy, and the copies share their place in the
/// recording.
class ReplayingTransport {
public:
    /// In which order the exchanges are served.
    enum class Order {
        strict,  ///< as they were recorded: any other request is an Error
        any,  ///< the first that fits and was not served yet; when all that fit were, the last of them again
    };

    /// Reads the recording. Throws InvalidArgument when the file cannot be read, Error when it is no
    /// recording.
    explicit ReplayingTransport(const std::filesystem::path& file, Order order = Order::strict)
        : state_(std::make_shared<State>(read_cassette(file), order)) {}

    /// See http::Transport. Throws Error for a request that was not recorded; it says what was wanted
    /// instead.
    void send(const http::Request& request, http::Sink& sink) const {
        if (request.stop.stop_requested()) throw Cancelled();
        const Exchange& exchange = state_->next(request);
        if (exchange.head.status != 0) {
            if (http::deliver(sink, exchange.head, exchange.answer) == http::Flow::stop) return;
        }
        if (exchange.failure)
            throw TransportError(exchange.failure->phase, exchange.failure->reason,
                                 exchange.failure->message);
    }

    /// How many exchanges were not served yet.
    std::size_t unused() const {
        const std::lock_guard lock(state_->mutex);
        std::size_t count = 0;
        for (const bool used : state_->used) count += used ? 0 : 1;
        return count;
    }

private:
    struct State {
        State(std::vector<Exchange> recorded, Order wanted)
            : exchanges(std::move(recorded)), used(exchanges.size()), order(wanted) {}
        const Exchange& next(const http::Request& request);

        std::mutex mutex{};
        const std::vector<Exchange> exchanges;
        std::vector<bool> used;
        const Order order;
        std::size_t place{0};
    };

    std::shared_ptr<State> state_;
};

namespace cassette {

/// Path and query of an address.
inline std::string target(std::string_view url) {
    const auto scheme = url.find("://");
    const auto slash = scheme == std::string_view::npos ? 0 : url.find('/', scheme + 3);
    return slash == std::string_view::npos ? "/" : std::string(url.substr(slash));
}

/// A request as the recording would have it.
inline Exchange recorded(const http::Request& request) {
    Exchange exchange{.method = request.method,
                      .url = request.url,
                      .headers = request.headers,
                      .body = cassette::whole(request.body)};
    exchange.omitted = request.body.size().value_or(0);
    remove_secrets(exchange);
    return exchange;
}

/// What differs between a request and what was recorded; empty when it fits.
inline std::string difference(const Exchange& request, const Exchange& wanted) {
    if (request.method != wanted.method || target(request.url) != target(wanted.url))
        return request.method + ' ' + target(request.url) + " instead of " + wanted.method + ' ' +
               target(wanted.url);
    if (wanted.omitted)
        return *wanted.omitted == *request.omitted || *wanted.omitted == 0 ? "" : "a body of another length";
    if (request.body == wanted.body) return "";
    const auto a = Json::parse(request.body, nullptr, false);
    const auto b = Json::parse(wanted.body, nullptr, false);
    if (a.is_discarded() || b.is_discarded()) return "another body";
    if (a == b) return "";
    const auto changes = Json::diff(b, a);
    return "another body, at " + changes.front().at("path").get<std::string>();
}

}  // namespace cassette

inline const Exchange& ReplayingTransport::State::next(const http::Request& request) {
    const Exchange asked = cassette::recorded(request);
    const std::lock_guard lock(mutex);
    if (order == Order::strict) {
        if (place == exchanges.size())
            throw Error("the recording is at its end, and this was asked: " + asked.method + ' ' +
                        cassette::target(asked.url));
        const std::string problem = cassette::difference(asked, exchanges[place]);
        if (!problem.empty())
            throw Error("request " + std::to_string(place + 1) + " is not the recorded one: " + problem);
        used[place] = true;
        return exchanges[place++];
    }
    const Exchange* last = nullptr;
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
        if (!cassette::difference(asked, exchanges[i]).empty()) continue;
        last = &exchanges[i];
        if (used[i]) continue;
        used[i] = true;
        return *last;
    }
    if (last == nullptr)
        throw Error("nothing like this was recorded: " + asked.method + ' ' + cassette::target(asked.url));
    return *last;
}

}  // namespace genai::inline GENAI_ABI::testing

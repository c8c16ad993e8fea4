#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/socket.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A look-up of a name, on a thread of its own because nothing can interrupt one.
class Resolver {
public:
    /// The host's addresses as text, best first; empty when there are none. Waits until they are there, the
    /// deadline, or the call's interruption.
    static std::vector<std::string> addresses(const std::string& host, const CallLimits& limits) {
        if (host == "localhost" || host.ends_with(".localhost"))
            return {"::1", "127.0.0.1"};  // RFC 6761: always this machine
        auto lookup = std::make_shared<Resolver>();
        std::thread([lookup, host] {
            auto found = resolve(host);
            const std::lock_guard lock(lookup->mutex_);
            lookup->found_ = std::move(found);
            lookup->done_.notify_one();
        }).detach();
        std::unique_lock lock(lookup->mutex_);
        while (!lookup->found_ && !limits.interrupted() &&
               std::chrono::steady_clock::now() < limits.connect_deadline())
            lookup->done_.wait_until(
                lock, (std::min)(limits.connect_deadline(),
                                 std::chrono::steady_clock::now() + std::chrono::milliseconds(10)));
        if (lookup->found_) return *lookup->found_;
        if (limits.cancelled()) throw Cancelled();
        throw TimeoutError(TransportError::Phase::resolve, "looking up " + host + " took too long");
    }

private:
    static std::vector<std::string> resolve(const std::string& host) {
        std::vector<std::string> addresses;
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return addresses;
        for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
            char text[NI_MAXHOST];
            if (::getnameinfo(entry->ai_addr, static_cast<socklen_t>(entry->ai_addrlen), text, sizeof text,
                              nullptr, 0, NI_NUMERICHOST) == 0)
                addresses.emplace_back(text);
        }
        ::freeaddrinfo(found);
        return addresses;
    }

    std::mutex mutex_{};
    std::condition_variable done_{};
    std::optional<std::vector<std::string>> found_{};
};

}  // namespace genai::inline GENAI_ABI::detail

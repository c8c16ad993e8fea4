#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/socket.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One address of a server, as the system has it.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size{};

    const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// The addresses of names.
class Resolver {
public:
    /// The host's addresses, best first; at least one. An address written as text is itself, and this machine
    /// needs no look-up either (RFC 6761). Throws TransportError, TimeoutError, Cancelled.
    static std::vector<SocketAddress> addresses(const std::string& host, std::uint16_t port,
                                                const CallLimits& limits) {
        start_sockets();
        if (host == "localhost" || host.ends_with(".localhost")) {
            auto found = look_up("::1", port, true).addresses;
            for (const SocketAddress& address : look_up("127.0.0.1", port, true).addresses)
                found.push_back(address);
            return found;
        }
        Found found = look_up(host, port, true);
        if (found.addresses.empty()) found = look_up_elsewhere(host, port, limits);
        if (!found.addresses.empty()) return std::move(found.addresses);
        if (out_of_descriptors(found.error))
            throw TransportError(
                CallLimits::Phase::resolve, TransportError::Reason::resources,
                "the name " + host + " cannot be looked up: no file descriptor or memory is left");
        throw TransportError(CallLimits::Phase::resolve, TransportError::Reason::unknown_host,
                             "no address is known for " + host);
    }

private:
    struct Found {
        std::vector<SocketAddress> addresses{};
        int error{};
    };

    static Found look_up(const std::string& host, std::uint16_t port, bool numeric) {
        Found found;
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICSERV | (numeric ? AI_NUMERICHOST : 0);
        addrinfo* list = nullptr;
        errno = 0;
        if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list) != 0) {
            found.error = errno;
            return found;
        }
        for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
            SocketAddress address;
            address.size = static_cast<socklen_t>(entry->ai_addrlen);
            std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
            found.addresses.push_back(address);
        }
        ::freeaddrinfo(list);
        return found;
    }

    /// On a thread of its own, because nothing can interrupt a look-up.
    static Found look_up_elsewhere(const std::string& host, std::uint16_t port, const CallLimits& limits) {
        struct Shared {
            std::mutex mutex{};
            std::condition_variable done{};
            std::optional<Found> found{};
        };
        const auto shared = std::make_shared<Shared>();
        try {
            std::thread([shared, host, port] {
                Found found = look_up(host, port, false);
                const std::lock_guard lock(shared->mutex);
                shared->found = std::move(found);
                shared->done.notify_one();
            }).detach();
        } catch (const std::system_error&) {
            throw TransportError(CallLimits::Phase::resolve, TransportError::Reason::resources,
                                 "no thread is left to look up " + host);
        }
        std::unique_lock lock(shared->mutex);
        while (!shared->found) {
            limits.ensure_in_time();
            shared->done.wait_until(lock, (std::min)(limits.due(), std::chrono::steady_clock::now() +
                                                                       std::chrono::milliseconds(10)));
        }
        return std::move(*shared->found);
    }
};

}  // namespace genai::inline GENAI_ABI::detail

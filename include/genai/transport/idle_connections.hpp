#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/net/connection.hpp>
#include <genai/os/process_id.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The connections that are kept open between calls. A thread closes those whose time is up; it begins with
/// the first of them.
class IdleConnections {
public:
    IdleConnections(std::size_t max_count, std::chrono::milliseconds timeout)
        : max_count_(max_count), timeout_(timeout) {}
    IdleConnections(const IdleConnections&) = delete;
    IdleConnections& operator=(const IdleConnections&) = delete;
    ~IdleConnections() {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
        }
        wake_.notify_one();
        if (closer_.joinable()) closer_.join();
    }

    /// Whether it was made in this process.
    bool is_ours() const noexcept { return owner_.is_current(); }
    /// Closes the sockets that a fork has copied, without a word to the peers; never waits for a lock that a
    /// thread of the parent may have held.
    void abandon() noexcept {
        if (!mutex_.try_lock()) return;
        kept_.clear();
        mutex_.unlock();
    }

    /// The connection to a server that was used last and on which nothing has come since; null when there is
    /// none.
    std::unique_ptr<Connection> take(const std::string& server) {
        for (;;) {
            auto connection = take_last(server);
            if (!connection || connection->is_quiet()) return connection;
        }
    }

    /// Keeps a connection; the one that was used longest ago goes when there are too many.
    void give(const std::string& server, std::unique_ptr<Connection> connection) {
        if (max_count_ == 0 || timeout_ <= std::chrono::milliseconds(0)) return;
        std::unique_ptr<Connection> oldest;  // closed outside the lock
        bool wake = false;
        {
            const std::lock_guard lock(mutex_);
            if (kept_.size() >= max_count_) {
                oldest = std::move(kept_.front().connection);
                kept_.erase(kept_.begin());
            }
            kept_.push_back({server, std::move(connection), std::chrono::steady_clock::now()});
            start();
            wake = std::exchange(asleep_, false);
        }
        if (wake) wake_.notify_one();
    }

    /// Closes all of them: descriptors are short.
    void clear() {
        std::vector<Kept> old;  // closed outside the lock
        const std::lock_guard lock(mutex_);
        old.swap(kept_);
    }

private:
    struct Kept {
        std::string server{};
        std::unique_ptr<Connection> connection{};
        std::chrono::steady_clock::time_point since{};
    };

    std::unique_ptr<Connection> take_last(const std::string& server) {
        std::vector<Kept> old;  // closed outside the lock
        const std::lock_guard lock(mutex_);
        old = take_old(std::chrono::steady_clock::now());
        const auto found = std::find_if(kept_.rbegin(), kept_.rend(),
                                        [&server](const Kept& kept) { return kept.server == server; });
        if (found == kept_.rend()) return nullptr;
        auto connection = std::move(found->connection);
        kept_.erase(std::next(found).base());
        return connection;
    }

    std::vector<Kept> take_old(std::chrono::steady_clock::time_point now) {
        const auto young = std::find_if(kept_.begin(), kept_.end(),
                                        [&](const Kept& kept) { return now - kept.since < timeout_; });
        std::vector<Kept> old(std::make_move_iterator(kept_.begin()), std::make_move_iterator(young));
        kept_.erase(kept_.begin(), young);
        return old;
    }

    /// Starts the thread. Without one, old connections are closed by the calls that come.
    void start() {
        if (closer_.joinable()) return;
        try {
            closer_ = std::thread([this] { run(); });
        } catch (const std::system_error&) {
        }
    }

    void run() {
        std::unique_lock lock(mutex_);
        while (!closing_) {
            std::vector<Kept> old = take_old(std::chrono::steady_clock::now());
            if (!old.empty()) {
                lock.unlock();
                old.clear();
                lock.lock();
            } else if (kept_.empty()) {
                asleep_ = true;
                wake_.wait(lock, [this] { return closing_ || !asleep_; });
            } else {
                // connections that come meanwhile are younger: none of them is due before
                wake_.wait_until(lock, kept_.front().since + timeout_);
            }
        }
    }

    OwnerProcess owner_{};
    std::size_t max_count_;
    std::chrono::milliseconds timeout_;
    std::mutex mutex_{};
    std::condition_variable wake_{};
    std::vector<Kept> kept_{};  // the oldest first
    bool asleep_{false};
    bool closing_{false};
    std::thread closer_{};
};

}  // namespace genai::inline GENAI_ABI::detail

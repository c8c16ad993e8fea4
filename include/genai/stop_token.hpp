#pragma once

#include <genai/config.hpp>

#if !defined(GENAI_OWN_STOP_TOKEN)

#include <stop_token>

namespace genai::inline GENAI_ABI {

using std::stop_callback;
using std::stop_source;
using std::stop_token;

}  // namespace genai::inline GENAI_ABI

#else

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace genai::inline GENAI_ABI {

template <class Callback>
class stop_callback;

namespace detail {

/// What a stop source and its tokens share: std::stop_token's state, where the library has none
/// (https://en.cppreference.com/w/cpp/thread/stop_token). Thread-safe.
class StopState {
public:
    /// A registered callback, removed by its destructor.
    class Entry {
    public:
        Entry() = default;
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;
        virtual void run() noexcept = 0;

    protected:
        ~Entry() = default;
    };

    bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }
    /// Whether a stop was requested or still may be.
    bool possible() const noexcept { return requested() || sources_.load() != 0; }

    /// Requests it, once, and runs the callbacks; false where it had been.
    bool request() {
        std::unique_lock lock(mutex_);
        if (requested_.exchange(true, std::memory_order_acq_rel)) return false;
        requester_ = std::this_thread::get_id();
        while (!callbacks_.empty()) {
            running_ = callbacks_.back();
            callbacks_.pop_back();
            lock.unlock();
            running_->run();
            lock.lock();
            running_ = nullptr;
            ran_.notify_all();
        }
        return true;
    }

    /// Registers a callback; false where the stop has been requested, for the caller to run it.
    bool add(Entry* callback) {
        const std::lock_guard lock(mutex_);
        if (requested()) return false;
        callbacks_.push_back(callback);
        return true;
    }

    /// Removes a callback, after it has run where another thread runs it.
    void remove(Entry* callback) noexcept {
        std::unique_lock lock(mutex_);
        if (std::erase(callbacks_, callback) != 0 || requester_ == std::this_thread::get_id()) return;
        ran_.wait(lock, [&] { return running_ != callback; });
    }

    void add_source() noexcept { ++sources_; }
    void remove_source() noexcept { --sources_; }

private:
    std::atomic<bool> requested_{false};
    std::atomic<int> sources_{0};
    std::mutex mutex_{};
    std::condition_variable ran_{};
    std::vector<Entry*> callbacks_{};
    Entry* running_{nullptr};
    std::thread::id requester_{};
};

}  // namespace detail

/// As std::stop_token, which this is where the standard library has it.
class stop_token {
public:
    stop_token() noexcept = default;
    /// Whether a stop was requested.
    [[nodiscard]] bool stop_requested() const noexcept { return state_ != nullptr && state_->requested(); }
    /// Whether one may be.
    [[nodiscard]] bool stop_possible() const noexcept { return state_ != nullptr && state_->possible(); }
    void swap(stop_token& other) noexcept { state_.swap(other.state_); }
    friend void swap(stop_token& a, stop_token& b) noexcept { a.swap(b); }
    [[nodiscard]] friend bool operator==(const stop_token& a, const stop_token& b) noexcept = default;

private:
    friend class stop_source;
    template <class Callback>
    friend class stop_callback;

    explicit stop_token(std::shared_ptr<detail::StopState> state) noexcept : state_(std::move(state)) {}

    std::shared_ptr<detail::StopState> state_{};
};

/// As std::stop_source, which this is where the standard library has it.
class stop_source {
public:
    stop_source() : state_(std::make_shared<detail::StopState>()) { state_->add_source(); }
    stop_source(const stop_source& other) noexcept : state_(other.state_) {
        if (state_ != nullptr) state_->add_source();
    }
    stop_source(stop_source&& other) noexcept = default;
    stop_source& operator=(stop_source other) noexcept {
        swap(other);
        return *this;
    }
    ~stop_source() {
        if (state_ != nullptr) state_->remove_source();
    }

    /// Requests a stop: tokens tell of it, callbacks are run. False where it had been requested.
    bool request_stop() noexcept { return state_ != nullptr && state_->request(); }
    /// A token of this source.
    [[nodiscard]] stop_token get_token() const noexcept { return stop_token(state_); }
    /// Whether a stop was requested.
    [[nodiscard]] bool stop_requested() const noexcept { return get_token().stop_requested(); }
    /// Whether there is a state; not after a move.
    [[nodiscard]] bool stop_possible() const noexcept { return state_ != nullptr; }
    void swap(stop_source& other) noexcept { state_.swap(other.state_); }
    friend void swap(stop_source& a, stop_source& b) noexcept { a.swap(b); }
    [[nodiscard]] friend bool operator==(const stop_source& a, const stop_source& b) noexcept {
        return a.state_ == b.state_;
    }

private:
    std::shared_ptr<detail::StopState> state_;
};

/// As std::stop_callback, which this is where the standard library has it.
template <class Callback>
class stop_callback final : private detail::StopState::Entry {
public:
    using callback_type = Callback;

    /// Registers a callback, or runs it where the stop has been requested.
    template <class C>
    requires std::is_constructible_v<Callback, C>
    explicit stop_callback(const stop_token& token, C&& callback)
        : state_(token.state_), callback_(std::forward<C>(callback)) {
        if (state_ == nullptr || state_->add(this)) return;
        state_.reset();
        run();
    }
    stop_callback(const stop_callback&) = delete;
    stop_callback& operator=(const stop_callback&) = delete;
    /// Removes it; waits for it where another thread runs it.
    ~stop_callback() {
        if (state_ != nullptr) state_->remove(this);
    }

private:
    void run() noexcept override { std::forward<Callback>(callback_)(); }

    std::shared_ptr<detail::StopState> state_;
    Callback callback_;
};
template <class Callback>
stop_callback(stop_token, Callback) -> stop_callback<Callback>;

}  // namespace genai::inline GENAI_ABI

#endif

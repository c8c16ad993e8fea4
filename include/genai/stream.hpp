#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace genai::inline v0 {

/// The chunks of an answer as an input range, to be walked once. A worker receives them into a bounded buffer, so a
/// slow loop slows the server down and nothing piles up. Errors are thrown where the loop asks for the chunk that did
/// not come; what came before stays valid. Destroying the stream, or leaving the loop over a temporary one, ends the
/// request. For one thread at a time; may outlive the client.
template <class T>
class Stream {
public:
    /// Takes a chunk; false when no more are wanted.
    using Emit = std::function<bool(T&&)>;
    /// Runs on the worker until all is said, the token stops it, or `emit` says false.
    using Producer = std::function<void(std::stop_token, const Emit&)>;

    /// Starts the producer; `outer` ends it too. `on_end` is called once, in the loop's thread, when the loop has come to
    /// the end and nothing was thrown.
    explicit Stream(Producer producer, std::stop_token outer = {}, std::function<void()> on_end = {})
        : state_(std::make_unique<State>()), on_end_(std::move(on_end)) {
        state_->worker = std::thread([state = state_.get(), producer = std::move(producer), outer = std::move(outer)] {
            const std::stop_callback chained(outer, [state] { state->stop.request_stop(); });
            std::exception_ptr failure;
            try {
                producer(state->stop.get_token(), [state](T&& item) { return state->put(std::move(item)); });
            } catch (...) {
                failure = std::current_exception();
            }
            state->end(failure);
        });
    }
    Stream(Stream&&) noexcept = default;
    Stream& operator=(Stream&&) noexcept = default;
    ~Stream() = default;

    /// Walks the chunks.
    class iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = T;

        iterator() = default;
        explicit iterator(Stream* stream) : stream_(stream) {}
        T& operator*() const { return stream_->current(); }
        T* operator->() const { return &stream_->current(); }
        iterator& operator++() {
            stream_->advance();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& at, std::default_sentinel_t) { return at.ended(); }

    private:
        bool ended() const { return stream_->ended_; }

        Stream* stream_{nullptr};
    };

    /// Waits for the first chunk. To be called once.
    iterator begin() {
        if (!started_) advance();
        started_ = true;
        return iterator(this);
    }
    std::default_sentinel_t end() const noexcept { return {}; }

    /// Ends the request; the loop that waits for a chunk gets Cancelled. May be called from any thread.
    void cancel() { state_->stop.request_stop(); }

private:
    struct State {
        State() = default;
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        ~State() {
            {
                const std::lock_guard lock(mutex);
                unwanted = true;
            }
            changed.notify_all();
            stop.request_stop();
            if (worker.joinable()) worker.join();
        }

        bool put(T&& item) {
            std::vector<T> gone;  // destroyed when the lock is free again
            std::unique_lock lock(mutex);
            gone.swap(spent);
            changed.wait(lock, [this] { return unwanted || ready.size() < most_ready; });
            if (unwanted) return false;
            ready.push_back(std::move(item));
            if (ready.size() == wake_at) changed.notify_all();
            return true;
        }
        void end(std::exception_ptr thrown) {
            const std::lock_guard lock(mutex);
            failure = std::move(thrown);
            ended = true;
            changed.notify_all();
        }

        static constexpr std::size_t most_ready = 256;
        /// How long a loop to which chunks come faster than a thread wakes up lets some gather.
        static constexpr std::chrono::microseconds nap{200};
        std::mutex mutex{};
        std::condition_variable changed{};
        std::vector<T> ready{};
        std::vector<T> spent{};  // chunks the loop is done with, for the worker: memory is best freed where it was allocated
        std::size_t wake_at{0};  // how many the loop waits for; 0 when it does not wait
        bool ended{false};
        bool unwanted{false};
        std::exception_ptr failure{};
        std::stop_source stop{};
        std::thread worker{};
    };

    T& current() { return taken_[at_]; }

    void advance() {
        if (ended_ || ++at_ < taken_.size()) return;
        const bool fast = taken_.size() > 1;
        at_ = 0;
        std::unique_lock lock(state_->mutex, std::defer_lock);
        if (fast) {
            lock.lock();
            if (state_->spent.empty()) state_->spent.swap(taken_);
            lock.unlock();
        }
        taken_.clear();
        lock.lock();
        const auto come = [state = state_.get()] { return state->ready.size() >= state->wake_at || state->ended; };
        if (fast) {
            state_->wake_at = State::most_ready / 2;
            state_->changed.wait_for(lock, State::nap, come);
        }
        state_->wake_at = 1;
        state_->changed.wait(lock, come);
        state_->wake_at = 0;
        if (!state_->ready.empty()) {
            const bool was_full = state_->ready.size() >= State::most_ready;
            taken_.swap(state_->ready);  // all at once: one lock for many chunks at full speed
            if (was_full) state_->changed.notify_all();
            return;
        }
        ended_ = true;
        lock.unlock();
        const auto on_end = std::exchange(on_end_, nullptr);
        if (state_->failure) std::rethrow_exception(std::exchange(state_->failure, nullptr));
        if (on_end) on_end();
    }

    std::unique_ptr<State> state_;
    std::function<void()> on_end_{};
    std::vector<T> taken_{};
    std::size_t at_{0};
    bool started_{false};
    bool ended_{false};
};

}  // namespace genai::inline v0

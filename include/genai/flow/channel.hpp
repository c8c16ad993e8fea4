#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/error.hpp>
#include <genai/os/process_id.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A bounded buffer between what receives a stream's items and the one loop that reads them: whoever fills
/// it, a worker thread or an event loop. `put`, `end` and `stop` may be called from any thread, the rest from
/// the reader's.
template <class T>
class Channel {
public:
    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// Releases a channel, but not in a forked process, where what fills it is not.
    struct Release {
        void operator()(Channel* channel) const noexcept {
            if (channel->owner_.is_current()) channel->release();
        }
    };

    /// Gives an item of about that many bytes to the reader, and waits while the buffer is full. False when
    /// no more are wanted.
    bool put(T&& item, std::size_t bytes) {
        std::vector<T> gone;  // destroyed when the lock is free again
        std::shared_ptr<const std::function<void()>> tell;
        {
            std::unique_lock lock(mutex_);
            gone.swap(spent_);
            changed_.wait(lock, [this] { return unwanted_ || !full(); });
            if (unwanted_) return false;
            if (ready_.empty()) tell = on_ready_;
            ready_.push_back(std::move(item));
            bytes_ += bytes;
            if (ready_.size() == wake_at_) changed_.notify_all();
        }
        if (tell) (*tell)();
        return true;
    }
    /// Nothing more comes: because all has come, or because of an error, which the reader gets behind the
    /// last item.
    void end(std::exception_ptr failure) {
        std::shared_ptr<const std::function<void()>> tell;
        {
            const std::lock_guard lock(mutex_);
            failure_ = std::move(failure);
            ended_ = true;
            tell = on_ready_;
            changed_.notify_all();
        }
        if (tell) (*tell)();
    }
    /// Ends the request that fills the channel. Without effect in a forked process: the request is the
    /// parent's.
    void cancel() {
        if (owner_.is_current()) stop_.request_stop();
    }
    /// What `cancel` triggers.
    genai::stop_token stop_token() const noexcept { return stop_.get_token(); }

    /// The current item, waited for until the deadline; null when it did not come in time, or at the end.
    /// Throws what the stream ended with, once.
    T* current(const std::optional<std::chrono::steady_clock::time_point>& deadline = {}) {
        while (at_ >= taken_.size())
            if (!refill(deadline)) return nullptr;
        return &taken_[at_];
    }
    /// Steps behind the current item, whether it has come yet or not.
    void drop() noexcept { ++at_; }
    /// Whether the reader has come to the end.
    bool over() const noexcept { return over_; }
    /// Calls `hook` when `current` would not wait: now, if so, and from then on whenever something comes
    /// after nothing was there, from the thread that fills the channel.
    void on_ready(std::function<void()> hook) {
        auto shared = std::make_shared<const std::function<void()>>(std::move(hook));
        bool now = at_ < taken_.size();
        {
            const std::lock_guard lock(mutex_);
            on_ready_ = shared;
            now = now || !ready_.empty() || ended_;
        }
        if (now) (*shared)();
    }
    /// Calls `hook` in the reader's thread when it has come to the end and nothing was thrown.
    void on_end(std::function<void()> hook) { on_end_ = std::move(hook); }
    /// To be called by a walk. Whether it is the first.
    bool begin_walk() noexcept { return !std::exchange(walked_, true); }

protected:
    virtual ~Channel() = default;
    /// The reader is done with it: destroys it.
    virtual void release() noexcept { delete this; }
    /// Lets `put` return false, and ends the request.
    void abandon() {
        {
            const std::lock_guard lock(mutex_);
            unwanted_ = true;
            on_ready_ = nullptr;
        }
        changed_.notify_all();
        stop_.request_stop();
    }

private:
    static constexpr std::size_t max_items = 256;
    static constexpr std::size_t max_bytes = std::size_t{16} << 20U;
    /// How long a reader to which items come faster than a thread wakes up lets some gather.
    static constexpr std::chrono::microseconds nap{200};

    bool full() const noexcept {
        return ready_.size() >= max_items || (bytes_ >= max_bytes && !ready_.empty());
    }

    bool refill(const std::optional<std::chrono::steady_clock::time_point>& deadline) {
        if (over_) return false;
        if (!owner_.is_current())
            throw InvalidArgument("stream", "belongs to the process that opened it, not to its fork");
        const bool fast = taken_.size() > 1;
        at_ -= taken_.size();
        std::unique_lock lock(mutex_, std::defer_lock);
        if (fast) {
            lock.lock();
            if (spent_.empty()) spent_.swap(taken_);
            lock.unlock();
        }
        taken_.clear();
        lock.lock();
        const auto come = [this] { return ready_.size() >= wake_at_ || ended_; };
        if (fast && !deadline && !full()) {
            wake_at_ = max_items / 2;
            changed_.wait_for(lock, nap, come);
        }
        wake_at_ = 1;
        if (!deadline) changed_.wait(lock, come);
        else if (*deadline > std::chrono::steady_clock::now()) changed_.wait_until(lock, *deadline, come);
        wake_at_ = 0;
        if (!ready_.empty()) {
            const bool was_full = full();
            taken_.swap(ready_);  // all at once: one lock for many items at full speed
            bytes_ = 0;
            if (was_full) changed_.notify_all();
            return true;
        }
        if (!ended_) return false;
        over_ = true;
        lock.unlock();
        const auto hook = std::exchange(on_end_, nullptr);
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
        if (hook) hook();
        return false;
    }

    OwnerProcess owner_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::vector<T> ready_{};
    std::size_t bytes_{0};    // of the items that are ready
    std::vector<T> spent_{};  // items the reader is done with, for the filler: memory is best freed where it
                              // was allocated
    std::size_t wake_at_{0};  // how many the reader waits for; 0 when it does not wait
    bool ended_{false};
    bool unwanted_{false};
    std::exception_ptr failure_{};
    std::shared_ptr<const std::function<void()>> on_ready_{};
    stop_source stop_{};

    std::vector<T> taken_{};  // the reader's own
    std::size_t at_{0};
    bool over_{false};
    bool walked_{false};
    std::function<void()> on_end_{};
};

/// The owner of a channel.
template <class T>
using ChannelPtr = std::unique_ptr<Channel<T>, typename Channel<T>::Release>;

}  // namespace genai::inline GENAI_ABI::detail

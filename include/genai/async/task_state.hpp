#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/ambient_stop.hpp>
#include <genai/async/result.hpp>
#include <genai/async/thread_pool.hpp>
#include <genai/error.hpp>
#include <genai/stop_token.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What a task and its work share but for the result. Thread-safe.
class TaskBase {
public:
    TaskBase() = default;
    TaskBase(const TaskBase&) = delete;
    TaskBase& operator=(const TaskBase&) = delete;
    virtual ~TaskBase() = default;

    /// What `cancel` triggers.
    genai::stop_token stop_token() const noexcept { return stop_.get_token(); }
    /// Asks the work to end. Without effect when it has.
    void cancel() {
        if (ready()) return;
        stop_.request_stop();
        skip();
    }
    /// Whether it is over.
    bool ready() const {
        const std::lock_guard lock(mutex_);
        return done_;
    }
    /// Waits until it is over, or until the deadline; whether it is. On a thread of a pool, work that has not
    /// begun is done here: nothing waits for a thread that waits for it.
    bool wait(const std::optional<std::chrono::steady_clock::time_point>& deadline = {});
    /// Calls `then` where it ends; false when it is over, and `then` is not called.
    bool subscribe(std::function<void()> then);
    /// For whoever takes the result: the first. Throws InvalidArgument for a second one.
    void claim_result() {
        const std::lock_guard lock(mutex_);
        if (std::exchange(claimed_, true)) throw InvalidArgument("task", "its result was taken before");
    }

protected:
    /// It is over: wakes and tells whoever waits.
    void finish() noexcept;
    /// Work that has not begun is not to begin.
    virtual void skip() {}
    /// Does work that has not begun on this thread.
    virtual void run_here() {}

private:
    mutable std::mutex mutex_{};
    std::condition_variable ended_{};
    std::vector<std::function<void()>> then_{};
    stop_source stop_{};
    bool done_{false};
    bool claimed_{false};
};

/// Cancels what it holds with the task that awaits it.
template <class State>
class CancelChain {
public:
    explicit CancelChain(const stop_token& outer, std::shared_ptr<State> state)
        : callback_(outer, Cancel{std::move(state)}) {}

private:
    struct Cancel {
        std::shared_ptr<State> state;
        void operator()() const { state->cancel(); }
    };

    stop_callback<Cancel> callback_;
};

/// With the result.
template <class T>
class TaskState : public TaskBase {
public:
    /// Sets the result, once.
    void set(Result<T> result) noexcept {
        result_.emplace(std::move(result));
        finish();
    }
    /// Whether the work threw, when it is over.
    bool failed() const { return !result_->has_value(); }
    /// The result, when it is there, for whoever claimed it.
    Result<T> take() { return std::move(*result_); }

private:
    std::optional<Result<T>> result_{};
};

/// Work for a pool whose result is a task's.
template <class T, class Work>
class PooledTask final : public TaskState<T>, public PoolWork {
public:
    explicit PooledTask(Work work) : work_(std::move(work)) {}

    void run() noexcept override {
        if (!begin()) return;
        const genai::stop_token token = this->stop_token();
        Result<T> result = [&] {
            const AmbientStop scope(token);
            return attempt(*work_);
        }();
        work_.reset();  // what it holds is gone before the result is seen
        this->set(std::move(result));
    }
    void drop() noexcept override { skip(); }
    void stop() noexcept override { this->cancel(); }

private:
    /// Whether this is to do the work, or to say that it is not done.
    bool begin() noexcept { return !begun_.exchange(true); }
    void skip() override {
        if (!begin()) return;
        work_.reset();
        this->set(std::make_exception_ptr(Cancelled()));
    }
    void run_here() override { run(); }

    std::optional<Work> work_;
    std::atomic<bool> begun_{false};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE bool TaskBase::wait(const std::optional<std::chrono::steady_clock::time_point>& deadline) {
    if (on_pool_thread && !ready()) run_here();
    std::unique_lock lock(mutex_);
    const auto over = [this] { return done_; };
    if (deadline) return ended_.wait_until(lock, *deadline, over);
    ended_.wait(lock, over);
    return true;
}

GENAI_INLINE bool TaskBase::subscribe(std::function<void()> then) {
    const std::lock_guard lock(mutex_);
    if (done_) return false;
    then_.push_back(std::move(then));
    return true;
}

GENAI_INLINE void TaskBase::finish() noexcept {
    std::vector<std::function<void()>> then;
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
        then.swap(then_);
        ended_.notify_all();
    }
    for (const auto& one : then) one();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif

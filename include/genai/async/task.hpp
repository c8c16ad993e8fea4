#pragma once

#include <chrono>
#include <concepts>
#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/ambient_stop.hpp>
#include <genai/async/resumption.hpp>
#include <genai/async/result.hpp>
#include <genai/async/task_state.hpp>
#include <genai/async/thread_pool.hpp>
#include <genai/clock.hpp>
#include <genai/error.hpp>
#include <genai/stop_token.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

template <class T>
class AsyncStream;

namespace detail {
template <class T>
class TaskPromise;
template <class T>
class TaskAwaiter;
struct TaskAccess;
}  // namespace detail

/// Work that goes on elsewhere, and its result: on a thread of a pool, or a coroutine, which this is the
/// return type of: `genai::Task<std::string> ask(genai::Client<> client) { … co_return … }`. A coroutine
/// begins at once, on the thread that calls it.
///
/// The result is taken once: by `get`, by `then`, or by `co_await`; a second time throws InvalidArgument.
/// Destroying a task cancels its work and does not wait for it: what the work holds is kept until it is over.
/// `detach` lets it go on. Within a task, calls without a `stop_token` of their own are cancelled with it.
template <class T>
class [[nodiscard]] Task {
public:
    /// What a coroutine is driven by.
    using promise_type = detail::TaskPromise<T>;
    /// The type of the result.
    using value_type = T;

    Task(Task&& other) noexcept = default;
    Task& operator=(Task&& other) noexcept {
        if (this != &other) {
            end();
            state_ = std::move(other.state_);
            detached_ = other.detached_;
        }
        return *this;
    }
    ~Task() { end(); }

    /// Whether it is over. May be called each frame of a loop.
    bool ready() const { return state().ready(); }
    /// Waits until it is over.
    void wait() const { state().wait(); }
    /// Waits that long at most; whether it is over.
    template <class Rep, class Period>
    bool wait_for(std::chrono::duration<Rep, Period> span) const {
        return state().wait(detail::deadline_after(span));
    }
    /// Waits, and gives the result or throws what the work threw. May be called within tasks: work that has
    /// not begun is done at once.
    T get() {
        state().claim_result();
        state().wait();
        return state().take().value();
    }
    /// The same as a Result, which throws nothing but InvalidArgument for a second time.
    Result<T> result() {
        state().claim_result();
        state().wait();
        return state().take();
    }

    /// Cancels the work: a call in it ends with Cancelled, in any phase; work that has not begun does not
    /// begin. May be called from any thread, and again. Without effect when it is over.
    void cancel() const { state().cancel(); }
    /// Lets the work go on when the task is destroyed.
    void detach() noexcept { detached_ = true; }

    /// Calls `callback(genai::Result<T>)` by the executor when it is over, and detaches it. What the callback
    /// throws is the executor's to see.
    template <class Callback>
    requires std::invocable<Callback&, Result<T>>
    void then(Executor executor, Callback callback) {
        state().claim_result();
        detached_ = true;
        auto shared = std::make_shared<Callback>(std::move(callback));
        const auto tell = [held = state_, executor = std::move(executor), shared = std::move(shared)] {
            detail::run_by(executor, [held, shared] { (*shared)(held->take()); });
        };
        if (!state().subscribe(tell)) tell();
    }
    /// The same where the work ends: on its thread, or here when it is over. What the callback throws is
    /// dropped.
    template <class Callback>
    requires std::invocable<Callback&, Result<T>>
    void then(Callback callback) { then(Executor(), std::move(callback)); }

    /// Awaits the result in a coroutine, which is resumed where the work ends. A task that awaits another is
    /// cancelled with it.
    detail::TaskAwaiter<T> operator co_await() { return via({}); }
    /// Awaits the result in a coroutine, which is resumed by the executor, unless the work is over already.
    detail::TaskAwaiter<T> via(Executor executor) {
        state().claim_result();
        return detail::TaskAwaiter<T>(state_, std::move(executor));
    }

private:
    friend struct detail::TaskAccess;
    explicit Task(std::shared_ptr<detail::TaskState<T>> state) : state_(std::move(state)) {}

    detail::TaskState<T>& state() const {
        if (!state_) throw InvalidArgument("task", "was moved from");
        return *state_;
    }
    void end() noexcept {
        if (state_ && !detached_) state_->cancel();
    }

    std::shared_ptr<detail::TaskState<T>> state_;
    bool detached_{false};
};

namespace detail {

template <class T>
struct AsyncStreamState;

/// Makes tasks and streams of their states.
struct TaskAccess {
    template <class T>
    static Task<T> make(std::shared_ptr<TaskState<T>> state) {
        return Task<T>(std::move(state));
    }
    template <class T>
    static TaskState<T>& state(const Task<T>& task) {
        return task.state();
    }
    template <class T>
    static AsyncStream<T> stream(std::shared_ptr<AsyncStreamState<T>> state) {
        return AsyncStream<T>(std::move(state));
    }
};

/// What suspends a task's coroutine may be told the task's stop token first.
template <class Awaiter>
concept TakesStopToken = requires(Awaiter& awaiter, const stop_token& token) {
    awaiter.cancelled_by(token);
};

/// Awaits a task.
template <class T>
class TaskAwaiter {
public:
    TaskAwaiter(std::shared_ptr<TaskState<T>> state, Executor executor)
        : state_(std::move(state)), executor_(std::move(executor)) {}

    bool await_ready() const { return state_->ready(); }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> handle) {
        constexpr bool owned = requires { typename Promise::genai_task; };
        const auto state = state_;  // this may be gone as soon as the coroutine can be resumed
        return state->subscribe([handle, executor = executor_] { resume_by(executor, handle, owned); });
    }
    T await_resume() {
        chain_.reset();
        return state_->take().value();
    }
    /// Cancels the awaited task with the one that awaits it.
    void cancelled_by(const stop_token& outer) { chain_.emplace(outer, state_); }

private:
    std::shared_ptr<TaskState<T>> state_;
    Executor executor_;
    std::optional<CancelChain<TaskState<T>>> chain_{};
};

class TaskPromiseBase;

/// Awaits something in a task's coroutine, whose stop token is not the ambient one meanwhile.
template <class Inner>
struct TaskAwait {
    TaskPromiseBase& promise;
    Inner inner;
    bool left{false};

    bool await_ready() { return inner.await_ready(); }
    template <class Promise>
    auto await_suspend(std::coroutine_handle<Promise> handle) {
        if constexpr (TakesStopToken<std::remove_reference_t<Inner>>)
            inner.cancelled_by(handle.promise().token());
        left = true;
        handle.promise().leave();
        return inner.await_suspend(handle);  // where it may be resumed, and this be gone, before it returns
    }
    decltype(auto) await_resume();
};

/// What drives the coroutine of a task, but for its result: the task's stop token is the ambient one while
/// the coroutine runs, on whatever thread.
class TaskPromiseBase {
public:
    /// Says that a coroutine may be destroyed where nothing can resume it.
    using genai_task = void;

    /// Lets the coroutine begin at once.
    auto initial_suspend() noexcept {
        struct Begin {
            TaskPromiseBase& promise;
            bool await_ready() const noexcept { return true; }
            void await_suspend(std::coroutine_handle<>) const noexcept {}
            void await_resume() const noexcept { promise.enter(); }
        };
        return Begin{*this};
    }

    /// Awaits something.
    template <class Awaitable>
    auto await_transform(Awaitable&& awaitable) {
        using Inner = decltype(awaiter_of(std::forward<Awaitable>(awaitable)));
        return TaskAwait<Inner>{*this, awaiter_of(std::forward<Awaitable>(awaitable))};
    }

    /// What cancels the task.
    const stop_token& token() const noexcept { return token_; }
    /// The coroutine runs on this thread from here on.
    void enter() noexcept { outer_ = std::exchange(current_stop_token, &token_); }
    /// It runs here no longer.
    void leave() noexcept { current_stop_token = outer_; }

protected:
    void take_token(stop_token token) { token_ = std::move(token); }

private:
    template <class Awaitable>
    static decltype(auto) awaiter_of(Awaitable&& awaitable) {
        if constexpr (requires { std::forward<Awaitable>(awaitable).operator co_await(); })
            return std::forward<Awaitable>(awaitable).operator co_await();
        else if constexpr (requires { operator co_await(std::forward<Awaitable>(awaitable)); })
            return operator co_await(std::forward<Awaitable>(awaitable));
        else return std::forward<Awaitable>(awaitable);
    }

    stop_token token_{};
    const stop_token* outer_{nullptr};
};

template <class Inner>
decltype(auto) TaskAwait<Inner>::await_resume() {
    if (left) promise.enter();
    return inner.await_resume();
}

/// With the result.
template <class T>
class TaskPromiseResult : public TaskPromiseBase {
public:
    TaskPromiseResult() { take_token(state_->stop_token()); }
    TaskPromiseResult(const TaskPromiseResult&) = delete;
    TaskPromiseResult& operator=(const TaskPromiseResult&) = delete;
    ~TaskPromiseResult() {
        if (!finished_) state_->set(std::make_exception_ptr(Cancelled()));  // destroyed while suspended
    }

    Task<T> get_return_object() { return TaskAccess::make<T>(state_); }
    void unhandled_exception() { result_.emplace(std::current_exception()); }
    /// Gives the result; the coroutine ends behind it.
    std::suspend_never final_suspend() noexcept {
        leave();
        finished_ = true;
        const auto state = state_;
        state->set(std::move(*result_));
        return {};
    }

protected:
    std::optional<Result<T>> result_{};

private:
    std::shared_ptr<TaskState<T>> state_{std::make_shared<TaskState<T>>()};
    bool finished_{false};
};

template <class T>
class TaskPromise : public TaskPromiseResult<T> {
public:
    template <std::convertible_to<T> U>
    void return_value(U&& value) {
        this->result_.emplace(T(std::forward<U>(value)));
    }
};
template <>
class TaskPromise<void> : public TaskPromiseResult<void> {
public:
    void return_void() { this->result_.emplace(); }
};

}  // namespace detail

/// Where a task's work is done.
struct AsyncOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    ThreadPool* pool{nullptr};  ///< must outlive the task; `ThreadPool::shared()` when null
};

namespace detail {

inline ThreadPool& pool_of(const AsyncOptions& options) {
    return options.pool == nullptr ? ThreadPool::shared() : *options.pool;
}

}  // namespace detail

/// Runs any code on a thread of a pool: `genai::async([client] { return client.models.generate_content(model,
/// "Hello"); })`. What it refers to must live until the task is over. Throws TransportError when no thread is
/// to be had.
template <class Work>
requires std::invocable < std::decay_t<Work>
& > Task<std::remove_cvref_t<std::invoke_result_t<std::decay_t<Work>&>>> async(
        Work&& work, const AsyncOptions& options = {}) {
    using T = std::remove_cvref_t<std::invoke_result_t<std::decay_t<Work>&>>;
    auto state = std::make_shared<detail::PooledTask<T, std::decay_t<Work>>>(std::forward<Work>(work));
    detail::pool_of(options).post(state);
    return detail::TaskAccess::make<T>(std::move(state));
}

}  // namespace genai::inline GENAI_ABI

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include <genai/config.hpp>
#include <genai/os/process_id.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How many threads a pool has, and for how long.
struct ThreadPoolOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::size_t max_threads{1024};                     ///< most threads; tasks beyond them wait in order
    std::chrono::milliseconds keep_alive{10'000};      ///< how long a thread without work is kept
};

namespace detail {

/// Work for a pool. `run` and `drop` come once, `stop` perhaps while it runs; none may throw.
class PoolWork {
public:
    PoolWork() = default;
    PoolWork(const PoolWork&) = delete;
    PoolWork& operator=(const PoolWork&) = delete;
    virtual ~PoolWork() = default;
    /// Does it.
    virtual void run() noexcept = 0;
    /// It will not be run: the pool is at its end.
    virtual void drop() noexcept = 0;
    /// Ends it early.
    virtual void stop() noexcept = 0;
};

/// Whether this thread is one of a pool's.
inline constinit thread_local bool on_pool_thread = false;

}  // namespace detail

/// Threads that run tasks: made when they are needed, kept for a while, at most `max_threads`. Thread-safe.
/// Its destructor cancels what is queued and what runs, and waits for what runs. After a fork the child's has
/// no threads and no work, and makes its own.
class ThreadPool {
public:
    explicit ThreadPool(ThreadPoolOptions options = {});
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;
    ~ThreadPool();

    /// The pool that `genai::async` uses when it is given none. It is made on first use and ends at exit,
    /// before static objects that were made before it, such as a client, are destroyed; work that comes later
    /// is cancelled.
    static ThreadPool& shared();

    /// How many threads it has now.
    std::size_t threads() const;

    /// Runs work on a thread of the pool, after what was queued before. Throws TransportError when no thread
    /// is to be had.
    void post(std::shared_ptr<detail::PoolWork> work);

private:
    struct State {
        mutable std::mutex mutex{};
        std::condition_variable work_came{};
        std::condition_variable thread_ended{};
        std::deque<std::shared_ptr<detail::PoolWork>> queue{};
        std::set<std::shared_ptr<detail::PoolWork>> running{};
        std::size_t threads{0};
        std::size_t idle{0};
        bool closing{false};
        std::chrono::milliseconds keep_alive{};
    };

    static void serve(const std::shared_ptr<State>& state);
    /// Cancels all work and waits for what runs; takes none any more.
    void close();
    void renew_after_fork();
    /// Leaves a state as it is for ever: its threads are the parent process's, who may have locked it.
    static void leak(std::shared_ptr<State> state) {
        static_cast<void>(new std::shared_ptr<State>(std::move(state)));
    }

    ThreadPoolOptions options_;
    std::shared_ptr<State> state_;
    detail::OwnerProcess owner_{};
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <system_error>
#include <thread>
#include <vector>

#include <genai/error.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE ThreadPool::ThreadPool(ThreadPoolOptions options)
    : options_(options), state_(std::make_shared<State>()) {
    if (options_.max_threads == 0) throw InvalidArgument("max_threads", "must be at least 1");
    if (options_.keep_alive.count() < 0) throw InvalidArgument("keep_alive", "must not be negative");
    state_->keep_alive = options_.keep_alive;
}

GENAI_INLINE ThreadPool::~ThreadPool() {
    if (owner_.is_current()) close();
    else leak(std::move(state_));
}

GENAI_INLINE void ThreadPool::close() {
    std::unique_lock lock(state_->mutex);
    state_->closing = true;
    const auto queued = std::exchange(state_->queue, {});
    const std::vector<std::shared_ptr<detail::PoolWork>> running(state_->running.begin(),
                                                                 state_->running.end());
    lock.unlock();
    state_->work_came.notify_all();
    for (const auto& work : queued) work->drop();
    for (const auto& work : running) work->stop();
    lock.lock();
    const std::size_t own = detail::on_pool_thread ? 1 : 0;  // which cannot wait for itself
    state_->thread_ended.wait(lock, [&] { return state_->threads <= own; });
}

GENAI_INLINE ThreadPool& ThreadPool::shared() {
    static ThreadPool& pool = *new ThreadPool;  // static objects may use it to the last
    struct AtExit {
        ~AtExit() {
            if (pool.owner_.is_current()) pool.close();
        }
    };
    static const AtExit at_exit;
    static_cast<void>(at_exit);
    return pool;
}

GENAI_INLINE std::size_t ThreadPool::threads() const {
    const std::lock_guard lock(state_->mutex);
    return state_->threads;
}

GENAI_INLINE void ThreadPool::renew_after_fork() {
    if (owner_.is_current()) return;
    leak(std::move(state_));
    state_ = std::make_shared<State>();
    state_->keep_alive = options_.keep_alive;
    owner_ = {};
}

GENAI_INLINE void ThreadPool::post(std::shared_ptr<detail::PoolWork> work) {
    renew_after_fork();
    std::unique_lock lock(state_->mutex);
    if (state_->closing) {
        lock.unlock();
        return work->drop();
    }
    state_->queue.push_back(work);
    if (state_->queue.size() <= state_->idle || state_->threads >= options_.max_threads) {
        lock.unlock();
        return state_->work_came.notify_one();
    }
    ++state_->threads;
    try {
        std::thread([state = state_] { serve(state); }).detach();
    } catch (const std::system_error&) {
        if (--state_->threads != 0) return;  // those there are come to it
        state_->queue.pop_back();
        throw TransportError(TransportError::Phase::resolve, TransportError::Reason::resources,
                             "no thread is left to run the task");
    }
}

GENAI_INLINE void ThreadPool::serve(const std::shared_ptr<State>& state) {
    detail::on_pool_thread = true;
    std::unique_lock lock(state->mutex);
    const auto woken = [&state] { return !state->queue.empty() || state->closing; };
    for (;;) {
        if (state->queue.empty()) {
            ++state->idle;
            const bool came = state->work_came.wait_for(lock, state->keep_alive, woken);
            --state->idle;
            if (!came || state->queue.empty()) break;
        }
        std::shared_ptr<detail::PoolWork> work = std::move(state->queue.front());
        state->queue.pop_front();
        const auto at = state->running.insert(work).first;
        lock.unlock();
        work->run();
        lock.lock();
        state->running.erase(at);
        lock.unlock();
        work.reset();  // what it holds is destroyed without the lock
        lock.lock();
    }
    --state->threads;
    state->thread_ended.notify_all();
}

}  // namespace genai::inline GENAI_ABI

#endif

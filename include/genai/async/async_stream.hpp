#pragma once

#include <atomic>
#include <coroutine>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/async/resumption.hpp>
#include <genai/async/task.hpp>
#include <genai/async/task_state.hpp>
#include <genai/async/thread_pool.hpp>
#include <genai/error.hpp>
#include <genai/stop_token.hpp>
#include <genai/stream.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// Destroys a stream on a pool, which waits for the stream's thread.
template <class T>
class DestroyOnPool final : public PoolWork {
public:
    explicit DestroyOnPool(Stream<T> stream) : stream_(std::move(stream)) {}
    void run() noexcept override { drop(); }
    void drop() noexcept override { stream_.reset(); }
    void stop() noexcept override {}

private:
    std::optional<Stream<T>> stream_;
};

/// A stream that is opened elsewhere.
template <class T>
struct AsyncStreamState {
    AsyncStreamState(Task<Stream<T>> opening, Executor by, ThreadPool& on)
        : opens(std::move(opening)), executor(std::move(by)), pool(&on) {}
    AsyncStreamState(const AsyncStreamState&) = delete;
    AsyncStreamState& operator=(const AsyncStreamState&) = delete;
    /// Often on the stream's own thread, which goes on with the coroutine, and which the pool waits for when
    /// the program ends.
    ~AsyncStreamState() {
        if (!stream) return;
        stream->cancel();
        try {
            pool->post(std::make_shared<DestroyOnPool<T>>(std::move(*stream)));
        } catch (...) {  // no thread is left: the stream's own does the rest
        }
    }

    Task<Stream<T>> opens;
    Executor executor;
    ThreadPool* pool;
    std::optional<Stream<T>> stream{};  // once it is opened
    std::atomic<bool> opened{false};
    std::atomic<bool> cancelled{false};
    std::atomic<bool> busy{false};  // while a chunk is awaited

    void cancel() {
        cancelled = true;
        opens.cancel();
        if (opened) stream->cancel();
    }
    void open(Stream<T> made) {
        stream.emplace(std::move(made));
        opened = true;
        if (cancelled) stream->cancel();
    }
};

/// Marks a thread as one that tasks wait on without waiting for threads.
class AsPoolThread {
public:
    AsPoolThread() noexcept : before_(std::exchange(on_pool_thread, true)) {}
    AsPoolThread(const AsPoolThread&) = delete;
    AsPoolThread& operator=(const AsPoolThread&) = delete;
    ~AsPoolThread() { on_pool_thread = before_; }

private:
    bool before_;
};

/// Awaits that something can be taken from a stream. The coroutine is resumed on the stream's own thread,
/// which waits meanwhile, or by the executor.
template <class T>
class StreamAwaiter {
public:
    explicit StreamAwaiter(std::shared_ptr<AsyncStreamState<T>> state) : state_(std::move(state)) {}

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> handle) {
        constexpr bool owned = requires { typename Promise::genai_task; };
        // a hook is called more than once, from two threads, and perhaps before this has returned
        constexpr unsigned told = 1;
        constexpr unsigned suspended = 2;
        const auto events = std::make_shared<std::atomic<unsigned>>(0U);
        const auto state = state_;  // this may be gone as soon as the coroutine can be resumed
        state->stream->on_ready([handle, events, executor = state->executor] {
            if (events->fetch_or(told) != suspended) return;
            const AsPoolThread scope;
            resume_by(executor, handle, owned);
        });
        return (events->fetch_or(suspended) & told) == 0;
    }
    void await_resume() noexcept { chain_.reset(); }
    /// Ends the stream when the task that awaits it is cancelled.
    void cancelled_by(const stop_token& outer) { chain_.emplace(outer, state_); }

private:
    std::shared_ptr<AsyncStreamState<T>> state_;
    std::optional<CancelChain<AsyncStreamState<T>>> chain_{};
};

/// Sets a flag back at the end of a scope.
class BusyScope {
public:
    explicit BusyScope(std::atomic<bool>& busy) : busy_(busy) {}
    BusyScope(const BusyScope&) = delete;
    BusyScope& operator=(const BusyScope&) = delete;
    ~BusyScope() { busy_ = false; }

private:
    std::atomic<bool>& busy_;
};

/// The next chunk of a stream; the state is kept by the coroutine.
template <class T>
Task<std::optional<T>> next_chunk(std::shared_ptr<AsyncStreamState<T>> state) {
    const BusyScope scope(state->busy);
    if (!state->opened) state->open(co_await state->opens);
    for (;;) {
        if (auto chunk = state->stream->try_next()) co_return chunk;
        if (state->stream->done()) co_return std::nullopt;
        co_await StreamAwaiter<T>(state);
    }
}

}  // namespace detail

/// A stream whose chunks are awaited: `while (auto chunk = co_await stream.next())`. No thread waits for them
/// but the one the stream has. Destroying it ends the request.
template <class T>
class [[nodiscard]] AsyncStream {
public:
    AsyncStream(AsyncStream&&) noexcept = default;
    AsyncStream& operator=(AsyncStream&& other) noexcept {
        if (this != &other) {
            if (state_) state_->cancel();
            state_ = std::move(other.state_);
        }
        return *this;
    }
    ~AsyncStream() {
        if (state_) state_->cancel();
    }

    /// The next chunk; nothing at the end. Throws what ended the stream; InvalidArgument while another `next`
    /// is not over. Cancelling the task ends the stream.
    Task<std::optional<T>> next() {
        if (!state_) throw InvalidArgument("stream", "was moved from");
        if (state_->busy.exchange(true)) throw InvalidArgument("stream", "is waited for already");
        return detail::next_chunk<T>(state_);
    }
    /// Ends the request. May be called from any thread.
    void cancel() const {
        if (state_) state_->cancel();
    }

private:
    friend struct detail::TaskAccess;
    explicit AsyncStream(std::shared_ptr<detail::AsyncStreamState<T>> state) : state_(std::move(state)) {}

    std::shared_ptr<detail::AsyncStreamState<T>> state_;
};

namespace detail {

/// The chunks of a `Stream<T>`.
template <class T>
struct ChunkOf;
template <class T>
struct ChunkOf<Stream<T>> {
    using type = T;
};

}  // namespace detail

/// A stream that is opened on a thread of a pool: `genai::async_stream([client] { return
/// client.models.generate_content_stream(model, "Hello"); })`. Who awaits its chunks is resumed by the
/// executor, or on the thread that receives them, which receives no more meanwhile. Throws TransportError
/// when no thread is to be had.
template <class Open, class T = typename detail::ChunkOf<std::invoke_result_t<std::decay_t<Open>&>>::type>
AsyncStream<T> async_stream(Open&& open, Executor executor = {}, const AsyncOptions& options = {}) {
    return detail::TaskAccess::stream<T>(std::make_shared<detail::AsyncStreamState<T>>(
        async(std::forward<Open>(open), options), std::move(executor), detail::pool_of(options)));
}

}  // namespace genai::inline GENAI_ABI

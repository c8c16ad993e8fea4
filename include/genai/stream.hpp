#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include <genai/config.hpp>
#include <genai/clock.hpp>
#include <genai/error.hpp>
#include <genai/executor.hpp>
#include <genai/flow/channel.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {
struct StreamAccess;
}  // namespace detail

/// The chunks of a response as a single-pass input range: `for (const auto& chunk : stream)`. They
/// are received into a bounded buffer, so a slow reader slows the server down and nothing piles up. A chunk
/// is waited for when it is looked at, not before: `stream | std::views::take(2)` does not wait for a third.
/// Errors are thrown where the chunk that did not come is asked for; what came before stays valid. Destroying
/// the stream ends the request. For one thread at a time; may outlive the client. A stream that was moved
/// from throws InvalidArgument.
template <class T>
class [[nodiscard]] Stream {
public:
    Stream(Stream&&) noexcept = default;
    Stream& operator=(Stream&&) noexcept = default;
    ~Stream() = default;

    /// Walks the chunks. Stays valid when the stream is moved.
    class iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = T;

        iterator() = default;
        T& operator*() const { return *channel_->current(); }
        T* operator->() const { return channel_->current(); }
        iterator& operator++() {
            channel_->drop();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& at, std::default_sentinel_t) {
            return at.channel_->current() == nullptr;
        }

    private:
        friend class Stream;
        explicit iterator(detail::Channel<T>& channel) : channel_(&channel) {}

        detail::Channel<T>* channel_{nullptr};
    };

    /// Begins the walk. Throws InvalidArgument for a second one.
    iterator begin() {
        if (!channel().begin_walk())
            throw InvalidArgument("stream", "was walked before: its chunks are gone");
        return iterator(channel());
    }
    /// The end of the walk.
    std::default_sentinel_t end() const noexcept { return {}; }

    /// The next chunk, waited for; nothing at the end. Throws what ended the stream.
    std::optional<T> next() { return take({}); }
    /// The next chunk if it is there already; `done` tells whether one may still come. Throws what ended the
    /// stream.
    std::optional<T> try_next() { return take((std::chrono::steady_clock::time_point::min)()); }
    /// The next chunk, waited for that long at most. Throws what ended the stream.
    template <class Rep, class Period>
    std::optional<T> next_for(std::chrono::duration<Rep, Period> span) {
        return take(detail::deadline_after(span));
    }
    /// Whether the reader has come to the end.
    bool done() { return channel().over(); }
    /// Calls `hook` whenever `next` would not wait: at once, if so, and from then on from the thread that
    /// receives, each time a chunk or the end comes after nothing was there, perhaps from both threads at
    /// once. It must neither block nor throw; it may destroy the stream.
    void on_ready(std::function<void()> hook) { channel().on_ready(std::move(hook)); }
    /// Calls `hook` by the executor, such as on the thread of a main loop, where it may take chunks. What the
    /// executor still holds when the stream is destroyed is called all the same. What it throws is dropped.
    void on_ready(Executor executor, std::function<void()> hook) {
        on_ready(
            [executor = std::move(executor), hook = std::move(hook)] { detail::run_by(executor, hook); });
    }

    /// Ends the request; who waits for a chunk gets Cancelled. May be called from any thread.
    void cancel() { channel().cancel(); }

private:
    friend struct detail::StreamAccess;
    explicit Stream(detail::ChannelPtr<T> channel) : channel_(std::move(channel)) {}

    detail::Channel<T>& channel() const {
        if (!channel_) throw InvalidArgument("stream", "was moved from");
        return *channel_;
    }

    std::optional<T> take(const std::optional<std::chrono::steady_clock::time_point>& deadline) {
        T* const current = channel().current(deadline);
        if (current == nullptr) return std::nullopt;
        std::optional<T> taken(std::move(*current));
        channel_->drop();
        return taken;
    }

    detail::ChannelPtr<T> channel_;
};

namespace detail {

/// Makes streams of channels.
struct StreamAccess {
    template <class T>
    static Stream<T> make(ChannelPtr<T> channel) {
        return Stream<T>(std::move(channel));
    }
};

}  // namespace detail

}  // namespace genai::inline GENAI_ABI

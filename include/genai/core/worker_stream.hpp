#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/error.hpp>
#include <genai/stream.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A channel that a thread of its own fills.
template <class T>
class WorkerChannel final : public Channel<T> {
public:
    /// Takes an item of about that many bytes; false when no more are wanted.
    using Emit = std::function<bool(T&&, std::size_t bytes)>;
    /// Runs on the thread until all is received, the channel's stop token ends it, or `deliver` says false.
    using Producer = std::function<void(const Emit& deliver)>;

    /// `outer` ends it too.
    void start(Producer producer, stop_token outer) {
        auto receive = [this, producer = std::move(producer), outer = std::move(outer)] {
            receive_all(producer, outer);
            if (released_) delete this;
        };
        try {
            worker_ = std::thread(std::move(receive));
        } catch (const std::system_error&) {
            throw TransportError(TransportError::Phase::resolve, TransportError::Reason::resources,
                                 "no thread is left to receive the stream");
        }
    }
    /// Ends the request, and waits for the thread. On that thread itself, where a hook destroys the stream,
    /// the thread does the rest when it comes to its end.
    void release() noexcept override {
        this->abandon();
        if (worker_.get_id() == std::this_thread::get_id()) {
            worker_.detach();
            released_ = true;
            return;
        }
        if (worker_.joinable()) worker_.join();
        delete this;
    }

private:
    void receive_all(const Producer& producer, const stop_token& outer) {
        const stop_callback chained(outer, [this] { this->cancel(); });
        std::exception_ptr failure;
        try {
            producer([this](T&& item, std::size_t bytes) { return this->put(std::move(item), bytes); });
        } catch (...) {
            failure = std::current_exception();
        }
        this->end(std::move(failure));
    }

    std::thread worker_{};
    bool released_{false};  // on the thread itself
};

}  // namespace genai::inline GENAI_ABI::detail

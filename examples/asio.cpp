// Calls within coroutines of Boost.Asio: a task as an operation that asio awaits, and chunks of a stream that
// are handled by its event loop.
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <genai/async.hpp>

#include "connect.hpp"

namespace {

namespace asio = boost::asio;

/// An executor of the library that runs work in an executor of asio's.
template <class AsioExecutor>
genai::Executor in(AsioExecutor executor) {
    return [executor](std::function<void()> work) { asio::post(executor, std::move(work)); };
}

/// Waits for a task as for any operation of asio: the handler runs by its own executor, and what the task
/// threw is thrown by what awaits it.
template <class T, class Token>
auto async_wait(genai::Task<T> task, Token&& token) {
    return asio::async_initiate<Token, void(std::exception_ptr, T)>(
        [](auto handler, genai::Task<T> waited) {
            const auto executor = asio::get_associated_executor(handler);
            const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            waited.then(in(executor), [shared](genai::Result<T> result) {
                if (result) std::move (*shared)(nullptr, std::move(*result));
                else std::move (*shared)(result.error(), T());
            });
        },
        token, std::move(task));
}

asio::awaitable<void> talk(genai::Client<> client) {
    auto answer = genai::async([client] { return client.models.generate_content(examples::model, "Hello"); });
    std::cout << (co_await async_wait(std::move(answer), asio::use_awaitable)).text() << '\n';

    try {
        auto refused =
            genai::async([client] { return client.models.generate_content("no-such-model", "Hello"); });
        co_await async_wait(std::move(refused), asio::use_awaitable);
    } catch (const genai::ApiError& error) {
        std::cout << error.status() << '\n';
    }
}

/// Prints the chunks of a stream as they come, in the event loop, until its end.
class Printer : public std::enable_shared_from_this<Printer> {
public:
    explicit Printer(genai::Stream<genai::GenerateContentResponse> stream) : stream_(std::move(stream)) {}

    void start(asio::io_context& loop) {
        loop_is_needed_.emplace(asio::make_work_guard(loop));
        stream_.on_ready(in(loop.get_executor()), [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->take();
        });
    }

private:
    void take() {
        while (auto chunk = stream_.try_next()) std::cout << chunk->text() << std::flush;
        if (stream_.done()) loop_is_needed_.reset();
    }

    genai::Stream<genai::GenerateContentResponse> stream_;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> loop_is_needed_{};
};

}  // namespace

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());
    asio::io_context loop;
    asio::co_spawn(loop, talk(client), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    });
    const auto printer =
        std::make_shared<Printer>(client.models.generate_content_stream(examples::model, "And now longer"));
    printer->start(loop);
    loop.run();
    std::cout << '\n';
}

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/net/transport_options.hpp>
#include <genai/testing/recording/cassette.hpp>

namespace genai::inline GENAI_ABI::testing {

/// Passes requests on to another transport and writes each exchange to a file when it is over, as JSON that
/// can be read and edited; a ReplayingTransport serves it back. Keys, tokens and what is called a secret are
/// left out, and the file is its owner's alone to read (0600). Thread-safe; cheap to copy.
template <http::Transport T>
class RecordingTransport {
public:
    /// Changes an exchange before it is written, when the library has removed what it knows to be secret.
    using Scrub = std::function<void(Exchange&)>;

    /// Records to a file, which begins anew. Throws InvalidArgument when it cannot be written.
    RecordingTransport(T inner, const std::filesystem::path& file, Scrub scrub = {})
        : inner_(std::move(inner)), tape_(std::make_shared<Tape>(file, std::move(scrub))) {}

    /// See http::Transport.
    void send(const http::Request& request, http::Sink& sink) {
        Exchange exchange{.method = request.method, .url = request.url, .headers = request.headers};
        const auto size = request.body.size();
        if (size.value_or(most_kept + 1) > most_kept) exchange.omitted = size.value_or(0);
        else exchange.body = cassette::whole(request.body);
        Copy copy(exchange, sink);
        try {
            inner_.send(request, copy);
        } catch (const TransportError& problem) {
            std::string message = problem.what();
            if (const auto prefix = message.find("): "); prefix != std::string::npos)
                message.erase(0, prefix + 3);
            exchange.failure = {problem.phase(), problem.reason(), std::move(message)};
            tape_->write(std::move(exchange));
            throw;
        }
        tape_->write(std::move(exchange));
    }

    /// Gives the client's options to the inner transport, where it takes them.
    void attach(const TransportOptions& options) {
        if constexpr (requires { inner_.attach(options); }) inner_.attach(options);
    }

private:
    static constexpr std::uint64_t most_kept = std::uint64_t{1} << 20U;  // of a request's body

    /// Keeps what goes by.
    class Copy final : public http::Sink {
    public:
        Copy(Exchange& exchange, http::Sink& sink) : exchange_(exchange), sink_(sink) {}
        http::Flow head(const http::ResponseHead& head) override {
            exchange_.head = head;
            return sink_.head(head);
        }
        http::Flow data(std::string_view piece) override {
            exchange_.answer += piece;
            return sink_.data(piece);
        }

    private:
        Exchange& exchange_;
        http::Sink& sink_;
    };

    /// The file: a JSON list that is whole after every exchange.
    class Tape {
    public:
        Tape(const std::filesystem::path& file, Scrub scrub)
            : file_(made_private(file), std::ios::binary | std::ios::trunc), scrub_(std::move(scrub)) {
            file_ << "[";
            end_ = file_.tellp();
            file_ << "\n]\n" << std::flush;
            if (!file_) throw InvalidArgument("file", "cannot be written");
        }
        void write(Exchange exchange) {
            remove_secrets(exchange);
            if (scrub_) scrub_(exchange);
            const std::string text =
                to_json(exchange).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
            const std::lock_guard lock(mutex_);
            file_.seekp(end_);
            file_ << (first_ ? "\n" : ",\n") << text;
            end_ = file_.tellp();
            file_ << "\n]\n" << std::flush;
            first_ = false;
            if (!file_) throw Error("the recording could not be written: is the disk full?");
        }

    private:
        /// Makes the file readable by its owner alone before anything is in it.
        static const std::filesystem::path& made_private(const std::filesystem::path& file) {
            std::ofstream(file, std::ios::binary | std::ios::trunc);
            std::error_code ignored;  // what cannot be written is refused below
            if (std::filesystem::is_regular_file(file, ignored))
                std::filesystem::permissions(
                    file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
            return file;
        }

        std::mutex mutex_{};
        std::ofstream file_;
        std::ofstream::pos_type end_{};
        Scrub scrub_;
        bool first_{true};
    };

    T inner_;
    std::shared_ptr<Tape> tape_;
};

}  // namespace genai::inline GENAI_ABI::testing

#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/options.hpp>
#include <genai/testing/emulator/api.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator_options.hpp>
#include <genai/testing/emulator_reply.hpp>

namespace genai::inline GENAI_ABI::testing {

/// A stand-in for the Gemini API: an HTTP server on this machine that answers as the service does, with no
/// model behind it. What it says is made from the prompt, always the same, and fits what was asked for:
/// length, stop sequences, schemas, functions. It remembers files, caches, stores, batches and interactions
/// as long as it lives. Thread-safe. Its rules are in docs/emulator.md. https://ai.google.dev/api
class Emulator : private ControlledEmulator {
public:
    explicit Emulator(EmulatorOptions options = {})
        : options_(std::move(options)),
          random_(options_.seed),
          server_([this](ReceivedRequest&& request) { return respond(std::move(request)); }, options_.port,
                  options_.host) {
        static_cast<void>(service());
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    std::string url() const override { return server_.url(); }
    /// Options for a client of it.
    ClientOptions client_options() const {
        return {.api_key = options_.api_key, .http_options = {.base_url = url()}, .proxy = ""};
    }

    /// Queues a reply for a request to come; each is used once, in order.
    void enqueue(Reply reply) override {
        const std::lock_guard lock(mutex_);
        replies_.push_back(std::move(reply));
    }
    /// All requests so far, in the order they came; bodies of more than 32 MiB are left out.
    std::vector<ReceivedRequest> requests() const override {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    /// Forgets the requests so far and the replies not used.
    void clear() override {
        const std::lock_guard lock(mutex_);
        requests_.clear();
        replies_.clear();
    }
    /// Forgets everything: files, caches, interactions and all else, requests, replies, the time that passed.
    void reset() override {
        auto fresh = make_service(options_, url());
        const std::lock_guard lock(mutex_);
        service_ = std::move(fresh);
        requests_.clear();
        replies_.clear();
        random_.seed(options_.seed);
    }
    /// Lets time pass for it: caches grow older.
    void advance(std::chrono::milliseconds span) override { service()->advance(span); }
    /// Of the next part that is uploaded, only `kept` bytes arrive; then the connection breaks.
    void break_upload(std::size_t kept) { service()->break_upload(kept); }
    /// How many connections were made so far.
    std::size_t connections() const noexcept { return server_.connections(); }
    /// How many are open now.
    std::size_t open_connections() const { return server_.open_connections(); }

private:
    static std::shared_ptr<EmulatedApi> make_service(const EmulatorOptions& options, std::string url) {
        std::shared_ptr<EmulatedApi> service = make_emulated_api(options);
        service->set_url(std::move(url));
        return service;
    }
    // What answers; made by the constructor, or by a request that comes before it ends.
    std::shared_ptr<EmulatedApi> service() {
        const std::lock_guard lock(mutex_);
        if (!service_) service_ = make_service(options_, url());
        return service_;
    }

    RawReply respond(ReceivedRequest&& request) {
        if (options_.control && (request.path == "/emulator" || request.path.starts_with("/emulator/")))
            return answer_control(*this, request);
        Reply script;
        {
            const std::lock_guard lock(mutex_);
            requests_.push_back(request.body.size() > most_kept ? without_body(request) : request);
            if (!replies_.empty()) {
                script = std::move(replies_.front());
                replies_.pop_front();
            } else if (const int status = failure(); status != 0) {
                script = Reply::failure(status);
            }
        }
        RawReply reply;
        if (script.status) reply = scripted(request, script);
        else reply = service()->answer(std::move(request));
        reply.delay = script.delay + options_.latency;
        if (script.event_delay.count() > 0) reply.piece_delay = script.event_delay;
        if (script.fault.kind != Fault::Kind::none) reply.fault = script.fault;
        reply.verbatim = script.verbatim;
        return reply;
    }

    // The status that the next answer fails with by chance; 0 for none. The mutex is held.
    int failure() {
        for (const auto& [status, share] : options_.failures)
            if (std::uniform_real_distribution<double>(0, 1)(random_) < share) return status;
        return 0;
    }

    static constexpr std::size_t most_kept = 32U << 20U;

    static ReceivedRequest without_body(const ReceivedRequest& request) {
        return {.method = request.method,
                .target = request.target,
                .path = request.path,
                .query = request.query,
                .headers = request.headers,
                .connection = request.connection};
    }

    static bool is_stream(const ReceivedRequest& request) {
        return request.path.ends_with(":streamGenerateContent");
    }

    static RawReply scripted(const ReceivedRequest& request, const Reply& script) {
        if (script.events.empty() || (!script.body.empty() && !is_stream(request))) {
            RawReply reply{.status = *script.status, .headers = script.headers, .pieces = {script.body}};
            reply.headers.add("Content-Type", script.content_type);
            return reply;
        }
        RawReply reply = event_stream(script.events);
        for (const auto& [name, value] : script.headers) reply.headers.add(name, value);
        return reply;
    }

    EmulatorOptions options_;
    mutable std::mutex mutex_{};
    std::mt19937_64 random_;  // of the failures
    std::shared_ptr<EmulatedApi> service_{};
    std::deque<Reply> replies_{};
    std::vector<ReceivedRequest> requests_{};
    LoopbackServer server_;
};

}  // namespace genai::inline GENAI_ABI::testing

#if !defined(GENAI_EMULATOR_COMPILED) || defined(GENAI_EMULATOR_IMPLEMENTATION)
#include <genai/testing/emulator/control.hpp>
#include <genai/testing/emulator/service.hpp>  // what genai::compiled_emulator has compiled already
#endif

#pragma once

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/clock.hpp>
#include <genai/core/call.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/core/exchange.hpp>
#include <genai/core/response_sink.hpp>
#include <genai/http_options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What makes calls: what every sub-API stands on. A client is one, over one backend; a router, over many; a
/// test's double. Thread-safe.
class Caller : public std::enable_shared_from_this<Caller> {
public:
    Caller() = default;
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    virtual ~Caller() = default;

    /// Begins a call; nothing is sent yet. The exchange must not outlive the caller. Throws InvalidArgument
    /// for what is wrong with it.
    virtual std::unique_ptr<Exchange> begin(Call call) = 0;
    /// Drives a call to its end, on this thread. Throws ApiError, TransportError, DecodeError, Cancelled,
    /// what a hook threw.
    virtual void run(Exchange& exchange, ResponseSink& sink) { drive(exchange, sink); }
    /// A call's options over the client's.
    virtual HttpOptions options(const HttpOptions& call) const = 0;
    /// The clock of the client's calls.
    virtual Clock& clock() const noexcept = 0;

    /// Makes a call whose response goes to a sink.
    void run(Call call, ResponseSink& sink) { run(*begin(std::move(call)), sink); }
    /// Makes a call whose response is an `R`; some that only confirm may be empty.
    template <class R>
    R call(Call call, bool may_be_empty = false) {
        ValueSink<R> sink(may_be_empty);
        run(std::move(call), sink);
        return sink.take();
    }
    /// Makes a call whose response a function reads.
    template <class R>
    R call(Call call, ReadResponse<R> read) {
        ReadSink<R> sink(read);
        run(std::move(call), sink);
        return sink.take();
    }
    /// Makes a call whose response says nothing.
    void call_void(Call call) {
        TextSink sink;
        run(std::move(call), sink);
    }
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE std::shared_ptr<Caller> CallerRef::share() const { return caller_->shared_from_this(); }

}  // namespace genai::inline GENAI_ABI::detail

#endif

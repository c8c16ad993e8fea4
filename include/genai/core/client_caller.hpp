#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/backend.hpp>
#include <genai/core/caller.hpp>
#include <genai/http/transport.hpp>
#include <genai/options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The caller of a client: one backend, one transport.
class ClientCaller final : public Caller {
public:
    /// Fills in from the environment what the options leave open. Throws InvalidArgument.
    ClientCaller(ClientOptions options, std::shared_ptr<http::ErasedTransport> transport);

    GENAI_INLINE std::unique_ptr<Exchange> begin(Call call) override;
    GENAI_INLINE HttpOptions options(const HttpOptions& call) const override;
    Clock& clock() const noexcept override { return *options_.clock; }

private:
    ClientOptions options_;
    Backend backend_;
    std::shared_ptr<http::ErasedTransport> transport_;
    std::atomic<std::uint64_t> calls_{0};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <genai/core/attempts.hpp>
#include <genai/core/merge_options.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE ClientCaller::ClientCaller(ClientOptions options,
                                        std::shared_ptr<http::ErasedTransport> transport)
    : options_(std::move(options)), backend_(options_), transport_(std::move(transport)) {
    if (!options_.clock) options_.clock = std::make_shared<Clock>();
}

GENAI_INLINE std::unique_ptr<Exchange> ClientCaller::begin(Call call) {
    call.options = options(call.options);
    const std::uint64_t id = calls_.fetch_add(1, std::memory_order_relaxed) + 1;
    return std::make_unique<Attempts>(std::move(call), id, Attempts::Target{options_, backend_, *transport_});
}

GENAI_INLINE HttpOptions ClientCaller::options(const HttpOptions& call) const {
    return merge(options_.http_options, call);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif

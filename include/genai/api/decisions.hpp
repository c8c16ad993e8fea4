#pragma once

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>

namespace genai::inline GENAI_ABI {

/// Questions about an input whose answers are a choice, a grade or a degree of truth, each with its
/// confidence. Experimental in the service.
class Decisions {
public:
    explicit Decisions(detail::Caller& caller) : caller_(caller) {}
    Decisions(const Decisions&) = default;

    /// Answers all questions of a request. Throws InvalidArgument before anything is sent; ApiError,
    /// TransportError, DecodeError, Cancelled.
    GENAI_LAZY decisions::Decision create(const decisions::CreateDecisionRequest& request,
                                          const CallConfig& config = {}) const;

private:
    friend class SubApis;
    Decisions& operator=(const Decisions&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <genai/core/collection.hpp>
#include <genai/error.hpp>
#include <genai/types/decisions.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE decisions::Decision Decisions::create(
    const decisions::CreateDecisionRequest& request, const CallConfig& config) const {
    if (request.input.empty()) throw InvalidArgument("input", "is empty");
    if (request.questions.empty()) throw InvalidArgument("questions", "are empty");
    decisions::CreateDecisionRequest sent = request;
    sent.model = detail::ResourceName::model(request.model, "model").full();
    return detail::Collection(caller_, "decisions")
        .create<decisions::Decision>("decisions.create", sent, config.http_options);
}

}  // namespace genai::inline GENAI_ABI

#endif

#pragma once

/// Any number of requests as one: few are called directly, many become batch jobs.

#include <concepts>
#include <iterator>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/bulk/bulk_options.hpp>
#include <genai/client.hpp>
#include <genai/config.hpp>
#include <genai/router.hpp>
#include <genai/types/batch.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

void run_bulk(const BulkClients& clients, const NextRequest& next, const BulkOptions& options,
              const OnBulkResult& on_result);

/// What an element of a range stands for.
template <class T>
concept BulkRequest = std::convertible_to<T, InlinedRequest> || std::convertible_to<T, Contents>;

template <class T>
InlinedRequest bulk_request(T&& one) {
    if constexpr (std::convertible_to<T, InlinedRequest>) return std::forward<T>(one);
    else return InlinedRequest{.contents = Contents(std::forward<T>(one))};
}

/// `on_result` may return a bool or nothing.
template <class R, class OnResult>
void bulk_over(const BulkClients& clients, R& requests, const BulkOptions& options, OnResult& on_result) {
    auto at = std::ranges::begin(requests);
    const auto end = std::ranges::end(requests);
    run_bulk(
        clients,
        [&]() -> std::optional<InlinedRequest> {
            if (at == end) return std::nullopt;
            auto made = bulk_request(*at);
            ++at;
            return made;
        },
        options,
        [&on_result](BulkResult&& result) {
            if constexpr (std::convertible_to<std::invoke_result_t<OnResult&, BulkResult&&>, bool>)
                return static_cast<bool>(on_result(std::move(result)));
            else return on_result(std::move(result)), true;
        });
}

}  // namespace detail

/// Generates answers to a range of requests of any length: InlinedRequests, or what a call takes as contents.
/// Few are called directly, `concurrency` at once; many become as many batch jobs as it takes, at half the
/// price, inline or as files by their size, and are waited for. `on_result(BulkResult&&)` gets all results in
/// the order of the requests, in this thread; where it returns a bool, false ends the run. A request that
/// failed, a job that failed or a line that is missing is a result with an error. The range is read once, a
/// job's requests are in memory at a time. Throws what creating a job and looking at it throw, Cancelled, and
/// InvalidArgument for options that contradict and a state file of other requests.
/// https://ai.google.dev/gemini-api/docs/batch-api
template <std::ranges::input_range R, class OnResult>
requires detail::BulkRequest<std::ranges::range_reference_t<R>> && std::invocable<OnResult&, BulkResult&&>
void bulk_generate(const Client<>& client, R&& requests, const BulkOptions& options, OnResult&& on_result) {
    const auto jobs = [&client](const std::string& model) { return detail::BulkTarget{client, model}; };
    detail::bulk_over({client, jobs}, requests, options, on_result);
}

/// The same over a router: direct calls go through it, jobs to the first deployment of the group.
template <std::ranges::input_range R, class OnResult>
requires detail::BulkRequest<std::ranges::range_reference_t<R>> && std::invocable<OnResult&, BulkResult&&>
void bulk_generate(const Router& router, R&& requests, const BulkOptions& options, OnResult&& on_result) {
    const auto jobs = [&router](const std::string& group) {
        const Deployment one = router.deployment(group);
        return detail::BulkTarget{*one.client, one.model};
    };
    detail::bulk_over({router, jobs}, requests, options, on_result);
}

/// The same, and gives all results.
template <class ClientType, std::ranges::input_range R>
requires detail::BulkRequest<std::ranges::range_reference_t<R>> && std::derived_from<ClientType, Client<>>
    std::vector<BulkResult> bulk_generate(const ClientType& client, R&& requests,
                                          const BulkOptions& options) {
    std::vector<BulkResult> results;
    bulk_generate(client, std::forward<R>(requests), options,
                  [&results](BulkResult&& result) { results.push_back(std::move(result)); });
    return results;
}

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <genai/bulk/bulk_run.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE void run_bulk(const BulkClients& clients, const NextRequest& next, const BulkOptions& options,
                           const OnBulkResult& on_result) {
    BulkRun(clients, next, options, on_result).run();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif

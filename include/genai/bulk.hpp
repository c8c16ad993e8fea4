#pragma once

/// Any number of requests as one: few are called directly, many become batch jobs.

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/client.hpp>
#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/router.hpp>
#include <genai/stop_token.hpp>
#include <genai/types/batch.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// The answer to one request of many, or why there is none.
struct BulkResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::size_t index{};                               ///< of the request, counted from 0
    Box<GenerateContentResponse> response{};           ///< the answer
    Box<JobError> error{};                             ///< why there is none; `code` is a google.rpc.Code
    Dict<std::string> metadata{};                      ///< that of the request
};

/// How far a run has come.
struct BulkProgress {
    std::size_t requests{};   ///< taken from the range
    std::size_t jobs{};       ///< batch jobs created
    std::size_t jobs_done{};  ///< of these, those that are over
    std::size_t results{};    ///< delivered
};

/// How a run is made.
struct BulkOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string model{};                               ///< of requests that name none; of a router, a group
    std::size_t direct_below{
        50};  ///< fewer requests than this are called directly, at the usual price; 0 for never
    std::size_t concurrency{8};                   ///< calls at once, of those
    std::size_t max_requests_per_job{10'000};     ///< more become another job
    std::uint64_t max_bytes_per_job{64U << 20U};  ///< of a job's requests, which are in memory
    std::uint64_t max_inline_bytes{15U
                                   << 20U};  ///< larger jobs are uploaded as a file; the service takes 20 MB
    std::size_t max_jobs_at_once{20};        ///< the service takes 100
    std::string display_name{"bulk"};        ///< of the jobs, with a number behind
    /// Where progress is kept, so that a run with the same requests and the same file goes on where one ended
    /// that was cancelled, failed, or whose process died: no request is paid for twice. Not kept when empty.
    /// It holds names of jobs, and the answers to direct calls; delete it when the run is done.
    std::filesystem::path state_file{};
    std::chrono::milliseconds poll_interval{30'000};  ///< between looks at a job; grows up to 10 times
    HttpOptions http_options{};  ///< for all calls; `stop_token` ends the run with Cancelled,
                                 ///< jobs go on
    std::function<void(const BulkProgress&)> on_progress{};  ///< told of each step, in the calling thread
};

namespace detail {

/// The next request of a run; nothing at the end.
using NextRequest = std::function<std::optional<InlinedRequest>()>;
/// Takes a result; false ends the run.
using OnBulkResult = std::function<bool(BulkResult&&)>;
/// A client for direct calls, and one that jobs stay with, under the name that the model has there.
struct BulkClients {
    Client<> direct;
    Client<> jobs;
    std::string job_model{};
};

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

template <class R>
void bulk_over(const BulkClients& clients, R& requests, const BulkOptions& options,
               const OnBulkResult& on_result) {
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
        options, on_result);
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
    detail::bulk_over({client, client, options.model}, requests, options, [&on_result](BulkResult&& result) {
        if constexpr (std::convertible_to<std::invoke_result_t<OnResult&, BulkResult&&>, bool>)
            return static_cast<bool>(on_result(std::move(result)));
        else return on_result(std::move(result)), true;
    });
}

/// The same over a router: direct calls go through it, jobs to the first deployment of the group.
template <std::ranges::input_range R, class OnResult>
requires detail::BulkRequest<std::ranges::range_reference_t<R>> && std::invocable<OnResult&, BulkResult&&>
void bulk_generate(const Router& router, R&& requests, const BulkOptions& options, OnResult&& on_result) {
    const Deployment& one = router.deployment(options.model);
    detail::bulk_over({router, one.client, one.model}, requests, options, [&on_result](BulkResult&& result) {
        if constexpr (std::convertible_to<std::invoke_result_t<OnResult&, BulkResult&&>, bool>)
            return static_cast<bool>(on_result(std::move(result)));
        else return on_result(std::move(result)), true;
    });
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

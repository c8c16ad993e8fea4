#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include <genai/client.hpp>
#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/batch.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
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
/// Where the jobs of a model go, and its name there.
struct BulkTarget {
    Client<> client;
    std::string model{};
};
/// A client for direct calls, and those that jobs stay with.
struct BulkClients {
    Client<> direct;
    std::function<BulkTarget(const std::string& model)> jobs{};
};

}  // namespace detail

}  // namespace genai::inline GENAI_ABI

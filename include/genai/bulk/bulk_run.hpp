#pragma once

#include <cstddef>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <genai/bulk/bulk_options.hpp>
#include <genai/bulk/bulk_state.hpp>
#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One run over many requests.
class BulkRun {
public:
    /// Throws InvalidArgument for options that contradict.
    BulkRun(const BulkClients& clients, const NextRequest& next, const BulkOptions& options,
            const OnBulkResult& on_result);

    /// To its end.
    void run();

private:
    /// Requests that go together.
    struct Chunk {
        std::size_t first{};
        std::string model{};
        std::vector<InlinedRequest> requests{};
        std::string lines{};                 // as a file has them
        std::optional<BulkTarget> target{};  // where it goes
    };
    struct Direct;
    /// A job whose results are waited for.
    struct Pending {
        BulkTarget target;
        BulkState::Job job{};
        std::vector<Dict<std::string>> metadata{};
    };

    std::optional<InlinedRequest> take();
    std::vector<InlinedRequest> take_few();
    Chunk take_chunk();
    void run_direct(const std::vector<InlinedRequest>& requests);
    void call_some(const std::vector<InlinedRequest>& requests, Direct& direct) const;
    void deliver_direct(std::size_t count, Direct& direct);
    void note_answers(const Direct& direct);
    void keep_answers(Direct& direct);
    void run_jobs();
    BulkState::Job begin_job(Chunk& chunk);
    BulkState::Job resumed(Chunk& chunk, std::size_t at);
    std::string create(Chunk& chunk, const BulkState::Job& job);
    std::string create_patiently(Chunk& chunk, const BulkState::Job& job);
    std::string find_job(const Client<>& client, const std::string& display_name) const;
    void finish_oldest();
    void deliver_inlined(const Pending& pending, BatchJobDestination& dest, const std::string& missing);
    void deliver_file(const Pending& pending, const BatchJob& job);
    void deliver(BulkResult&& result);
    void tell() const;

    const BulkClients& clients_;
    const NextRequest& next_;
    const BulkOptions& options_;
    const OnBulkResult& on_result_;
    BulkState state_;
    std::deque<InlinedRequest> ahead_{};  // taken from the range, not yet part of a chunk
    std::deque<Pending> pending_{};
    BulkProgress progress_{};
    std::size_t first_{0};  // index of the next request
    bool stopped_{false};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include <genai/api_error.hpp>
#include <genai/core/call.hpp>
#include <genai/core/merge_options.hpp>
#include <genai/error.hpp>
#include <genai/mapping/generation_request.hpp>
#include <genai/net/digest.hpp>
#include <genai/os/random.hpp>
#include <genai/types/file.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// An error as batches have them: with a google.rpc.Code.
GENAI_INLINE JobError job_error(const Error& problem) {
    JobError made{.message = std::string(problem.what())};
    const auto* refused = as_api_error(problem);
    const int status = refused == nullptr ? 0 : refused->code();
    switch (status) {
        case 400: made.code = 3; break;
        case 401: made.code = 16; break;
        case 403: made.code = 7; break;
        case 404: made.code = 5; break;
        case 409: made.code = 10; break;
        case 429: made.code = 8; break;
        case 504: made.code = 4; break;
        default: made.code = status >= 500 ? status == 503 ? 14 : 13 : 2; break;
    }
    if (problem.kind() == ErrorKind::invalid_argument) made.code = 3;
    if (problem.kind() == ErrorKind::timeout) made.code = 4;
    if (problem.kind() == ErrorKind::transport) made.code = 14;
    return made;
}

/// A request as a line of a batch's file.
GENAI_INLINE std::string request_line(const InlinedRequest& request, std::size_t index) try {
    const auto line = json_object([&](wire::Writer& writer) {
        writer.member("\"key\":", std::to_string(index));
        writer.key("\"request\":");
        write_generation(writer, request.contents.contents(),
                         request.config ? *request.config : GenerateContentConfig{});
    });
    return line->whole() + '\n';
} catch (const InvalidArgument& problem) {
    throw InvalidArgument("requests/" + std::to_string(index) + '/' + problem.parameter(), problem.what());
}

GENAI_INLINE BulkRun::BulkRun(const BulkClients& clients, const NextRequest& next, const BulkOptions& options,
                              const OnBulkResult& on_result)
    : clients_(clients), next_(next), options_(options), on_result_(on_result), state_(options.state_file) {
    const auto positive = [](const char* name, std::uint64_t value) {
        if (value == 0) throw InvalidArgument(name, "must be positive");
    };
    positive("concurrency", options.concurrency);
    positive("max_requests_per_job", options.max_requests_per_job);
    positive("max_bytes_per_job", options.max_bytes_per_job);
    positive("max_jobs_at_once", options.max_jobs_at_once);
}

GENAI_INLINE void BulkRun::run() {
    std::vector<InlinedRequest> few = take_few();
    const bool all = few.size() < options_.direct_below;  // the range has ended
    if (all && state_.jobs.empty()) return run_direct(few);
    if (!state_.digest.empty())
        throw InvalidArgument("state_file", "is of a run over fewer requests, which were called directly");
    for (InlinedRequest& one : few) ahead_.push_back(std::move(one));
    run_jobs();
}

/// The next request, with its model.
GENAI_INLINE std::optional<InlinedRequest> BulkRun::take() {
    if (!ahead_.empty()) {
        auto one = std::make_optional(std::move(ahead_.front()));
        ahead_.pop_front();
        return one;
    }
    auto one = next_();
    if (!one) return one;
    ++progress_.requests;
    if (!one->model) one->model = options_.model;
    if (one->model->empty())
        throw InvalidArgument("model", "is named neither by the options nor by a request");
    return one;
}

/// As many as are called directly, and one more where there are.
GENAI_INLINE std::vector<InlinedRequest> BulkRun::take_few() {
    std::vector<InlinedRequest> few;
    while (few.size() < options_.direct_below) {
        auto one = take();
        if (!one) break;
        few.push_back(std::move(*one));
    }
    return few;
}

GENAI_INLINE BulkRun::Chunk BulkRun::take_chunk() {
    Chunk chunk{.first = first_};
    while (chunk.requests.size() < options_.max_requests_per_job) {
        auto one = take();
        if (!one) break;
        std::string line = request_line(*one, first_);
        const bool fits =
            chunk.requests.empty() ||
            (*one->model == chunk.model && chunk.lines.size() + line.size() <= options_.max_bytes_per_job);
        if (!fits) {
            ahead_.push_front(std::move(*one));
            break;
        }
        chunk.model = *one->model;
        chunk.lines += line;
        chunk.requests.push_back(std::move(*one));
        ++first_;
    }
    return chunk;
}

/// Direct calls under way: what came, and who still works.
struct BulkRun::Direct {
    std::mutex mutex{};
    std::condition_variable changed{};
    std::map<std::size_t, BulkResult> came{};
    std::size_t arrivals{0};
    std::size_t next{0};
    std::size_t working{0};
    stop_source stop{};
    std::vector<std::thread> threads{};

    Direct() = default;
    Direct(const Direct&) = delete;
    Direct& operator=(const Direct&) = delete;
    ~Direct() { finish(); }
    /// Cancels what is under way, and waits for it.
    void finish() {
        stop.request_stop();
        for (std::thread& thread : threads) thread.join();
        threads.clear();
    }
};

/// Calls some at once, and delivers in order.
GENAI_INLINE void BulkRun::run_direct(const std::vector<InlinedRequest>& requests) {
    std::string lines;
    for (std::size_t i = 0; i < requests.size(); ++i)
        lines += *requests[i].model + '\n' + request_line(requests[i], i);
    const std::string digest = net::sha256(lines);
    if (!state_.digest.empty() && state_.digest != digest)
        throw InvalidArgument("state_file", "is of a run over other requests");
    state_.digest = digest;
    Direct direct;
    const auto on_stop = [&direct] { direct.stop.request_stop(); };
    const stop_callback<decltype(on_stop)> chained(options_.http_options.stop_token, on_stop);
    for (const auto& [index, response] : state_.answers)
        if (index < requests.size())
            direct.came[index] = {.index = index,
                                  .response = decode<GenerateContentResponse>(response.dump()),
                                  .metadata = requests[index].metadata};
    direct.working = (std::min)(options_.concurrency, requests.size());
    for (std::size_t i = 0; i < direct.working; ++i)
        direct.threads.emplace_back([this, &requests, &direct] { call_some(requests, direct); });
    try {
        deliver_direct(requests.size(), direct);
    } catch (...) {  // what has come is kept, however the run ends
        keep_answers(direct);
        throw;
    }
    keep_answers(direct);
}

/// Notes the answers that have come. Under the lock.
GENAI_INLINE void BulkRun::note_answers(const Direct& direct) {
    for (const auto& [index, result] : direct.came)
        if (result.response && !state_.answers.contains(index))
            state_.answers[index] = decode<Json>(encode(*result.response));
}

/// Ends the calls, and writes down what has come of them.
GENAI_INLINE void BulkRun::keep_answers(Direct& direct) {
    direct.finish();
    note_answers(direct);
    state_.save();
}

/// Takes one request after the other that has no answer yet, in a thread of its own.
GENAI_INLINE void BulkRun::call_some(const std::vector<InlinedRequest>& requests, Direct& direct) const {
    std::unique_lock lock(direct.mutex);
    while (direct.next < requests.size() && !direct.stop.stop_requested()) {
        const std::size_t index = direct.next++;
        if (direct.came.contains(index) || state_.answers.contains(index)) continue;
        lock.unlock();
        const InlinedRequest& request = requests[index];
        BulkResult result{.index = index, .metadata = request.metadata};
        bool cancelled = false;
        try {
            GenerateContentConfig config = request.config ? *request.config : GenerateContentConfig{};
            config.http_options = merge(options_.http_options, config.http_options);
            config.http_options.stop_token = direct.stop.get_token();
            result.response =
                clients_.direct.models.generate_content(*request.model, request.contents, config);
        } catch (const Cancelled&) {
            cancelled = true;
        } catch (const Error& problem) {
            result.error = job_error(problem);
        } catch (const std::exception& problem) {
            result.error = JobError{.code = 2, .message = std::string(problem.what())};
        }
        lock.lock();
        if (!cancelled) {
            direct.came.emplace(index, std::move(result));
            ++direct.arrivals;
        }
        direct.changed.notify_all();
    }
    --direct.working;
    direct.changed.notify_all();
}

/// Keeps answers as they come, and delivers them in order.
GENAI_INLINE void BulkRun::deliver_direct(std::size_t count, Direct& direct) {
    std::size_t arrivals = 0;
    for (std::size_t next = 0; next < count && !stopped_;) {
        std::vector<BulkResult> ready;
        {
            std::unique_lock lock(direct.mutex);
            direct.changed.wait(lock, [&] {
                return direct.came.contains(next) || direct.working == 0 || direct.arrivals != arrivals;
            });
            arrivals = direct.arrivals;
            if (!direct.came.contains(next) && direct.working == 0) throw Cancelled();
            note_answers(direct);
            for (; direct.came.contains(next); ++next) ready.push_back(std::exchange(direct.came[next], {}));
        }
        state_.save();
        for (BulkResult& one : ready) deliver(std::move(one));
        tell();
    }
}

GENAI_INLINE void BulkRun::run_jobs() {
    std::size_t at = 0;
    for (;; ++at) {
        Chunk chunk = take_chunk();
        if (chunk.requests.empty()) break;
        chunk.target = clients_.jobs(chunk.model);
        Pending pending{.target = *chunk.target};
        for (const InlinedRequest& one : chunk.requests) pending.metadata.push_back(one.metadata);
        pending.job = at < state_.jobs.size() ? resumed(chunk, at) : begin_job(chunk);
        pending_.push_back(std::move(pending));
        ++progress_.jobs;
        tell();
        while (pending_.size() >= options_.max_jobs_at_once && !stopped_) finish_oldest();
        if (stopped_) return;
    }
    if (at < state_.jobs.size())
        throw InvalidArgument("state_file", "is of a run over more requests than there are now");
    while (!pending_.empty() && !stopped_) finish_oldest();
}

/// Notes what is about to be created, creates it, and notes its name: a process that dies in between finds it
/// by the name for people.
GENAI_INLINE BulkState::Job BulkRun::begin_job(Chunk& chunk) {
    BulkState::Job job{.first = chunk.first,
                       .count = chunk.requests.size(),
                       .digest = net::sha256(chunk.model + '\n' + chunk.lines),
                       .display_name = options_.display_name + '-' + std::to_string(random_number()),
                       .file = chunk.lines.size() > options_.max_inline_bytes};
    const std::size_t at = state_.jobs.size();
    state_.jobs.push_back(job);
    state_.save();
    state_.jobs[at].name = create_patiently(chunk, job);
    state_.save();
    return state_.jobs[at];
}

GENAI_INLINE BulkState::Job BulkRun::resumed(Chunk& chunk, std::size_t at) {
    BulkState::Job& job = state_.jobs[at];
    if (job.first != chunk.first || job.count != chunk.requests.size() ||
        job.digest != net::sha256(chunk.model + '\n' + chunk.lines))
        throw InvalidArgument("state_file", "is of a run over other requests, or with jobs of another size");
    if (!job.name.empty()) return job;
    job.name = find_job(chunk.target->client, job.display_name);
    if (job.name.empty()) job.name = create_patiently(chunk, job);
    state_.save();
    return job;
}

GENAI_INLINE std::string BulkRun::find_job(const Client<>& client, const std::string& display_name) const {
    for (const BatchJob& job : client.batches.list({.http_options = options_.http_options}))
        if (job.display_name == display_name) return job.name;
    return {};
}

/// Creates a job; where the project has as many as it may, when the oldest is done.
GENAI_INLINE std::string BulkRun::create_patiently(Chunk& chunk, const BulkState::Job& job) {
    for (;;) {
        try {
            return create(chunk, job);
        } catch (const RateLimitError&) {
            if (pending_.empty()) throw;
        }
        finish_oldest();
        if (stopped_) throw Cancelled();
    }
}

GENAI_INLINE std::string BulkRun::create(Chunk& chunk, const BulkState::Job& job) {
    const auto& [client, model] = *chunk.target;
    const CreateBatchJobConfig config{.http_options = options_.http_options,
                                      .display_name = job.display_name};
    if (!job.file) {
        for (InlinedRequest& one : chunk.requests) one.model.reset();
        return client.batches.create(model, BatchSource(chunk.requests), config).name;
    }
    const File file = client.files.upload(Bytes(chunk.lines), {.http_options = options_.http_options,
                                                               .mime_type = "application/jsonl",
                                                               .display_name = job.display_name});
    return client.batches.create(model, BatchSource(file), config).name;
}

/// Waits for the job that was begun first, and delivers what came of it.
GENAI_INLINE void BulkRun::finish_oldest() {
    const Pending pending = std::move(pending_.front());
    pending_.pop_front();
    BatchJob job = pending.target.client.batches.wait(
        pending.job.name,
        {.poll_interval = options_.poll_interval, .stop_token = options_.http_options.stop_token},
        {.http_options = options_.http_options});
    const bool done = job.state == JobState::succeeded || job.state == JobState::partially_succeeded;
    if (done && job.dest && job.dest->file_name) {
        deliver_file(pending, job);
    } else {
        BatchJobDestination none;
        std::string why = "the batch job " + pending.job.name + " ended as " + job.state.text();
        if (job.error && job.error->message) why += ": " + *job.error->message;
        deliver_inlined(pending, done && job.dest ? *job.dest : none,
                        done ? "the batch job " + pending.job.name + " has no answer to this request" : why);
    }
    ++progress_.jobs_done;
    tell();
}

GENAI_INLINE void BulkRun::deliver_inlined(const Pending& pending, BatchJobDestination& dest,
                                           const std::string& missing) {
    for (std::size_t i = 0; i < pending.job.count; ++i) {
        BulkResult result{.index = pending.job.first + i, .metadata = pending.metadata[i]};
        if (i < dest.inlined_responses.size()) {
            result.response = std::move(dest.inlined_responses[i].response);
            result.error = std::move(dest.inlined_responses[i].error);
        }
        if (!result.response && !result.error) result.error = JobError{.code = 2, .message = missing};
        deliver(std::move(result));
    }
}

/// Lines may come in any order: those that are early are kept.
GENAI_INLINE void BulkRun::deliver_file(const Pending& pending, const BatchJob& job) {
    const std::size_t end = pending.job.first + pending.job.count;
    std::size_t next = pending.job.first;
    std::map<std::size_t, BulkResult> early;
    const auto made = [&](std::size_t index) {
        return BulkResult{.index = index, .metadata = pending.metadata[index - pending.job.first]};
    };
    const auto deliver_ready = [&] {
        for (auto at = early.find(next); at != early.end(); at = early.find(next)) {
            deliver(std::move(at->second));
            early.erase(at);
            ++next;
        }
        return !stopped_;
    };
    pending.target.client.batches.read_results(
        job,
        [&](const genai::BatchResult& line) {
            const std::string key = line.key.value_or("");
            std::size_t index = end;
            std::from_chars(key.data(), key.data() + key.size(), index);
            if (index < next || index >= end) return true;  // of no request that is waited for
            BulkResult result = made(index);
            if (line.response) result.response = *line.response;
            if (line.error) result.error = JobError{.code = line.error->code, .message = line.error->message};
            if (result.response || result.error) early.insert_or_assign(index, std::move(result));
            return deliver_ready();
        },
        {.http_options = options_.http_options});
    for (; next < end && !stopped_; deliver_ready()) {
        if (early.contains(next)) continue;
        BulkResult result = made(next);
        result.error = JobError{
            .code = 2, .message = "the batch job " + pending.job.name + " has no answer to this request"};
        early.emplace(next, std::move(result));
    }
}

GENAI_INLINE void BulkRun::deliver(BulkResult&& result) {
    if (stopped_) return;
    ++progress_.results;
    stopped_ = !on_result_(std::move(result));
}

GENAI_INLINE void BulkRun::tell() const {
    if (options_.on_progress) options_.on_progress(progress_);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif

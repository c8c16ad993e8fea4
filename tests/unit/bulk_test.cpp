// Many requests as one run: directly, as batch jobs, and again after a process died.

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <random>
#include <ranges>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/bulk.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using namespace std::chrono_literals;
using testing::Emulator;
using testing::ScriptedTransport;

namespace {

/// A file of its own that is gone afterwards.
struct StateFile {
    StateFile()
        : path(std::filesystem::temp_directory_path() /
               ("genai-bulk-" + std::to_string(std::random_device()()))) {
        std::filesystem::remove(path);
    }
    StateFile(const StateFile&) = delete;
    StateFile& operator=(const StateFile&) = delete;
    ~StateFile() { std::filesystem::remove(path); }
    Json read() const {
        std::ifstream in(path);
        return Json::parse(std::string{std::istreambuf_iterator<char>(in), {}});
    }
    void write(const Json& value) const { std::ofstream(path) << value.dump(); }
    std::filesystem::path path;
};

std::vector<std::string> prompts(int count) {
    std::vector<std::string> made;
    for (int i = 0; i < count; ++i) made.push_back("question <" + std::to_string(i) + '>');
    return made;
}

struct Service {
    Service() = default;
    int created() const {
        int count = 0;
        for (const auto& request : emulator.requests())
            count += request.target.find(":batchGenerateContent") != std::string::npos ? 1 : 0;
        return count;
    }
    int called() const {
        int count = 0;
        for (const auto& request : emulator.requests())
            count += request.target.find(":generateContent") != std::string::npos ? 1 : 0;
        return count;
    }
    BulkOptions jobs_of(std::size_t size) const {
        return {.model = "gemini-2.5-flash",
                .direct_below = 3,
                .max_requests_per_job = size,
                .poll_interval = 1ms};
    }

    Emulator emulator{};
    Client<> client{{.api_key = "test-key", .http_options = {.base_url = emulator.url()}}};
};

/// Whether all results are there, in order, each the answer to its own request.
void check(const std::vector<BulkResult>& results, std::size_t count) {
    REQUIRE(results.size() == count);
    for (std::size_t i = 0; i < count; ++i) {
        CHECK(results[i].index == i);
        REQUIRE(results[i].response);
        CHECK(results[i].response->text().find('<' + std::to_string(i) + '>') != std::string::npos);
    }
}

}  // namespace

TEST_CASE("few requests are called directly, many become as many jobs as it takes") {
    const Service service;
    check(bulk_generate(service.client, prompts(10), {.model = "gemini-2.5-flash"}), 10);
    CHECK((service.created() == 0 && service.called() == 10));
    check(bulk_generate(service.client, prompts(10), service.jobs_of(4)), 10);
    CHECK((service.created() == 3 && service.called() == 10));
    auto files = service.jobs_of(6);
    files.max_inline_bytes = 10;
    check(bulk_generate(service.client, prompts(10), files), 10);
    CHECK(service.created() == 5);
    auto by_size = service.jobs_of(100);
    by_size.max_bytes_per_job = 200;  // two or three lines
    check(bulk_generate(service.client, prompts(10), by_size), 10);
    CHECK(service.created() >= 5 + 4);
    CHECK(bulk_generate(service.client, prompts(0), {.model = "gemini-2.5-flash"}).empty());
}

TEST_CASE("a range is read once and may be made as it is read; elements are contents or whole requests") {
    const Service service;
    int made = 0;
    auto lazy = std::views::iota(0, 5) | std::views::transform([&](int i) {
                    ++made;
                    return InlinedRequest{.contents = "question <" + std::to_string(i) + '>',
                                          .metadata = {{"key", std::to_string(i)}},
                                          .config = GenerateContentConfig{.temperature = 0.5}};
                });
    const auto results = bulk_generate(service.client, lazy, service.jobs_of(2));
    check(results, 5);
    CHECK(made == 5);
    for (const BulkResult& one : results) CHECK(one.metadata.at("key") == std::to_string(one.index));
    bool tempered = false;
    for (const auto& request : service.emulator.requests())
        tempered = tempered || request.body.find("\"temperature\":0.5") != std::string::npos;
    CHECK(tempered);
}

TEST_CASE("requests for several models become jobs of each") {
    const Service service;
    std::vector<InlinedRequest> requests;
    for (int i = 0; i < 6; ++i)
        requests.push_back({.model = i < 3 ? "gemini-2.5-flash" : "gemini-2.5-pro",
                            .contents = "question <" + std::to_string(i) + '>'});
    check(bulk_generate(service.client, requests, service.jobs_of(100)), 6);
    CHECK(service.created() == 2);
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(4), {.direct_below = 1}), InvalidArgument);
}

TEST_CASE("a run that ended goes on from its state file: no job is created twice") {
    const Service service;
    const StateFile state;
    auto options = service.jobs_of(2);
    options.state_file = state.path;
    options.on_progress = [](const BulkProgress& progress) {
        if (progress.jobs == 3) throw std::runtime_error("the process dies");
    };
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(10), options), std::runtime_error);
    CHECK(service.created() == 3);
    SECTION("all jobs are known") {}
    SECTION("the last one was created, but its name was not noted") {
        Json kept = state.read();
        kept["jobs"][2]["name"] = "";
        state.write(kept);
    }
    options.on_progress = {};
    check(bulk_generate(service.client, prompts(10), options), 10);
    CHECK(service.created() == 5);
    check(bulk_generate(service.client, prompts(10), options), 10);  // done already: the results once more
    CHECK(service.created() == 5);
    CHECK(state.read().dump().find("test-key") == std::string::npos);
}

TEST_CASE("a job that was noted but never created is created then") {
    const Service service;
    const StateFile state;
    auto options = service.jobs_of(2);
    options.state_file = state.path;
    check(bulk_generate(service.client, prompts(4), options), 4);
    Json kept = state.read();
    kept["jobs"][1]["name"] = "";
    kept["jobs"][1]["display_name"] = "never-made";
    state.write(kept);
    check(bulk_generate(service.client, prompts(4), options), 4);
    CHECK(service.created() == 3);
}

TEST_CASE("direct calls are not made twice either") {
    const Service service;
    const StateFile state;
    BulkOptions options{.model = "gemini-2.5-flash", .concurrency = 1, .state_file = state.path};
    int delivered = 0;
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(6), options,
                                  [&](BulkResult&&) {
                                      if (++delivered == 3) throw std::runtime_error("the process dies");
                                  }),
                    std::runtime_error);
    const int before = service.called();
    const auto kept = state.read()["answers"].size();
    CHECK(kept >= 3);
    check(bulk_generate(service.client, prompts(6), options), 6);
    CHECK(service.called() - before == static_cast<int>(6 - kept));
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(5), options), InvalidArgument);
}

TEST_CASE("a state file of other requests, of other jobs or of another kind is refused") {
    const Service service;
    const StateFile state;
    auto options = service.jobs_of(2);
    options.state_file = state.path;
    check(bulk_generate(service.client, prompts(6), options), 6);
    auto other = prompts(6);
    other[4] += '!';
    CHECK_THROWS_AS(bulk_generate(service.client, other, options), InvalidArgument);
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(4), options), InvalidArgument);
    options.max_requests_per_job = 3;
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(6), options), InvalidArgument);
    CHECK(service.created() == 3);
    for (const char* const text :
         {"", "{}", "[1]", R"({"genai_bulk":1,"jobs":7,"digest":"","answers":[]})"}) {
        std::ofstream(state.path) << text;
        CHECK_THROWS_AS(bulk_generate(service.client, prompts(6), options), InvalidArgument);
    }
}

namespace {

/// A project's batches in memory: how jobs end is said by their number.
struct FakeBatches {
    struct State {
        std::mutex mutex{};
        int created{0};
        int refusals{0};
        int under_way{0};
        int most{0};
        std::vector<std::string> results{};  ///< by job: what `batches.get` says, or the lines of its file
        bool files{false};
        int limit{1000};
    };
    std::shared_ptr<State> state{std::make_shared<State>()};

    void send(const http::Request& request, http::Sink& sink) const {
        const std::lock_guard lock(state->mutex);
        const auto answer = [&](const std::string& body, int status = 200) {
            http::deliver(sink, {.status = status, .headers = {{"Content-Type", "application/json"}}}, body);
        };
        if (request.url.find(":batchGenerateContent") != std::string::npos) {
            if (state->under_way >= state->limit) {
                ++state->refusals;
                return answer(R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"too many"}})",
                              429);
            }
            state->most = (std::max)(state->most, ++state->under_way);
            return answer(R"({"name":"batches/)" + std::to_string(state->created++) +
                          R"(","metadata":{"state":"BATCH_STATE_PENDING"}})");
        }
        const auto at = request.url.find("batches/");
        if (at != std::string::npos) {
            --state->under_way;
            return answer(state->results.at(static_cast<std::size_t>(std::stoi(request.url.substr(at + 8)))));
        }
        answer(state->results.back());  // a download
    }
};

std::string finished(const std::string& state, const std::string& more) {
    return R"({"name":"batches/x","done":true,"metadata":{"state":"BATCH_STATE_)" + state + R"("})" + more +
           "}";
}
std::string inlined(const std::string& answers) {
    return R"(,"response":{"inlinedResponses":{"inlinedResponses":[)" + answers + "]}}";
}
const std::string said = R"({"candidates":[{"content":{"parts":[{"text":"yes"}]},"finishReason":"STOP"}]})";

}  // namespace

TEST_CASE("what failed is a result with an error, in its place") {
    FakeBatches fake;
    fake.state->results = {finished("SUCCEEDED", inlined(R"({"response":)" + said +
                                                         R"(},{"error":{"code":3,"message":"bad"}})")),
                           finished("FAILED", R"(,"error":{"code":8,"message":"no quota"})"),
                           finished("SUCCEEDED", inlined(R"({"response":)" + said + "}")),  // one is missing
                           finished("EXPIRED", "")};
    const Client client({.api_key = "k"}, fake);
    const auto results =
        bulk_generate(client, prompts(7),
                      {.model = "m", .direct_below = 0, .max_requests_per_job = 2, .poll_interval = 1ms});
    REQUIRE(results.size() == 7);
    CHECK(results[0].response->text() == "yes");
    CHECK(results[1].error->message == "bad");
    CHECK(results[1].error->code == 3);
    for (const std::size_t i : {2U, 3U})
        CHECK(results[i].error->message->find("ended as JOB_STATE_FAILED: no quota") != std::string::npos);
    CHECK(results[4].response);
    CHECK(results[5].error->message->find("no answer") != std::string::npos);
    CHECK(results[6].error->message->find("JOB_STATE_EXPIRED") != std::string::npos);
}

TEST_CASE("lines of a result file are put in order, missing and foreign ones told apart") {
    FakeBatches fake;
    const auto line = [](int key) {
        return R"({"key":")" + std::to_string(key) + R"(","response":)" + said + "}\n";
    };
    fake.state->results = {finished("SUCCEEDED", R"(,"response":{"responsesFile":"files/r"})"),
                           line(3) + line(0) + "not json\n" +
                               R"({"key":"1","error":{"code":3,"message":"bad"}})"
                               "\n" +
                               line(99) + line(0)};
    const Client client({.api_key = "k"}, fake);
    const auto results =
        bulk_generate(client, prompts(4), {.model = "m", .direct_below = 0, .poll_interval = 1ms});
    REQUIRE(results.size() == 4);
    CHECK(results[0].response);
    CHECK(results[1].error->message == "bad");
    CHECK(results[2].error->message->find("no answer") != std::string::npos);
    CHECK(results[3].response);
}

TEST_CASE("no more jobs are under way than the options and the project allow") {
    FakeBatches fake;
    for (int i = 0; i < 10; ++i)
        fake.state->results.push_back(finished("SUCCEEDED", inlined(R"({"response":)" + said + "}")));
    const Client client({.api_key = "k", .http_options = {.retry = {.attempts = 1}}}, fake);
    BulkOptions options{.model = "m",
                        .direct_below = 0,
                        .max_requests_per_job = 1,
                        .max_jobs_at_once = 3,
                        .poll_interval = 1ms};
    CHECK(bulk_generate(client, prompts(10), options).size() == 10);
    CHECK(fake.state->most == 3);
    fake.state->created = 0;
    fake.state->limit = 2;
    CHECK(bulk_generate(client, prompts(10), options).size() == 10);
    CHECK(fake.state->refusals > 0);
}

TEST_CASE("direct calls go on when one fails, run at once up to the limit, and can be stopped") {
    struct Slow {
        void send(const http::Request& request, http::Sink& sink) const {
            const int here = ++*now;
            for (int seen = *most; here > seen && !most->compare_exchange_weak(seen, here);) {
            }
            std::this_thread::sleep_for(2ms);
            --*now;
            std::string body(static_cast<std::size_t>(*request.body.size()), '\0');
            request.body.read(0, body);
            if (body.find("<2>") != std::string::npos)
                return ScriptedTransport::error(400, "INVALID_ARGUMENT", "not this one")(request, sink);
            ScriptedTransport::text("yes")(request, sink);
        }
        std::shared_ptr<std::atomic<int>> now{std::make_shared<std::atomic<int>>(0)};
        std::shared_ptr<std::atomic<int>> most{std::make_shared<std::atomic<int>>(0)};
    };
    const Slow slow;
    const Client client({.api_key = "k"}, slow);
    const auto results = bulk_generate(client, prompts(20), {.model = "m", .concurrency = 4});
    REQUIRE(results.size() == 20);
    CHECK(results[2].error->code == 3);
    CHECK(results[2].error->message->find("not this one") != std::string::npos);
    CHECK(results[3].response);
    CHECK(*slow.most <= 4);
    int taken = 0;
    bulk_generate(client, prompts(20), {.model = "m"}, [&](const BulkResult&) { return ++taken < 5; });
    CHECK(taken == 5);
    stop_source stop;
    taken = 0;
    CHECK_THROWS_AS(
        bulk_generate(client, prompts(20),
                      {.model = "m", .concurrency = 1, .http_options = {.stop_token = stop.get_token()}},
                      [&](const BulkResult&) {
                          if (++taken == 3) stop.request_stop();
                      }),
        Cancelled);
    CHECK(taken < 20);
}

TEST_CASE("over a router, direct calls fail over and jobs stay with one deployment") {
    const Service service;
    const ScriptedTransport broken(
        std::vector<ScriptedTransport::Reply>(20, ScriptedTransport::error(503, "UNAVAILABLE")));
    const Client failing({.api_key = "k"}, broken);
    const Router router(
        {.deployments = {{.group = "g", .client = failing, .model = "gemini-2.5-flash"},
                         {.group = "g", .client = service.client, .model = "gemini-2.5-flash"},
                         {.group = "jobs", .client = service.client, .model = "gemini-2.5-flash"}},
         .strategy = RouterStrategy::in_order,
         .allowed_failures = 0});
    check(bulk_generate(router, prompts(5), {.model = "g"}), 5);
    auto options = service.jobs_of(2);
    options.model = "jobs";
    check(bulk_generate(router, prompts(5), options), 5);
    CHECK(service.created() == 3);
    options.model = "nothing";
    CHECK_THROWS_AS(bulk_generate(router, prompts(5), options), InvalidArgument);
}

TEST_CASE("what cannot be meant is refused") {
    const Client client({.api_key = "k"}, ScriptedTransport{});
    CHECK_THROWS_AS(bulk_generate(client, prompts(1), {.model = "m", .concurrency = 0}), InvalidArgument);
    CHECK_THROWS_AS(bulk_generate(client, prompts(1), {.model = "m", .max_requests_per_job = 0}),
                    InvalidArgument);
    CHECK_THROWS_AS(bulk_generate(client, prompts(1), {.model = "m", .max_jobs_at_once = 0}),
                    InvalidArgument);
    try {
        static_cast<void>(bulk_generate(client, std::vector<InlinedRequest>{{.contents = "x"}, {}},
                                        {.model = "m", .direct_below = 0}));
        FAIL();
    } catch (const InvalidArgument& problem) {
        CHECK(problem.parameter() == "requests/1/contents");
    }
}

TEST_CASE("a state file is of one model, and of one way of calling") {
    const Service service;
    const StateFile state;
    BulkOptions options{.model = "gemini-2.5-flash", .state_file = state.path};
    check(bulk_generate(service.client, prompts(4), options), 4);
    options.model = "gemini-2.5-pro";
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(4), options), InvalidArgument);
    options.model = "gemini-2.5-flash";
    options.direct_below = 2;
    CHECK_THROWS_AS(bulk_generate(service.client, prompts(4), options), InvalidArgument);
    CHECK((service.called() == 4 && service.created() == 0));
}

TEST_CASE("answers that had come when a run ended are kept") {
    const StateFile state;
    std::atomic<int> answered{0};
    struct Counting {
        void send(const http::Request& request, http::Sink& sink) const {
            ScriptedTransport::text("yes")(request, sink);
            ++*count;
        }
        std::atomic<int>* count;
    };
    const Client client({.api_key = "k"}, Counting{&answered});
    const BulkOptions options{.model = "m", .concurrency = 4, .state_file = state.path};
    int told = 0;
    auto watched = options;
    watched.on_progress = [&](const BulkProgress& progress) { told += progress.results > 0 ? 1 : 0; };
    bulk_generate(client, prompts(4), watched, [&](BulkResult&&) {
        while (answered < 4) std::this_thread::yield();
        return false;
    });
    std::this_thread::sleep_for(1ms);
    const auto kept = state.read()["answers"].size();
    CHECK(kept >= 1);
    CHECK(bulk_generate(client, prompts(4), options).size() == 4);
    CHECK(answered == static_cast<int>(8 - kept));
    CHECK(told > 0);
}

TEST_CASE("over a router, the jobs of each group go to its own client") {
    const Service flash;
    const Service pro;
    const Router router(
        {.deployments = {{.group = "fast", .client = flash.client, .model = "gemini-2.5-flash"},
                         {.group = "best-*", .client = pro.client, .model = "gemini-*"}}});
    auto options = flash.jobs_of(10);
    options.model = "fast";
    options.direct_below = 0;
    std::vector<InlinedRequest> requests;
    for (int i = 0; i < 4; ++i)
        requests.push_back(
            {.model = i < 2 ? "fast" : "best-2.5-pro", .contents = "question <" + std::to_string(i) + '>'});
    check(bulk_generate(router, requests, options), 4);
    CHECK((flash.created() == 1 && pro.created() == 1));
    CHECK(pro.emulator.requests().front().target.find("/models/gemini-2.5-pro:") != std::string::npos);
}

// Ratios against the floor, as one JSON object: medians of interleaved rounds in one process tree.
//
// The floor is what a program does without the library: one kept-alive httplib client, nlohmann's parse, and
// members read by hand into the same structs. CPU is that of the calling thread unless something else is
// said.

#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <malloc.h>
#include <netinet/in.h>
#include <unistd.h>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/wire/json_text.hpp>
#include <genai/wire/writer.hpp>
#include <httplib.h>
#include <openssl/evp.h>

#include "chunk.hpp"

// ---- what is allocated

namespace {
std::atomic<std::size_t> allocations{0};
std::atomic<std::ptrdiff_t> in_use{0};
std::atomic<std::ptrdiff_t> most_in_use{0};

bool counting = false;  // only where it is asked for: it costs more than some of what is measured

void* counted(void* block) {
    if (!counting) return block;
    ++allocations;
    const auto now = in_use += static_cast<std::ptrdiff_t>(malloc_usable_size(block));
    if (now > most_in_use) most_in_use = now;
    return block;
}
}  // namespace

void* operator new(std::size_t size) {
    if (void* const block = std::malloc(size)) return counted(block);
    throw std::bad_alloc();
}
void operator delete(void* block) noexcept {
    if (counting) in_use -= static_cast<std::ptrdiff_t>(malloc_usable_size(block));
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

namespace {

using genai::Json;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;
using Report = nlohmann::ordered_json;

// ---- measuring

double seconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Pair {
    double floor{};
    double ours{};
    /// How much of the floor ours takes.
    Report ratio(double per = 1) const {
        return {{"floor_us", floor * 1e6 / per}, {"ours_us", ours * 1e6 / per}, {"ratio", ours / floor}};
    }
    /// How many times as fast as the floor ours is.
    Report speed(double per = 1) const {
        return {
            {"floor_us", floor * 1e6 / per}, {"ours_us", ours * 1e6 / per}, {"times_as_fast", floor / ours}};
    }
};

/// Medians of seconds an operation, the two taken in turns.
Pair measure(int rounds, int operations, const std::function<void()>& floor,
             const std::function<void()>& ours, clockid_t clock = CLOCK_THREAD_CPUTIME_ID) {
    std::vector<double> a;
    std::vector<double> b;
    floor();
    ours();
    for (int round = 0; round < rounds; ++round) {
        for (const auto& [operation, times] : {std::pair(&floor, &a), std::pair(&ours, &b)}) {
            const double start = seconds(clock);
            for (int i = 0; i < operations; ++i) (*operation)();
            times->push_back((seconds(clock) - start) / operations);
        }
    }
    return {median(a), median(b)};
}

/// The most that was allocated during an operation, beyond what was before.
double peak(const std::function<void()>& operation) {
    const auto before = in_use.load();
    most_in_use = before;
    counting = true;
    operation();
    counting = false;
    return static_cast<double>(most_in_use - before);
}

/// What a child process reports: its memory, its peak and its allocator's habits are its own.
Report in_child(const std::function<Report()>& part) {
    int ends[2];
    if (::pipe(ends) != 0) return nullptr;
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string text = part().dump();
        _exit(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string text;
    char buffer[4096];
    for (ssize_t count = 0; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(count));
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return Report::parse(text);
}

/// The most memory an operation takes, beyond what was there before.
double resident_peak(const std::function<void()>& operation) {
    ::malloc_trim(0);  // what is free and still there would hide what is taken
    return in_child([&operation] {
               rusage before{};
               rusage after{};
               ::getrusage(RUSAGE_SELF, &before);
               operation();
               ::getrusage(RUSAGE_SELF, &after);
               return Report(static_cast<double>(after.ru_maxrss - before.ru_maxrss) * 1024);
           })
        .get<double>();
}

/// Keeps all threads on one processor: what waking another one costs would be most of a small call, and come
/// and go.
void stay_on_one_processor() {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(::sched_getcpu(), &one);
    ::sched_setaffinity(0, sizeof one, &one);
}

volatile std::size_t kept = 0;  // what is computed must be used

// ---- what is sent and answered

const std::string last =
    R"({"candidates": [{"content": {"parts": [{"text": "."}],"role": "model"},"finishReason": "STOP","index": 0}]})";

std::string paragraph(std::size_t number) {
    return "A paragraph of some two hundred characters, with a \"quotation\" and a\nline break, so that "
           "there is something to unescape; " +
           std::to_string(number) + ": lorem ipsum dolor sit amet, consectetur adipiscing elit. ";
}

std::string prose(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) text += paragraph(i);
    text.resize(size);
    return text;
}

std::string answer_of(std::size_t size) {
    auto response = genai::decode<genai::GenerateContentResponse>(chunk);
    response.candidates[0].content->parts[0].text = prose(size);
    for (const auto category : {genai::HarmCategory::harassment, genai::HarmCategory::hate_speech,
                                genai::HarmCategory::dangerous_content})
        response.candidates[0].safety_ratings.push_back(
            {.category = category, .probability = genai::HarmProbability::negligible});
    return Json::parse(genai::encode(response)).dump(2);
}

std::string image(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 1;
    for (char& c : bytes) {
        state = state * 1664525U + 1013904223U;
        c = static_cast<char>(state >> 24U);
    }
    return bytes;
}

std::string event_of(std::size_t size) {
    return genai::encode(genai::GenerateContentResponse{
        .candidates = {
            {.content = genai::Content{.parts = {genai::Part::from_text(prose(size))}, .role = "model"},
             .finish_reason = genai::FinishReason::stop}}});
}

// ---- by hand: nlohmann's tree, and its members into the structs

std::string base64_decode(const std::string& text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                    reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    for (std::size_t i = text.size(); i > 0 && text[i - 1] == '='; --i) bytes.pop_back();
    return bytes;
}

std::string base64_encode(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                         reinterpret_cast<const unsigned char*>(bytes.data()),
                                                         static_cast<int>(bytes.size()))));
    return text;
}

template <class T>
void read(const Json& from, const char* name, T& into) {
    if (const auto at = from.find(name); at != from.end()) into = at->get<typename T::value_type>();
}
void read(const Json& from, const char* name, genai::Flag& into) {
    if (const auto at = from.find(name); at != from.end()) into = at->get<bool>();
}
template <std::derived_from<genai::OpenEnumBase> T>
void read(const Json& from, const char* name, T& into) {
    if (const auto at = from.find(name); at != from.end()) into = T(at->get_ref<const std::string&>());
}

genai::Content content_by_hand(const Json& tree) {
    genai::Content content;
    read(tree, "role", content.role);
    for (const auto& from : tree.at("parts")) {
        genai::Part part;
        read(from, "text", part.text);
        read(from, "thought", part.thought);
        if (const auto at = from.find("inlineData"); at != from.end()) {
            genai::Blob blob;
            blob.data = genai::Bytes(base64_decode(at->at("data").get_ref<const std::string&>()));
            read(*at, "mimeType", blob.mime_type);
            part.inline_data = std::move(blob);
        }
        content.parts.push_back(std::move(part));
    }
    return content;
}

genai::GenerateContentResponse response_by_hand(std::string_view text) {
    const auto tree = Json::parse(text);
    genai::GenerateContentResponse response;
    for (const auto& from : tree.at("candidates")) {
        genai::Candidate candidate;
        candidate.content = content_by_hand(from.at("content"));
        read(from, "index", candidate.index);
        if (const auto at = from.find("finishReason"); at != from.end())
            candidate.finish_reason = genai::FinishReason(at->get<std::string>());
        if (const auto ratings = from.find("safetyRatings"); ratings != from.end())
            for (const auto& rating : *ratings)
                candidate.safety_ratings.push_back(
                    {.category = genai::HarmCategory(rating.at("category").get<std::string>()),
                     .probability = genai::HarmProbability(rating.at("probability").get<std::string>())});
        response.candidates.push_back(std::move(candidate));
    }
    if (const auto usage = tree.find("usageMetadata"); usage != tree.end()) {
        auto& into = response.usage_metadata.emplace();
        read(*usage, "promptTokenCount", into.prompt_token_count);
        read(*usage, "candidatesTokenCount", into.candidates_token_count);
        read(*usage, "totalTokenCount", into.total_token_count);
        read(*usage, "thoughtsTokenCount", into.thoughts_token_count);
        if (const auto details = usage->find("promptTokensDetails"); details != usage->end())
            for (const auto& detail : *details)
                into.prompt_tokens_details.push_back(
                    {.modality = genai::MediaModality(detail.at("modality").get<std::string>()),
                     .token_count = detail.at("tokenCount").get<std::int32_t>()});
    }
    read(tree, "modelVersion", response.model_version);
    read(tree, "responseId", response.response_id);
    return response;
}

Json tree_by_hand(const std::vector<genai::Content>& turns) {
    Json list = Json::array();
    for (const auto& turn : turns) {
        Json parts = Json::array();
        for (const auto& part : turn.parts) {
            Json into;
            if (part.text) into["text"] = *part.text;
            if (part.inline_data)
                into["inlineData"] = {{"data", base64_encode(part.inline_data->data->view())},
                                      {"mimeType", *part.inline_data->mime_type}};
            parts.push_back(std::move(into));
        }
        list.push_back({{"parts", std::move(parts)}, {"role", *turn.role}});
    }
    return list;
}

/// A stream's events by hand: what came is gathered, cut at blank lines, and parsed.
class EventsByHand {
public:
    template <class OnEvent>
    void feed(const char* data, std::size_t size, OnEvent&& on_event) {
        gathered_.append(data, size);
        for (std::size_t end = 0; (end = gathered_.find("\r\n\r\n", looked_)) != std::string::npos;
             looked_ = 0) {
            on_event(response_by_hand(std::string_view(gathered_).substr(6, end - 6)));
            gathered_.erase(0, end + 4);
        }
        looked_ = gathered_.size() < 3 ? 0 : gathered_.size() - 3;
    }

private:
    std::string gathered_{};
    std::size_t looked_{0};
};

// ---- the ratios

Report decoding() {
    Report report;
    const auto both = [&report](const char* name, int rounds, int operations, const std::string& text) {
        report[name] =
            measure(
                rounds, operations, [&] { kept = response_by_hand(text).candidates.size(); },
                [&] { kept = genai::decode<genai::GenerateContentResponse>(text).candidates.size(); })
                .speed();
        report[name]["bytes"] = text.size();
    };
    both("decode_chunk", 25, 10'000, chunk);
    allocations = 0;
    counting = true;
    kept = genai::decode<genai::GenerateContentResponse>(chunk).candidates.size();
    counting = false;
    report["decode_chunk"]["allocations"] = allocations.load();
    both("decode_20_kb", 25, 1000, answer_of(20'000));

    const std::string bytes = image(1'200'000);
    const std::string picture = genai::encode(genai::GenerateContentResponse{
        .candidates = {
            {.content = genai::Content{.parts = {genai::Part::from_bytes(genai::Bytes(bytes), "image/png")},
                                       .role = "model"}}}});
    both("decode_image", 15, 10, picture);
    report["decode_image"]["peak_over_result"] =
        peak([&] { kept = genai::decode<genai::GenerateContentResponse>(picture).candidates.size(); }) /
        static_cast<double>(bytes.size());

    Json vectors = Json::array();
    std::uint32_t state = 1;
    for (int i = 0; i < 100; ++i) {
        Json values = Json::array();
        for (int k = 0; k < 3072; ++k) {
            state = state * 1664525U + 1013904223U;
            values.push_back(static_cast<double>(state % 200'000'000U) / 1e9 -
                             0.1);  // nine digits, as a float has them
        }
        vectors.push_back({{"values", std::move(values)}});
    }
    const std::string embeddings = Json{{"embeddings", std::move(vectors)}}.dump();
    report["decode_embeddings"] =
        measure(
            9, 1,
            [&] {
                genai::EmbedContentResponse response;
                for (const auto& one : Json::parse(embeddings).at("embeddings"))
                    response.embeddings.push_back(
                        {.values = one.at("values").get<decltype(genai::ContentEmbedding::values)>()});
                kept = response.embeddings.size();
            },
            [&] { kept = genai::decode<genai::EmbedContentResponse>(embeddings).embeddings.size(); })
            .speed();
    return report;
}

Report encoding() {
    ::mallopt(M_MMAP_THRESHOLD,
              32 << 20);  // as in a program that has sent such bodies before: the pages are there
    ::mallopt(M_TRIM_THRESHOLD, 256 << 20);
    Report report;
    const auto both = [&report](const char* name, int operations, const std::vector<genai::Content>& turns) {
        report[name] =
            measure(
                15, operations, [&] { kept = tree_by_hand(turns).dump().size(); },
                [&] {
                    genai::wire::JsonText body;  // as a request's is, and read as the transport does
                    genai::wire::Writer(body).value(turns);
                    static std::vector<char> window(std::size_t{1} << 18U);
                    std::uint64_t read = 0;
                    if (body.plain()) read = body.view().size();
                    else
                        while (read < body.size()) read += body.read(read, window);
                    kept = read;
                })
                .speed();
    };
    std::vector<genai::Content> history;
    for (std::size_t i = 0; i < 50; ++i)
        history.push_back(
            {.parts = {genai::Part::from_text(prose(400))}, .role = i % 2 == 0 ? "user" : "model"});
    both("encode_50_turns", 500, history);
    for (int i = 0; i < 2; ++i)
        history.push_back({.parts = {genai::Part::from_bytes(genai::Bytes(image(5'000'000)), "image/png")},
                           .role = "user"});
    both("encode_50_turns_2_images", 1, history);
    both("encode_4_mb_text", 3, {{.parts = {genai::Part::from_text(prose(4'000'000))}, .role = "user"}});
    return report;
}

Report calls() {
    stay_on_one_processor();
    LoopbackServer server([](const ReceivedRequest&) {
        return RawReply{.headers = {{"Content-Type", "application/json; charset=UTF-8"}}, .pieces = {chunk}};
    });
    LoopbackServer ours_alone([](const ReceivedRequest&) {
        return RawReply{.headers = {{"Content-Type", "application/json; charset=UTF-8"}}, .pieces = {chunk}};
    });
    httplib::Client plain("127.0.0.1", server.port());
    plain.set_keep_alive(true);
    plain.set_tcp_nodelay(true);
    const httplib::Headers headers{{"x-goog-api-key", "k"}};
    const genai::Client client({.api_key = "k", .http_options = {.base_url = ours_alone.url()}, .proxy = ""});
    const auto by_hand = [&] {
        const Json body{{"contents", {{{"parts", {{{"text", "hello"}}}}, {"role", "user"}}}},
                        {"generationConfig", {{"temperature", 0.5}}}};
        kept = response_by_hand(
                   plain.Post("/v1beta/models/m:generateContent", headers, body.dump(), "application/json")
                       ->body)
                   .candidates.size();
    };
    const Pair pair = measure(21, 500, by_hand, [&] {
        kept = client.models.generate_content("m", "hello", {.temperature = 0.5}).candidates.size();
    });
    Report report{{"call_cpu", pair.ratio()}};
    report["call_cpu"]["connections_for_10000_calls"] = ours_alone.connections();
    return report;
}

RawReply stream_of(const std::string& event, std::uint64_t count) {
    RawReply reply{.headers = {{"Content-Type", "text/event-stream"}}, .chunked = true};
    for (std::uint64_t i = 0; i + 1 < count; ++i) reply.pieces.push_back("data: " + event + "\r\n\r\n");
    reply.pieces.push_back("data: " + last + "\r\n\r\n");
    return reply;
}

/// Serves a stream from memory, as fast as it is taken.
class MemoryTransport {
public:
    explicit MemoryTransport(int count) : count_(count) {}
    void send(const genai::http::Request&, genai::http::Sink& sink) const {
        const std::string event = "data: " + chunk + "\r\n\r\n";
        if (sink.head({.status = 200}) == genai::http::Flow::stop) return;
        for (int i = 0; i < count_; ++i)
            if (sink.data(event) == genai::http::Flow::stop) return;
        sink.data("data: " + last + "\r\n\r\n");
    }

private:
    int count_;
};

Report streams() {
    constexpr int count = 2000;
    LoopbackServer server([](const ReceivedRequest&) { return stream_of(chunk, count); });
    const genai::Client client({.api_key = "k", .http_options = {.base_url = server.url()}, .proxy = ""});
    httplib::Client plain("127.0.0.1", server.port());
    plain.set_keep_alive(true);
    const auto by_hand = [&] {
        EventsByHand events;
        plain.Post("/v1beta/models/m:streamGenerateContent?alt=sse", httplib::Headers{}, "{}",
                   "application/json", [&](const char* data, std::size_t size) {
                       events.feed(data, size, [](const genai::GenerateContentResponse& response) {
                           kept = response.candidates.size();
                       });
                       return true;
                   });
    };
    const auto pushed = [&] {
        client.models.generate_content_stream(
            "m", "x", {},
            [](const genai::GenerateContentResponse& response) { kept = response.candidates.size(); });
    };
    Report report{{"stream_chunk_cpu", measure(11, 1, by_hand, pushed).ratio(count)}};

    constexpr int many = 50'000;
    const genai::Client<MemoryTransport> memory({.api_key = "k"}, MemoryTransport(many));
    const Pair range = measure(
        9, 1,
        [&] {
            memory.models.generate_content_stream(
                "m", "x", {},
                [](const genai::GenerateContentResponse& response) { kept = response.candidates.size(); });
        },
        [&] {
            for (const auto& response : memory.models.generate_content_stream("m", "x"))
                kept = response.candidates.size();
        },
        CLOCK_PROCESS_CPUTIME_ID);
    report["range_over_callback"] = {{"callback_us", range.floor * 1e6 / many},
                                     {"range_us", range.ours * 1e6 / many},
                                     {"extra_us", (range.ours - range.floor) * 1e6 / many}};
    return report;
}

Report one_event() {
    ::mallopt(M_MMAP_THRESHOLD,
              128 << 10);  // or glibc would reuse the pages of the smaller event and not of the larger
    Report report;
    std::vector<double> times;
    for (const std::size_t size : {10'000'000U, 20'000'000U}) {
        const std::string body = "data: " + event_of(size) + "\r\n\r\n";
        const auto pieces = [&body](const auto& take) {
            for (std::size_t at = 0; at < body.size(); at += 16'384)
                take(body.data() + at, (std::min<std::size_t>)(16'384, body.size() - at));
        };
        struct Pieces {
            std::function<void(const std::function<bool(std::string_view)>&)> give{};
            void send(const genai::http::Request&, genai::http::Sink& sink) const {
                if (sink.head({.status = 200}) == genai::http::Flow::more)
                    give([&sink](std::string_view piece) {
                        return sink.data(piece) == genai::http::Flow::more;
                    });
            }
        };
        const genai::Client<Pieces> client(
            {.api_key = "k"}, Pieces{[&](const auto& take) {
                pieces([&](const char* data, std::size_t length) { take({data, length}); });
            }});
        const auto ours = [&] {
            client.models.generate_content_stream(
                "m", "x", {},
                [](const genai::GenerateContentResponse& response) { kept = response.candidates.size(); });
        };
        const auto by_hand = [&] {
            EventsByHand events;
            pieces([&](const char* data, std::size_t length) {
                events.feed(data, length, [](const genai::GenerateContentResponse& response) {
                    kept = response.candidates.size();
                });
            });
        };
        const Pair pair = measure(7, 1, by_hand, ours);
        times.push_back(pair.ours);
        report["event_20_mb"] = pair.ratio();
        report["event_20_mb"]["resident_over_size"] = resident_peak(ours) / static_cast<double>(body.size());
    }
    report["event_20_mb"]["time_over_that_of_10_mb"] = times[1] / times[0];
    return report;
}

/// Reads an answer from a bare socket to its end.
std::size_t raw_request(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    std::size_t bytes = 0;
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        const std::string_view request =
            "POST /v1beta/models/m:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: h\r\nConnection: "
            "close\r\nContent-Length: 2\r\n\r\n{}";
        ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
        char buffer[16384];
        for (ssize_t count = 0; (count = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
            bytes += static_cast<std::size_t>(count);
    }
    ::close(socket);
    return bytes;
}

Report concurrency() {
    LoopbackServer server([](const ReceivedRequest&) {
        RawReply reply = stream_of(chunk, 40);
        reply.piece_delay = std::chrono::milliseconds(10);  // as a model speaks
        return reply;
    });
    const genai::Client client({.api_key = "k", .http_options = {.base_url = server.url()}, .proxy = ""});
    const auto all = [](const std::function<void()>& one) {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 64; ++i) threads.emplace_back(one);
    };
    return {{"streams_64_wall", measure(
                                    7, 1, [&] { all([&] { kept = raw_request(server.port()); }); },
                                    [&] {
                                        all([&] {
                                            for (const auto& response :
                                                 client.models.generate_content_stream("m", "x"))
                                                kept = response.candidates.size();
                                        });
                                    },
                                    CLOCK_MONOTONIC)
                                    .ratio()}};
}

Report transfers() {
    constexpr std::size_t size = std::size_t{1} << 30U;
    LoopbackServer server([](const ReceivedRequest& request) {
        if (request.method == "GET") {
            static const std::string piece(std::size_t{1} << 20U, 'x');
            return RawReply{
                .headers = {{"Content-Type", "application/octet-stream"}}, .pieces = {piece}, .repeat = 1024};
        }
        const auto command = request.headers.get("x-goog-upload-command");
        RawReply reply{.headers = {{"X-Goog-Upload-Status",
                                    command.find("finalize") == std::string_view::npos ? "active" : "final"}},
                       .pieces = {R"({"file":{"name":"files/f"}})"}};
        if (command == "start") reply.headers.add("X-Goog-Upload-URL", "http://127.0.0.1/upload");
        return reply;
    });
    const genai::Client client({.api_key = "k", .http_options = {.base_url = server.url()}, .proxy = ""});
    httplib::Client plain("127.0.0.1", server.port());
    plain.set_keep_alive(true);
    const std::string part(std::size_t{8} << 20U, 'x');
    const auto up_by_hand = [&] {
        for (std::size_t sent = 0; sent < size; sent += part.size())
            kept = static_cast<std::size_t>(
                plain
                    .Post(
                        "/upload", httplib::Headers{}, part.size(),
                        [&](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                            return sink.write(part.data() + offset,
                                              (std::min<std::size_t>)(length, 1U << 18U));
                        },
                        "application/octet-stream")
                    ->status);
    };
    const auto up = [&] {
        std::size_t left = size;
        client.files.upload(genai::UploadSource::from_reader(
                                [&](std::span<char> buffer) {
                                    const std::size_t count = (std::min)({buffer.size(), left, part.size()});
                                    std::copy_n(part.data(), count, buffer.data());
                                    left -= count;
                                    return count;
                                },
                                size),
                            {.mime_type = "application/octet-stream"});
    };
    const auto take = [](std::string_view piece) { kept = kept + piece.size(); };
    const auto down_by_hand = [&] {
        plain.Get("/v1beta/files/f:download?alt=media", [&](const char* data, std::size_t length) {
            take({data, length});
            return true;
        });
    };
    const Pair upload = measure(3, 1, up_by_hand, up, CLOCK_MONOTONIC);
    const Pair download = measure(
        3, 1, down_by_hand, [&] { client.files.download("files/f", take); }, CLOCK_MONOTONIC);
    return {{"upload_1_gib", upload.speed()}, {"download_1_gib", download.speed()}};
}

}  // namespace

int main() {
    Report report;
    for (const auto part : {one_event, decoding, encoding, calls, streams, concurrency, transfers})
        report.update(in_child(part));
    std::cout << report.dump(2) << '\n';
}

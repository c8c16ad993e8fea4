// Every kind of call against everything that goes wrong, over real sockets. What each comes to is held
// against the table of docs/faults.md; every time the client can be used again, nothing was lost, nothing
// leaks, and no error holds the key.
//
// To write the table anew: GENAI_WRITE_FAULTS=docs/faults.md fault_tests

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/router.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>

#include "joined_thread.hpp"
#include "raw_servers.hpp"
#include "tls_server.hpp"

using genai::Client;
using genai::ClientOptions;
using genai::HttpOptions;
using genai::testing::Fault;
using genai::testing::LoopbackServer;
using genai::testing::ManualClock;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;
using namespace std::chrono_literals;

namespace {

const std::string key = "AIza-a-key-that-nobody-may-see";

// ---- the server when all is well

const std::string chunk =
    R"({"candidates":[{"content":{"parts":[{"text":"one "}],"role":"model"}}],"modelVersion":"m"})";
const std::string last_chunk =
    R"({"candidates":[{"content":{"parts":[{"text":"two"}],"role":"model"},"finishReason":"STOP"}],"modelVersion":"m"})";

/// An answer in two parts, so that it can be broken between them.
struct Answer {
    genai::http::Headers headers{};
    std::string body{};
    bool events{false};

    /// The fields behind Content-Length.
    std::string head() const {
        std::string lines;
        for (const auto& [name, value] : headers) lines += name + ": " + value + "\r\n";
        return lines;
    }
    std::string text(std::optional<std::size_t> announced = std::nullopt) const {
        return text("HTTP/1.1 200 OK", announced);
    }
    std::string text(std::string_view status_line,
                     std::optional<std::size_t> announced = std::nullopt) const {
        return std::string(status_line) +
               "\r\nContent-Length: " + std::to_string(announced.value_or(body.size())) + "\r\n" + head() +
               "\r\n" + body;
    }
    std::size_t head_size() const { return text().size() - body.size(); }
};

Answer json(std::string body) { return {{{"Content-Type", "application/json"}}, std::move(body)}; }

Answer well(const ReceivedRequest& request) {
    const std::string command(request.headers.get("x-goog-upload-command"));
    if (command == "start")
        return {{{"X-Goog-Upload-Status", "active"},
                 {"X-Goog-Upload-URL", "http://127.0.0.1/upload?upload_id=1"}},
                ""};
    if (command == "query")
        return {{{"X-Goog-Upload-Status", "active"}, {"X-Goog-Upload-Size-Received", "0"}}, ""};
    if (!command.empty())
        return {{{"X-Goog-Upload-Status", "final"}}, R"({"file":{"name":"files/f","sizeBytes":"10"}})"};
    if (request.path.ends_with(":streamGenerateContent"))
        return {{{"Content-Type", "text/event-stream"}},
                "data: " + chunk + "\r\n\r\ndata: " + last_chunk + "\r\n\r\n",
                true};
    if (request.path.ends_with(":generateContent")) return json(last_chunk);
    if (request.path.ends_with(":download"))
        return {{{"Content-Type", "application/octet-stream"}}, "0123456789"};
    return json(R"({"files":[{"name":"files/f"}]})");
}

/// Whether a fault is for this request: of an upload, its parts.
bool meant(const ReceivedRequest& request) {
    const auto command = request.headers.get("x-goog-upload-command");
    return command.empty() || command.starts_with("upload");
}

// ---- the kinds of calls

enum Kind { unary, callback, range, chat, upload, download, pager };
const char* const kinds[] = {"unary",  "callback stream", "range stream", "chat",
                             "upload", "download",        "pager"};

/// A folder with a file that a download is to replace.
struct Folder {
    std::filesystem::path file = std::filesystem::temp_directory_path() /
                                 ("genai-faults-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    Folder() { std::ofstream(file) << "before"; }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    }
    std::string text() const {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
};

void call(Kind kind, const Client<>& client, const HttpOptions& options) {
    switch (kind) {
        case unary: client.models.generate_content("m", "x", {.http_options = options}); return;
        case callback:
            client.models.generate_content_stream("m", "x", {.http_options = options}, [](const auto&) {});
            return;
        case range:
            for (const auto& one : client.models.generate_content_stream("m", "x", {.http_options = options}))
                static_cast<void>(one);
            return;
        case chat: {
            auto talk = client.chats.create(
                "m", {.history = {{.parts = {genai::Part::from_text("hi")}, .role = "user"},
                                  {.parts = {genai::Part::from_text("hello")}, .role = "model"}}});
            const auto before = talk.history();
            try {
                for (const auto& one : talk.send_message_stream("x", {.http_options = options}))
                    static_cast<void>(one);
            } catch (...) {
                CHECK(talk.history() == before);
                throw;
            }
            CHECK(talk.history().size() == 4);
            return;
        }
        case upload:
            client.files.upload(genai::Bytes(std::string("0123456789")),
                                {.http_options = options, .mime_type = "text/plain"});
            return;
        case download: {
            const Folder folder;
            try {
                client.files.download("files/f", folder.file, {.http_options = options});
            } catch (...) {
                CHECK(folder.text() == "before");
                throw;
            }
            return;
        }
        case pager:
            for (const auto& one : client.files.list({.http_options = options})) static_cast<void>(one);
            return;
    }
}

/// What a call comes to, in a cell of the table.
std::string outcome(const std::function<void()>& act) {
    std::string said;
    std::string what;
    int attempts = 1;
    const auto failed = [&](const char* type, const genai::Error& problem, const std::string& how = "") {
        said = type + (how.empty() ? "" : ' ' + how);
        what = problem.what();
        attempts = problem.attempts();
    };
    try {
        act();
        said = "fine";
    } catch (const genai::ClientError& problem) {
        failed("ClientError", problem, std::to_string(problem.code()));
    } catch (const genai::ServerError& problem) {
        failed("ServerError", problem, std::to_string(problem.code()));
    } catch (const genai::ApiError& problem) {
        failed("ApiError", problem, std::to_string(problem.code()));
    } catch (const genai::TransportError& problem) {
        failed("TransportError", problem,
               std::string(to_string(problem.phase())) + '/' + std::string(to_string(problem.reason())));
    } catch (const genai::DecodeError& problem) {
        failed("DecodeError", problem);
    } catch (const genai::StreamInterrupted& problem) {
        failed("StreamInterrupted", problem);
    } catch (const genai::Cancelled& problem) {
        failed("Cancelled", problem);
    } catch (const genai::Error& problem) {
        failed("Error", problem);
    }
    CHECK(what.find(key) == std::string::npos);
    return attempts == 1 ? said : said + " (" + std::to_string(attempts) + " attempts)";
}

// ---- what goes wrong

/// A fault: how a good answer becomes a bad one, or a server that is no good at all.
struct Wrong {
    std::string name{};
    std::function<RawReply(const Answer&, int)> reply{};  ///< `int`: which of the requests it is, from 0
    std::function<void(ClientOptions&)> options{};        ///< for what lies outside the server
    std::chrono::milliseconds cancel_after{-1};
};

RawReply verbatim(std::string text, Fault fault = {}) {
    return {.fault = fault, .verbatim = std::move(text)};
}
RawReply broken(const Answer& answer, Fault::Kind kind, std::size_t at) {
    return verbatim(answer.text(), {kind, at});
}
RawReply with_body(Answer answer, const std::string& body) {
    answer.body = answer.events ? "data: " + body + "\r\n\r\n" : body;
    return verbatim(answer.text());
}
RawReply status(int code, const std::string& name, const std::string& details = "[]") {
    return verbatim(json(R"({"error":{"code":)" + std::to_string(code) + R"(,"message":"no","status":")" +
                         name + R"(","details":)" + details + "}}")
                        .text("HTTP/1.1 " + std::to_string(code) + " No"));
}
RawReply fine(const Answer& answer) { return {.headers = answer.headers, .pieces = {answer.body}}; }

struct Surroundings {
    support::FullServer full{};
    support::SilentServer silent{};
    LoopbackServer bad_proxy{[](const ReceivedRequest&) { return status(502, "BAD_GATEWAY"); }};
    LoopbackServer elsewhere{[this](const ReceivedRequest&) {
        ++strayed;
        return RawReply{};
    }};
    std::uint16_t nobody = [] {
        return support::Listener(1).port();
    }();  // closed again: connections are refused
    support::TlsServer unknown{"{}"};
    support::TlsServer misnamed{"{}", {.names = "DNS:elsewhere.example"}};
    support::TlsServer expired{"{}", {.days = -1}};
    std::atomic<int> strayed{0};
};

/// Where the client goes.
std::function<void(ClientOptions&)> at(std::string url) {
    return [url = std::move(url)](ClientOptions& options) { options.http_options.base_url = url; };
}

std::vector<Wrong> connection_faults(Surroundings& around) {
    const auto trusting = [](const support::TlsServer& server, std::string ca) {
        return [url = server.url(), ca = std::move(ca)](ClientOptions& options) {
            options.http_options.base_url = url;
            options.tls.ca_pem = ca;
        };
    };
    const auto proxy = [](std::string url) {
        return [url = std::move(url)](ClientOptions& options) { options.proxy = url; };
    };
    const std::string nobody = "http://127.0.0.1:" + std::to_string(around.nobody);
    return {
        {.name = "nothing", .reply = [](const Answer& answer, int) { return fine(answer); }},
        {.name = "connection refused", .options = at(nobody)},
        {.name = "name that nobody knows", .options = at("http://no-such-host.invalid")},
        {.name = "connect takes too long", .options = at(around.full.url())},
        {.name = "TLS: silence", .options = at(around.silent.url("https"))},
        {.name = "TLS: unknown authority", .options = at(around.unknown.url())},
        {.name = "TLS: another's name", .options = trusting(around.misnamed, around.misnamed.ca_pem())},
        {.name = "TLS: expired", .options = trusting(around.expired, around.expired.ca_pem())},
        {.name = "proxy refused", .options = proxy(nobody)},
        {.name = "proxy fails", .options = proxy(around.bad_proxy.url())},
    };
}

std::vector<Wrong> breaks() {
    std::vector<Wrong> all;
    for (const auto& [how, fault] :
         {std::pair("reset", Fault::Kind::reset), std::pair("closed", Fault::Kind::close)}) {
        const std::string verb = how;
        const auto kind = fault;
        all.push_back({.name = verb + " before the headers",
                       .reply = [kind](const Answer& answer, int) { return broken(answer, kind, 0); }});
        all.push_back({.name = verb + " in the headers",
                       .reply = [kind](const Answer& answer, int) { return broken(answer, kind, 25); }});
        all.push_back(
            {.name = verb + " at the body's first byte", .reply = [kind](const Answer& answer, int) {
                 return broken(answer, kind, answer.head_size() + 1);
             }});
        all.push_back({.name = verb + " in the body's middle", .reply = [kind](const Answer& answer, int) {
                           return broken(answer, kind, answer.head_size() + answer.body.size() / 3);
                       }});
        all.push_back({.name = verb + " at the body's last byte", .reply = [kind](const Answer& answer, int) {
                           return broken(answer, kind, answer.head_size() + answer.body.size() - 1);
                       }});
        all.push_back(
            {.name = verb + " once, before the headers", .reply = [kind](const Answer& answer, int turn) {
                 return turn == 0 ? broken(answer, kind, 0) : fine(answer);
             }});
    }
    return all;
}

std::vector<Wrong> framing_faults() {
    return {
        {.name = "body shorter than announced",
         .reply = [](const Answer& answer, int) { return verbatim(answer.text(answer.body.size() + 7)); }},
        {.name = "body longer than announced",
         .reply = [](const Answer& answer, int) { return verbatim(answer.text() + "and more"); }},
        {.name = "chunked framing broken",
         .reply =
             [](const Answer& answer, int) {
                 return verbatim("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + answer.head() +
                                 "\r\nzz\r\n" + answer.body);
             }},
        {.name = "chunked, its end missing",
         .reply =
             [](const Answer& answer, int) {
                 std::ostringstream size;
                 size << std::hex << answer.body.size();
                 return verbatim("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + answer.head() +
                                 "\r\n" + size.str() + "\r\n" + answer.body + "\r\n");
             }},
        {.name = "silence after connect",
         .reply = [](const Answer& answer, int) { return broken(answer, Fault::Kind::stall, 0); }},
        {.name = "silence after the headers",
         .reply = [](const Answer& answer,
                     int) { return broken(answer, Fault::Kind::stall, answer.head_size()); }},
        {.name = "silence in the body",
         .reply =
             [](const Answer& answer, int) {
                 return broken(answer, Fault::Kind::stall, answer.head_size() + answer.body.size() - 1);
             }},
    };
}

std::vector<Wrong> hostile_responses() {
    return {
        {.name = "a byte at a time, too slow in all",
         .reply =
             [](const Answer& answer, int) {
                 RawReply reply{.pieces = {}, .chunked = true, .piece_delay = 150ms};
                 for (const char c : answer.body) reply.pieces.emplace_back(1, c);
                 return reply;
             }},
        {.name = "100 MiB of headers",
         .reply =
             [](const Answer&, int) {
                 static const std::string line = "X-Padding: " + std::string(1000, 'x') + "\r\n";
                 static const std::string text = [] {
                     std::string head = "HTTP/1.1 200 OK\r\n";
                     while (head.size() < (std::size_t{100} << 20U)) head += line;
                     return head;
                 }();
                 return verbatim(text);
             }},
        {.name = "status line of garbage",
         .reply = [](const Answer& answer,
                     int) { return verbatim(answer.text("\x16\x03\x01 this is no HTTP")); }},
        {.name = "interim responses first",
         .reply =
             [](const Answer& answer, int) {
                 return verbatim(
                     "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" +
                     answer.text());
             }},
        {.name = "150 headers",
         .reply =
             [](Answer answer, int) {
                 for (int i = 0; i < 150; ++i)
                     answer.headers.add("X-" + std::to_string(i), std::string(200, 'v'));
                 return verbatim(answer.text());
             }},
        {.name = "lines that end with LF alone",
         .reply = [](const Answer&, int) { return verbatim("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}"); }},
        {.name = "gzip that was not asked for",
         .reply =
             [](Answer answer, int) {
                 answer.headers.add("Content-Encoding", "gzip");
                 return verbatim(answer.text());
             }},
    };
}

std::vector<Wrong> error_responses() {
    return {
        {.name = "503 without end", .reply = [](const Answer&, int) { return status(503, "UNAVAILABLE"); }},
        {.name = "503 three times",
         .reply = [](const Answer& answer,
                     int turn) { return turn < 3 ? status(503, "UNAVAILABLE") : fine(answer); }},
        {.name = "429 with a hint, once",
         .reply =
             [](const Answer& answer, int turn) {
                 return turn == 0
                            ? status(
                                  429, "RESOURCE_EXHAUSTED",
                                  R"([{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"0.005s"}])")
                            : fine(answer);
             }},
        {.name = "429 without end",
         .reply = [](const Answer&, int) { return status(429, "RESOURCE_EXHAUSTED"); }},
        {.name = "400", .reply = [](const Answer&, int) { return status(400, "INVALID_ARGUMENT"); }},
        {.name = "an error in a 200",
         .reply =
             [](const Answer& answer, int) {
                 return with_body(answer, R"({"error":{"code":503,"message":"no","status":"UNAVAILABLE"}})");
             }},
        {.name = "an error in a 200, behind a chunk",
         .reply =
             [](Answer answer, int) {
                 answer.body =
                     "data: " + chunk +
                     "\r\n\r\ndata: "
                     "{\"error\":{\"code\":503,\"message\":\"no\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n";
                 return verbatim(answer.text());
             }},
    };
}

std::vector<Wrong> wrong_bodies(Surroundings& around) {
    return {
        {.name = "no finish reason",
         .reply = [](const Answer& answer, int) { return with_body(answer, chunk); }},
        {.name = "an empty body",
         .reply =
             [](Answer answer, int) {
                 answer.body.clear();
                 return verbatim(answer.text());
             }},
        {.name = "JSON cut off",
         .reply = [](const Answer& answer, int) { return with_body(answer, last_chunk.substr(0, 30)); }},
        {.name = "JSON 100,000 deep",
         .reply =
             [](const Answer& answer, int) {
                 return with_body(answer,
                                  "{\"x\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}");
             }},
        {.name = "JSON with invalid UTF-8",
         .reply =
             [](const Answer& answer, int) {
                 return with_body(answer, "{\"modelVersion\":\"\xFF\",\"nextPageToken\":\"\xC0\xAF\"}");
             }},
        {.name = "JSON with 1e999",
         .reply = [](const Answer& answer, int) { return with_body(answer, R"({"x":1e999})"); }},
        {.name = "redirect to another host",
         .reply =
             [&around](const Answer& answer, int) {
                 return verbatim(
                     answer.text("HTTP/1.1 302 Found\r\nLocation: " + around.elsewhere.url() + "/x"));
             }},
    };
}

std::vector<Wrong> cancellations(Surroundings& around) {
    return {
        {.name = "cancelled before it began",
         .reply = [](const Answer& answer, int) { return fine(answer); },
         .cancel_after = 0ms},
        {.name = "cancelled in connect", .options = at(around.full.url()), .cancel_after = 40ms},
        {.name = "cancelled in TLS", .options = at(around.silent.url("https")), .cancel_after = 40ms},
        {.name = "cancelled while it waits",
         .reply = [](const Answer& answer, int) { return broken(answer, Fault::Kind::stall, 0); },
         .cancel_after = 40ms},
        {.name = "cancelled in the body",
         .reply = [](const Answer& answer,
                     int) { return broken(answer, Fault::Kind::stall, answer.head_size() + 1); },
         .cancel_after = 40ms},
    };
}

std::vector<Wrong> everything(Surroundings& around) {
    std::vector<Wrong> all;
    for (const auto& some : {connection_faults(around), breaks(), framing_faults(), hostile_responses(),
                             error_responses(), wrong_bodies(around), cancellations(around)})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

std::size_t entries(const char* folder) {
    std::size_t count = 0;
    std::error_code none;
    for (auto at = std::filesystem::directory_iterator(folder, none);
         !none && at != std::filesystem::directory_iterator(); at.increment(none))
        ++count;
    return count;
}

/// Threads and open files of this process, where it can tell.
std::pair<std::size_t, std::size_t> held() { return {entries("/proc/self/task"), entries("/proc/self/fd")}; }

/// The client that a call is made by.
using Over = std::function<Client<>(const Client<>& faulty, const std::string& healthy_url)>;
Client<> directly(const Client<>& faulty, const std::string&) { return faulty; }
/// A router that calls a healthy deployment where the faulty one fails.
Client<> over_router(const Client<>& faulty, const std::string& healthy_url) {
    const Client<> healthy(
        ClientOptions{.api_key = key, .http_options = {.base_url = healthy_url}, .proxy = ""});
    return genai::Router({.deployments = {{.group = "m", .client = faulty, .model = "m", .id = "faulty"},
                                          {.group = "m", .client = healthy, .model = "m", .order = 2}},
                          .http_options = {.retry = {.attempts = 1}}});
}

/// One row of the table.
std::string row(const Wrong& wrong, const Over& over = directly, Kind last = pager) {
    std::string text = "| " + wrong.name + " |";
    LoopbackServer healthy([](const ReceivedRequest& request) { return fine(well(request)); });
    for (int kind = unary; kind <= last; ++kind) {
        INFO(wrong.name << ", " << kinds[kind]);
        std::atomic<int> turn{0};
        LoopbackServer server([&](const ReceivedRequest& request) {
            return wrong.reply && meant(request) ? wrong.reply(well(request), turn++) : fine(well(request));
        });
        ClientOptions options{
            .api_key = key,
            .http_options = {.base_url = server.url(), .retry = {.initial_delay = 1ms, .jitter = 0}},
            .proxy = "",
            .on_attempt =
                [](const genai::AttemptEvent& event) {
                    CHECK((event.url + event.error).find(key) == std::string::npos);
                },
            .clock = std::make_shared<ManualClock>()};
        if (wrong.options) wrong.options(options);
        const Client client = over(Client(options), healthy.url());
        const bool cancels = wrong.cancel_after >= 0ms;
        genai::stop_source stop;
        const std::chrono::milliseconds limit = cancels ? 20s : 400ms;
        const HttpOptions limits{.timeout = cancels ? 30s : 1200ms,
                                 .limits = {.connect = limit, .first_byte = limit, .idle = limit},
                                 .stop_token = stop.get_token()};
        if (wrong.cancel_after == 0ms) stop.request_stop();
        support::JoinedThread canceller([&] {
            if (wrong.cancel_after <= 0ms) return;
            std::this_thread::sleep_for(wrong.cancel_after);
            stop.request_stop();
        });
        const auto begun = std::chrono::steady_clock::now();
        text += ' ' + outcome([&] { call(static_cast<Kind>(kind), client, limits); }) + " |";
        CHECK(std::chrono::steady_clock::now() - begun <
              15s);  // nothing hangs; the limits add up to 5 s at most
        canceller.join();
        if (options.proxy->empty() && last == pager)
            CHECK(outcome([&] { call(unary, client, {.base_url = healthy.url()}); }) ==
                  "fine");  // the client lives on
    }
    return text;
}

}  // namespace

namespace {

/// The table of all faults; its heading begins with `title`.
std::vector<std::string> table_of(const std::string& title, const Over& over, Kind last) {
    std::string heading = "| " + title + " |";
    std::string rule = "| --- |";
    for (int kind = unary; kind <= last; ++kind) {
        heading += ' ' + std::string(kinds[kind]) + " |";
        rule += " --- |";
    }
    std::vector<std::string> table{heading, rule};
    // what is made once is made
    static_cast<void>(row({.name = "warm", .reply = [](const Answer& answer, int) { return fine(answer); }}));
    Surroundings around;
    for (auto seen = std::pair(std::size_t{0}, std::size_t{0}); seen != held();
         std::this_thread::sleep_for(300ms))
        seen = held();  // servers start their threads bit by bit
    for (const Wrong& wrong : everything(around)) {
        const auto before = held();
        table.push_back(row(wrong, over, last));
        for (int look = 0; look < 500 && held() > before; ++look) std::this_thread::sleep_for(10ms);
        INFO(wrong.name);
        CHECK(held().first <= before.first);
        CHECK(held().second <= before.second);
    }
    CHECK(around.strayed == 0);  // a redirect is not followed, so the key stays
    CHECK(around.unknown.requests() + around.misnamed.requests() + around.expired.requests() == 0);
    return table;
}

/// Holds a table against the documented one, or writes it there.
void hold(const std::string& title, const std::vector<std::string>& table) {
    std::string text;
    for (const std::string& line : table) text += line + '\n';
    std::cout << text;
    if (const char* file = std::getenv("GENAI_WRITE_FAULTS")) {
        std::ifstream old(file);
        std::string page{std::istreambuf_iterator<char>(old), {}};
        const auto begin = page.find("| " + title + " |");
        const auto end = begin == std::string::npos ? begin : page.find("\n\n", begin);
        page = page.substr(0, begin) + text + (end == std::string::npos ? "" : page.substr(end + 1));
        std::ofstream(file) << page;
        return;
    }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which would make it miss the limits
    std::ifstream file(GENAI_FAULTS_TABLE);
    const std::string documented{std::istreambuf_iterator<char>(file), {}};
    for (const std::string& line : table) CHECK_THAT(documented, Catch::Matchers::ContainsSubstring(line));
#endif
}

}  // namespace

TEST_CASE("every kind of call ends as documented under every fault") {
    hold("what goes wrong", table_of("what goes wrong", directly, pager));
}

TEST_CASE("a router makes up for what another deployment can do better") {
    hold("what goes wrong at one deployment",
         table_of("what goes wrong at one deployment", over_router, range));
}

TEST_CASE("an error inside a stream is the same wherever the network cuts it") {
    const std::string body =
        "data: " + chunk +
        "\r\n\r\ndata: "
        "{\"error\":{\"code\":429,\"message\":\"no\",\"status\":\"RESOURCE_EXHAUSTED\"}}\r\n\r\n";
    for (std::size_t cut = 1; cut < body.size(); ++cut) {
        INFO(cut);
        LoopbackServer server([&](const ReceivedRequest&) {
            return RawReply{.headers = {{"Content-Type", "text/event-stream"}},
                            .pieces = {body.substr(0, cut), body.substr(cut)},
                            .chunked = true};
        });
        const Client client({.api_key = key, .http_options = {.base_url = server.url()}, .proxy = ""});
        int chunks = 0;
        try {
            client.models.generate_content_stream("m", "x", {}, [&chunks](const auto&) { ++chunks; });
            FAIL("nothing was thrown");
        } catch (const genai::ClientError& problem) {
            CHECK(problem.status() == "RESOURCE_EXHAUSTED");
            CHECK(problem.attempts() == 1);
        }
        CHECK(chunks == 1);
    }
}

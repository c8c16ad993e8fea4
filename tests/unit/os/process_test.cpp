// A program that is started, talked to, and ended.

#if !defined(_WIN32)

#include <chrono>
#include <string>

#include <poll.h>
#include <sys/socket.h>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/os/process.hpp>

using genai::detail::Process;

namespace {

/// What a program writes, until it ends or the time is up.
std::string output(const Process& process, std::size_t enough) {
    std::string text;
    char piece[256];
    pollfd ready{.fd = process.socket(), .events = POLLIN, .revents = 0};
    while (text.size() < enough && ::poll(&ready, 1, 5000) > 0) {
        const ssize_t count = ::recv(process.socket(), piece, sizeof piece, 0);
        if (count <= 0) break;
        text.append(piece, static_cast<std::size_t>(count));
    }
    return text;
}

}  // namespace

TEST_CASE("a program has the variables it is given and no others, and its input and output are one socket") {
    const Process env({"/usr/bin/env"}, {"ONE=1", "TWO=2"}, false);
    CHECK(output(env, 12) == "ONE=1\nTWO=2\n");
    const Process cat({"cat"}, {"PATH=/usr/bin:/bin"}, false);
    CHECK(::send(cat.socket(), "hello", 5, 0) == 5);
    CHECK(output(cat, 5) == "hello");
}

TEST_CASE("a program that does not end with its input is ended") {
    const auto begun = std::chrono::steady_clock::now();
    {
        const Process stubborn({"/bin/sh", "-c", "trap '' TERM; sleep 60 & wait"}, {"PATH=/usr/bin:/bin"},
                               false);
    }
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(30));
}

TEST_CASE("what cannot be started is refused") {
    CHECK_THROWS_AS(Process({}, {}, false), genai::InvalidArgument);
    CHECK_THROWS_AS(Process({"/no/such/program"}, {}, false), genai::InvalidArgument);
}

#endif

// Streams that are awaited, many at once on one client: how long they take, what CPU and memory. The server
// is another process: async_streams BASE_URL STREAMS prints one JSON object.
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <genai/async.hpp>
#include <genai/genai.hpp>

#include "cpu_time.hpp"

namespace {

double resident_bytes() {
    std::ifstream file("/proc/self/statm");
    long all = 0;
    long resident = 0;
    file >> all >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

struct Read {
    std::size_t chunks{0};
    bool whole{false};
};

genai::Task<Read> read(genai::Client<> client, std::string prompt) {
    auto stream = genai::async_stream(
        [&] { return client.models.generate_content_stream("gemini-2.5-flash", prompt); });
    Read result;
    std::string text;
    while (auto chunk = co_await stream.next()) {
        ++result.chunks;
        text += chunk->text();
    }
    result.whole = text.find("word end") != std::string::npos;
    co_return result;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::size_t count = std::stoul(argv[2]);
    const genai::Client client({.api_key = "test-key", .http_options = {.base_url = argv[1]}, .proxy = ""});
    std::string prompt;
    for (int i = 0; i < 380; ++i) prompt += "word ";  // four of them a chunk
    prompt += "end";

    const double memory = resident_bytes();
    const double cpu = cpu_seconds();
    const auto begin = std::chrono::steady_clock::now();
    std::vector<genai::Task<Read>> tasks;
    tasks.reserve(count);
    for (std::size_t i = 0; i < count; ++i) tasks.push_back(read(client, prompt));
    while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(1000)) ::usleep(10'000);
    const double held = resident_bytes() - memory;  // while all are open
    std::size_t chunks = 0;
    std::size_t whole = 0;
    for (auto& task : tasks) {
        const genai::Result<Read> result = task.result();
        if (!result) continue;
        chunks += result->chunks;
        whole += result->whole ? 1U : 0U;
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    std::cout << genai::Json{{"streams", count},
                             {"whole", whole},
                             {"chunks", chunks},
                             {"wall_s", wall.count()},
                             {"cpu_us_a_chunk", (cpu_seconds() - cpu) / static_cast<double>(chunks) * 1e6},
                             {"bytes_a_stream", held / static_cast<double>(count)}}
              << '\n';
}

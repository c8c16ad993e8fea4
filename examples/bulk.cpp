// Any number of requests as one run: few are called directly, many become batch jobs. Started again with the
// same state file, it goes on where it ended.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <ranges>
#include <string>

#include <genai/bulk.hpp>
#include <genai/genai.hpp>

#include "connect.hpp"

int main() {
    using namespace std::chrono_literals;
    const examples::Connection connection;
    const auto state = std::filesystem::temp_directory_path() / "genai-example.state";
    try {
        const genai::Client client(connection.options());
        const auto requests = std::views::iota(1, 8) | std::views::transform([](int i) {
                                  return "Name a number larger than " + std::to_string(i) + '.';
                              });
        genai::bulk_generate(
            client, requests,
            {.model = examples::model,
             .direct_below = 5,
             .max_requests_per_job = 3,
             .state_file = state,
             .poll_interval = 100ms,
             .on_progress =
                 [](const genai::BulkProgress& progress) {
                     std::cerr << progress.jobs_done << " of " << progress.jobs << " jobs are done\n";
                 }},
            [](const genai::BulkResult& one) {
                std::cout << one.index << ": "
                          << (one.response ? one.response->text() : one.error->message.value_or("no answer"))
                          << '\n';
            });
        std::filesystem::remove(state);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

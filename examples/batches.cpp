// Many requests at half the price, done some time: here in the call, there from a file.
#include <chrono>
#include <iostream>

#include "connect.hpp"

int main() {
    using namespace std::chrono_literals;
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        genai::BatchJob job = client.batches.create(
            examples::model,
            {{.contents = "Name a river.", .metadata = {{"key", "river"}}}, {.contents = "Name a lake."}},
            {.display_name = "Water"});
        job = client.batches.wait(job.name, {.timeout = 24h, .poll_interval = 100ms});
        std::cout << job.name << ' ' << job.state << '\n';
        for (const auto& answer : job.dest->inlined_responses)
            std::cout << (answer.response ? answer.response->text()
                                          : answer.error->message.value_or("no answer"))
                      << '\n';

        const genai::File requests = client.files.upload(
            genai::Bytes(
                std::string(R"({"key":"a","request":{"contents":[{"parts":[{"text":"Name a hill."}]}]}})")),
            {.mime_type = "application/jsonl"});
        job = client.batches.wait(client.batches.create(examples::model, requests).name,
                                  {.poll_interval = 100ms});
        client.batches.read_results(job, [](const genai::BatchResult& result) {  // a line in memory at a time
            std::cout << result.key.value_or("?") << ": "
                      << (result.response ? result.response->text() : "no answer") << '\n';
        });
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

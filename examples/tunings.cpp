// A model is tuned on examples, named, and deleted.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        genai::TuningJob job = client.tunings.tune(
            examples::model,
            {.examples = {{.output = "two", .text_input = "one"}, {.output = "three", .text_input = "two"}}},
            {.tuned_model_display_name = "Counter", .epoch_count = 5});
        for (int i = 0; i < 3; ++i) {  // for real: a look every few minutes
            job = client.tunings.get(job.name);
            std::cout << job.name << ' ' << job.state << '\n';
        }
        client.models.update(job.name, {.description = "Counts up"});
        client.models.delete_(job.name);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

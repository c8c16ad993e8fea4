// Texts as vectors: which of them is nearest to a question.
#include <cstddef>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const std::vector<std::string> texts{"The heron stands in shallow water.",
                                             "Bread needs flour, water and time.",
                                             "The train leaves at noon."};
        const char* const model = "gemini-embedding-001";
        const auto vectors =
            client.models
                .embed_content(model, texts,
                               {.task_type = "RETRIEVAL_DOCUMENT", .output_dimensionality = 256})
                .embeddings;  // any number of them
        const auto question =
            client.models
                .embed_content(model, "When does the train leave?",
                               {.task_type = "RETRIEVAL_QUERY", .output_dimensionality = 256})
                .embeddings.at(0);

        std::size_t best = 0;
        double most = -1;
        for (std::size_t i = 0; i < vectors.size(); ++i) {
            const auto& values = vectors[i].values;
            const double likeness =
                std::inner_product(values.begin(), values.end(), question.values.begin(), 0.0);
            if (likeness > most) {
                most = likeness;
                best = i;
            }
        }
        std::cout << texts[best] << '\n';
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

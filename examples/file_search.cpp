// Answers from documents: a store indexes what is uploaded, and the answer says what it rests on.
#include <chrono>
#include <iostream>

#include "connect.hpp"

int main() {
    using namespace std::chrono_literals;
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const auto store = client.file_search_stores.create({.display_name = "Birds"});

        auto uploading = client.file_search_stores.upload_to_file_search_store(
            store.name,
            genai::Bytes(
                std::string("The heron stands in shallow water and waits. The swift sleeps in the air.")),
            {.mime_type = "text/plain",
             .display_name = "Field guide",
             .custom_metadata = {genai::CustomMetadata::number("year", 2024)}});
        uploading = client.operations.wait(uploading, {.timeout = 5min, .poll_interval = 100ms});
        if (uploading.error) throw genai::Error("not indexed: " + uploading.error->message.value_or(""));

        const auto response = client.models.generate_content(
            examples::model, "Where does the heron stand?",
            {.tools = {{.file_search = genai::FileSearch{.file_search_store_names = {store.name},
                                                         .metadata_filter = "year >= 2020"}}}});
        std::cout << response.text() << '\n';
        if (const auto& grounding = response.candidate().grounding_metadata)
            for (const auto& chunk : grounding->grounding_chunks)
                if (chunk.retrieved_context)
                    std::cout << "from: " << chunk.retrieved_context->title.value_or("?") << '\n';

        for (const genai::Document& document : client.file_search_stores.documents.list(store.name))
            std::cout << document.name << ' ' << document.state << '\n';
        client.file_search_stores.delete_(store.name, {.force = true});
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "service.hpp"
#include "wrong.hpp"
#include "recording_transport.hpp"

using namespace genai;
using namespace support;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("a store indexes what is uploaded, and answers are grounded in it") {
    Service service;
    const auto& stores = service.client.file_search_stores;
    const auto store = stores.create({.display_name = "Zoo", .embedding_model = "gemini-embedding-001"});
    CHECK(service.last_body()["embeddingModel"] == "models/gemini-embedding-001");
    auto uploading = stores.upload_to_file_search_store(
        store.name, bytes("The heron stands in shallow water. The zebra has stripes."),
        {.mime_type = "text/plain",
         .display_name = "Animals",
         .custom_metadata = {CustomMetadata::number("year", 2024)},
         .chunking_config = ChunkingConfig{
             .white_space_config = WhiteSpaceConfig{.max_tokens_per_chunk = 6, .max_overlap_tokens = 0}}});
    const auto ask = [&](const std::string& filter) {
        return service.client.models.generate_content(
            flash, "Where does the heron stand?",
            {.tools = {
                 {.file_search = FileSearch{
                      .file_search_store_names = {store.name}, .metadata_filter = filter, .top_k = 1}}}});
    };
    CHECK(ask("").candidates[0].grounding_metadata == Box<GroundingMetadata>());  // not indexed yet
    uploading = service.client.operations.wait(uploading, {.poll_interval = 1ms});
    CHECK(uploading.response->parent == store.name);
    const auto answer = ask("year >= 2024");
    CHECK_THAT(answer.text(), ContainsSubstring("shallow water"));
    const auto& context = *answer.candidates[0].grounding_metadata->grounding_chunks.at(0).retrieved_context;
    CHECK(context.title == "Animals");
    CHECK(context.file_search_store == store.name);
    CHECK(context.custom_metadata.at(0).numeric_value == 2024);
    const auto& support = answer.candidates[0].grounding_metadata->grounding_supports.at(0);
    CHECK(answer.text().substr(static_cast<std::size_t>(*support.segment->start_index),
                               static_cast<std::size_t>(*support.segment->end_index)) ==
          support.segment->text);
    CHECK(ask("year < 2024").candidates[0].grounding_metadata == Box<GroundingMetadata>());

    const File file = service.client.files.upload(bytes("The heron is grey."),
                                                  {.mime_type = "text/plain", .display_name = "More"});
    const auto imported = service.client.operations.wait(
        stores.import_file(store.name, file.name,
                           {.custom_metadata = {CustomMetadata::text("author", "Jane"),
                                                CustomMetadata::texts("tags", {"a", "b"})}}),
        {.poll_interval = 1ms});
    CHECK(ask("author = \"Jane\"").text().find("grey") != std::string::npos);
    CHECK(names(stores.documents.list(store.name, {.page_size = 1})) ==
          std::vector<std::string>{*uploading.response->document_name, *imported.response->document_name});
    CHECK(stores.documents.get(*imported.response->document_name).state == DocumentState::active);
    CHECK(stores.get(store.name).active_documents_count == 2);
    CHECK_THROWS_AS(stores.documents.delete_(*imported.response->document_name), ClientError);
    stores.documents.delete_(*imported.response->document_name, {.force = true});
    CHECK(names(stores.list({.page_size = 5})) == std::vector<std::string>{store.name});
    CHECK_THROWS_AS(stores.delete_(store.name), ClientError);
    stores.delete_(store.name, {.force = true});
    CHECK_THROWS_AS(stores.get(store.name), ClientError);
}

TEST_CASE("a store's media are fetched from the client's own server") {
    Service service;
    const auto store = service.client.file_search_stores.create();
    const auto done =
        service.client.operations.wait(service.client.file_search_stores.upload_to_file_search_store(
                                           store.name, bytes("picture"), {.mime_type = "image/png"}),
                                       {.poll_interval = 1ms});
    const std::string& document = *done.response->document_name;
    const std::string medium = store.name + "/media/" + document.substr(document.rfind('/') + 1);
    CHECK(service.client.file_search_stores.download_media(medium).view() == "picture");
    CHECK(service.client.file_search_stores
              .download_media("https://somewhere.invalid/v1beta/" + medium + "?x=1&alt=json")
              .view() == "picture");
    CHECK(service.emulator.requests().back().target == "/v1beta/" + medium + "?x=1&alt=media");
    CHECK(wrong([&] { service.client.file_search_stores.download_media(store.name); }) == "uri");
    CHECK(wrong([&] {
              service.client.file_search_stores.download_media("https://x.invalid/other/media/1");
          }) == "uri");
}

TEST_CASE("names of stores and documents are validated") {
    const support::RecordingTransport transport;
    const Client client({.api_key = "k", .http_options = {.base_url = "http://127.0.0.1"}}, transport);
    const auto& stores = client.file_search_stores;
    CHECK(wrong([&] { static_cast<void>(stores.get("files/x")); }) == "name");
    CHECK(wrong([&] { static_cast<void>(stores.get("fileSearchStores/a/../b")); }) == "name");
    CHECK(wrong([&] { stores.delete_("a b"); }) == "name");
    CHECK(wrong([&] { stores.import_file("", "files/x"); }) == "file_search_store_name");
    CHECK(wrong([&] { stores.import_file("s", "cachedContents/x"); }) == "file_name");
    CHECK(wrong([&] { static_cast<void>(stores.documents.get("files/x")); }) == "name");
    CHECK(wrong([&] { static_cast<void>(stores.documents.get("fileSearchStores/x")); }) == "name");
    CHECK(wrong([&] { stores.documents.delete_("fileSearchStores/x", {.force = true}); }) == "name");
    CHECK(wrong([&] { stores.documents.delete_("bare"); }) == "name");
    CHECK(wrong([&] { stores.documents.delete_("fileSearchStores/x/documents/y/z"); }) == "name");
    CHECK(wrong([&] { stores.delete_("fileSearchStores/x/documents/y", {.force = true}); }) == "name");
    CHECK(wrong([&] { static_cast<void>(stores.get("fileSearchStores/")); }) == "name");
    CHECK(wrong([&] { static_cast<void>(stores.documents.list("s", {.page_size = -3})); }) ==
          "config.page_size");
    CHECK(wrong([&] { stores.upload_to_file_search_store("s", "no/such/file.txt"); }) == "file");
    CHECK(wrong([&] { stores.upload_to_file_search_store("batches/s", bytes("x"), {.mime_type = "a/b"}); }) ==
          "file_search_store_name");
    CHECK(transport.requests().empty());
    static_cast<void>(stores.get("bare"));
    CHECK(transport.last().url == "http://127.0.0.1/v1beta/fileSearchStores/bare");
}

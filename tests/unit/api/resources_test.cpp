// Everything the service keeps besides files: caches, stores, batches, tokens, tuned models; and the work it does.

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "recording_transport.hpp"

using namespace genai;
using genai::testing::Emulator;
using genai::testing::EmulatorOptions;
using genai::testing::Reply;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

/// A client and the emulator it talks to.
struct Service {
    Emulator emulator;
    Client<> client;
    explicit Service(EmulatorOptions options = {}) : emulator(std::move(options)), client(emulator.client_options()) {}

    Json last_body() const { return Json::parse(emulator.requests().back().body); }
};

const std::string flash = "gemini-2.5-flash";

std::string wrong(auto&& call) {
    try {
        call();
    } catch (const InvalidArgument& problem) {
        return problem.parameter();
    }
    return "nothing";
}

Bytes bytes(const std::string& text) { return Bytes(text); }

template <class T>
std::vector<std::string> names(Pager<T> pager) {
    std::vector<std::string> all;
    for (const T& item : pager) all.push_back(item.name);
    return all;
}

}  // namespace

TEST_CASE("tokens are counted, of contents alone or of the whole request") {
    Service service;
    CHECK(service.client.models.count_tokens(flash, "one two three").total_tokens == 3);
    CHECK(service.last_body() == Json{{"contents", {{{"role", "user"}, {"parts", {{{"text", "one two three"}}}}}}}});
    const auto whole = service.client.models.count_tokens(flash, "one two three", {.system_instruction = "be kind", .generation_config = GenerationConfig{.temperature = 0}});
    CHECK(whole.total_tokens == 5);
    CHECK(service.last_body()["generateContentRequest"]["model"] == "models/" + flash);
    CHECK(service.last_body()["generateContentRequest"]["generationConfig"]["temperature"] == 0);
    CHECK(wrong([&] { service.client.models.count_tokens(flash, {}); }) == "contents");
}

TEST_CASE("each part of a list is embedded on its own, more than the service takes at once in several requests") {
    Service service;
    std::vector<std::string> words;
    for (int i = 0; i < 250; ++i) words.push_back("word" + std::to_string(i));
    const auto all = service.client.models.embed_content("gemini-embedding-001", words, {.task_type = "RETRIEVAL_DOCUMENT", .output_dimensionality = 16});
    CHECK(all.embeddings.size() == 250);
    CHECK(all.usage_metadata->prompt_token_count == 250);
    CHECK(service.emulator.requests().size() == 3);
    CHECK(service.last_body()["requests"].size() == 50);
    CHECK(service.last_body()["requests"][0] == Json{{"model", "models/gemini-embedding-001"},
                                                     {"content", {{"role", "user"}, {"parts", {{{"text", "word200"}}}}}},
                                                     {"taskType", "RETRIEVAL_DOCUMENT"},
                                                     {"outputDimensionality", 16}});
    for (const int i : {0, 99, 100, 249}) CHECK(service.client.models.embed_content("gemini-embedding-001", words[static_cast<std::size_t>(i)], {.output_dimensionality = 16}).embeddings[0] == all.embeddings[static_cast<std::size_t>(i)]);

    double length = 0;
    for (const double value : all.embeddings[0].values) length += value * value;
    CHECK(std::fabs(length - 1) < 1e-3);
}

TEST_CASE("what was given as one content is embedded as one, and all parts are to the second family") {
    Service service;
    const auto embed = [&](const char* model, const ContentListUnion& contents) { return service.client.models.embed_content(model, contents).embeddings.size(); };
    CHECK(embed("gemini-embedding-001", {"a", "b"}) == 2);
    CHECK(embed("gemini-embedding-001", {Content{.parts = {Part::from_text("a"), Part::from_text("b")}}}) == 1);
    CHECK(embed("gemini-embedding-001", {"a", Content{.parts = {Part::from_text("b"), Part::from_text("c")}}, "d"}) == 3);
    CHECK(embed("gemini-embedding-001", {{"a", "b"}, {"c", "d"}}) == 2);
    CHECK(embed("gemini-embedding-2", {"a", "b"}) == 1);
    CHECK(embed("gemini-embedding-2", {Content{.parts = {Part::from_text("a")}}, Content{.parts = {Part::from_text("b")}}}) == 2);
    CHECK(wrong([&] { embed("gemini-embedding-001", {}); }) == "contents");
    service.emulator.enqueue(Reply::json(R"({"embeddings":[{"values":[1]}]})"));
    CHECK_THROWS_AS(embed("gemini-embedding-001", {"a", "b"}), DecodeError);
}

TEST_CASE("models are listed and looked up, tuned ones changed and deleted") {
    Service service;
    const auto model = service.client.models.get(flash);
    CHECK(model.name == "models/" + flash);
    CHECK(model.supported_actions.front() == "generateContent");
    CHECK(model.extra.empty());
    CHECK(names(service.client.models.list({.page_size = 3})).size() > 4);
    CHECK(names(service.client.models.list({.query_base = false})).empty());
    CHECK_THROWS_AS(service.client.models.get("no-such-model"), ClientError);

    const auto job = service.client.tunings.tune(flash, {.examples = {{.output = "2", .text_input = "1"}}},
                                                 {.tuned_model_display_name = "Counter", .epoch_count = 3, .learning_rate_multiplier = 0.5});
    CHECK(job.state == JobState::queued);
    const Json sent = Json::parse(service.emulator.requests().back().body);
    CHECK(sent["tuningTask"]["hyperparameters"] == Json{{"epochCount", 3}, {"learningRateMultiplier", 0.5}});
    CHECK(sent["tuningTask"]["trainingData"]["examples"]["examples"][0] == Json{{"textInput", "1"}, {"output", "2"}});
    CHECK(service.client.tunings.get(job.name).state == JobState::running);
    const auto done = service.client.tunings.get(job.name);
    CHECK(done.state == JobState::succeeded);
    CHECK(done.tuned_model->model == job.name);
    CHECK(done.tuned_model_display_name == "Counter");
    CHECK(names(service.client.tunings.list()) == std::vector<std::string>{job.name});
    CHECK(names(service.client.models.list({.query_base = false})) == std::vector<std::string>{job.name});
    CHECK(service.client.models.update(job.name, {.display_name = "Teller"}).display_name == "Teller");
    service.client.tunings.cancel(job.name);
    CHECK(service.client.tunings.get(job.name).state == JobState::failed);
    service.client.models.delete_(job.name);
    CHECK_THROWS_AS(service.client.models.get(job.name), ClientError);
    CHECK(wrong([&] { service.client.tunings.tune(flash, {}); }) == "training_dataset.examples");
    CHECK(wrong([&] { static_cast<void>(service.client.tunings.get("models/x")); }) == "name");
    CHECK(wrong([&] { static_cast<void>(service.client.models.get("files/x")); }) == "model");
}

TEST_CASE("images come with how they and the prompt were rated") {
    Service service;
    const auto made = service.client.models.generate_images("imagen-4.0", "a cat", {.number_of_images = 2, .person_generation = PersonGeneration::allow_adult, .include_safety_attributes = true,
                                                                                     .output_mime_type = "image/jpeg", .output_compression_quality = 80, .image_size = "1K"});
    CHECK(made.generated_images.size() == 2);
    CHECK(made.generated_images[0].image->mime_type == "image/png");
    CHECK(made.generated_images[0].image->image_bytes->view().starts_with("\x89PNG"));
    CHECK(made.positive_prompt_safety_attributes->categories == std::vector<std::string>{"Violence"});
    CHECK(service.last_body() == Json::parse(R"({"instances":[{"prompt":"a cat"}],"parameters":{"sampleCount":2,"personGeneration":"ALLOW_ADULT","includeSafetyAttributes":true,
                                               "outputOptions":{"mimeType":"image/jpeg","compressionQuality":80},"sampleImageSize":"1K"}})"));
    CHECK(wrong([&] { service.client.models.generate_images("imagen-4.0", ""); }) == "prompt");
}

TEST_CASE("videos are made over time, from a prompt, an image or a video") {
    Service service({.looks = 2});
    const Image first = Image::from_bytes(bytes("png"), "image/png");
    auto operation = service.client.models.generate_videos("veo-3", {.prompt = "go", .image = first}, {.number_of_videos = 2, .last_frame = first,
                                                            .reference_images = {{.image = first, .reference_type = VideoGenerationReferenceType::asset}}});
    const Json instance = service.last_body()["instances"][0];
    CHECK(instance["image"] == Json{{"bytesBase64Encoded", "cG5n"}, {"mimeType", "image/png"}});
    CHECK(instance["lastFrame"] == instance["image"]);
    CHECK(instance["referenceImages"][0]["referenceType"] == "ASSET");
    CHECK(!operation.done.value_or(false));
    operation = service.client.operations.get(operation);
    CHECK(!operation.done.value_or(false));
    operation = service.client.operations.wait(operation, {.poll_interval = 1ms});
    CHECK(operation.done == true);
    REQUIRE(operation.response->generated_videos.size() == 2);
    CHECK_THAT(*operation.response->generated_videos[0].video->uri, ContainsSubstring("/files/"));

    service.client.models.generate_videos("veo-3", {.video = Video::from_uri("https://x/v", "video/mp4")});
    CHECK(service.last_body()["instances"][0]["video"] == Json{{"uri", "https://x/v"}, {"encoding", "video/mp4"}});
    CHECK(wrong([&] { service.client.models.generate_videos("veo-3", GenerateVideosSource{}); }) == "source");
    CHECK(wrong([&] { service.client.models.generate_videos("veo-3", {.image = first, .video = Video{}}); }) == "source.video");
    CHECK(wrong([&] { static_cast<void>(service.client.operations.get(GenerateVideosOperation{})); }) == "operation");

    service.emulator.enqueue(Reply::json(R"({"name":"operations/1","done":true,"error":{"code":3,"message":"no"},"response":null})"));
    CHECK(service.client.operations.wait(operation = GenerateVideosOperation{.name = "operations/1"}, {.poll_interval = 1ms}).error->message == "no");
}

TEST_CASE("a cache is made, used, prolonged, and ends") {
    Service service;
    const auto& caches = service.client.caches;
    const auto cache = caches.create(flash, {.contents = "a very long text", .system_instruction = "be brief", .ttl = 60s, .display_name = "Long"});
    CHECK(cache.name.starts_with("cachedContents/"));
    CHECK(cache.model == "models/" + flash);
    CHECK(cache.usage_metadata->total_token_count == 6);
    CHECK(service.last_body()["ttl"] == "60s");
    CHECK(service.last_body()["systemInstruction"]["parts"][0]["text"] == "be brief");
    const auto used = service.client.models.generate_content(flash, "hi", {.cached_content = cache.name});
    CHECK(used.usage_metadata->cached_content_token_count == 6);
    CHECK_THROWS_AS(service.client.models.generate_content("gemini-2.5-pro", "hi", {.cached_content = cache.name}), ClientError);
    CHECK(names(caches.list({.page_size = 1})) == std::vector<std::string>{cache.name});
    const std::string id = cache.name.substr(15);
    CHECK(caches.get(id) == caches.get(cache.name));

    service.emulator.advance(50s);
    CHECK(caches.update(cache.name, {.ttl = 60s}).expire_time != cache.expire_time);
    CHECK(service.last_body() == Json{{"ttl", "60s"}});
    service.emulator.advance(50s);
    static_cast<void>(caches.get(cache.name));
    service.emulator.advance(11s);
    CHECK_THROWS_AS(caches.get(cache.name), ClientError);
    CHECK_THROWS_AS(service.client.models.generate_content(flash, "hi", {.cached_content = cache.name}), ClientError);

    caches.delete_(caches.create(flash, {.contents = "x"}).name);
    CHECK(names(caches.list()).empty());
    CHECK(wrong([&] { caches.create(flash, {.contents = "x", .ttl = 1s, .expire_time = Timestamp()}); }) == "config.expire_time");
    CHECK(wrong([&] { caches.update("c", {.ttl = 1s, .expire_time = Timestamp()}); }) == "config.expire_time");
    CHECK(wrong([&] { caches.update("c", {}); }) == "config");
    CHECK(wrong([&] { static_cast<void>(caches.get("files/x")); }) == "name");
    CHECK(wrong([&] { caches.delete_(""); }) == "name");
}

TEST_CASE("a store indexes what is uploaded, and answers are grounded in it") {
    Service service;
    const auto& stores = service.client.file_search_stores;
    const auto store = stores.create({.display_name = "Zoo", .embedding_model = "gemini-embedding-001"});
    CHECK(service.last_body()["embeddingModel"] == "models/gemini-embedding-001");
    auto uploading = stores.upload_to_file_search_store(store.name, bytes("The heron stands in shallow water. The zebra has stripes."),
                                                        {.mime_type = "text/plain", .display_name = "Animals", .custom_metadata = {CustomMetadata::number("year", 2024)},
                                                         .chunking_config = ChunkingConfig{.white_space_config = WhiteSpaceConfig{.max_tokens_per_chunk = 6, .max_overlap_tokens = 0}}});
    const auto ask = [&](const std::string& filter) {
        return service.client.models.generate_content(flash, "Where does the heron stand?",
                                                      {.tools = {{.file_search = FileSearch{.file_search_store_names = {store.name}, .metadata_filter = filter, .top_k = 1}}}});
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
    CHECK(answer.text().substr(static_cast<std::size_t>(*support.segment->start_index), static_cast<std::size_t>(*support.segment->end_index)) == support.segment->text);
    CHECK(ask("year < 2024").candidates[0].grounding_metadata == Box<GroundingMetadata>());

    const File file = service.client.files.upload(bytes("The heron is grey."), {.mime_type = "text/plain", .display_name = "More"});
    const auto imported = service.client.operations.wait(stores.import_file(store.name, file.name, {.custom_metadata = {CustomMetadata::text("author", "Jane"), CustomMetadata::texts("tags", {"a", "b"})}}), {.poll_interval = 1ms});
    CHECK(ask("author = \"Jane\"").text().find("grey") != std::string::npos);
    CHECK(names(stores.documents.list(store.name, {.page_size = 1})) == std::vector<std::string>{*uploading.response->document_name, *imported.response->document_name});
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
    const auto done = service.client.operations.wait(service.client.file_search_stores.upload_to_file_search_store(store.name, bytes("picture"), {.mime_type = "image/png"}), {.poll_interval = 1ms});
    const std::string& document = *done.response->document_name;
    const std::string medium = store.name + "/media/" + document.substr(document.rfind('/') + 1);
    CHECK(service.client.file_search_stores.download_media(medium).view() == "picture");
    CHECK(service.client.file_search_stores.download_media("https://somewhere.invalid/v1beta/" + medium + "?x=1&alt=json").view() == "picture");
    CHECK(service.emulator.requests().back().target == "/v1beta/" + medium + "?x=1&alt=media");
    CHECK(wrong([&] { service.client.file_search_stores.download_media(store.name); }) == "uri");
    CHECK(wrong([&] { service.client.file_search_stores.download_media("https://x.invalid/other/media/1"); }) == "uri");
}

TEST_CASE("names of stores and documents are held against what they must be") {
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
    CHECK(wrong([&] { static_cast<void>(stores.documents.list("s", {.page_size = -3})); }) == "config.page_size");
    CHECK(wrong([&] { stores.upload_to_file_search_store("s", "no/such/file.txt"); }) == "file");
    CHECK(wrong([&] { stores.upload_to_file_search_store("batches/s", bytes("x"), {.mime_type = "a/b"}); }) == "file_search_store_name");
    CHECK(transport.requests().empty());
    static_cast<void>(stores.get("bare"));
    CHECK(transport.last().url == "http://127.0.0.1/v1beta/fileSearchStores/bare");
}

TEST_CASE("a batch of requests is begun, waited for, and read") {
    Service service({.looks = 2});
    const auto& batches = service.client.batches;
    auto job = batches.create(flash, {{.contents = "first", .metadata = {{"key", "one"}}, .config = GenerateContentConfig{.system_instruction = "be kind", .temperature = 0}}, {.contents = "second"}},
                              {.display_name = "Two"});
    CHECK(job.name.starts_with("batches/"));
    CHECK(job.state == JobState::pending);
    CHECK(job.display_name == "Two");
    CHECK(batches.get(job.name).state == JobState::running);
    job = batches.wait(job.name, {.poll_interval = 1ms});
    CHECK(job.state == JobState::succeeded);
    REQUIRE(job.dest->inlined_responses.size() == 2);
    CHECK_THAT(job.dest->inlined_responses[0].response->text(), ContainsSubstring("\"first\"") && ContainsSubstring("be kind"));
    CHECK(*job.dest->inlined_responses[0].metadata.find("key") == "one");
    CHECK(job.extra.get("batchStats")["requestCount"] == "2");
    CHECK(wrong([&] { batches.read_results(job, [](const BatchResult&) {}); }) == "job");
    CHECK(wrong([&] { batches.create(flash, BatchJobSource{}); }) == "src");
    CHECK(wrong([&] { batches.create(flash, BatchJobSource{.file_name = "files/x", .inlined_requests = {{.contents = "a"}}}); }) == "src");
    CHECK(wrong([&] { batches.create(flash, {{}}); }) == "contents");
    CHECK(wrong([&] { static_cast<void>(batches.get("operations/x")); }) == "name");
    CHECK(wrong([&] { static_cast<void>(batches.list({.page_size = 0})); }) == "config.page_size");
}

TEST_CASE("a batch from a file leaves a file, which is read line by line") {
    Service service;
    const auto& batches = service.client.batches;
    std::string lines;
    for (int i = 0; i < 300; ++i) lines += R"({"key":"k)" + std::to_string(i) + R"(","request":{"contents":[{"parts":[{"text":"question )" + std::to_string(i) + "\"}]}]}}\n";
    lines += R"({"key":"bad","request":{}})";
    const File requests = service.client.files.upload(bytes(lines), {.mime_type = "application/jsonl"});
    const auto job = batches.wait(batches.create(flash, requests).name, {.poll_interval = 1ms});
    int good = 0;
    int refused = 0;
    batches.read_results(job, [&](const BatchResult& result) {
        if (result.response) CHECK_THAT(result.response->text(), ContainsSubstring("question " + result.key->substr(1) + "\""));
        good += result.response ? 1 : 0;
        refused += result.error ? 1 : 0;
    });
    CHECK(good == 300);
    CHECK(refused == 1);
    int seen = 0;
    batches.read_results(job, [&](const BatchResult&) { return ++seen < 5; });
    CHECK(seen == 5);
}

TEST_CASE("a batch that ends in an unusual way has ended, and metadata of any kind can be read") {
    Service service;
    const auto& batches = service.client.batches;
    service.emulator.enqueue(Reply::json(R"({"name":"batches/1","done":true,"error":{"code":13,"message":"lost","details":[{"@type":"x"}]}})"));
    const auto failed = batches.wait("1", {.poll_interval = 1ms});
    CHECK(failed.state == JobState::failed);
    CHECK(failed.error->message == "lost");
    service.emulator.enqueue(Reply::json(R"({"name":"batches/1","metadata":{"state":"BATCH_STATE_SUCCEEDED","output":{"inlinedResponses":{"inlinedResponses":[{"response":{},"metadata":{"n":1.50,"key":"a"}}]}}}})"));
    const auto job = batches.get("1");
    CHECK(*job.dest->inlined_responses.at(0).metadata.find("n") == "1.50");
    CHECK(*job.dest->inlined_responses.at(0).metadata.find("key") == "a");
}

TEST_CASE("a batch of embeddings gives vectors") {
    Service service;
    const auto& batches = service.client.batches;
    const auto job = batches.create_embeddings("gemini-embedding-001", {.inlined_requests = EmbedContentBatch{.contents = {"x", "y"}, .config = EmbedContentConfig{.output_dimensionality = 4}}});
    const auto done = batches.wait(job.name, {.poll_interval = 1ms});
    REQUIRE(done.dest->inlined_embed_content_responses.size() == 2);
    CHECK(done.dest->inlined_embed_content_responses[0].response->embedding->values.size() == 4);
    CHECK(done.dest->inlined_embed_content_responses[0].response->token_count == 1);
    CHECK(wrong([&] { batches.create_embeddings("m", {}); }) == "src");
}

TEST_CASE("batches are listed, cancelled and deleted") {
    Service service({.looks = 100});
    const auto& batches = service.client.batches;
    for (int i = 0; i < 3; ++i) batches.create(flash, {{.contents = "x"}});
    auto all = names(batches.list({.page_size = 2}));
    REQUIRE(all.size() == 3);
    batches.cancel(all[0]);
    CHECK(batches.wait(all[0], {.poll_interval = 1ms}).state == JobState::cancelled);
    batches.delete_(all[1]);
    CHECK(names(batches.list()).size() == 2);
    CHECK_THROWS_AS(batches.get(all[1]), ClientError);
    CHECK_THROWS_AS(batches.wait(all[2], {.timeout = 20ms, .poll_interval = 1ms}), TransportError);
}

TEST_CASE("tokens for devices are bound to what they may do") {
    Service service;
    const auto& tokens = service.client.auth_tokens;
    CHECK(tokens.create({.http_options = {.api_version = "v1alpha"}, .uses = 2}).name.starts_with("auth_tokens/"));
    CHECK(service.emulator.requests().back().path == "/v1alpha/auth_tokens");
    CHECK(service.last_body() == Json{{"uses", 2}});
    const LiveConnectConstraints constraints{
        .model = "gemini-live",
        .config = LiveConnectConfig{.generation_config = GenerationConfig{.seed = 7, .temperature = 0.1}, .temperature = 0.7, .system_instruction = "be brief", .tools = {{.google_search = GoogleSearch{}}}}};
    tokens.create({.live_connect_constraints = constraints});
    CHECK(service.last_body()["bidiGenerateContentSetup"]["generationConfig"] == Json{{"seed", 7}, {"temperature", 0.7}});
    CHECK(!service.last_body().contains("fieldMask"));
    tokens.create({.live_connect_constraints = constraints, .lock_additional_fields = std::vector<std::string>{}});
    CHECK(service.last_body()["fieldMask"] == "model,generationConfig.seed,generationConfig.temperature,systemInstruction.parts,systemInstruction.role,tools");
    tokens.create({.live_connect_constraints = constraints, .lock_additional_fields = std::vector<std::string>{"topK", "proactivity"}});
    CHECK_THAT(service.last_body()["fieldMask"].get<std::string>(), ContainsSubstring(",tools,generationConfig.topK,proactivity"));
}

TEST_CASE("what has no method is called by its path") {
    Service service;
    CHECK(service.client.request("GET", "models?pageSize=2")["models"].size() == 2);
    CHECK(service.emulator.requests().back().target == "/v1beta/models?pageSize=2");
    const auto answer = service.client.request("POST", "/models/" + flash + ":generateContent", {{"contents", {{{"parts", {{{"text", "raw"}}}}}}}}, {.http_options = {.api_version = "v1"}});
    CHECK_THAT(answer["candidates"][0]["content"]["parts"][0]["text"].get<std::string>(), ContainsSubstring("raw"));
    CHECK(service.emulator.requests().back().path == "/v1/models/" + flash + ":generateContent");
    std::string text;
    const Json body{{"contents", {{{"parts", {{{"text", "streamed"}}}}}}}};
    for (const Json& event : service.client.request_stream("POST", "models/" + flash + ":streamGenerateContent", body)) text += event["candidates"][0]["content"]["parts"][0]["text"].get<std::string>();
    CHECK_THAT(text, ContainsSubstring("streamed"));
    int events = 0;
    service.client.request_stream("POST", "models/" + flash + ":streamGenerateContent", body, {}, [&](const Json&) { return ++events < 2; });
    CHECK(events == 2);
    CHECK_THROWS_AS(service.client.request("GET", "models/none"), ClientError);
    service.emulator.enqueue(Reply::stream({R"({"a":1})", R"({"error":{"code":503,"status":"UNAVAILABLE"}})"}));
    CHECK_THROWS_AS(service.client.request_stream("POST", "models/m:streamX", body, {}, [](const Json&) {}), ServerError);
    CHECK(wrong([&] { service.client.request("get", "models"); }) == "verb");
    CHECK(wrong([&] { service.client.request("GET /x HTTP/1.1\r\nA:", "models"); }) == "verb");
    CHECK(wrong([&] { service.client.request("GET", ""); }) == "path");
    CHECK(wrong([&] { service.client.request("GET", "models/../../secret"); }) == "path");
    CHECK(wrong([&] { service.client.request("GET", "models\r\nX: 1"); }) == "path");
    service.emulator.enqueue({.status = 204});
    CHECK(service.client.request("DELETE", "things/1").is_null());
}

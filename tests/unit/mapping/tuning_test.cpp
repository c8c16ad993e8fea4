// Models that are tuned.

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "service.hpp"
#include "wrong.hpp"
#include "recording_transport.hpp"

using namespace genai;
using namespace support;

TEST_CASE("models are listed and looked up, tuned ones changed and deleted") {
    Service service;
    const auto model = service.client.models.get(flash);
    CHECK(model.name == "models/" + flash);
    CHECK(model.supported_actions.front() == "generateContent");
    CHECK(model.extra.empty());
    CHECK(names(service.client.models.list({.page_size = 3})).size() > 4);
    CHECK(names(service.client.models.list({.query_base = false})).empty());
    CHECK_THROWS_AS(service.client.models.get("no-such-model"), ClientError);

    const auto job = service.client.tunings.tune(
        flash, {.examples = {{.output = "2", .text_input = "1"}}},
        {.tuned_model_display_name = "Counter", .epoch_count = 3, .learning_rate_multiplier = 0.5});
    CHECK(job.state == JobState::queued);
    const Json sent = Json::parse(service.emulator.requests().back().body);
    CHECK(sent["tuningTask"]["hyperparameters"] == Json{{"epochCount", 3}, {"learningRateMultiplier", 0.5}});
    CHECK(sent["tuningTask"]["trainingData"]["examples"]["examples"][0] ==
          Json{{"textInput", "1"}, {"output", "2"}});
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

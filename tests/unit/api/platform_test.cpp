// The newer siblings of interactions: decisions, agents, webhooks, triggers, environments, credentials,
// voices.

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "service.hpp"
#include "wrong.hpp"

using namespace genai;
using namespace support;

TEST_CASE("agents are made, listed, asked and deleted") {
    Service service;
    const auto& agents = service.client.agents;
    const auto made = agents.create({.base_agent = "antigravity-preview-09-2026",
                                     .base_environment = "env-1",
                                     .id = "mine",
                                     .tools = {interactions::GoogleSearch{}}});
    CHECK(made.id == "mine");
    CHECK(service.last_body() == Json{{"base_agent", "antigravity-preview-09-2026"},
                                      {"base_environment", "env-1"},
                                      {"id", "mine"},
                                      {"tools", {{{"type", "google_search"}}}}});
    CHECK(agents.get("mine") == made);
    agents.create({.id = "other"});
    CHECK(ids(agents.list({.page_size = 1})) == std::vector<std::string>{"mine", "other"});
    CHECK(service.last() == "GET /v1beta/agents?page_size=1&page_token=page-1");
    CHECK(service.client.interactions.create({.agent = "mine", .input = "go"}).agent ==
          interactions::AgentOption("mine"));
    agents.delete_("mine");
    CHECK_THROWS_AS(agents.get("mine"), ClientError);
    CHECK(wrong([&] { static_cast<void>(agents.get("webhooks/x")); }) == "id");
    CHECK(wrong([&] { static_cast<void>(agents.list({.page_size = 0})); }) == "config.page_size");
}

TEST_CASE("webhooks are made with a secret, changed in what is set, tried and deleted") {
    Service service;
    const auto& webhooks = service.client.webhooks;
    const auto made =
        webhooks.create({.subscribed_events = {webhooks::WebhookSubscribedEvent::batch_succeeded},
                         .uri = "https://example.com/hook"});
    CHECK(made.new_signing_secret->starts_with("whsec_"));
    CHECK(!webhooks.get(made.id).new_signing_secret);
    CHECK(webhooks.update(made.id, {.state = webhooks::WebhookState::disabled}).state ==
          webhooks::WebhookState::disabled);
    CHECK(service.last() == "PATCH /v1beta/webhooks/" + made.id + "?update_mask=state");
    webhooks.update(made.id, {.name = "n", .uri = "https://example.com/other"}, {.update_mask = "name"});
    CHECK(webhooks.get(made.id).uri == "https://example.com/hook");
    CHECK(wrong([&] { webhooks.update(made.id, {}); }) == "update");
    webhooks.ping(made.id);
    CHECK(service.last() == "POST /v1beta/webhooks/" + made.id + ":ping");
    CHECK(webhooks
              .rotate_signing_secret(
                  made.id,
                  {.revocation_behavior = webhooks::RevocationBehavior::revoke_previous_secrets_immediately})
              .secret != made.new_signing_secret);
    CHECK(ids(webhooks.list()) == std::vector<std::string>{made.id});
    webhooks.delete_(made.id);
    CHECK(ids(webhooks.list()).empty());
}

TEST_CASE("triggers ask agents on a schedule, and now") {
    Service service;
    const auto& triggers = service.client.triggers;
    const auto made =
        triggers.create({.interaction = interactions::CreateAgentInteraction{.agent = "a", .input = "report"},
                         .schedule = "0 9 * * 1",
                         .time_zone = "Europe/Berlin"});
    CHECK(made.status == triggers::TriggerStatus::active);
    CHECK(made.interaction->input == interactions::InteractionsInput("report"));
    CHECK(triggers.update(made.id, {.status = triggers::TriggerUpdateStatus::paused}).status ==
          triggers::TriggerStatus::paused);
    const auto run = triggers.run(made.id);
    CHECK(run.trigger_id == made.id);
    triggers.run(made.id);
    CHECK(ids(triggers.list_executions(made.id, {.page_size = 1})).size() == 2);
    CHECK(ids(triggers.list({.filter = "x"})).size() == 1);
    triggers.delete_(made.id);
    CHECK_THROWS_AS(triggers.run(made.id), ClientError);
}

TEST_CASE("environments have files of their own") {
    Service service;
    const auto& environments = service.client.environments;
    const auto made = environments.create(
        {.network = interactions::Disabled::disabled,
         .sources = {{.content = "x = 1", .target = "main.py", .type = interactions::SourceType::inline_}}});
    CHECK(service.last_body()["network"] == "disabled");
    CHECK(made.status == environments::EnvironmentStatus::active);
    const auto uploaded =
        environments.files.upload(made.id, "data/a b.txt", Bytes(std::string("hello")), {.overwrite = true});
    CHECK(uploaded.files.at(0).size_bytes == 5);
    CHECK(uploaded.files.at(0).mime_type == "text/plain");
    const auto requests = service.emulator.requests();
    CHECK(requests[requests.size() - 2].method == "PUT");
    CHECK(requests[requests.size() - 2].target ==
          "/upload/v1beta/environments/" + made.id + "/files/data/a%20b.txt?overwrite=true");
    CHECK(environments.files.download(made.id, "data/a b.txt").view() == "hello");
    std::vector<std::string> paths;
    for (const auto& file : environments.files.list(made.id, "", {.recursive = true}))
        paths.push_back(*file.path);
    CHECK(paths == std::vector<std::string>{"data/a b.txt"});
    CHECK(environments.files.list(made.id, "other").page().empty());
    CHECK(ids(environments.list()) == std::vector<std::string>{made.id});
    CHECK(wrong([&] { environments.files.download(made.id, "../secret"); }) == "path");
    CHECK(wrong([&] { environments.files.download(made.id, ""); }) == "path");
    CHECK(wrong([&] { environments.files.upload(made.id, "x", Bytes(std::string("x"))); }) ==
          "config.mime_type");
    CHECK(wrong([&] { static_cast<void>(environments.files.list("files/x")); }) == "environment");
    environments.delete_(made.id);
    CHECK_THROWS_AS(environments.get(made.id), ClientError);
}

TEST_CASE("credentials are kept, and never shown") {
    Service service;
    const auto& credentials = service.client.credentials;
    const auto made = credentials.create(credentials::HttpBearerConfig{.id = "api", .token = "very-secret"});
    CHECK(made.id == "api");
    CHECK(made.type == credentials::CredentialType::bearer_token);
    CHECK(encode(made).find("very-secret") == std::string::npos);
    credentials.update("api", credentials::HttpBearerUpdateConfig{.token = "another"});
    CHECK(service.last() == "PATCH /v1beta/credentials/api?update_mask=token");
    CHECK(service.last_body() == Json{{"token", "another"}, {"type", "bearer_token"}});
    credentials.create(credentials::EnvironmentVariableConfig{
        .id = "env", .injection_location = credentials::InjectionLocation::header, .value = "v"});
    CHECK(ids(credentials.list()) == std::vector<std::string>{"api", "env"});
    credentials.delete_("api");
    CHECK_THROWS_AS(credentials.get("api"), ClientError);
    CHECK(wrong([&] { credentials.update("env", credentials::HttpBearerUpdateConfig{}); }) == "update");
}

TEST_CASE("voices are made and looked for") {
    Service service;
    const auto& voices = service.client.voices;
    const auto made =
        voices.create({.voice = voices::VoiceInput{.display_name = "Deep",
                                                   .prompted = voices::PromptedVoice{.input = "a deep voice"},
                                                   .type = voices::VoiceType::prompted}});
    CHECK(made.display_name == "Deep");
    CHECK(voices.get(made.id) == made);
    CHECK(ids(voices.list({.search = "deep", .gender = {"female", "male"}, .contexts = {"news"}})) ==
          std::vector<std::string>{made.id});
    CHECK(service.last() == "GET /v1beta/voices?context=news&gender=female&gender=male&search=deep");
    voices.delete_(made.id);
    CHECK(ids(voices.list()).empty());
}

TEST_CASE("questions about an input are answered by a choice, a grade, a degree of truth") {
    Service service;
    const auto decision = service.client.decisions.create(
        {.model = flash,
         .input = "The sky is blue.",
         .questions = {{"true", decisions::NoulQuestion{.instructions = "Is it true?"}},
                       {"topic", decisions::ChoiceQuestion{.instructions = "What is it about?",
                                                           .criteria = {{"sky", "about the sky"},
                                                                        {"sea", "about the sea"}}}},
                       {"style", decisions::ScoreQuestion{.instructions = "How well is it written?",
                                                          .criteria = {"badly", "well"}}}}});
    CHECK(service.last() == "POST /v1beta/decisions");
    CHECK(service.last_body()["model"] == "models/" + flash);
    CHECK(service.last_body()["questions"]["style"] == Json{{"instructions", "How well is it written?"},
                                                            {"criteria", {"badly", "well"}},
                                                            {"type", "score"}});
    const auto* const noul = decision.answers.find("true")->get_if<decisions::NoulAnswer>();
    REQUIRE(noul != nullptr);
    CHECK((*noul->noul >= 0 && *noul->noul <= 1));
    const auto* const topic = decision.answers.find("topic")->get_if<decisions::ChoiceAnswer>();
    REQUIRE(topic != nullptr);
    CHECK(topic->choice == "sky");
    CHECK(topic->probabilities.size() == 2);
    const auto* const style = decision.answers.find("style")->get_if<decisions::ScoreAnswer>();
    REQUIRE(style != nullptr);
    CHECK(style->legend.size() == 2);
    CHECK(*decision.usage->total_tokens > 0);
    CHECK(wrong([&] {
              static_cast<void>(service.client.decisions.create({.model = flash, .input = "x"}));
          }) == "questions");
}

TEST_CASE("a token is made for one interaction, and deleted by either form of its name") {
    Service service;
    const auto& interactions = service.client.interactions;
    const auto asked = interactions.create({.input = "Hello", .model = flash});
    const auto until = Timestamp::parse("2027-01-01T00:00:00Z");
    const auto token = interactions.auth_tokens.create(asked.id, {.expire_time = until});
    CHECK(token.auth_token->starts_with("auth_tokens/"));
    CHECK(token.expires_at == until);
    CHECK(service.last() == "POST /v1beta/interactions/" + asked.id + "/auth_tokens");
    interactions.auth_tokens.delete_(asked.id, *token.auth_token);
    CHECK(service.last() == "DELETE /v1beta/interactions/" + asked.id + '/' + *token.auth_token);
    CHECK_THROWS_AS(interactions.auth_tokens.delete_(asked.id, *token.auth_token), NotFoundError);
    CHECK_THROWS_AS(interactions.auth_tokens.create("nothing"), NotFoundError);
}

// What sub-APIs stand on: a client, and anything else that makes calls.

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/api/chats.hpp>
#include <genai/api/models.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/client_caller.hpp>
#include <genai/genai.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using testing::ScriptedTransport;

namespace {

/// Sends each call to the next of its callers, under another model's name.
class RoundRobin final : public detail::Caller {
public:
    RoundRobin(std::vector<std::shared_ptr<detail::Caller>> callers, std::vector<std::string> models)
        : callers_(std::move(callers)), models_(std::move(models)) {}

    std::unique_ptr<detail::Exchange> begin(detail::Call call) override {
        at_ = (at_ + 1) % callers_.size();
        call.resource = detail::ResourceName::model(models_[at_]);
        return callers_[at_]->begin(std::move(call));
    }
    HttpOptions options(const HttpOptions& call) const override { return callers_[at_]->options(call); }
    Clock& clock() const noexcept override { return callers_[at_]->clock(); }

private:
    std::vector<std::shared_ptr<detail::Caller>> callers_;
    std::vector<std::string> models_;
    std::size_t at_{1};
};

std::shared_ptr<detail::Caller> caller(const std::string& key, const ScriptedTransport& script) {
    return std::make_shared<detail::ClientCaller>(
        ClientOptions{.api_key = key, .http_options = {.base_url = "http://" + key}},
        AnyTransport(script).erased());
}

/// A transport that cannot be copied or moved.
struct Pinned {
    Pinned() = default;
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;
    void send(const http::Request&, http::Sink& sink) {
        ++requests;
        http::deliver(sink, {.status = 200}, "{}");
    }
    void attach(const TransportOptions& options) { proxy = options.proxy.value_or("none"); }

    int requests{0};
    std::string proxy{};
};

}  // namespace

static_assert(std::is_same_v<decltype(Client({}, std::declval<ScriptedTransport>())), Client<>>);
static_assert(std::is_same_v<decltype(Client({}, std::declval<std::shared_ptr<Pinned>>())), Client<>>);
static_assert(!std::is_copy_assignable_v<Models> && std::is_copy_assignable_v<Client<>>);

TEST_CASE("sub-APIs work over any caller, and each call can go elsewhere under another name") {
    const ScriptedTransport a{ScriptedTransport::text("from a"), ScriptedTransport::text("chat a")};
    const ScriptedTransport b{ScriptedTransport::text("from b"),
                              ScriptedTransport::json(R"({"totalTokens":4})")};
    const auto router = std::make_shared<RoundRobin>(std::vector{caller("key-a", a), caller("key-b", b)},
                                                     std::vector<std::string>{"model-a", "model-b"});
    const Models models(*router);
    CHECK(models.generate_content("any", "x").text() == "from a");
    CHECK(models.generate_content("any", "x").text() == "from b");
    CHECK(Chats(*router).create("any").send_message("x").text() == "chat a");
    CHECK(models.count_tokens("any", "x", {.system_instruction = "s"}).total_tokens == 4);
    CHECK(a.requests()[0].url == "http://key-a/v1beta/models/model-a:generateContent");
    CHECK(a.requests()[0].headers.get("x-goog-api-key") == "key-a");
    CHECK(a.requests()[0].model == "model-a");
    CHECK(b.requests()[0].url == "http://key-b/v1beta/models/model-b:generateContent");
    CHECK(Json::parse(b.requests()[1].body)["generateContentRequest"]["model"] ==
          "models/model-b");  // bodies that name the model follow
}

TEST_CASE("a copy of a sub-API outlives its client; streams, chats and pagers do") {
    const ScriptedTransport script{
        ScriptedTransport::text("one"), ScriptedTransport::text("two"),
        ScriptedTransport::value(ListFilesResponse{.files = {{.name = "files/a"}}})};
    auto client = std::make_unique<Client<>>(ClientOptions{.api_key = "k"}, script);
    const Models models = client->models;
    auto chat = client->chats.create("m");
    auto files = client->files.list();
    client.reset();
    CHECK(models.generate_content("m", "x").text() == "one");
    CHECK(chat.send_message("x").text() == "two");
    CHECK(files.to_vector().size() == 1);
}

TEST_CASE("clients are copied and assigned whole, and a client that was moved from is a copy") {
    const ScriptedTransport a{ScriptedTransport::text("a"), ScriptedTransport::text("a"),
                              ScriptedTransport::text("a")};
    const ScriptedTransport b{ScriptedTransport::text("b")};
    Client first({.api_key = "k"}, a);
    Client second({.api_key = "k"}, b);
    CHECK(second.models.generate_content("m", "x").text() == "b");
    second = first;
    CHECK(second.models.generate_content("m", "x").text() == "a");
    const Client<> third = std::move(first);
    CHECK(third.models.generate_content("m", "x").text() == "a");
    CHECK(first.models.generate_content("m", "x").text() == "a");
}

TEST_CASE(
    "a transport is given by value, shared, or by reference, and a decorator learns the client's options") {
    Pinned here;
    const Client by_reference({.api_key = "k", .proxy = "http://proxy:1"}, std::ref(here));
    static_cast<void>(by_reference.models.get("m"));
    CHECK(here.requests == 1);
    CHECK(here.proxy == "http://proxy:1");
    const auto shared = std::make_shared<Pinned>();
    const Client by_pointer({.api_key = "k"}, shared);
    static_cast<void>(by_pointer.models.get("m"));
    CHECK(shared->requests == 1);
    CHECK_THROWS_AS(AnyTransport(std::shared_ptr<Pinned>()), InvalidArgument);
}

TEST_CASE("what a transport cannot do besides sending is asked before and refused after") {
    AnyTransport plain(std::make_shared<Pinned>());
    CHECK_FALSE(plain.can_start());
    CHECK_FALSE(plain.can_open_socket());
    CHECK_THROWS_AS(plain.start({}, nullptr, {}), TransportError);
    CHECK_THROWS_AS(static_cast<void>(plain.open_socket({})), TransportError);

    struct Evented : Pinned {
        void start(const http::Request&, const std::shared_ptr<http::Sink>& sink, const http::Done& done) {
            http::deliver(*sink, {.status = 204}, "");
            done(nullptr);
        }
        std::unique_ptr<http::WebSocket> open_socket(const http::Request&) { return nullptr; }
    };
    AnyTransport capable(std::make_shared<Evented>());
    const AnyTransport again(capable);  // erased once more it can do the same
    CHECK((capable.can_start() && capable.can_open_socket() && again.can_start()));
    const auto sink = std::make_shared<detail::TextSink>();
    CallContext context;
    Clock clock;
    const std::string url;
    const genai::HttpLimits limits;
    sink->begin(context, clock, limits, detail::Observation::none, url);
    bool done = false;
    capable.start({}, sink, [&done](const std::exception_ptr& error) { done = error == nullptr; });
    CHECK(done);
    CHECK(sink->response_head().status == 204);
    CHECK(capable.open_socket({}) == nullptr);
}

TEST_CASE("calls are counted, and hooks see operation, model, tags and end user") {
    struct Seen final : CallHooks {
        void after_attempt(const CallContext& context, const AttemptEvent& event) noexcept override {
            const auto* team = context.tags.find("team");
            log.push_back(std::to_string(event.call_id) + ' ' + event.operation + ' ' + event.model + ' ' +
                          (team == nullptr ? "" : *team) + ' ' + context.end_user + ' ' + event.request_id +
                          ' ' + std::to_string(event.usage ? event.usage->total_token_count.value_or(0) : 0));
        }
        std::vector<std::string> log{};
    };
    const auto seen = std::make_shared<Seen>();
    const ScriptedTransport script{
        ScriptedTransport::json(
            R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":9}})", 200,
            {{"x-request-id", "r1"}}),
        ScriptedTransport::value(ListFilesResponse{})};
    const Client client({.api_key = "k", .http_options = {.tags = {{"team", "red"}}}, .hooks = seen}, script);
    static_cast<void>(client.models.generate_content("gemini-x", "x", {.http_options = {.end_user = "u1"}}));
    CHECK(client.files.list().to_vector().empty());
    REQUIRE(seen->log.size() == 2);
    CHECK(seen->log[0] == "1 models.generate_content gemini-x red u1 r1 9");
    CHECK(seen->log[1].ends_with(" files.list  red   0"));
}

// The client as a type: one, whatever its transport; passed around by copies; of no harm when moved from.

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/scripted_transport.hpp>
#include <genai/tools.hpp>

using namespace genai;
using genai::testing::ScriptedTransport;

static_assert(std::is_same_v<decltype(Client(ClientOptions(), std::declval<ScriptedTransport>())), Client<>>);
static_assert(std::is_same_v<decltype(Client(ClientOptions())), Client<>>);
static_assert(std::is_convertible_v<Client<ScriptedTransport>&, const Client<>&>);
static_assert(std::is_nothrow_move_constructible_v<GenerateContentConfig> &&
              std::is_nothrow_move_constructible_v<GenerateContentResponse>);

namespace {

ScriptedTransport script() {
    ScriptedTransport made{ScriptedTransport::text("Hello")};
    made.repeat_last();
    return made;
}

std::string ask(const Client<>& client) { return client.models.generate_content("m", "hi").text(); }

/// A list that is gone when the statement is.
std::vector<unsigned char> temporary() { return std::vector<unsigned char>(1000, 'x'); }

}  // namespace

TEST_CASE("every client goes where a Client<> goes") {
    const Client<ScriptedTransport> typed({.api_key = "k"}, script());
    CHECK(ask(typed) == "Hello");
    const Client<> copy = typed;
    CHECK(ask(copy) == "Hello");
    CHECK(ask(Client({.api_key = "k"}, script())) == "Hello");
}

TEST_CASE("a client that was moved from works on") {
    Client client({.api_key = "k"}, script());
    const Client<> moved = std::move(client);
    CHECK(ask(moved) == "Hello");
    CHECK(ask(client) == "Hello");
}

TEST_CASE("what is uploaded is kept until it is") {
    const genai::testing::Emulator emulator;
    const Client client(emulator.client_options());
    const UploadSource source = temporary();
    UploadSource copied = [] {
        const std::vector<char> local(500, 'y');
        return UploadSource(local);
    }();
    CHECK(client.files.upload(source, {.mime_type = "text/plain"}).size_bytes == 1000);
    CHECK(client.files.upload(copied, {.mime_type = "text/plain"}).size_bytes == 500);
    const std::string text = "stays here";
    CHECK(client.files.upload(UploadSource::view(text), {.mime_type = "text/plain"}).size_bytes == 10);
}

namespace {
struct Noted {
    int count{};
    static constexpr void fields(auto& self, auto&& visit) {
        const std::string built = std::string("built at run time, ") + "longer than any small string";
        visit("count", self.count, Note{.description = built, .minimum = 1});
    }
};
}  // namespace

TEST_CASE("notes and bounds keep their texts") {
    CHECK(schema_of<Noted>().json().text().find("built at run time, longer than any small string") !=
          std::string::npos);
    const auto tool = [] {
        const std::string meaning = std::string("a parameter's meaning ") + "that is built at run time";
        return genai::tool("f", "", {{"x", Note{.description = meaning, .format = "int32"}}},
                           [](int x) { return x; });
    }();
    CHECK(encode(tool).find("that is built at run time") != std::string::npos);
}

// A header that passes the API's types on needs their names alone.
#include <genai/fwd.hpp>

namespace {

struct Screen {
    const genai::Client<>* client;
    genai::Chat* chat;
    genai::Interactions* interactions;
    genai::Stream<genai::GenerateContentResponse>* stream;
    genai::Pager<genai::File>* files;
    genai::HttpTransport* transport;
};

}  // namespace

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

TEST_CASE("the names of clients, chats, streams and pagers are declared alone") {
    genai::Client<> client({.api_key = "k"});
    genai::Chat chat = client.chats.create("m");
    const Screen screen{&client, &chat, &client.interactions, nullptr, nullptr, nullptr};
    CHECK(screen.chat->history().empty());
}

// A program that imports the library.
#include <optional>
#include <string>
#include <vector>

import genai;

struct Fruit {
    std::string name{};
    int seeds{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("seeds", self.seeds);
    }
};

struct Fixed {
    void send(const genai::http::Request&, genai::http::Sink& sink) {
        const std::string body =
            R"({"candidates":[{"content":{"parts":[{"text":"{\"name\":\"fig\",\"seeds\":9}"}]},"finishReason":"STOP"}]})";
        static_cast<void>(genai::http::deliver(sink, {.status = 200}, body));
    }
};

int main() {
    genai::Client client({.api_key = "key"}, Fixed{});
    const auto response = client.models.generate_content(
        "gemini-2.5-flash", {"A fruit", genai::Part::from_text("please")}, {.temperature = 0.5});
    const auto fruit = response.parsed<Fruit>();
    const genai::Content content{.parts = {genai::Part::from_text("x")}, .role = "user"};
    const bool same = genai::decode<genai::Content>(genai::encode(content)) == content;
    try {
        client.models.generate_content("", "x");
    } catch (const genai::InvalidArgument&) {
        return fruit.seeds == 9 && same && response.candidate().finish_reason == genai::FinishReason::stop
                   ? 0
                   : 1;
    }
    return 1;
}

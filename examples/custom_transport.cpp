// A transport of one's own: anything with `send` will do. This one wraps another and counts.
#include <atomic>
#include <functional>
#include <iostream>

#include "connect.hpp"

namespace {

template <genai::http::Transport Inner>
class Counting {
public:
    explicit Counting(Inner inner) : inner_(std::move(inner)) {}

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        ++count_;
        inner_.send(request, sink);
    }
    int count() const { return count_; }

private:
    Inner inner_;
    std::atomic<int> count_{0};
};

}  // namespace

int main() {
    const examples::Connection connection;
    Counting transport{genai::HttpTransport(connection.options())};
    const genai::Client client(connection.options(), std::ref(transport));
    for (const char* prompt : {"one", "two", "three"})
        std::cout << client.models.generate_content(examples::model, prompt).text() << '\n';
    std::cout << transport.count() << " requests\n";
}

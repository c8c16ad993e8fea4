// The suite that ships for transports, over the default one, over what users wrap around it, and over some
// that are broken.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/transport_conformance.hpp>

using namespace genai;
using testing::check_transport;
using testing::TransportCheck;

namespace {

/// A decorator that does something else than it should.
template <class Change>
class Broken {
public:
    explicit Broken(Change change) : change_(std::move(change)) {}
    void send(const http::Request& request, http::Sink& sink) { change_(inner_, request, sink); }

private:
    Change change_;
    HttpTransport inner_{};
};

/// How many checks find something, with that word in their name.
std::size_t found(const std::vector<TransportCheck>& checks, const std::string& word) {
    return static_cast<std::size_t>(
        std::count_if(checks.begin(), checks.end(), [&](const TransportCheck& check) {
            return !check.problem.empty() && check.name.find(word) != std::string::npos;
        }));
}

}  // namespace

TEST_CASE("the default transport does what transports promise, also when wrapped") {
    const auto shared = std::make_shared<HttpTransport>();
    for (const auto& [name, problem] : check_transport([&shared] { return shared; })) {
        INFO(name);
        CHECK(problem == "");
    }
    for (const auto& [name, problem] :
         check_transport([] { return AnyTransport(AnyTransport(HttpTransport())); })) {
        INFO(name);
        CHECK(problem == "");
    }
}

TEST_CASE("the suite finds what a broken transport does") {
    const auto check = [](auto change) { return check_transport([change] { return Broken(change); }); };
    CHECK(found(check([](HttpTransport& inner, http::Request request, http::Sink& sink) {
                    request.stop = {};
                    request.timeouts = {.total = std::chrono::milliseconds(1500)};
                    inner.send(request, sink);
                }),
                "token") == 3);
    const auto twice = check([](HttpTransport& inner, const http::Request& request, http::Sink& sink) {
        struct Deaf final : http::Sink {
            explicit Deaf(http::Sink& to) : to_(to) {}
            http::Flow head(const http::ResponseHead& head) override {
                static_cast<void>(to_.head(head));
                return http::Flow::more;
            }
            http::Flow data(std::string_view piece) override {
                static_cast<void>(to_.data(piece));
                return http::Flow::more;
            }
            http::Sink& to_;
        } deaf(sink);
        inner.send(request, deaf);
    });
    CHECK(found(twice, "a sink that stops") == 2);
    const auto erring = check([](HttpTransport& inner, const http::Request& request, http::Sink& sink) {
        try {
            inner.send(request, sink);
        } catch (const std::exception&) {  // silently
        }
    });
    CHECK(found(erring, "TransportError") >= 6);
    CHECK(found(erring, "let through") == 2);
    CHECK(found(erring, "Cancelled") == 1);
}

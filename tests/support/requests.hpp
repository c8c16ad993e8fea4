#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <genai/genai.hpp>

namespace support {

/// Gathers an answer.
struct Gathered : genai::http::Sink {
    int status{0};
    genai::http::Headers headers{};
    std::string body{};
    genai::http::Flow head(const genai::http::ResponseHead& head) override {
        status = head.status;
        headers = head.headers;
        return genai::http::Flow::more;
    }
    genai::http::Flow data(std::string_view piece) override {
        body += piece;
        return genai::http::Flow::more;
    }
};

inline genai::http::Request post(const std::string& url, std::string body = "{}") {
    return {.method = "POST", .url = url + "/x", .body = genai::http::Body::text(std::move(body))};
}

struct Failure {
    genai::TransportError::Phase phase{};
    genai::TransportError::Reason reason{};
};

inline Failure failure_of(genai::HttpTransport& transport, const genai::http::Request& request) {
    Gathered sink;
    try {
        transport.send(request, sink);
    } catch (const genai::TransportError& error) {
        return {error.phase(), error.reason()};
    }
    throw std::logic_error("an answer came");
}

}  // namespace support

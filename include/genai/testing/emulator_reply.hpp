#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing {

/// A reply of a test's own making, for one request. Unless it says otherwise it is as the emulator would have
/// answered; delay and fault apply to either.
struct Reply {
    std::optional<int> status{};        ///< set: this reply is sent, not the emulator's own
    http::Headers headers{};            ///< beside Content-Type
    std::string body{};                 ///< of a whole answer
    std::vector<std::string> events{};  ///< texts of a stream's events, instead of `body`
    std::string content_type{"application/json; charset=UTF-8"};
    std::chrono::milliseconds delay{0};        ///< before the first byte
    std::chrono::milliseconds event_delay{0};  ///< between two events
    Fault fault{};                             ///< what goes wrong, and at which byte
    std::optional<std::string> verbatim{};     ///< bytes to send as they are, head included

    /// An answer with this JSON text.
    static Reply json(std::string body, int status = 200) {
        return {.status = status, .body = std::move(body)};
    }
    /// A model's answer with this text, whole or as one chunk, as asked.
    static Reply text(std::string_view text) {
        return answer(encode(GenerateContentResponse{
            .candidates = {
                Candidate{.content = Content{.parts = {Part::from_text(std::string(text))}, .role = "model"},
                          .finish_reason = FinishReason::stop,
                          .index = 0}}}));
    }
    /// A model's call of a function, whether it is declared and takes these arguments or not.
    static Reply function_call(std::string name, Json args) {
        return function_calls({{.args = std::move(args), .name = std::move(name)}});
    }
    /// A model's calls of several functions at once.
    static Reply function_calls(std::vector<FunctionCall> calls) {
        Content turn{.role = "model"};
        for (FunctionCall& call : calls) turn.parts.push_back({.function_call = std::move(call)});
        return answer(encode(GenerateContentResponse{
            .candidates = {
                Candidate{.content = std::move(turn), .finish_reason = FinishReason::stop, .index = 0}}}));
    }
    /// A stream of these event texts.
    static Reply stream(std::vector<std::string> events) {
        return {.status = 200, .events = std::move(events)};
    }
    /// An error in the service's form.
    static Reply error(int status, std::string_view name, std::string_view message,
                       const Json& details = {}) {
        Json error{{"code", status}, {"message", message}, {"status", name}};
        if (!details.is_null()) error["details"] = details;
        return json(Json{{"error", error}}.dump(2), status);
    }
    /// The error that the service gives with this status: `RESOURCE_EXHAUSTED` with 429, and so on.
    static Reply failure(int status) {
        std::string_view name = status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        for (const auto& [code, word] :
             {std::pair(401, "UNAUTHENTICATED"), std::pair(403, "PERMISSION_DENIED"),
              std::pair(404, "NOT_FOUND"), std::pair(409, "ABORTED"), std::pair(429, "RESOURCE_EXHAUSTED"),
              std::pair(499, "CANCELLED"), std::pair(501, "UNIMPLEMENTED"), std::pair(503, "UNAVAILABLE"),
              std::pair(504, "DEADLINE_EXCEEDED")})
            if (code == status) name = word;
        return error(status, name, "An emulated failure.");
    }
    /// The emulator's own answer, with something wrong.
    static Reply broken(Fault fault) { return {.fault = fault}; }
    /// The emulator's own answer, late.
    static Reply late(std::chrono::milliseconds delay) { return {.delay = delay}; }

private:
    static Reply answer(std::string body) { return {.status = 200, .body = body, .events = {body}}; }
};

}  // namespace genai::inline GENAI_ABI::testing

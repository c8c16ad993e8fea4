#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/testing/emulator/api.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator_reply.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/json.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing {

namespace emulated {

/// What goes wrong with a reply, as JSON.
struct FaultScript {
    std::string kind{};
    std::optional<std::size_t> at{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("kind", self.kind);
        visit("at", self.at);
    }
};

/// A reply as JSON. docs/emulator.md says what each member does.
struct ReplyScript {
    std::optional<std::int32_t> status{};
    Dict<std::string> headers{};
    std::optional<Json> body{};
    std::optional<std::vector<Json>> events{};
    std::optional<std::string> text{};
    Box<FunctionCall> function_call{};
    std::optional<std::string> content_type{};
    std::optional<Duration> delay{};
    std::optional<Duration> event_delay{};
    Box<FaultScript> fault{};
    std::optional<std::string> verbatim{};
    std::optional<std::int32_t> times{};
    Extra extra{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("status", self.status);
        visit("headers", self.headers);
        visit("body", self.body);
        visit("events", self.events);
        visit("text", self.text);
        visit("function_call", self.function_call);
        visit("content_type", self.content_type);
        visit("delay", self.delay);
        visit("event_delay", self.event_delay);
        visit("fault", self.fault);
        visit("verbatim", self.verbatim);
        visit("times", self.times);
    }
};

/// A request to let time pass.
struct ClockScript {
    Duration advance{};
    static constexpr void fields(auto& self, auto&& visit) { visit("advance", self.advance); }
};

/// A JSON text as it is, any other value as JSON.
inline std::string as_text(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

inline Fault fault_of(const FaultScript& script) {
    using Kind = Fault::Kind;
    for (const auto& [name, kind] :
         {std::pair("close", Kind::close), std::pair("reset", Kind::reset), std::pair("stall", Kind::stall)})
        if (script.kind == name) return {kind, script.at.value_or(0)};
    throw InvalidArgument("fault.kind", "is none of close, reset and stall");
}

inline Reply reply_of(const ReplyScript& script) {
    if (!script.extra.empty())
        throw InvalidArgument(script.extra.json().begin().key(), "is no member of a reply");
    Reply reply;
    if (script.text) reply = Reply::text(*script.text);
    else if (script.function_call)
        reply = Reply::function_call(script.function_call->name.value_or(""),
                                     script.function_call->args.value_or(Json::object()));
    else if (script.status && !script.body && !script.events && *script.status >= 400)
        reply = Reply::failure(*script.status);
    else if (script.body || script.events || script.status) reply.status = 200;
    if (script.status) reply.status = *script.status;
    if (script.body) reply.body = as_text(*script.body);
    if (script.events)
        for (const Json& event : *script.events) reply.events.push_back(as_text(event));
    for (const auto& [name, value] : script.headers) reply.headers.add(name, value);
    if (script.content_type) reply.content_type = *script.content_type;
    if (script.delay) reply.delay = script.delay->as<std::chrono::milliseconds>();
    if (script.event_delay) reply.event_delay = script.event_delay->as<std::chrono::milliseconds>();
    if (script.fault) reply.fault = fault_of(*script.fault);
    reply.verbatim = script.verbatim;
    if (reply.verbatim && !reply.status) reply.status = 200;
    return reply;
}

/// A request as tests see it: its body as JSON where it is that.
inline Tree shown_request(const ReceivedRequest& request) {
    Tree headers = Tree::object();
    for (const auto& [name, value] : request.headers) headers[name] = value;
    Tree body = Tree::parse(request.body, nullptr, false);
    if (body.is_discarded()) body = request.body;
    return {{"method", request.method}, {"target", request.target},         {"path", request.path},
            {"headers", headers},       {"connection", request.connection}, {"body", body}};
}

}  // namespace emulated

#if !defined(GENAI_EMULATOR_COMPILED) || defined(GENAI_EMULATOR_IMPLEMENTATION)
#if !defined(GENAI_EMULATOR_IMPLEMENTATION)
inline
#endif
    std::vector<Reply>
    read_replies(const std::string& text) {
    std::vector<Reply> replies;
    const bool one = text.find_first_not_of(" \t\r\n") == text.find('{');
    const auto scripts = one ? std::vector{decode<emulated::ReplyScript>(text)}
                             : decode<std::vector<emulated::ReplyScript>>(text);
    for (const auto& script : scripts) {
        const auto times = script.times.value_or(1);
        if (times < 0 || times > 100'000) throw InvalidArgument("times", "must be 0 to 100000");
        replies.insert(replies.end(), static_cast<std::size_t>(times), emulated::reply_of(script));
    }
    return replies;
}

#if !defined(GENAI_EMULATOR_IMPLEMENTATION)
inline
#endif
    RawReply
    answer_control(ControlledEmulator& emulator, const ReceivedRequest& request) {
    const std::string what = request.path.substr((std::min<std::size_t>)(request.path.size(), 10));
    const auto asks = [&](std::string_view method, std::string_view path) {
        return request.method == method && what == path;
    };
    try {
        if (asks("GET", "")) return emulated::ok({{"url", emulator.url()}});
        if (asks("GET", "requests")) {
            Tree list = Tree::array();
            for (const ReceivedRequest& one : emulator.requests())
                list.push_back(emulated::shown_request(one));
            return emulated::ok({{"requests", list}});
        }
        if (asks("DELETE", "requests")) emulator.clear();
        else if (asks("POST", "replies")) {
            for (Reply& reply : read_replies(request.body)) emulator.enqueue(std::move(reply));
        } else if (asks("POST", "clock")) {
            emulator.advance(
                decode<emulated::ClockScript>(request.body).advance.as<std::chrono::milliseconds>());
        } else if (asks("POST", "reset")) {
            emulator.reset();
        } else {
            return emulated::whole(404, {{"error", "there is no " + request.method + ' ' + request.path}});
        }
        return emulated::ok();
    } catch (const std::exception& problem) {
        return emulated::whole(400, {{"error", problem.what()}});
    }
}
#endif

}  // namespace genai::inline GENAI_ABI::testing

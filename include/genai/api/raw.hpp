#pragma once

#include <concepts>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/events.hpp>
#include <genai/detail/names.hpp>
#include <genai/options.hpp>
#include <genai/stream.hpp>

namespace genai::inline v0::detail {

/// The call for a method, a path behind the API version with or without a query, and a body; null for none.
template <class Tree>
Call raw_call(const Protocol& protocol, std::string_view verb, std::string_view path, const Tree& body, const RequestConfig& config) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (verb.empty() || verb.find_first_not_of(letters) != std::string_view::npos) throw InvalidArgument("verb", "must be an HTTP method in capitals");
    Call call{.method = std::string(verb), .options = protocol.merged(config.http_options)};
    if (const auto mark = path.find('?'); mark != std::string_view::npos) {
        call.query = http::parse_query(path.substr(mark + 1));
        path = path.substr(0, mark);
    }
    while (path.starts_with('/')) path.remove_prefix(1);
    check_resource("path", path);
    call.path = std::string(path);
    if (!body.is_null()) call.body = json_body(body);
    return call;
}

/// The same for a stream of events.
template <class Tree>
Call raw_stream_call(const Protocol& protocol, std::string_view verb, std::string_view path, const Tree& body, const RequestConfig& config) {
    Call call = raw_call(protocol, verb, path, body, config);
    bool said = false;
    for (const auto& entry : call.query) said = said || entry.first == "alt" || entry.first == "stream";
    if (!said && call.path.find(':') != std::string::npos) call.query.emplace_back("alt", "sse");
    call.headers.set("Accept", "text/event-stream");
    return call;
}

template <http::Transport T>
Json raw_request(Core<T>& core, const Call& call) {
    return core.ask(call, [](std::string_view text, const http::ResponseHead&) { return is_blank(text) ? Json() : decode<Json>(text); });
}

template <http::Transport T>
Stream<Json> raw_stream(std::shared_ptr<Core<T>> core, const Call& call) {
    return stream_of<Json>(std::move(core), call, [](Core<T>& shared, const Prepared& request, const auto& emit) {
        run_events<Json>(shared, request, [&emit](Json&& event) { return emit(std::move(event)); }, [] {});
    });
}

}  // namespace genai::inline v0::detail

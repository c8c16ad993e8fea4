#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/values/time.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The first query parameter of this name; empty where there is none.
inline std::string query(const ReceivedRequest& request, std::string_view name) {
    for (const auto& [key, value] : request.query)
        if (key == name) return value;
    return {};
}

/// Whether a query parameter of this name is true, in any case, as the SDKs write it.
inline bool query_true(const ReceivedRequest& request, std::string_view name) {
    const std::string value = lower_case(query(request, name));
    return value == "true" || value == "1";
}

/// Whether a stream is wanted as server-sent events rather than as a JSON array.
inline bool asks_for_events(const ReceivedRequest& request) { return query(request, "alt") == "sse"; }

/// A response with a JSON body, sent in one piece.
inline RawReply whole(int status, const Tree& body) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json; charset=UTF-8"},
                        {"Vary", "Origin"},
                        {"Server", "emulator"}},
            .pieces = {body.dump(2, ' ', false, Tree::error_handler_t::replace) + '\n'}};
}

/// A 200 response with this JSON body.
inline RawReply ok(const Tree& body) { return whole(200, body); }

/// A 200 response with an empty object.
inline RawReply ok() { return whole(200, Tree::object()); }

/// A 200 response with the content of a file.
inline RawReply bytes(std::string content, std::string mime_type) {
    return {.headers = {{"Content-Type", mime_type}, {"Server", "emulator"}}, .pieces = {std::move(content)}};
}

/// The HTML page that the service sends for a path or method it does not serve.
inline RawReply not_found() {
    return {.status = 404,
            .headers = {{"Content-Type", "text/html; charset=UTF-8"}},
            .pieces = {"<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n"
                       "<p>The requested URL was not found on this server.\n</html>\n"}};
}

/// The error for a resource that does not exist, in the service's error format.
inline Refusal missing(const std::string& what) { return {404, "NOT_FOUND", what + " is not found."}; }

/// A time since the Unix epoch in RFC 3339 format.
inline std::string time_text(std::chrono::milliseconds when) {
    return Timestamp(std::chrono::sys_time<std::chrono::milliseconds>(when)).text();
}

/// One page of `items` under the key `member`, at most `most` of them, each as `show` returns it. `snake`
/// selects the parameter names `page_size` and `page_token` instead of `pageSize` and `pageToken`.
template <class Items, class Show>
RawReply page(const ReceivedRequest& request, const char* member, const Items& items, std::size_t most,
              Show&& show, bool snake = false) {
    const auto number = [](const std::string& text) {
        std::size_t value = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (problem != std::errc() || end != text.data() + text.size())
            throw Refusal{400, "INVALID_ARGUMENT", "page_size or page_token is invalid."};
        return value;
    };
    const std::string size = query(request, snake ? "page_size" : "pageSize");
    const std::string token = query(request, snake ? "page_token" : "pageToken");
    if (!token.empty() && !token.starts_with("page-"))
        throw Refusal{400, "INVALID_ARGUMENT", "page_token is invalid."};
    const std::size_t begin = token.empty() ? 0 : number(token.substr(5));
    const std::size_t count =
        size.empty() ? most : (std::min)(most, (std::max<std::size_t>)(1, number(size)));
    Tree list = Tree::array();
    std::size_t at = 0;
    for (const auto& item : items) {
        if (at >= begin && at < begin + count) list.push_back(show(item));
        ++at;
    }
    Tree body = Tree::object();
    if (!list.empty()) body[member] = list;
    if (at > begin + count)
        body[snake ? "next_page_token" : "nextPageToken"] = "page-" + std::to_string(begin + count);
    return ok(body);
}

}  // namespace genai::inline GENAI_ABI::testing::emulated

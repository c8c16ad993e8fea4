#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/pager.hpp>

namespace genai::inline v0::detail {

/// What a list calls the size of its pages and the place of the next.
struct Paging {
    const char* size{"pageSize"};
    const char* token{"pageToken"};
};
/// The names in the newer parts of the API.
inline constexpr Paging snake_paging{"page_size", "page_token"};

/// The pager over a list. `read(text, head)` takes each answer apart into a Page. Throws InvalidArgument for a page size
/// that is not positive.
template <http::Transport T, class Config, class Read>
auto list(std::shared_ptr<Core<T>> core, std::string path, const Config& config, Read read, http::Query query = {}, Paging paging = {}) {
    if (config.page_size && *config.page_size <= 0) throw InvalidArgument("config.page_size", "must be positive");
    if (config.page_size) query.emplace_back(paging.size, std::to_string(*config.page_size));
    Call call{.method = "GET", .path = std::move(path), .query = std::move(query), .options = core->protocol().merged(config.http_options)};
    static_cast<void>(core->protocol().request(call));  // what is wrong with it shows here, not in the loop
    using Item = typename decltype(read(std::string_view(), http::ResponseHead()).items)::value_type;
    return Pager<Item>(
        [core = std::move(core), call = std::move(call), read, paging](const std::string& token) {
            Call next = call;
            if (!token.empty()) next.query.emplace_back(paging.token, token);
            return core->ask(next, read);
        },
        config.page_size, config.page_token.value_or(""));
}

/// The same for an answer that has the items in a member.
template <class Answer, http::Transport T, class Config, class Item>
Pager<Item> list(std::shared_ptr<Core<T>> core, std::string path, const Config& config, std::vector<Item> Answer::*items, http::Query query = {}, Paging paging = {}) {
    const auto read = [items](std::string_view text, const http::ResponseHead& head) {
        auto answer = decode_answer<Answer>(text, head);
        Page<Item> page{.items = std::move(answer.*items), .next_page_token = std::move(answer.next_page_token)};
        if constexpr (requires { answer.sdk_http_response; }) page.sdk_http_response = std::move(answer.sdk_http_response);
        return page;
    };
    return list(std::move(core), std::move(path), config, read, std::move(query), paging);
}

}  // namespace genai::inline v0::detail

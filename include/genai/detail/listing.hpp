#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/pager.hpp>

namespace genai::inline v0::detail {

/// The pager over a list. `to_page` takes each answer apart. Throws InvalidArgument for a page size that is not positive.
template <class Answer, http::Transport T, class Config, class ToPage>
auto list(std::shared_ptr<Core<T>> core, std::string path, const Config& config, ToPage to_page, http::Query query = {}) {
    if (config.page_size && *config.page_size <= 0) throw InvalidArgument("config.page_size", "must be positive");
    if (config.page_size) query.emplace_back("pageSize", std::to_string(*config.page_size));
    Call call{.method = "GET", .path = std::move(path), .query = std::move(query), .options = core->protocol().merged(config.http_options)};
    static_cast<void>(core->protocol().request(call));  // what is wrong with it shows here, not in the loop
    using Item = typename decltype(to_page(std::declval<Answer>()).items)::value_type;
    return Pager<Item>(
        [core = std::move(core), call = std::move(call), to_page](const std::string& token) {
            Call next = call;
            if (!token.empty()) next.query.emplace_back("pageToken", token);
            return to_page(core->template ask<Answer>(next));
        },
        config.page_size, config.page_token.value_or(""));
}

/// The same for an answer that has the items in a member.
template <class Answer, http::Transport T, class Config, class Item>
Pager<Item> list(std::shared_ptr<Core<T>> core, std::string path, const Config& config, std::vector<Item> Answer::*items, http::Query query = {}) {
    const auto to_page = [items](Answer&& answer) {
        return Page<Item>{std::move(answer.*items), std::move(answer.next_page_token), std::move(answer.sdk_http_response)};
    };
    return list<Answer>(std::move(core), std::move(path), config, to_page, std::move(query));
}

}  // namespace genai::inline v0::detail

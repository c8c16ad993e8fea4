#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/error.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What a list calls the size of its pages and the place of the next.
struct Paging {
    const char* size{"pageSize"};
    const char* token{"pageToken"};
};
/// The names in the newer parts of the API.
inline constexpr Paging snake_paging{"page_size", "page_token"};

/// The pager over a list. `call` is for its pages, `read(text, head)` takes each response apart into a Page.
/// Throws InvalidArgument for a page size that is not positive, and for a call that is wrong.
template <class Config, class Read>
auto list(const CallerRef& caller, Call call, const Config& config, Read read, Paging paging = {}) {
    if (config.page_size && *config.page_size <= 0)
        throw InvalidArgument("config.page_size", "must be positive");
    call.method = "GET";
    call.options = config.http_options;
    if (config.page_size) call.query.emplace_back(paging.size, std::to_string(*config.page_size));
    static_cast<void>(caller->begin(call));  // what is wrong with it shows here, not in the loop
    using Item = typename decltype(read(std::string_view(), http::ResponseHead()).items)::value_type;
    return PagerAccess::make<Item>(
        [caller = caller.share(), call = std::move(call), read, paging](const std::string& token) {
            Call next = call;
            if (!token.empty()) next.query.emplace_back(paging.token, token);
            return caller->call(std::move(next), read);
        },
        config.page_size, config.page_token.value_or(""));
}

/// The same for a response that has the items in a member.
template <class Response, class Config, class Item>
Pager<Item> list(const CallerRef& caller, Call call, const Config& config, std::vector<Item> Response::*items,
                 Paging paging = {}) {
    const auto read = [items](std::string_view text, const http::ResponseHead& head) {
        auto response = decode_response<Response>(text, head);
        Page<Item> page{.items = std::move(response.*items),
                        .next_page_token = std::move(response.next_page_token)};
        if constexpr (requires { response.sdk_http_response; })
            page.sdk_http_response = std::move(response.sdk_http_response);
        return page;
    };
    return list(caller, std::move(call), config, read, paging);
}

}  // namespace genai::inline GENAI_ABI::detail

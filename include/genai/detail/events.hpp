#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/stream.hpp>

namespace genai::inline v0::detail {

/// A callback that may say whether to go on, as one that does.
template <class Item, class OnItem>
auto going_on(OnItem& on_item) {
    return [&on_item](const Item& item) -> bool {
        if constexpr (std::same_as<std::invoke_result_t<OnItem&, const Item&>, bool>) {
            return on_item(item);
        } else {
            on_item(item);
            return true;
        }
    };
}

/// Decodes each event as an `Item` and hands it on; an error among them is thrown.
template <class Item, class OnItem>
class ItemSink final : public EventSink {
public:
    ItemSink(std::string_view key, OnItem& on_item) : EventSink(key), on_item_(on_item) {}

private:
    bool event(std::string_view text) override {
        auto item = decode<Item>(text);
        const bool suspect = [&] {
            if constexpr (std::same_as<Item, Json>) return is_error(item);
            else return item.unknown() != nullptr && is_error(item.unknown()->json());
        }();
        if (suspect) throw_api_error(response_head(), std::string(text), secrets());
        return on_item_(std::move(item));
    }
    void plain(std::string_view text) override { event(text); }

    OnItem& on_item_;
};

/// Runs a request whose answer is a stream of events; `on_item` says whether to go on. Calls `at_end` when it came to
/// its end without being stopped.
template <class Item, http::Transport T, class OnItem, class AtEnd>
void run_events(Core<T>& core, const http::Request& request, OnItem&& on_item, AtEnd&& at_end) {
    bool stopped = false;
    auto push = [&](Item&& item) {
        stopped = !on_item(std::move(item));
        return !stopped;
    };
    ItemSink<Item, decltype(push)> sink(core.protocol().key(), push);
    core.exchange(request, sink);
    if (!stopped) sink.end();
    if (!stopped) at_end();
}

}  // namespace genai::inline v0::detail

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
    explicit ItemSink(OnItem& on_item) : on_item_(on_item) {}

private:
    bool event(std::string_view text) override {
        auto item = decode<Item>(text);
        const bool suspect = [&] {
            if constexpr (std::same_as<Item, Json>) return is_error(item);
            else return item.unknown() != nullptr && is_error(item.unknown()->json());
        }();
        if (suspect) refuse(std::string(text));
        hand_on();
        return on_item_(std::move(item));
    }
    void plain(std::string_view text) override { event(text); }

    OnItem& on_item_;
};

/// Runs a request whose answer is a stream of events; `on_item` says whether to go on. Calls `at_end` when it came to
/// its end without being stopped.
template <class Item, http::Transport T, class OnItem, class AtEnd>
void run_events(Core<T>& core, const Prepared& request, OnItem&& on_item, AtEnd&& at_end) {
    bool stopped = false;
    auto push = [&](Item&& item) {
        stopped = !on_item(std::move(item));
        return !stopped;
    };
    ItemSink<Item, decltype(push)> sink(push);
    core.exchange(request, sink, [&] {
        if (!stopped) sink.end();
        if (!stopped) at_end();
    });
}

/// The items of a call's answer as a stream: `run(core, request, emit)` makes the exchange, on the worker.
template <class Item, http::Transport T, class Run>
Stream<Item> stream_of(std::shared_ptr<Core<T>> core, const Call& call, Run run, std::function<void()> on_end = {}) {
    Prepared request = core->protocol().request(call);  // what is wrong with it shows here, not on the worker
    std::stop_token outer = request.stop;
    return Stream<Item>(
        [core = std::move(core), request = std::move(request), run = std::move(run)](std::stop_token stop, const auto& emit) mutable {
            request.stop = std::move(stop);
            run(*core, request, emit);
        },
        std::move(outer), std::move(on_end));
}

}  // namespace genai::inline v0::detail

#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/worker_stream.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/stream.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Decodes each event as an `Item` and delivers it; an error among them is thrown.
template <class Item>
class ItemSink final : public EventSink {
public:
    /// Takes an item of that many bytes; false when no more are wanted.
    using OnItem = std::function<bool(Item&&, std::size_t bytes)>;

    /// `at_end` is called when all have come and none was refused.
    ItemSink(OnItem on_item, std::function<void()> at_end)
        : on_item_(std::move(on_item)), at_end_(std::move(at_end)) {}

    std::shared_ptr<const GenerateContentResponseUsageMetadata> usage() const override { return usage_; }
    void complete() override {
        if (!stopped_) EventSink::complete();
        if (!stopped_ && at_end_) at_end_();
    }

private:
    bool event(std::string_view text) override {
        auto item = decode<Item>(text);
        const bool suspect = [&] {
            if constexpr (std::same_as<Item, Json>) return is_error(item);
            else return item.unknown() != nullptr && is_error(item.unknown()->json());
        }();
        if (suspect) refuse(std::string(text));
        if constexpr (std::same_as<Item, Json>)
            if (observed())
                if (auto said = usage_in<GenerateContentResponseUsageMetadata>(item))
                    usage_ = std::move(said);
        mark_delivered();
        stopped_ = !on_item_(std::move(item), text.size());
        return !stopped_;
    }

    OnItem on_item_;
    std::function<void()> at_end_;
    std::shared_ptr<const GenerateContentResponseUsageMetadata> usage_{};
    bool stopped_{false};
};

/// The items that `produce(caller, exchange, deliver)` receives on a worker, as a stream. Throws
/// InvalidArgument for a call that is wrong, before there is a worker.
template <class Item, class Produce>
Stream<Item> worker_stream(std::shared_ptr<Caller> caller, Call call, Produce produce,
                           std::function<void()> on_end = {}) {
    auto* const channel = new WorkerChannel<Item>();
    ChannelPtr<Item> owned(channel);
    stop_token outer = caller->options(call.options).stop_token;
    call.options.stop_token = channel->stop_token();
    std::shared_ptr<Exchange> exchange = caller->begin(std::move(call));
    channel->on_end(std::move(on_end));
    channel->start([caller = std::move(caller), exchange = std::move(exchange), produce = std::move(produce)](
                       const auto& deliver) mutable { produce(*caller, exchange, deliver); },
                   std::move(outer));
    return StreamAccess::make<Item>(std::move(owned));
}

/// The events of a call's response as a stream.
template <class Item>
Stream<Item> event_stream(std::shared_ptr<Caller> caller, Call call) {
    return worker_stream<Item>(
        std::move(caller), std::move(call),
        [](Caller& through, const std::shared_ptr<Exchange>& exchange, const auto& deliver) {
            ItemSink<Item> sink(deliver, {});
            through.run(*exchange, sink);
        });
}

}  // namespace genai::inline GENAI_ABI::detail

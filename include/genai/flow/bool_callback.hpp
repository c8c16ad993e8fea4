#pragma once

#include <concepts>
#include <type_traits>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A callback that may return a bool, as one that does: whether to go on.
template <class Item, class OnItem>
auto as_bool_callback(OnItem& on_item) {
    return [&on_item](const Item& item) -> bool {
        if constexpr (std::same_as<std::invoke_result_t<OnItem&, const Item&>, bool>) {
            return on_item(item);
        } else {
            on_item(item);
            return true;
        }
    };
}

}  // namespace genai::inline GENAI_ABI::detail

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/cost/price_table.hpp>

namespace genai::inline GENAI_ABI {

/// A project's usage tier. https://ai.google.dev/gemini-api/docs/rate-limits#usage-tiers
enum class UsageTier { free, tier_1, tier_2, tier_3 };

/// What sources say a limit is: one number where they agree.
struct LimitRange {
    std::int64_t least{};
    std::int64_t most{};

    friend bool operator==(const LimitRange&, const LimitRange&) = default;
};

/// A model's rate limits as they were published; nothing where no source named one, which does not mean that
/// there is none.
struct PublishedLimits {
    std::optional<LimitRange> rpm{};     ///< requests a minute
    std::optional<LimitRange> tpm{};     ///< tokens of prompts a minute
    std::optional<LimitRange> rpd{};     ///< requests a day
    std::vector<std::string> sources{};  ///< each with its date
};

/// What was published of a model's limits in a tier; nothing where nothing was. Google has published none
/// since December 2025: AI Studio shows a project's own, and a 429 may name them. A hint, then, with its
/// dates.
std::optional<PublishedLimits> published_limits(std::string_view model, UsageTier tier);
/// The most that a project may spend in any ten minutes, by its tier; nothing where none is named.
std::optional<Dollars> published_spend_limit(UsageTier tier);

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <algorithm>
#include <cstddef>

#include <genai/limits/published_rows.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// Whether a row is about a model: by its name, or by the family that the name begins with.
GENAI_INLINE bool is_about(std::string_view row, std::string_view model) {
    if (!model.starts_with(row)) return false;
    const std::string_view rest = model.substr(row.size());
    const bool family = !row.starts_with("gemini-2") && !row.starts_with("gemini-3");
    return rest.empty() || rest.starts_with("-0") || (family && rest.front() == '-');
}

GENAI_INLINE void widen(std::optional<LimitRange>& range, std::int64_t said) {
    if (said == 0) return;
    if (!range) range = LimitRange{said, said};
    range->least = (std::min)(range->least, said);
    range->most = (std::max)(range->most, said);
}

}  // namespace detail

GENAI_INLINE std::optional<PublishedLimits> published_limits(std::string_view model, UsageTier tier) {
    model.remove_prefix((std::min)(model.size(), model.rfind('/') + 1));
    PublishedLimits made;
    for (const detail::PublishedRow& row : detail::published_rows) {
        if (row.tier != static_cast<int>(tier) || !detail::is_about(row.model, model)) continue;
        detail::widen(made.rpm, row.rpm);
        detail::widen(made.tpm, row.tpm);
        detail::widen(made.rpd, row.rpd);
        made.sources.emplace_back(detail::published_sources[static_cast<std::size_t>(row.source)]);
    }
    return made.sources.empty() ? std::nullopt : std::optional(std::move(made));
}

GENAI_INLINE std::optional<Dollars> published_spend_limit(UsageTier tier) {
    const int dollars = detail::spend_limit_dollars[static_cast<std::size_t>(tier)];
    return dollars == 0 ? std::nullopt : std::optional(Dollars::nearest(dollars));
}

}  // namespace genai::inline GENAI_ABI

#endif

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/cost/dollars.hpp>
#include <genai/values/json.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/time.hpp>

namespace genai::inline GENAI_ABI {

/// What tokens are priced by.
enum class TokenKind {
    input,               ///< of a prompt, where its kind has no price of its own
    cached_input,        ///< of a prompt, from a cache
    audio_input,         ///< audio in a prompt
    cached_audio_input,  ///< audio in a prompt, from a cache
    image_input,         ///< images in a prompt
    video_input,         ///< video in a prompt
    output,              ///< of an answer, where its kind has no price of its own
    thoughts,            ///< thinking
    audio_output,        ///< speech
    image_output,        ///< images in an answer
    video_output,        ///< video in an answer
};
/// How many kinds there are.
inline constexpr std::size_t token_kinds = 11;

/// How a call is served, as it is priced.
enum class PriceTier { standard, batch, flex, priority };

/// What a model's tokens cost, each by its kind; unset where a kind has no price of its own.
using TokenRates = std::array<std::optional<Dollars>, token_kinds>;

/// The prices of a model, for a span of time.
struct ModelPrices {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    std::string model{};                                ///< without a prefix
    std::optional<Timestamp> from{};                    ///< from when they hold; always, when unset
    std::optional<Timestamp> until{};                   ///< until when, exclusive
    std::array<TokenRates, 4> rates{};                  ///< a token, by tier
    std::int64_t threshold{};  ///< prompts of more tokens than this are priced as `above`; 0 for none
    std::array<TokenRates, 4> above{};                ///< a token of such a prompt and its answer, by tier
    std::optional<Dollars> search{};                  ///< grounding by search: a prompt, or a query
    bool search_by_query{false};                      ///< which of both
    std::optional<Dollars> maps{};                    ///< grounding by Google Maps, a prompt
    std::optional<Dollars> image{};                   ///< a picture, of models that are priced so
    std::optional<Dollars> cache_hour{};              ///< a million tokens in an explicit cache for an hour
    std::optional<std::int64_t> max_input_tokens{};   ///< the context window
    std::optional<std::int64_t> max_output_tokens{};  ///< most tokens of an answer
    std::string source{};                             ///< where they were read
    std::string checked{};                            ///< when, as a date
};

/// Prices of models, dated. Those that come with the library are data, with their source and date; newer ones
/// can be loaded. Thread-safe when it is not changed.
class PriceTable {
public:
    /// None.
    PriceTable() = default;
    /// Those that come with the library. https://ai.google.dev/gemini-api/docs/pricing
    static const PriceTable& builtin();
    /// Prices in the form of LiteLLM's `model_prices_and_context_window.json`: an object of models, each with
    /// its members or a list of such with `effective_from` and `effective_until` (dates). `gemini/` before a
    /// name does not count, and goes over the name without it. Members that are no prices are passed over.
    /// Throws InvalidArgument for prices that are negative or no numbers, and for two of one model for the
    /// same time.
    static PriceTable from_json(const Json& models);

    /// Adds prices, in place of those of the same models.
    void replace(const PriceTable& newer);
    /// The prices of a model at a time; null where none are known. Prefixes (`gemini/`, `models/`,
    /// `publishers/google/models/`) and a number of a version behind (`-001`) do not count.
    const ModelPrices* find(std::string_view model, const Timestamp& when) const;
    /// All rows.
    const std::vector<ModelPrices>& rows() const noexcept { return rows_; }

private:
    void add(ModelPrices row);
    std::vector<ModelPrices>::const_iterator first_of(std::string_view model) const;

    std::vector<ModelPrices> rows_{};  // by model
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include <genai/cost/prices.hpp>
#include <genai/error.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// A name without the prefixes that do not tell the model.
GENAI_INLINE std::string_view priced_name(std::string_view model) {
    for (const std::string_view prefix : {std::string_view("gemini/"), std::string_view("models/")})
        if (model.starts_with(prefix)) model.remove_prefix(prefix.size());
    const std::string_view within = "publishers/google/models/";
    if (const auto at = model.rfind(within); at != std::string_view::npos)
        model.remove_prefix(at + within.size());
    return model;
}

/// Reads the members of a model's prices.
class PriceReader {
public:
    explicit PriceReader(std::string model) { row_.model = std::move(model); }

    ModelPrices read(const Json& members) {
        for (const auto& [key, value] : members.items()) member(key, value);
        if (row_.from && row_.until && !(*row_.from < *row_.until))
            throw InvalidArgument(row_.model, "has prices that end before they begin");
        return std::move(row_);
    }

private:
    void member(const std::string& key, const Json& value) {
        if (value.is_null()) return;
        if (key == "effective_from") row_.from = date(key, value);
        else if (key == "effective_until") row_.until = date(key, value);
        else if (key == "source" && value.is_string()) row_.source = value.get<std::string>();
        else if (key == "checked" && value.is_string()) row_.checked = value.get<std::string>();
        else if (key == "max_input_tokens" && value.is_number())
            row_.max_input_tokens = value.get<std::int64_t>();
        else if (key == "max_output_tokens" && value.is_number())
            row_.max_output_tokens = value.get<std::int64_t>();
        else if (key == "web_search_billing_unit") row_.search_by_query = value == "per_query";
        else if (key == "google_maps_grounding_cost_per_query") row_.maps = amount(key, value);
        else if (key == "output_cost_per_image") row_.image = amount(key, value);
        else if (key == "cache_storage_cost_per_million_token_hours") row_.cache_hour = amount(key, value);
        else if (key == "search_context_cost_per_query" && value.is_object()) {
            const auto medium = value.find("search_context_size_medium");
            if (medium != value.end()) row_.search = amount(key, *medium);
        } else {
            rate(key, value);
        }
    }

    Dollars amount(const std::string& key, const Json& value) const {
        if (!value.is_number() || !(value.get<double>() >= 0) || value.get<double>() > 1e6)
            throw InvalidArgument(row_.model + '/' + key, "is no price");
        return Dollars::nearest(value.get<double>());
    }

    Timestamp date(const std::string& key, const Json& value) const {
        const auto read =
            value.is_string() ? Timestamp::parse(value.get<std::string>() + "T00:00:00Z") : std::nullopt;
        if (!read) throw InvalidArgument(row_.model + '/' + key, "is no date, such as 2027-01-01");
        return *read;
    }

    /// `input_cost_per_token_above_200k_tokens_flex` and the like.
    void rate(const std::string& key, const Json& value) {
        std::string_view name = key;
        PriceTier tier = PriceTier::standard;
        for (const auto& [end, one] : {std::pair(std::string_view("_batches"), PriceTier::batch),
                                       std::pair(std::string_view("_flex"), PriceTier::flex),
                                       std::pair(std::string_view("_priority"), PriceTier::priority)})
            if (name.ends_with(end)) {
                tier = one;
                name.remove_suffix(end.size());
            }
        std::int64_t threshold = 0;
        if (const auto at = name.find("_above_"); at != std::string_view::npos) {
            const std::string_view number = name.substr(at + 7);
            const auto [end, error] =
                std::from_chars(number.data(), number.data() + number.size(), threshold);
            if (error != std::errc() || std::string_view(end, number.data() + number.size()) != "k_tokens")
                return;
            threshold *= 1000;
            name = name.substr(0, at);
        }
        static constexpr std::string_view names[token_kinds] = {
            "input_cost_per_token",        "cache_read_input_token_cost",
            "input_cost_per_audio_token",  "cache_read_input_audio_token_cost",
            "input_cost_per_image_token",  "input_cost_per_video_token",
            "output_cost_per_token",       "output_cost_per_reasoning_token",
            "output_cost_per_audio_token", "output_cost_per_image_token",
            "output_cost_per_video_token"};
        const auto* const kind = std::find(std::begin(names), std::end(names), name);
        if (kind == std::end(names)) return;
        if (threshold != 0) {
            if (row_.threshold != 0 && row_.threshold != threshold)
                throw InvalidArgument(row_.model + '/' + key, "has another threshold than its other prices");
            row_.threshold = threshold;
        }
        auto& rates = threshold == 0 ? row_.rates : row_.above;
        rates[static_cast<std::size_t>(tier)][static_cast<std::size_t>(kind - std::begin(names))] =
            amount(key, value);
    }

    ModelPrices row_{};
};

}  // namespace detail

GENAI_INLINE const PriceTable& PriceTable::builtin() {
    static const PriceTable& table = *new PriceTable(from_json(decode<Json>(detail::price_data)));
    return table;
}

GENAI_INLINE PriceTable PriceTable::from_json(const Json& models) {
    if (!models.is_object()) throw InvalidArgument("prices", "must be an object of models");
    PriceTable table;
    for (const auto& [name, members] : models.items()) {
        if (models.contains("gemini/" + name)) continue;
        const Json rows = members.is_array() ? members : Json::array({members});
        for (const Json& row : rows) {
            if (!row.is_object())
                throw InvalidArgument(name, "must be an object of prices, or a list of such");
            table.add(detail::PriceReader(std::string(detail::priced_name(name))).read(row));
        }
    }
    return table;
}

/// The first row of a model, or where it would be.
GENAI_INLINE std::vector<ModelPrices>::const_iterator PriceTable::first_of(std::string_view model) const {
    return std::lower_bound(
        rows_.begin(), rows_.end(), model,
        [](const ModelPrices& one, std::string_view wanted) { return one.model < wanted; });
}

GENAI_INLINE void PriceTable::add(ModelPrices row) {
    const auto at = first_of(row.model);
    for (auto other = at; other != rows_.end() && other->model == row.model; ++other) {
        const bool before = row.until && other->from && !(*other->from < *row.until);
        const bool behind = other->until && row.from && !(*row.from < *other->until);
        if (!before && !behind) throw InvalidArgument(row.model, "has two prices for the same time");
    }
    rows_.insert(at, std::move(row));
}

GENAI_INLINE void PriceTable::replace(const PriceTable& newer) {
    std::erase_if(rows_, [&newer](const ModelPrices& one) {
        return std::any_of(newer.rows_.begin(), newer.rows_.end(),
                           [&one](const ModelPrices& other) { return other.model == one.model; });
    });
    for (const ModelPrices& row : newer.rows_) add(row);
}

GENAI_INLINE const ModelPrices* PriceTable::find(std::string_view model, const Timestamp& when) const {
    model = detail::priced_name(model);
    const auto look = [&](std::string_view name) -> const ModelPrices* {
        for (auto at = first_of(name); at != rows_.end() && at->model == name; ++at)
            if ((!at->from || !(when < *at->from)) && (!at->until || when < *at->until)) return &*at;
        return nullptr;
    };
    if (const ModelPrices* const found = look(model)) return found;
    const auto dash = model.rfind('-');
    if (dash == std::string_view::npos || model.size() - dash != 4 ||
        model.find_first_not_of("0123456789", dash + 1) != std::string_view::npos)
        return nullptr;
    return look(model.substr(0, dash));
}

}  // namespace genai::inline GENAI_ABI

#endif

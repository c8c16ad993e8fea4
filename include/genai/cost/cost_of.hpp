#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <genai/config.hpp>
#include <genai/cost/price_table.hpp>
#include <genai/types/generate_content_response.hpp>
#include <genai/types/usage.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/time.hpp>

namespace genai::inline GENAI_ABI {

/// What a call cost.
struct Cost {
    Dollars input{};   ///< its prompt
    Dollars output{};  ///< its answer, thinking included
    Dollars tools{};   ///< searches and maps

    /// All of it.
    Dollars total() const noexcept { return input + output + tools; }
    friend bool operator==(const Cost&, const Cost&) = default;
    /// Adds another.
    Cost& operator+=(const Cost& other) noexcept {
        input += other.input;
        output += other.output;
        tools += other.tools;
        return *this;
    }
};

/// What a call's cost depends on beside its tokens.
struct CostOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    PriceTier tier{PriceTier::standard};                ///< how it was served
    std::int64_t searches{};                            ///< queries that were searched for
    bool maps{false};                                   ///< whether Google Maps was asked
    std::int64_t images{};       ///< pictures, of models that are priced by the picture
    const PriceTable* prices{};  ///< prices to go by; the library's own when null
};

/// What a call cost at a time. Nothing where a price that it needs is not known, never zero for that. Tokens
/// of thoughts and of the prompt that came from a cache are counted once, documents as text; prompts beyond
/// the model's threshold are priced as a whole by its higher rates.
std::optional<Cost> cost_of(std::string_view model, const GenerateContentResponseUsageMetadata& usage,
                            const Timestamp& when, const CostOptions& options = {});

/// What a response cost, by its usage and its grounding. Nothing where it tells no usage. A `tier` in the
/// options goes over the response's own.
std::optional<Cost> cost_of(std::string_view model, const GenerateContentResponse& response,
                            const Timestamp& when, CostOptions options = {});

namespace detail {

/// The tier that a response's `x-gemini-service-tier` names.
PriceTier price_tier(std::string_view served) noexcept;

}  // namespace detail

/// What it costs to keep tokens in an explicit cache for a time. Nothing where the price is not known.
std::optional<Dollars> cache_storage_cost(std::string_view model, std::int64_t tokens, const Duration& span,
                                          const Timestamp& when, const PriceTable* prices = nullptr);

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <genai/generation/charged_use.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_INLINE PriceTier price_tier(std::string_view served) noexcept {
    if (served == "flex") return PriceTier::flex;
    return served == "priority" ? PriceTier::priority : PriceTier::standard;
}

/// Tokens by kind; what has no kind is text.
struct TokenCounts {
    std::int64_t text{};
    std::int64_t audio{};
    std::int64_t image{};
    std::int64_t video{};

    void add(const std::vector<ModalityTokenCount>& counts) {
        for (const ModalityTokenCount& one : counts) {
            const std::int64_t tokens = detail::token_count(one.token_count);
            if (one.modality == MediaModality::audio) audio += tokens;
            else if (one.modality == MediaModality::image) image += tokens;
            else if (one.modality == MediaModality::video) video += tokens;
            else text += tokens;
        }
    }
    std::int64_t media() const noexcept { return audio + image + video; }
};

/// Takes tokens off others, of which there are never less than none.
GENAI_INLINE void take_off(std::int64_t& from, std::int64_t tokens) {
    from = (std::max)(std::int64_t{0}, from - tokens);
}

/// The prices that one call goes by.
class CallPrices {
public:
    CallPrices(const ModelPrices& prices, PriceTier tier, bool above)
        : prices_(prices), tier_(tier), above_(above) {}

    /// What tokens cost: by the first of kinds that has a price.
    Dollars charge(std::int64_t tokens, std::initializer_list<TokenKind> kinds) {
        if (tokens <= 0) return {};
        for (const TokenKind kind : kinds)
            if (const auto price = rate(kind)) return *price * tokens;
        known_ = false;
        return {};
    }
    /// What thinking costs: as much as answers in a tier that has no price for it.
    Dollars charge_thinking(std::int64_t tokens) {
        using enum TokenKind;
        const TokenRates& rates = prices_.rates[static_cast<std::size_t>(tier_)];
        const bool own = tier_ == PriceTier::standard || rates[static_cast<std::size_t>(thoughts)];
        return own ? charge(tokens, {thoughts, output}) : charge(tokens, {output});
    }
    /// Whether there was a price for all that was charged.
    bool known() const noexcept { return known_; }

private:
    /// By tier, else the standard one; beyond the threshold where there is such a rate.
    std::optional<Dollars> rate(TokenKind kind) const {
        const auto k = static_cast<std::size_t>(kind);
        for (const PriceTier tier : {tier_, PriceTier::standard})
            for (const bool above : {true, false}) {
                if (above && !above_) continue;
                const auto& rates = above ? prices_.above : prices_.rates;
                if (const auto& found = rates[static_cast<std::size_t>(tier)][k]) return found;
            }
        return std::nullopt;
    }

    const ModelPrices& prices_;
    PriceTier tier_;
    bool above_;
    bool known_{true};
};

GENAI_INLINE Dollars input_cost(const GenerateContentResponseUsageMetadata& usage, std::int64_t prompt,
                                bool with_tools, CallPrices& prices) {
    TokenCounts fresh;
    fresh.add(usage.prompt_tokens_details);
    if (with_tools) fresh.add(usage.tool_use_prompt_tokens_details);
    fresh.text = (std::max)(std::int64_t{0}, prompt - fresh.media());
    TokenCounts cached;
    cached.add(usage.cache_tokens_details);
    cached.text =
        (std::max)(std::int64_t{0}, detail::token_count(usage.cached_content_token_count) - cached.media());
    take_off(fresh.text, cached.text);
    take_off(fresh.audio, cached.audio);
    take_off(fresh.image, cached.image);
    take_off(fresh.video, cached.video);
    using enum TokenKind;
    return prices.charge(fresh.text, {input}) + prices.charge(fresh.audio, {audio_input, input}) +
           prices.charge(fresh.image, {image_input, input}) +
           prices.charge(fresh.video, {video_input, input}) +
           prices.charge(cached.text + cached.image + cached.video, {cached_input, input}) +
           prices.charge(cached.audio, {cached_audio_input, cached_input, audio_input, input});
}

GENAI_INLINE Dollars output_cost(const GenerateContentResponseUsageMetadata& usage, CallPrices& prices) {
    TokenCounts kinds;
    kinds.add(generated_details(usage));
    std::int64_t answer = token_count(generated_tokens(usage));
    const std::int64_t thinking = detail::token_count(usage.thoughts_token_count);
    if (counts_thoughts_within(usage)) take_off(answer, thinking);
    take_off(answer, kinds.media());
    using enum TokenKind;
    return prices.charge(answer, {output}) + prices.charge_thinking(thinking) +
           prices.charge(kinds.audio, {audio_output, output}) +
           prices.charge(kinds.image, {image_output, output}) +
           prices.charge(kinds.video, {video_output, output});
}

}  // namespace detail

GENAI_INLINE std::optional<Cost> cost_of(std::string_view model,
                                         const GenerateContentResponseUsageMetadata& usage,
                                         const Timestamp& when, const CostOptions& options) {
    const PriceTable& table = options.prices == nullptr ? PriceTable::builtin() : *options.prices;
    const ModelPrices* const prices = table.find(model, when);
    if (prices == nullptr) return std::nullopt;
    const bool with_tools =
        options.searches == 0 && !options.maps;  // what was searched for is not charged by tokens
    const std::int64_t tools = detail::token_count(usage.tool_use_prompt_token_count);
    const std::int64_t prompt = detail::token_count(usage.prompt_token_count) + (with_tools ? tools : 0);
    const bool above = prices->threshold != 0 && prompt > prices->threshold;
    detail::CallPrices rates(*prices, options.tier, above);
    bool known = true;
    Cost cost{.input = detail::input_cost(usage, prompt, with_tools, rates),
              .output = detail::output_cost(usage, rates)};
    const auto add = [&known](Dollars& to, std::int64_t times, const std::optional<Dollars>& price) {
        if (times <= 0) return;
        if (price) to += *price * times;
        else known = false;
    };
    add(cost.tools,
        prices->search_by_query ? options.searches : (std::min)(options.searches, std::int64_t{1}),
        prices->search);
    add(cost.tools, options.maps ? 1 : 0, prices->maps);
    add(cost.output, options.images, prices->image);
    if (!known || !rates.known()) return std::nullopt;
    return cost;
}

GENAI_INLINE std::optional<Cost> cost_of(std::string_view model, const GenerateContentResponse& response,
                                         const Timestamp& when, CostOptions options) {
    if (!response.usage_metadata) return std::nullopt;
    const detail::GroundingUse grounding = detail::grounding_use(response.candidates);
    options.searches += grounding.searches;
    options.maps = options.maps || grounding.maps;
    if (options.tier == PriceTier::standard && response.sdk_http_response)
        if (const std::string* tier = response.sdk_http_response->headers.find("x-gemini-service-tier"))
            options.tier = detail::price_tier(*tier);
    return cost_of(model, *response.usage_metadata, when, options);
}

GENAI_INLINE std::optional<Dollars> cache_storage_cost(std::string_view model, std::int64_t tokens,
                                                       const Duration& span, const Timestamp& when,
                                                       const PriceTable* prices) {
    const ModelPrices* const found = (prices == nullptr ? PriceTable::builtin() : *prices).find(model, when);
    if (found == nullptr || !found->cache_hour) return std::nullopt;
    // a token for a second: 10⁻⁶ of a million for 1/3600 of an hour
    const double hours =
        (std::max)(0.0, static_cast<double>(span.as<std::chrono::milliseconds>().count()) / 3'600'000);
    return Dollars::nearest(found->cache_hour->value() * hours * static_cast<double>(tokens) / 1e6);
}

}  // namespace genai::inline GENAI_ABI

#endif

#pragma once

#include <compare>
#include <cstdint>
#include <ostream>
#include <string>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// An amount of US dollars, exact: an integer of 10⁻¹² dollars. Amounts beyond nine million dollars stay
/// there.
class Dollars {
public:
    /// None.
    constexpr Dollars() noexcept = default;
    /// So many 10⁻¹² dollars.
    static constexpr Dollars pico(std::int64_t amount) noexcept {
        Dollars made;
        made.pico_ = amount < -most ? -most : amount;
        return made;
    }
    /// The nearest to a number of dollars.
    static Dollars nearest(double dollars);

    /// In 10⁻¹² dollars.
    constexpr std::int64_t pico() const noexcept { return pico_; }
    /// In dollars, as near as a double is.
    constexpr double value() const noexcept { return static_cast<double>(pico_) / 1e12; }
    /// All its digits: `0.0020605`.
    std::string text() const;

    constexpr Dollars& operator+=(Dollars other) noexcept {
        if (other.pico_ > 0 ? pico_ > most - other.pico_ : pico_ < -most - other.pico_)
            pico_ = other.pico_ > 0 ? most : -most;
        else pico_ += other.pico_;
        return *this;
    }
    constexpr Dollars& operator-=(Dollars other) noexcept { return *this += pico(-other.pico_); }
    friend constexpr Dollars operator+(Dollars a, Dollars b) noexcept { return a += b; }
    friend constexpr Dollars operator-(Dollars a, Dollars b) noexcept { return a -= b; }
    friend constexpr Dollars operator*(Dollars a, std::int64_t times) noexcept {
        const std::int64_t size = a.pico_ < 0 ? -a.pico_ : a.pico_;
        const bool beyond = size != 0 && (times > most / size || times < -most / size);
        return pico(!beyond ? a.pico_ * times : (a.pico_ < 0) == (times < 0) ? most : -most);
    }
    friend constexpr auto operator<=>(Dollars, Dollars) noexcept = default;
    /// Writes `$0.0020605`.
    friend std::ostream& operator<<(std::ostream& out, Dollars amount) { return out << '$' << amount.text(); }

private:
    static constexpr std::int64_t most = 9'223'372'036'854'775'807;

    std::int64_t pico_{0};
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <cmath>

namespace genai::inline GENAI_ABI {

GENAI_INLINE Dollars Dollars::nearest(double dollars) {
    const double amount = dollars * 1e12;
    if (!(amount < 9.2e18)) return pico(most);
    return pico(amount < -9.2e18 ? -most : static_cast<std::int64_t>(std::llround(amount)));
}

GENAI_INLINE std::string Dollars::text() const {
    constexpr std::int64_t whole = 1'000'000'000'000;
    const bool negative = pico_ < 0;
    const std::int64_t size = negative ? -pico_ : pico_;
    std::string text = std::to_string(size / whole);
    if (std::string rest = std::to_string(size % whole); rest != "0") {
        rest.insert(0, 12 - rest.size(), '0');
        rest.erase(rest.find_last_not_of('0') + 1);
        text += '.' + rest;
    }
    return negative ? '-' + text : text;
}

}  // namespace genai::inline GENAI_ABI

#endif

#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

namespace wire {

/// A fraction of a second as text has it: nanoseconds, and how many digits were written.
struct Fraction {
    std::int32_t nanos{0};
    std::uint8_t digits{0};
};

/// Takes decimal digits off the front of `text` into `value`; false when there is none, or they do not fit.
inline bool take_digits(std::string_view& text, std::int64_t& value, std::size_t most = 18) {
    std::size_t count = 0;
    value = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') {
        if (++count > most) return false;
        value = value * 10 + (text[count - 1] - '0');
    }
    text.remove_prefix(count);
    return count != 0;
}

/// Takes ".5" or the like off the front of `text`, if it is there, cut to nanoseconds; false when the
/// fraction is malformed.
inline bool take_fraction(std::string_view& text, Fraction& fraction) {
    fraction = {};
    if (text.empty() || text.front() != '.') return true;
    text.remove_prefix(1);
    const std::size_t before = text.size();
    std::int64_t value = 0;
    if (!take_digits(text, value, 9)) return false;
    fraction.digits = static_cast<std::uint8_t>(before - text.size());
    for (int i = fraction.digits; i < 9; ++i) value *= 10;
    fraction.nanos = static_cast<std::int32_t>(value);
    return true;
}

/// ".5" for half a second; as many digits as were read, or as few as say it.
inline std::string fraction_text(Fraction fraction) {
    if (fraction.nanos == 0 && fraction.digits == 0) return {};
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, ".%09ld", static_cast<long>(fraction.nanos));
    std::size_t length = 10;
    const std::size_t least = std::size_t{fraction.digits} + 1;
    while (length > least && length > 2 && buffer[length - 1] == '0') --length;
    return std::string(buffer, length);
}

}  // namespace wire

/// A span of time, "3.5s" on the wire (protobuf's JSON form), exact to the nanosecond. Any std::chrono
/// duration converts: `.ttl = 3600s`.
class Duration {
public:
    /// Zero.
    Duration() = default;
    /// The same span, cut to nanoseconds.
    template <class Rep, class Period>
    Duration(std::chrono::duration<Rep, Period> span) {
        const auto whole = std::chrono::duration_cast<std::chrono::seconds>(span);
        seconds_ = whole.count();
        fraction_.nanos = static_cast<std::int32_t>(
            std::chrono::duration_cast<std::chrono::nanoseconds>(span - whole).count());
    }

    /// Reads "3.5s", "-2s"; nothing when `text` is not of that form or beyond protobuf's ±315,576,000,000 s.
    static std::optional<Duration> parse(std::string_view text) {
        Duration result;
        const bool negative = !text.empty() && text.front() == '-';
        if (negative) text.remove_prefix(1);
        if (!wire::take_digits(text, result.seconds_, 12) || !wire::take_fraction(text, result.fraction_))
            return std::nullopt;
        if (text != "s" || result.seconds_ > 315'576'000'000) return std::nullopt;
        if (negative) {
            result.seconds_ = -result.seconds_;
            result.fraction_.nanos = -result.fraction_.nanos;
        }
        return result;
    }

    /// "3.5s".
    std::string text() const {
        const bool negative = seconds_ < 0 || fraction_.nanos < 0;
        wire::Fraction size = fraction_;
        if (size.nanos < 0) size.nanos = -size.nanos;
        return (negative ? "-" : "") + std::to_string(seconds_ < 0 ? -seconds_ : seconds_) +
               wire::fraction_text(size) + "s";
    }

    /// The span in another unit, cut towards zero: `ttl.as<std::chrono::milliseconds>()`.
    template <class Span>
    Span as() const {
        return std::chrono::duration_cast<Span>(std::chrono::seconds(seconds_)) +
               std::chrono::duration_cast<Span>(std::chrono::nanoseconds(fraction_.nanos));
    }

    /// The whole seconds, cut towards zero.
    std::int64_t seconds() const noexcept { return seconds_; }
    /// What is left beside them, with the same sign.
    std::int32_t nanos() const noexcept { return fraction_.nanos; }

    friend bool operator==(const Duration& a, const Duration& b) noexcept { return (a <=> b) == 0; }
    friend std::strong_ordering operator<=>(const Duration& a, const Duration& b) noexcept {
        return a.seconds_ != b.seconds_ ? a.seconds_ <=> b.seconds_ : a.fraction_.nanos <=> b.fraction_.nanos;
    }
    friend std::ostream& operator<<(std::ostream& out, const Duration& span) { return out << span.text(); }

private:
    std::int64_t seconds_{0};
    wire::Fraction fraction_{};
};

/// A point in time, RFC 3339 text on the wire, exact to the nanosecond from year 1 to 9999. Digits of the
/// fraction and the zone's offset are kept as they were read.
class Timestamp {
public:
    /// 1970-01-01T00:00:00Z.
    Timestamp() = default;
    /// The same instant, in UTC.
    template <class Span>
    Timestamp(std::chrono::sys_time<Span> instant) {
        const auto whole = std::chrono::floor<std::chrono::seconds>(instant);
        seconds_ = whole.time_since_epoch().count();
        fraction_.nanos = static_cast<std::int32_t>(
            std::chrono::duration_cast<std::chrono::nanoseconds>(instant - whole).count());
    }

    /// Reads "2025-11-21T10:00:00.5Z" or with an offset "+02:00"; nothing when `text` is not RFC 3339. Taken
    /// are what servers write beside it: lower-case letters, "+0200", and no zone at all, which is UTC.
    static std::optional<Timestamp> parse(std::string_view text) {
        using namespace std::chrono;
        std::int64_t part[6] = {};
        constexpr std::size_t widths[6] = {4, 2, 2, 2, 2, 2};
        constexpr char after[6] = {'-', '-', 'T', ':', ':', '\0'};
        for (int i = 0; i < 6; ++i) {
            const std::size_t before = text.size();
            if (!wire::take_digits(text, part[i], widths[i]) || before - text.size() != widths[i])
                return std::nullopt;
            if (after[i] == '\0') break;
            const bool separated =
                !text.empty() &&
                (text.front() == after[i] || (i == 2 && (text.front() == 't' || text.front() == ' ')));
            if (!separated) return std::nullopt;
            text.remove_prefix(1);
        }
        Timestamp result;
        if (!wire::take_fraction(text, result.fraction_)) return std::nullopt;
        const auto offset = parse_zone(text);
        if (!offset) return std::nullopt;
        result.offset_ = *offset;
        const year_month_day date{year(static_cast<int>(part[0])), month(static_cast<unsigned>(part[1])),
                                  day(static_cast<unsigned>(part[2]))};
        if (part[0] < 1 || !date.ok() || part[3] > 23 || part[4] > 59 || part[5] > 60) return std::nullopt;
        result.seconds_ = sys_days(date).time_since_epoch().count() * std::int64_t{86400} + part[3] * 3600 +
                          part[4] * 60 + part[5] - result.offset_ * std::int64_t{60};
        return result;
    }

    /// "2025-11-21T10:00:00.5Z".
    std::string text() const {
        using namespace std::chrono;
        const std::int64_t local = seconds_ + offset_ * std::int64_t{60};
        const sys_seconds instant{std::chrono::seconds(local)};
        const auto midnight = floor<days>(instant);
        const year_month_day date{midnight};
        const auto within = (instant - midnight).count();
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(within / 3600), static_cast<int>(within / 60 % 60),
                      static_cast<int>(within % 60));
        std::string result = buffer + wire::fraction_text(fraction_);
        if (offset_ == 0) return result + 'Z';
        const int minutes = offset_ < 0 ? -offset_ : offset_;
        std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", offset_ < 0 ? '-' : '+', minutes / 60,
                      minutes % 60);
        return result + buffer;
    }

    /// The instant for <chrono>, cut to the clock's unit; the nearest there is when the clock does not reach
    /// so far.
    std::chrono::system_clock::time_point time_point() const {
        using std::chrono::duration_cast;
        using Span = std::chrono::system_clock::duration;
        using Point = std::chrono::system_clock::time_point;
        if (seconds_ >= duration_cast<std::chrono::seconds>((Span::max)()).count()) return (Point::max)();
        if (seconds_ <= duration_cast<std::chrono::seconds>((Span::min)()).count()) return (Point::min)();
        return std::chrono::system_clock::time_point(
            duration_cast<Span>(std::chrono::seconds(seconds_)) +
            duration_cast<Span>(std::chrono::nanoseconds(fraction_.nanos)));
    }

    /// Seconds since 1970, rounded down.
    std::int64_t unix_seconds() const noexcept { return seconds_; }
    /// Nanoseconds after them.
    std::int32_t nanos() const noexcept { return fraction_.nanos; }

    /// Equal when the same instant is meant. Compared with a clock's time points too:
    /// `*file.expiration_time < std::chrono::system_clock::now()`.
    friend bool operator==(const Timestamp& a, const Timestamp& b) noexcept { return (a <=> b) == 0; }
    /// By the instant.
    friend std::strong_ordering operator<=>(const Timestamp& a, const Timestamp& b) noexcept {
        return a.seconds_ != b.seconds_ ? a.seconds_ <=> b.seconds_ : a.fraction_.nanos <=> b.fraction_.nanos;
    }
    friend std::ostream& operator<<(std::ostream& out, const Timestamp& time) { return out << time.text(); }

private:
    /// Minutes east of UTC.
    static std::optional<std::int16_t> parse_zone(std::string_view text) {
        if (text.empty() || text == "Z" || text == "z") return std::int16_t{0};
        const bool west = text.front() == '-';
        if (!west && text.front() != '+') return std::nullopt;
        text.remove_prefix(1);
        std::string_view hours_text = text.substr(0, 2);
        std::string_view minutes_text = text.substr(hours_text.size());
        if (minutes_text.starts_with(':')) minutes_text.remove_prefix(1);
        std::int64_t hours = 0;
        std::int64_t minutes = 0;
        if (hours_text.size() != 2 || minutes_text.size() != 2 || !wire::take_digits(hours_text, hours) ||
            !hours_text.empty() || !wire::take_digits(minutes_text, minutes) || !minutes_text.empty() ||
            hours > 23 || minutes > 59)
            return std::nullopt;
        return static_cast<std::int16_t>((hours * 60 + minutes) * (west ? -1 : 1));
    }

    std::int64_t seconds_{0};
    wire::Fraction fraction_{};
    std::int16_t offset_{0};  // minutes east of UTC
};

}  // namespace genai::inline GENAI_ABI

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What was counted in the last `length` seconds, by whole seconds: a sliding window that is up to a second
/// longer, so that no span of that length ever has more than the window had. Not thread-safe.
template <int length>
class SlidingCount {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Counts some now.
    void add(Time now, std::int64_t count) {
        advance(now);
        bucket(second_) += count;
        sum_ += count;
    }
    /// Changes what was counted then, as long as it counts.
    void correct(Time now, Time then, std::int64_t by) {
        advance(now);
        const std::int64_t second = second_of(then);
        if (second <= second_ - span || second > second_) return;
        bucket(second) += by;
        sum_ += by;
    }
    /// What was counted.
    std::int64_t sum(Time now) {
        advance(now);
        return sum_;
    }
    /// How long until `count` more come to no more than `limit`: nothing where they do now; `length` at most.
    std::chrono::milliseconds wait(Time now, std::int64_t count, std::int64_t limit) {
        advance(now);
        std::int64_t left = sum_;
        for (std::int64_t second = second_ - span + 1; second <= second_ && left + count > limit; ++second) {
            left -= bucket(second);
            if (left + count <= limit || second == second_) return until(now, second + span);
        }
        return {};
    }

private:
    static constexpr std::int64_t span = length + 1;

    static std::int64_t second_of(Time time) {
        return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
    }
    static std::chrono::milliseconds until(Time now, std::int64_t second) {
        return std::chrono::ceil<std::chrono::milliseconds>(Time(std::chrono::seconds(second)) - now);
    }
    std::int64_t& bucket(std::int64_t second) {
        return buckets_[static_cast<std::size_t>(((second % span) + span) % span)];
    }
    void advance(Time now) {
        const std::int64_t second = second_of(now);
        if (second <= second_) return;
        if (second - second_ >= span) {
            buckets_.fill(0);
            sum_ = 0;
        } else {
            for (std::int64_t old = second_ + 1; old <= second; ++old) {
                sum_ -= bucket(old);
                bucket(old) = 0;
            }
        }
        second_ = second;
    }

    std::array<std::int64_t, static_cast<std::size_t>(span)> buckets_{};
    std::int64_t second_{(std::numeric_limits<std::int32_t>::min)()};
    std::int64_t sum_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#pragma once

#include <chrono>
#include <cmath>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The peak of recent latencies: a longer one counts at once, shorter ones by and by, and what is not called
/// is forgotten, so that it is tried again. An exponentially weighted moving average over a minute.
class PeakLatency {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Notes one.
    void add(Time now, std::chrono::microseconds latency) {
        const auto sample = static_cast<double>(latency.count());
        const double kept = decay(now);
        average_ = sample > average_ ? sample : sample + (average_ - sample) * kept;
        at_ = now;
    }
    /// As it stands now, in microseconds; 0 where there was none.
    double value(Time now) const { return average_ == 0 ? 0 : average_ * decay(now); }

private:
    double decay(Time now) const {
        const std::chrono::duration<double, std::ratio<60>> minutes = now - at_;
        return std::exp(-minutes.count());
    }

    double average_{};
    Time at_{};
};

}  // namespace genai::inline GENAI_ABI::detail

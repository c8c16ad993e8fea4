#pragma once

#include <chrono>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether California keeps daylight saving time then: from the second Sunday of March to the first of
/// November, at two in the morning. https://www.law.cornell.edu/uscode/text/15/260a
inline bool is_pacific_summer(std::chrono::system_clock::time_point time) {
    using namespace std::chrono;
    const year_month_day day{floor<days>(time)};
    const auto begin = sys_days(day.year() / March / Sunday[2]) + hours(10);  // two o'clock, eight hours off
    const auto end = sys_days(day.year() / November / Sunday[1]) + hours(9);  // and seven
    return time >= begin && time < end;
}

/// The midnight in California that the day began with: daily quotas begin anew then.
/// https://ai.google.dev/gemini-api/docs/rate-limits
inline std::chrono::system_clock::time_point pacific_midnight(std::chrono::system_clock::time_point time) {
    using namespace std::chrono;
    const hours offset(is_pacific_summer(time) ? 7 : 8);
    const auto local_day = floor<days>(time - offset);
    const auto midnight = local_day + offset;
    return is_pacific_summer(midnight) == is_pacific_summer(time) ? midnight
                                                                  : local_day + (hours(15) - offset);
}

/// The one that it will end with.
inline std::chrono::system_clock::time_point next_pacific_midnight(
    std::chrono::system_clock::time_point time) {
    return pacific_midnight(pacific_midnight(time) + std::chrono::hours(30));  // days have 23 to 25 hours
}

}  // namespace genai::inline GENAI_ABI::detail

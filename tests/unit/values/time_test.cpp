#include <chrono>
#include <sstream>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;
using namespace std::chrono_literals;

TEST_CASE("durations are read and written exactly") {
    CHECK(Duration(3500ms).text() == "3.5s");
    CHECK(Duration(3600s).text() == "3600s");
    CHECK(Duration(1ns).text() == "0.000000001s");
    CHECK(Duration(-1500ms).text() == "-1.5s");
    CHECK(Duration(5min) == Duration(300s));
    CHECK(Duration(1500us).as<std::chrono::microseconds>() == 1500us);
    for (const char* text : {"3.5s", "3.500s", "0s", "-0.25s", "315576000000s", "1.000000001s"})
        CHECK(Duration::parse(text)->text() == text);
    CHECK(Duration::parse("3.5s") == Duration::parse("3.500s"));
    for (const char* bad : {"", "s", "3", "3.5", "3.s", ".5s", "+3s", "3s ", "3.0000000001s", "315576000001s",
                            "1e3s", "--1s", "3m"}) {
        INFO(bad);
        CHECK_FALSE(Duration::parse(bad));
    }
}

TEST_CASE("times are read and written as RFC 3339 has them") {
    for (const char* text :
         {"2025-11-21T10:00:00Z", "2025-11-21T10:00:00.5Z", "2025-11-21T10:00:00.120Z",
          "2025-11-21T10:00:00.123456789Z", "2025-11-21T10:00:00+02:00", "2025-11-21T10:00:00.5-11:30",
          "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2024-02-29T00:00:00Z"}) {
        INFO(text);
        REQUIRE(Timestamp::parse(text));
        CHECK(Timestamp::parse(text)->text() == text);
    }
    CHECK(Timestamp::parse("2025-11-21T12:00:00+02:00") == Timestamp::parse("2025-11-21T10:00:00Z"));
    CHECK(Timestamp::parse("1970-01-01T00:00:01.5Z")->time_point() ==
          std::chrono::system_clock::time_point(1500ms));
    CHECK(Timestamp::parse("2016-12-31T23:59:60Z") == Timestamp::parse("2017-01-01T00:00:00Z"));
    CHECK(Timestamp(std::chrono::sys_time<std::chrono::milliseconds>(-1ms)).text() ==
          "1969-12-31T23:59:59.999Z");
    CHECK(Timestamp().text() == "1970-01-01T00:00:00Z");
    // what the clock cannot say is the last, or the first, time that it can
    using Clock = std::chrono::system_clock;
    const auto within = [](std::chrono::sys_seconds time) {
        const auto least = std::chrono::ceil<std::chrono::seconds>((Clock::time_point::min)());
        const auto most = std::chrono::floor<std::chrono::seconds>((Clock::time_point::max)());
        return time < least  ? (Clock::time_point::min)()
               : time > most ? (Clock::time_point::max)()
                             : Clock::time_point(time);
    };
    using namespace std::chrono;
    CHECK(Timestamp::parse("9999-12-31T23:59:59Z")->time_point() ==
          within(sys_days(year(9999) / 12 / 31) + days(1) - 1s));
    CHECK(Timestamp::parse("0001-01-01T00:00:00Z")->time_point() == within(sys_days(year(1) / 1 / 1)));
    for (const char* bad :
         {"", "2025-11-21", "2025-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2025-11-21T24:00:00Z",
          "2025-11-21T10:60:00Z", "2025-11-21T10:00:00.Z", "2025-11-21T10:00:00+020", "2025-11-21T10:00:00Zx",
          "25-11-21T10:00:00Z", "2025-11-21T10:00:00.1234567891Z", "0000-01-01T00:00:00Z"}) {
        INFO(bad);
        CHECK_FALSE(Timestamp::parse(bad));
    }
    CHECK_THROWS_AS(genai::decode<genai::Interval>(R"({"startTime":"yesterday"})"), genai::DecodeError);
}

TEST_CASE("durations and timestamps are ordered, printed, and compared with those of <chrono>") {
    using namespace std::chrono_literals;
    const Duration ttl = 90s;
    CHECK(ttl < 2min);
    CHECK(ttl > Duration::parse("89.999999999s"));
    CHECK(1500ms <= Duration(1500ms));
    CHECK(Duration(-1500ms) < Duration(-1s));
    const Timestamp time = *Timestamp::parse("2025-11-21T10:00:00.5+02:00");
    CHECK(time < std::chrono::system_clock::now());
    CHECK(std::chrono::system_clock::now() > time);
    CHECK(time == *Timestamp::parse("2025-11-21T08:00:00.5Z"));
    CHECK(time > *Timestamp::parse("2025-11-21T08:00:00Z"));
    std::ostringstream out;
    out << ttl << ' ' << time;
    CHECK(out.str() == "90s 2025-11-21T10:00:00.5+02:00");
}

// SPDX-License-Identifier: BSL-1.0
#include <support/instant.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <random>

using examples::instant, examples::time_text;
using std::chrono::microseconds;

TEST_CASE("instant: a time is written to the second, and to its parts where it has some") {
    instant const noon = date::sys_days{date::year{2024} / 5 / 1} + std::chrono::hours{12};
    CHECK(time_text(noon) == "2024-05-01T12:00:00Z");
    CHECK(time_text(noon + std::chrono::milliseconds{250}) == "2024-05-01T12:00:00.25Z");
    CHECK(time_text(noon - microseconds{1}) == "2024-05-01T11:59:59.999999Z");
}

TEST_CASE("instant: before 1970, before year 0 and after year 9999") {
    CHECK(time_text(instant{microseconds{-1}}) == "1969-12-31T23:59:59.999999Z");
    CHECK(time_text(date::sys_days{date::year{0} / 1 / 1}) == "0000-01-01T00:00:00Z");
    CHECK(time_text(date::sys_days{date::year{-45} / 3 / 15}) == "-0045-03-15T00:00:00Z");
    CHECK(time_text(date::sys_days{date::year{12345} / 12 / 31}) == "12345-12-31T00:00:00Z");
}

// It does not write years before 0 as ISO 8601 has them.
TEST_CASE("instant: whole seconds are written as date::format writes them, from year 0 on") {
    std::mt19937_64 draw{2026};
    std::uniform_int_distribution<std::int64_t> seconds{-60'000'000'000, 400'000'000'000};
    for (int i = 0; i < 2'000; ++i) {
        date::sys_seconds const at{std::chrono::seconds{seconds(draw)}};
        CHECK(time_text(at) == date::format("%FT%TZ", at));
    }
}

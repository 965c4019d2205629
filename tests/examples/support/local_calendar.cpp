// SPDX-License-Identifier: BSL-1.0
#include <support/local_calendar.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace date::literals;
using namespace std::chrono_literals;

TEST_CASE("day_in, month_in: the day where people are") {
    auto const& utc = *date::locate_zone("UTC");
    auto const& sao_paulo = *date::locate_zone("America/Sao_Paulo");
    auto const& kathmandu = *date::locate_zone("Asia/Kathmandu");
    auto const at = examples::instant{date::sys_days{2024_y / 4 / 1}} + 1s;
    CHECK(examples::day_in(at, utc) == 2024_y / 4 / 1);
    CHECK(examples::day_in(at, sao_paulo) == 2024_y / 3 / 31);
    CHECK(examples::month_in(at, utc) == 2024_y / 4);
    CHECK(examples::month_in(at, sao_paulo) == 2024_y / 3);
    // 5:45 ahead of UTC: midnight there is 18:15 here.
    auto const evening = examples::instant{date::sys_days{2024_y / 4 / 30}} + 18h + 15min;
    CHECK(examples::month_in(evening, kathmandu) == 2024_y / 5);
    CHECK(examples::month_in(evening - 1us, kathmandu) == 2024_y / 4);
}

TEST_CASE("day_in: a day of 25 hours is one day") {
    auto const& berlin = *date::locate_zone("Europe/Berlin");
    // On 2024-10-27, summer time ends: midnight to midnight is 22:00 UTC to 23:00 UTC the next day.
    auto const begin = examples::instant{date::sys_days{2024_y / 10 / 26}} + 22h;
    CHECK(examples::day_in(begin - 1us, berlin) == 2024_y / 10 / 26);
    CHECK(examples::day_in(begin, berlin) == 2024_y / 10 / 27);
    CHECK(examples::day_in(begin + 25h - 1us, berlin) == 2024_y / 10 / 27);
    CHECK(examples::day_in(begin + 25h, berlin) == 2024_y / 10 / 28);
}

TEST_CASE("month ends") {
    CHECK(examples::day_text(examples::last_day(2024_y / 2)) == "2024-02-29");
    CHECK(examples::day_text(examples::last_day(2023_y / 2)) == "2023-02-28");
    CHECK(examples::day_text(examples::last_day(2024_y / 12)) == "2024-12-31");
    CHECK(examples::day_text(examples::first_day(2024_y / 12)) == "2024-12-01");
    CHECK(examples::month_of_day(examples::last_day(2024_y / 12)) == 2024_y / 12);
    CHECK(examples::month_text(2024_y / 5) == "2024-05");
}

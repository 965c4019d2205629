// SPDX-License-Identifier: BSL-1.0
#include <support/calendar_period.hpp>

#include <scratch.hpp>

#include <chrono>

using examples::calendar_period;
using enum examples::period_length;
using namespace date::literals;

namespace {

constexpr bool distances() {
    auto const first = calendar_period{2016_y / 12 / 31, month};
    auto const last = calendar_period{2018_y / 1 / 1, month};
    return last - first == 13 && first + 13 == last && first < last &&
           calendar_period{2018_y / 3 / 31, quarter} == last.quarter() &&
           calendar_period{2018_y / 4 / 1, quarter} - last.quarter() == 1 &&
           last.quarter().quarter() == last.quarter();
}
static_assert(distances());

}  // namespace

TEST_CASE("calendar_period: distances over the ends of years") {
    CHECK(distances());
}

TEST_CASE("calendar_period: texts") {
    CHECK(calendar_period{2017_y / 9 / 30, month}.text() == "2017-09");
    CHECK(calendar_period{2017_y / 9 / 30, quarter}.text() == "2017Q3");
    CHECK((calendar_period{2017_y / 11 / 1, month} + 2).text() == "2018-01");
    CHECK((calendar_period{2017_y / 11 / 1, quarter} + 1).text() == "2018Q1");
    CHECK(calendar_period{2016_y / 2 / 29, month}.quarter().text() == "2016Q1");
    CHECK(calendar_period{2018_y / 12 / 1, month}.quarter().text() == "2018Q4");
}

TEST_CASE("calendar_period: the last second of a day is in its month") {
    auto const midnight = date::sys_days{2018_y / 7 / 1};
    CHECK(calendar_period{midnight, month}.text() == "2018-07");
    CHECK(calendar_period{midnight - std::chrono::microseconds{1}, month}.text() == "2018-06");
    CHECK(calendar_period{midnight - std::chrono::seconds{1}, quarter}.text() == "2018Q2");
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/end_of_day.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <concepts>
#include <functional>
#include <vector>

namespace att = attribution;

namespace {

using namespace date::literals;
using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::nanoseconds;

constexpr date::sys_days day{2026_y / 3 / 5};
constexpr auto last = att::end_of_day(std::identity{});

static_assert(last(day) == day + 24h - 1us);
static_assert(last(day + 13h) == last(day));
static_assert(last(day + 24h - 1ns) == last(day));
static_assert(last(2026_y / 3 / 5) == last(day));
static_assert(last(date::sys_days{1969_y / 12 / 31} + 1h) == date::sys_days{} - 1us);
static_assert(att::end_of_day<nanoseconds>(std::identity{})(day) == day + 24h - 1ns);
static_assert(att::end_of_day<std::chrono::seconds>(std::identity{})(day) == day + 24h - 1s);
static_assert(last(date::local_days{2026_y / 3 / 5}) ==
              date::local_days{2026_y / 3 / 5} + 24h - 1us);

// beyond the clock
static_assert(last(date::sys_days::max()) == date::sys_time<microseconds>::max());
static_assert(last(date::sys_days::min()) == date::sys_time<microseconds>::min() - 0us);
static_assert(att::end_of_day<nanoseconds>(std::identity{})(date::sys_days{9999_y / 12 / 31}) ==
              date::sys_time<nanoseconds>::max());

struct click {
    int user;
    date::sys_time<std::chrono::milliseconds> at;
};
struct order {
    int user;
    date::sys_days date;
};

}  // namespace

TEST_CASE("a date without a clock is its day") {
    for (auto const& date : {2026_y / 3 / 5, 2024_y / 2 / 29})
        CHECK((att::end_of_day(std::identity{})(date) == date::sys_days{date} + 24h - 1us));
}

TEST_CASE("an order that is dated to a day comes after all clicks of that day") {
    std::vector<click> const log{{1, day + 9h}, {1, day + 24h - 1ms}, {1, day + 24h}};
    std::vector<order> const book{{1, day}};
    auto const touches = att::touchpoints(log, &click::user, &click::at);
    auto const at_midnight =
        att::attribute(att::conversions(book, &order::user, &order::date), touches, att::linear);
    CHECK(!at_midnight[0].attributed());
    auto const ledger = att::attribute(
        att::conversions(book, &order::user, att::end_of_day(&order::date)), touches, att::linear);
    REQUIRE(ledger.size() == 2);
    CHECK(ledger[0].touchpoint == 0);
    CHECK(ledger[1].touchpoint == 1);
}

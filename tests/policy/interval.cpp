// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/interval.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>

namespace {

using support::require;
using span = attribution::interval<std::int64_t>;

constexpr bool test() {
    constexpr span day{10, 20};
    require(day.contains(10) && day.contains(20) && day.contains(15) && !day.contains(9) &&
            !day.contains(21));
    require(!day.empty() && !span{5, 5}.empty() && span{5, 5}.contains(5) && span{6, 5}.empty() &&
            !span{6, 5}.contains(5));
    require(span::everything().contains(INT64_MIN) && span::everything().contains(INT64_MAX));
    require(span::nothing().empty() && !span::nothing().contains(0) &&
            span::nothing() == span{6, 5});
    require(day == span{10, 20} && day != span{10, 21} && day != span::nothing() &&
            span::nothing() != day);

    require(intersection(day, span{15, 30}) == span{15, 20} &&
            intersection(day, span{20, 30}) == span{20, 20});
    require(intersection(day, span{21, 30}).empty() &&
            intersection(day, span::everything()) == day);
    require(intersection(day, span{18, 12}).empty() &&
            intersection(span::nothing(), span::everything()).empty());

    require(hull(day, span{30, 40}) == span{10, 40} && hull(span{30, 40}, day) == span{10, 40});
    require(hull(day, span{12, 13}) == day && hull(day, span{99, 0}) == day &&
            hull(span{99, 0}, day) == day);
    require(hull(span{2, 1}, span{9, 8}).empty());
    return true;
}
static_assert(test());

using seconds = attribution::interval<std::chrono::sys_seconds>;
static_assert(seconds::everything().contains(std::chrono::sys_seconds::min()));
using real = attribution::interval<double>;
static_assert(real::everything().contains(-std::numeric_limits<double>::infinity()));
static_assert(real::nothing().empty());
static_assert(!real::everything().contains(std::numeric_limits<double>::quiet_NaN()));

}  // namespace

TEST_CASE("interval") {
    CHECK(test());
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/until.hpp>

#include "support/records.hpp"

#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <vector>

using namespace support;

TEST_CASE("windows that end at a NaN are refused") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS((void)att::until(nan), "until: the instant is not a number",
                         std::domain_error);
    CHECK_THROWS_AS((void)att::until(nan, att::always), std::domain_error);
    CHECK(att::until(2.5).end == 2.5);
}

TEST_CASE("a window without a conversion has its end in place of one") {
    std::vector<touch> const log{{1, 10}};
    std::vector<sale> const book;
    auto const touchpoints = touches(log);
    using conversions = decltype(sales(book));
    att::open_end<conversions, decltype(touches(log))> const end{touchpoints, 50};
    CHECK(end.at() == 50);
    CHECK(end.row() == att::no_row);
    CHECK_FALSE(end.previous().has_value());
    CHECK(&end.touchpoints() == &touchpoints);
    static_assert(std::same_as<decltype(end.conversion()), att::no_conversion_record>);
    static_assert(!std::is_constructible_v<decltype(end), decltype(touches(log)), tick>);
}

TEST_CASE("until keeps the policy it is given") {
    constexpr auto windows = att::until(tick{50}, att::lookback(20));
    static_assert(std::same_as<decltype(windows.eligible), decltype(att::lookback(20))>);
    static_assert(
        att::detail::is_open_windows<std::remove_const_t<decltype(att::until_end_of_data)>>);
    static_assert(!att::detail::is_open_windows<att::converting_only_fn>);
    CHECK(windows.end == 50);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/noted_period.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>

namespace att = attribution;
using namespace std::chrono_literals;

TEST_CASE("instants of other clocks are numbers") {
    CHECK(att::detail::text_of(att::detail::note(std::int64_t{17})) == "17");
    CHECK(att::detail::text_of(att::detail::note(1e30)) == "4611686018427387904");
    CHECK(att::detail::text_of(att::detail::note(date::sys_days{date::year{1969} / 12 / 31})) ==
          "1969-12-31 00:00:00");
    CHECK(att::detail::text_of(att::detail::note(date::sys_seconds{} - 1s)) ==
          "1969-12-31 23:59:59");
    date::sys_seconds const new_year{date::sys_days{date::year{10'000} / 1 / 1}};
    CHECK(att::detail::text_of(att::detail::note(new_year - 1s)) == "9999-12-31 23:59:59");
    CHECK(att::detail::text_of(att::detail::note(new_year)) == "253402300800");
    using hours = date::sys_time<std::chrono::hours>;
    CHECK(att::detail::text_of(att::detail::note(hours::max())) == "9223372036854775807");
    CHECK(att::detail::text_of(att::detail::note(hours::min())) == "-9223372036854775808");
}

TEST_CASE("a period goes from the first instant to the last") {
    att::detail::noted_period period;
    CHECK(period.text().empty());
    period.add({5, false});
    CHECK(period.text() == "5");
    att::detail::noted_period other;
    other.merge(period);
    other.add({-2, false});
    other.merge({});
    CHECK(other.text() == "-2 to 5");
    att::detail::noted_period wider;
    wider.add({-3, false});
    wider.add({6, false});
    other.merge(wider);
    CHECK(other.text() == "-3 to 6");
}

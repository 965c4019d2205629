// SPDX-License-Identifier: BSL-1.0
#include <support/money_text.hpp>

#include <scratch.hpp>

#include <cstdint>
#include <limits>

using examples::decimal_style;
using examples::format_decimal;
using examples::wide_integer;

static_assert(examples::signed_amount<int> && examples::signed_amount<wide_integer>);
static_assert(!examples::signed_amount<unsigned> && !examples::signed_amount<double>);

TEST_CASE("format_decimal: plain") {
    CHECK(format_decimal(509'000, 2) == "5090.00");
    CHECK(format_decimal(-5, 2) == "-0.05");
    CHECK(format_decimal(5, 2) == "0.05");
    CHECK(format_decimal(0, 2) == "0.00");
    CHECK(format_decimal(0, 0) == "0");
    CHECK(format_decimal(-42, 0) == "-42");
    CHECK(format_decimal(100, 2) == "1.00");
    CHECK(format_decimal(99, 2) == "0.99");
    CHECK(format_decimal(1, 12) == "0.000000000001");
}

TEST_CASE("format_decimal: grouped") {
    constexpr auto grouped = decimal_style::grouped;
    CHECK(format_decimal(509'000, 2, grouped) == "5,090.00");
    CHECK(format_decimal(99'999, 2, grouped) == "999.99");
    CHECK(format_decimal(-123'456'789, 0, grouped) == "-123,456,789");
    CHECK(format_decimal(-100, 0, grouped) == "-100");
    CHECK(format_decimal(1'000'000, 3, grouped) == "1,000.000");
}

TEST_CASE("format_decimal: shortest") {
    constexpr auto shortest = decimal_style::shortest;
    CHECK(format_decimal(15'500, 2, shortest) == "155.0");
    CHECK(format_decimal(14'275, 2, shortest) == "142.75");
    CHECK(format_decimal(1490, 2, shortest) == "14.9");
    CHECK(format_decimal(0, 2, shortest) == "0.0");
    CHECK(format_decimal(-50, 2, shortest) == "-0.5");
    CHECK(format_decimal(100, 0, shortest) == "100.0");
}

TEST_CASE("format_decimal: the ends of the integers") {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    CHECK(format_decimal(least, 2) == "-92233720368547758.08");
    CHECK(format_decimal(least, 0, decimal_style::grouped) == "-9,223,372,036,854,775,808");
    CHECK(format_decimal(std::int8_t{-128}, 1) == "-12.8");
    constexpr auto most = static_cast<wide_integer>(~examples::wide_unsigned{0} >> 1U);
    CHECK(format_decimal(most, 0) == "170141183460469231731687303715884105727");
    CHECK(format_decimal(wide_integer{-most - 1}, 38) ==
          "-1.70141183460469231731687303715884105728");
}

TEST_CASE("format_decimal: negative digits are refused") {
    CHECK(error_of<std::invalid_argument>([] { (void)format_decimal(1, -1); }) ==
          "format_decimal: the number of digits is negative");
}

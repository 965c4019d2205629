// SPDX-License-Identifier: BSL-1.0
#include <support/exact.hpp>

#include <scratch.hpp>

#include <cstdint>
#include <limits>
#include <stdexcept>

using examples::decimal_style;
using examples::double_text;
using examples::exact_correlation;
using examples::exact_mean;
using examples::exact_number;
using examples::rounded_text;

TEST_CASE("exact: rounded half away from zero, and only once") {
    CHECK(rounded_text(exact_number{1, 3}, 4) == "0.3333");
    CHECK(rounded_text(exact_number{2, 3}, 4) == "0.6667");
    CHECK(rounded_text(exact_number{5, 100}, 1) == "0.1");
    CHECK(rounded_text(exact_number{-5, 100}, 1) == "-0.1");
    CHECK(rounded_text(exact_number{49999999, 1000000000}, 1) == "0.0");
    CHECK(rounded_text(exact_number{-1, 3}, 0, decimal_style::plain) == "0");
    CHECK(rounded_text(exact_number{100}, 4) == "100.0");
    CHECK(rounded_text(exact_number{12345678, 1000}, 2, decimal_style::grouped) == "12,345.68");
    // As a double it is 1.00499999999999989..., which would be rounded down.
    CHECK(rounded_text(exact_number{1005, 1000}, 2) == "1.01");
    CHECK(error_of<std::invalid_argument>([] { (void)rounded_text(1, -1); }) ==
          "rounded_units: the number of digits is negative");
    auto huge = exact_number{1};
    for (int i = 0; i < 50; ++i)
        huge *= 10;
    CHECK(error_of<std::overflow_error>([&] { (void)rounded_text(huge, 2); }) ==
          "rounded_units: the number is too large");
    CHECK(examples::rounded_units(exact_number{-5, 1000}, 2) == -1);
    CHECK(error_of<std::overflow_error>([] {
              (void)examples::rounded_units(exact_number{std::numeric_limits<std::int64_t>::max()},
                                            1);
          }) == "rounded_units: the number is too large");
}

TEST_CASE("exact: the nearest double, as short as it can be") {
    CHECK(double_text(14) == "14.0");
    CHECK(double_text(exact_number{13, 3}) == "4.333333333333333");
    CHECK(double_text(exact_number{11, 3}) == "3.6666666666666665");
    CHECK(double_text(exact_number{25, 3}) == "8.333333333333334");
    CHECK(double_text(exact_number{1, 10}) == "0.1");
}

TEST_CASE("exact: a mean of fractions does not depend on their order") {
    exact_mean mean;
    CHECK(!mean.mean());
    mean.add(1, 3);
    mean.add(1, 3);
    mean.add(exact_number{1, 3});
    mean.add(3);
    CHECK(mean.count() == 4);
    CHECK(mean.sum() == 4);
    CHECK(mean.mean() == exact_number{1});
}

TEST_CASE("exact: correlation") {
    exact_correlation up;
    CHECK(!up.rounded(6));
    up.add(1, exact_number{1, 3});
    CHECK(!up.rounded(6));
    up.add(4, exact_number{4, 3});
    CHECK(up.rounded(6) == 1'000'000);
    up.add(2, exact_number{4, 3});
    // r = 3 / sqrt(14): n = 3, sums x 7, xx 21, y 3, yy 11/3, xy 25/3.
    // (3 * 25/3 - 21) / sqrt((63 - 49) * (11 - 9)) = 4 / sqrt(28) = 0.7559289...
    CHECK(up.rounded(6) == 755'929);
    CHECK(up.rounded(2) == 76);
    exact_correlation down;
    down.add(1, 5);
    down.add(2, 3);
    down.add(3, 1);
    CHECK(down.rounded(6) == -1'000'000);
    exact_correlation flat;
    flat.add(1, 5);
    flat.add(2, 5);
    CHECK(!flat.rounded(6));
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/exact_sum.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <vector>

namespace {

using attribution::detail::exact_sum;

constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();
constexpr double infinity = std::numeric_limits<double>::infinity();

template <class Values>
constexpr double sum_of(Values const& values) {
    exact_sum sum;
    for (double const value : values)
        sum.add(value);
    return sum.value();
}
constexpr double sum_of(std::initializer_list<double> values) {
    return sum_of<std::initializer_list<double>>(values);
}

constexpr bool test() {
    return sum_of({}) == 0 && sum_of({-0.0}) == 0 && sum_of({0.1, 0.2, -0.1}) == 0.2 &&
           // what a plain sum loses
           sum_of({1e300, 1, -1e300}) == 1 && sum_of({1, 1e-20, -1}) == 1e-20 &&
           sum_of({largest, largest, -largest}) == largest &&
           sum_of({-largest, smallest, largest}) == smallest &&
           // rounded once, ties to even: 2^53 + 1, + 2, + 3, and just beside the tie
           sum_of({0x1p53, 1}) == 0x1p53 && sum_of({0x1p53, 1, 1}) == 0x1p53 + 2 &&
           sum_of({0x1p53, 2, 1}) == 0x1p53 + 4 && sum_of({0x1p53, 1, smallest}) == 0x1p53 + 2 &&
           sum_of({0x1p53, 1, -smallest}) == 0x1p53 &&
           sum_of({-0x1p53, -1, -smallest}) == -0x1p53 - 2 &&
           // all mantissa bits one: the rounding carries into the next exponent
           sum_of({0x1.fffffffffffffp52, 0.5}) == 0x1p53 &&
           // subnormal numbers, and the step to the normal ones
           sum_of({smallest, smallest}) == 2 * smallest && sum_of({-smallest}) == -smallest &&
           sum_of({0x1p-1022, -smallest}) == 0x0.fffffffffffffp-1022 &&
           sum_of({0x0.fffffffffffffp-1022, smallest}) == 0x1p-1022 &&
           // the smallest numbers that are rounded at all: halves of a unit of the smallest
           sum_of({0x1p-1021, smallest}) == 0x1p-1021 &&
           sum_of({0x1p-1021, 3 * smallest}) == 0x1p-1021 + 4 * smallest &&
           // beyond the range of double; half a unit in the last place below it is still finite
           sum_of({largest, largest}) == infinity && sum_of({-largest, -largest}) == -infinity &&
           sum_of({largest, 0x1p969}) == largest && sum_of({largest, 0x1p970}) == infinity;
}
static_assert(test());

}  // namespace

TEST_CASE("exact_sum") {
    CHECK(test());
}

TEST_CASE("law: exact_sum is the sum of the integers that doubles are") {
    support::for_all_worlds([](support::random_numbers& random) {
        // mantissas of 53 bits, scaled by up to 2^40: 128 bits hold the sum
        attribution::detail::int128 reference = 0;
        exact_sum sum;
        for (int i = 0; i < 50; ++i) {
            auto const mantissa =
                static_cast<std::int64_t>(random.bits() >> 11) * (random.chance(2) ? 1 : -1);
            auto const shift = static_cast<int>(random.below(41));
            reference += attribution::detail::int128{mantissa} * (std::int64_t{1} << shift);
            sum.add(std::ldexp(static_cast<double>(mantissa), shift));
        }
        support::holds(sum.value() == static_cast<double>(reference));
    });
}

TEST_CASE("law: exact_sum does not show the order, nor how partial sums were merged") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::vector<double> values;
        for (int i = 0; i < 12; ++i)
            values.push_back(
                std::ldexp(random.unit() - 0.5, static_cast<int>(random.below(1900)) - 1000));
        for (int i = 0; i < 6; ++i)
            values.push_back(-values[random.below(values.size())]);  // cancel some
        auto const expected = sum_of(values);
        random.shuffle(values);
        support::holds(sum_of(values) == expected);
        exact_sum whole;
        exact_sum part;
        for (double const value : values) {
            part.add(value);
            if (random.chance(5)) {
                whole.merge(part);
                part = {};
            }
        }
        part.merge(whole);
        support::holds(part.value() == expected);
    });
}

TEST_CASE("exact_sum reads and goes on") {
    exact_sum sum;
    sum.add(0.5);
    CHECK(sum.value() == 0.5);
    sum.add(-2);
    CHECK(sum.value() == -1.5);
    sum.merge(sum);
    CHECK(sum.value() == -3);
    for (int i = 0; i < 100'000; ++i)
        sum.add(0.1);
    CHECK(sum.value() == doctest::Approx(9997));
}

TEST_CASE("exact_sum has one sequence of digits for a sum, however it came about") {
    exact_sum there;
    exact_sum and_back;
    for (double const value : {1.5, -0x1p-1074, 0x1p1000, -3.25e-9}) {
        there.add(value);
        and_back.add(value);
    }
    and_back.add(0x1p900);
    and_back.add(-0x1p900);
    CHECK(there.digits() == and_back.digits());
    CHECK(exact_sum{}.digits() == exact_sum::digits_type{});
    auto copy = exact_sum::from_digits(there.digits());
    CHECK(copy.value() == there.value());
    copy.add(-0x1p1000);
    there.add(-0x1p1000);
    CHECK(copy.value() == there.value());
    exact_sum negative;
    negative.add(-1);
    CHECK(negative.digits().back() == -1);
    CHECK(negative.digits()[0] == 0);
}

TEST_CASE("exact_sum takes values of everyday size and others alike, at the borders and in bulk") {
    using addend = exact_sum::addend;
    CHECK(addend{0x1p-24}.whole());
    CHECK_FALSE(addend{0x1.fffffffffffffp-25}.whole());
    CHECK(addend{-0x1.fffffffffffffp33}.whole());
    CHECK_FALSE(addend{0x1p34}.whole());
    CHECK_FALSE(addend{0.0}.whole());
    CHECK(addend{-0.0}.is_zero());
    CHECK_FALSE(addend{0x1p-1074}.is_zero());
    CHECK((addend{-1.0}.units() == -(attribution::detail::int128{1} << 76)));
    CHECK((addend{0x1.0000000000001p-24}.units() ==
           (attribution::detail::int128{1} << 52) + attribution::detail::int128{1}));
    // Both sides of the limits of what goes into two integers, 2^-24 and 2^34, and of the integers' digits
    for (double const value :
         {0x1p-24, 0x1.fffffffffffffp-25, -0x1.fffffffffffffp-24, 0x1.fffffffffffffp33,
          -0x1.fffffffffffffp33, 0x1p34, -0x1.0000000000001p34, 0x1.8p-21, 0x1.8000000000001p-21,
          0x1p-51, 0x1.7ffffffffffffp-51, 123.45, -0x1p-30, 0.0}) {
        exact_sum sum;
        exact_sum and_back;
        for (int i = 0; i < 3000; ++i) {
            sum.add(addend{value});
            and_back.add(value);
        }
        exact_sum once;
        for (double const part : {2048., 512., 256., 128., 32., 16., 8.})
            once.add(part * value);  // exact: another power of two
        CHECK(sum.digits() == once.digits());
        and_back.merge(sum);
        for (int i = 0; i < 6000; ++i)
            and_back.add(-value);
        CHECK(and_back.digits() == exact_sum{}.digits());
    }
    exact_sum bulk;
    bulk.add(0.1);
    bulk.add_units(addend{0.7}.units() * 4096);
    bulk.add_units(-addend{0.7}.units() * 4095);
    bulk.add(-0.1);
    CHECK(bulk.value() == 0.7);
}

TEST_CASE("law: the units of a value of everyday size are all of it") {
    support::for_all_worlds([](support::random_numbers& random) {
        using attribution::detail::int128;
        auto const exponent = random.below(60) + 1023 - 25;
        auto const value =
            std::bit_cast<double>(random.bits() >> 63 << 63 | exponent << 52 |
                                  random.bits() >> 12 >> random.below(52) << random.below(8));
        exact_sum::addend const one{value};
        bool const everyday = std::abs(value) >= 0x1p-24 && std::abs(value) < 0x1p34;
        if (one.whole() != everyday ||
            (everyday && one.units() != static_cast<int128>(std::ldexp(value, 76))))
            support::broken(value, " has other units");
    });
}

TEST_CASE("exact_sum carries in time, however many sums are merged") {
    for (double const value : {0.75, -0.75, 0x1.fffffffffffffp-41, -0x1.fffffffffffffp60}) {
        exact_sum sum;
        sum.add(value);
        for (int i = 0; i < 100; ++i)  // a digit has room for 31 times two of itself
            sum.merge(sum);
        exact_sum once;
        once.add(value * 0x1p100);
        CHECK(sum.digits() == once.digits());
    }
}

TEST_CASE("exact_sum carries in time, however many values come") {
    for (double const value : {0x1.fffffffffffffp-41, -0x1.fffffffffffffp60}) {
        exact_sum far;
        for (int i = 0; i < 200'000; ++i)
            far.add(value);
        CHECK(far.value() == 200'000 * value);
    }
    // Few units, and more than go into the two integers
    for (double const value : {0.75, -0.75, 0x1.fffffffffffffp33, -0x1.fffffffffffffp33}) {
        exact_sum near;
        auto const units = exact_sum::addend{value}.units();
        for (int i = 0; i < 100'000; ++i)
            near.add_units(units);
        CHECK(near.value() == 100'000 * value);
        for (int i = 0; i < 1000; ++i)
            near.add_units(units * -100);
        CHECK(near.digits() == exact_sum{}.digits());
        for (int const times : {2, 4, 8, 16, 32}) {
            exact_sum sum;
            for (int i = 0; i < 300; ++i)
                sum.add_units(units * times);
            sum.add_units(units * (-300 * times));
            CHECK(sum.digits() == exact_sum{}.digits());
        }
    }
    // More than a digit has room for, if nothing were ever carried
    auto const ones = (attribution::detail::int128{1} << 96) - attribution::detail::int128{1};
    exact_sum full;
    for (int i = 0; i < 36'000'000; ++i)
        full.add_units(ones);
    exact_sum product;
    product.add_units(ones * std::int64_t{36'000'000});
    CHECK(full.digits() == product.digits());
}

TEST_CASE("exact_sum: a whole number of units is written, however many cells it fills") {
    using attribution::detail::int128;
    int128 found{};
    for (int const bits : {0, 1, 25, 26, 27, 57, 58, 59, 89, 90, 91, 108})
        for (int const more : {-1, 0, 1, 12'345})
            for (int const sign : {1, -1}) {
                auto const units =
                    ((int128{1} << bits) + int128{more}) * static_cast<std::int64_t>(sign);
                exact_sum sum;
                sum.add_units(units);
                CHECK(sum.is_whole(found));
                CHECK((found == units));
                sum.add(0x1p-77);
                CHECK_FALSE(sum.is_whole(found));
            }
}

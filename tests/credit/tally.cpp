// SPDX-License-Identifier: BSL-1.0
#include <attribution/credit/tally.hpp>

#include "support/random.hpp"
#include "support/records.hpp"

#include <attribution/amount/money.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

namespace {

using support::require;
struct eur;

constexpr bool test() {
    using credit = att::credit<int>;
    att::tally<int> one;
    one.add(credit{0, 0, 30, 0.5});
    one.add(credit{1, 0, -10, 1.0});
    att::tally<int> other;
    other.add(credit{2, 5, 1, 0.25});
    require(one.finish() == att::cell<int>{20, 1.5, 2} &&
            att::tally<int>{}.finish() == att::cell<int>{} && one.finish() != other.finish());
    auto merged = att::tally<int>{};  // the identity
    merged.merge(one);
    require(merged.finish() == one.finish());
    merged.merge(other);
    other.merge(one);
    require(merged.finish() == other.finish() && merged.finish() == att::cell<int>{21, 1.75, 3});

    // what overflows on the way may fit in the end
    att::running_total<std::int64_t> total;
    for (int i = 0; i < 3; ++i)
        total.add(INT64_MAX);
    for (int i = 0; i < 3; ++i)
        total.add(INT64_MIN);
    require(total.value() == -3 && !total.is_zero());
    total.add(3);
    require(total.is_zero() && att::running_total<std::int64_t>{}.is_zero());
    att::running_total<std::uint64_t> positive;
    positive.add(UINT64_MAX);
    require(positive.value() == UINT64_MAX);
    att::running_total<att::money<eur>> euros;
    euros.add(att::money<eur>{5});
    require(euros.value() == att::money<eur>{5});
    att::running_total<double> real;
    for (double const part : {1e300, 1.0, -1e300})
        real.add(part);
    require(real.value() == 1 && !real.is_zero());
    real.add(-1);
    require(real.is_zero());
    real.add(std::numeric_limits<double>::denorm_min());
    require(!real.is_zero());
    using addend = att::running_total<std::int64_t>::addend;
    require(addend{0}.is_zero() && !addend{-7}.is_zero() && addend{-7}.units() == -7);
    return true;
}
static_assert(test());

template <class Amount>
Amount total_of(std::vector<Amount> const& parts) {
    att::running_total<Amount> total;
    for (auto const& part : parts)
        total.add(part);
    return total.value();
}

}  // namespace

TEST_CASE("tally") {
    CHECK(test());
}

TEST_CASE("a total that does not fit is an error") {
    auto const text = "running_total: the sum does not fit into the amount's type; use a wider "
                      "type or a coarser unit";
    CHECK_THROWS_WITH_AS((void)total_of<std::int64_t>({INT64_MAX, 1}), text, std::overflow_error);
    CHECK_THROWS_AS((void)total_of<std::int64_t>({INT64_MIN, -1}), std::overflow_error);
    CHECK_THROWS_AS((void)total_of<std::int8_t>({127, 1}), std::overflow_error);
    CHECK_THROWS_AS((void)total_of<std::uint64_t>({UINT64_MAX, 1}), std::overflow_error);
    double const largest = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS((void)total_of<double>({largest, largest}),
                         "running_total: the sum is too large for its type", std::overflow_error);
    CHECK(total_of<double>({largest, largest, -largest}) == largest);
}

TEST_CASE("float amounts are added exactly and rounded once") {
    // 2^24 is a float whose successor is 2^24 + 2; 1 more than it is a tie, and 2^-60 breaks it
    CHECK(total_of<float>({0x1p24F, 1.0F}) == 0x1p24F);
    for (int const below : {-29, -60})  // the bit next to the last of a double, and a far one
        CHECK(total_of<float>({0x1p24F, 1.0F, std::ldexp(1.0F, below)}) == 0x1p24F + 2);
    float const largest = std::numeric_limits<float>::max();
    CHECK(total_of<float>({largest, largest, -largest}) == largest);
    CHECK_THROWS_AS((void)total_of<float>({largest, largest}), std::overflow_error);
}

TEST_CASE("a number of conversions is the same bits in any order") {
    support::random_numbers random{5};
    std::vector<att::credit<double>> credits;
    for (int i = 0; i < 1000; ++i)
        credits.push_back({0, 0, random.unit() - 0.5, random.unit()});
    auto const add_up = [&] {
        att::tally<double> sum;
        for (auto const& one : credits)
            sum.add(one);
        return sum.finish();
    };
    auto const expected = add_up();
    random.shuffle(credits);
    CHECK(add_up() == expected);
    att::tally<double> parts[7];
    for (std::size_t i = 0; i < credits.size(); ++i)
        parts[i % 7].add(credits[i]);
    for (int i : {2, 4, 1, 6, 5, 3})
        parts[0].merge(parts[i]);
    CHECK(parts[0].finish() == expected);
}

TEST_CASE("a tally goes on from its parts") {
    att::tally<std::int64_t> whole;
    whole.add({0, 0, INT64_MAX, 0.5});
    whole.add({0, 1, INT64_MAX, 0.25});
    auto const parts = whole.take_apart();
    CHECK(parts.credits == 2);
    CHECK(parts.shares == att::detail::int128{3} << 60);
    CHECK(parts.amount.sum() == 2 * att::detail::int128{INT64_MAX});
    auto copy = att::tally<std::int64_t>::from_parts(
        {att::running_total<std::int64_t>::from_sum(parts.amount.sum()), parts.shares,
         parts.credits});
    copy.add({0, 0, -INT64_MAX, 0.25});
    CHECK(copy.finish() == att::cell<std::int64_t>{INT64_MAX, 1.0, 3});
}

TEST_CASE("any share of a conversion, and any amount, is added or refused by its row") {
    using cents = att::tally<std::int64_t>;
    for (double const share : {1.0, 0.5, 0.0, -0.0, -0.25, -1.0, 1e-300, 5e-324}) {
        cents sum;
        sum.add({0, 0, INT64_MIN, share});
        sum.add({0, 0, INT64_MAX, -share});
        CHECK(sum.finish() == att::cell<std::int64_t>{-1, 0.0, 2});
    }
    constexpr double infinite = std::numeric_limits<double>::infinity();
    for (double const share :
         {1.0000000001, -2.0, 1e19, -1e300, infinite, -infinite, std::nan("")}) {
        cents sum;
        CHECK_THROWS_WITH_AS(
            sum.add({7, 0, 1, share}),
            "tally: a credit of conversion row 7 has a share that is not in [-1, 1]",
            std::domain_error);
        CHECK(sum.empty());
    }
    for (double const amount : {infinite, -infinite, std::nan("")}) {
        att::tally<double> sum;
        CHECK_THROWS_WITH_AS(
            sum.add({7, 0, amount, 1.0}),
            "tally: a credit of conversion row 7 has an amount that is not a finite "
            "number",
            std::domain_error);
        CHECK(sum.empty());
        att::running_total<double> total;
        CHECK_THROWS_WITH_AS(total.add(amount), "running_total: an amount is not a finite number",
                             std::domain_error);
        CHECK(total.is_zero());
    }
}

TEST_CASE("no merging makes a tally wrap around") {
    using cents = att::tally<std::int64_t>;
    constexpr auto most = cents::most_credits;
    auto const full = cents::from_parts(
        {att::running_total<std::int64_t>::from_sum(att::detail::int128{INT64_MAX} << 48),
         att::detail::int128{1} << 110, most});
    cents one;
    one.add({0, 0, 1, 1.0});
    auto const beyond = cents::from_parts({{}, 0, most + 1});
    auto whole = full;
    for (auto const& other : {full, one, beyond}) {
        CHECK_THROWS_WITH_AS(whole.merge(other),
                             "tally: there are more than 2^48 credits in one group",
                             std::overflow_error);
        CHECK(whole.take_apart().credits == most);
        CHECK(whole.take_apart().shares == full.take_apart().shares);
    }
    whole.merge(cents{});
    CHECK_THROWS_AS(cents{}.check_merge(beyond), std::overflow_error);
    CHECK_THROWS_AS((void)whole.finish(), std::overflow_error);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/bucket_tally.hpp>

#include "support/random.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

namespace att = attribution;

namespace {

template <class Amount>
using credits_of = std::vector<att::credit<Amount>>;

/// Amounts of all sizes and signs, many of which have no place among units of 2^-76.
credits_of<double> drawn(support::random_numbers& random, std::size_t count) {
    credits_of<double> all;
    for (std::size_t i = 0; i < count; ++i) {
        auto const size = static_cast<int>(random.between(-60, random.chance(2) ? 35 : 60));
        auto const amount = std::ldexp(random.unit() - 0.5, size);
        all.push_back({0, 0, random.chance(20) ? 0.0 : amount, random.unit()});
    }
    return all;
}

template <class Tally, class Amount>
Tally sum_of(credits_of<Amount> const& all) {
    Tally sum;
    for (auto const& one : all)
        sum.add(typename att::tally<Amount>::portion{one.amount, one.share});
    return sum;
}

template <class Amount>
void check(credits_of<Amount> const& front, credits_of<Amount> const& back) {
    using mine = att::detail::bucket_tally<Amount>;
    using plain = att::tally<Amount>;
    auto expected = sum_of<plain>(front);
    expected.merge(sum_of<plain>(back));

    auto merged = sum_of<mine>(front);
    merged.check_merge(sum_of<mine>(back));
    merged.merge(sum_of<mine>(back));
    CHECK(merged.whole().finish() == expected.finish());
    CHECK(merged.credits() == front.size() + back.size());

    auto with_plain = sum_of<mine>(back);
    with_plain.merge(sum_of<plain>(front));
    CHECK(with_plain.whole().finish() == expected.finish());
    CHECK(with_plain.sum() == merged.sum());
    CHECK(static_cast<Amount>(merged.sum()) == expected.finish().amount);
}

}  // namespace

TEST_CASE("a tally of a bucket is a tally") {
    support::random_numbers random{1};
    for (int i = 0; i < 300; ++i)
        check(drawn(random, random.below(20)), drawn(random, random.below(20)));
    check<std::int64_t>({{0, 0, std::numeric_limits<std::int64_t>::max(), 1.0}, {0, 0, -3, 0.25}},
                        {{0, 0, std::numeric_limits<std::int64_t>::min(), -1.0}});
}

TEST_CASE("units that are too many for 128 bits are kept, also when they go away again") {
    std::vector<att::credit<double>> many(140'000, {0, 0, 0x1.fp33, 1.0});
    std::vector<att::credit<double>> back(139'999, {0, 0, -0x1.fp33, 1.0});
    check(many, back);
    check(back, {{0, 0, 1.0, 1.0}});
    att::detail::bucket_tally<double> one;
    auto const largest = std::numeric_limits<att::detail::int128>::max();
    one.add(att::portion_sum{largest, 0, 1});
    one.add(att::portion_sum{largest, 0, 1});
    CHECK(one.sum() == doctest::Approx(std::ldexp(1.0, 52)));
}

TEST_CASE("nothing is empty, and credits that are too many are refused") {
    att::detail::bucket_tally<double> none;
    CHECK(none.empty());
    CHECK(none.sum() == 0);
    auto most = none;
    most.add(att::portion_sum{1, 0, att::tally<double>::most_credits});
    CHECK_FALSE(most.empty());
    auto one = none;
    one.add(att::portion_sum{1, 0, 1});
    CHECK_NOTHROW(most.check_merge(none));
    CHECK_THROWS_AS(most.check_merge(one), std::overflow_error);
    CHECK_THROWS_AS(one.check_merge(most.whole()), std::overflow_error);
}

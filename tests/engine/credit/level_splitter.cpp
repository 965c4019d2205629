// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/level_splitter.hpp>

#include "support/law.hpp"
#include "support/records.hpp"

#include <attribution/amount/money.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

using attribution::detail::level_splitter;
using attribution::detail::splitter;

/// The parts of all weights, written out.
template <class Amount, std::size_t N>
constexpr std::vector<Amount> parts_of(Amount whole, std::array<std::size_t, N> const& lengths,
                                       std::array<double, N> const& weights) {
    level_splitter<N> levels;
    std::vector<Amount> parts;
    for (auto const length : lengths)
        parts.resize(parts.size() + length, Amount{});
    if (levels.weigh(lengths, weights))
        levels.split(whole, [&](std::size_t first, std::size_t length, Amount part, double) {
            for (std::size_t i = first; i < first + length; ++i)
                parts[i] = part;
        });
    return parts;
}

constexpr bool test() {
    using parts = std::vector<std::int64_t>;
    support::require(parts_of<std::int64_t, 1>(100, {3}, {1}) == parts{34, 33, 33});
    support::require(parts_of<std::int64_t, 1>(-100, {3}, {1}) == parts{-34, -33, -33});
    support::require(parts_of<std::int64_t, 3>(100, {1, 2, 1}, {4, 1, 4}) == parts{40, 10, 10, 40});
    support::require(parts_of<std::int64_t, 2>(9, {1, 2}, {0, 1}) == parts{0, 5, 4});
    support::require(parts_of<std::int64_t, 2>(9, {2, 0}, {0, 1}) == parts{0, 0});  // none counts
    // What no touchpoint weighs does not make the others too light to count.
    support::require(parts_of<std::int64_t, 2>(9, {0, 2}, {1, 0x1p-70}) == parts{5, 4});
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("level_splitter") {
    CHECK(test());
    level_splitter<2> none;
    CHECK_FALSE(none.weigh({2, 0}, {0, 1}));
}

TEST_CASE("law: level_splitter gives what splitter gives, weight by weight") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::array<std::size_t, 3> lengths{};
        std::array<double, 3> weights{};
        std::vector<double> all;
        for (std::size_t i = 0; i < 3; ++i) {
            lengths[i] = random.below(5);
            weights[i] = random.chance(4) ? 0
                         : random.chance(3)
                             ? static_cast<double>(1 + random.below(4))
                             : random.unit() * std::ldexp(1.0, static_cast<int>(random.below(90)));
            all.insert(all.end(), lengths[i], weights[i]);
        }
        auto const whole = random.chance(9)   ? INT64_MIN
                           : random.chance(9) ? INT64_MAX
                                              : random.between(-1000, 1000);
        level_splitter<3> levels;
        splitter one_by_one;
        bool const counts = one_by_one.weigh(all);
        support::holds(levels.weigh(lengths, weights) == counts);
        if (!counts)
            return;
        auto const same = [&](auto value) {
            using amount = decltype(value);
            std::vector<amount> expected(all.size(), amount{});
            one_by_one.split(value, std::span{expected});
            std::size_t covered = 0;
            levels.split(value,
                         [&](std::size_t first, std::size_t length, amount part, double share) {
                             covered += length;
                             for (auto i = first; i < first + length; ++i)
                                 if (!one_by_one.counts(i) || expected[i] != part ||
                                     one_by_one.share(i) != share)
                                     support::broken("part ", i);
                         });
            for (std::size_t i = 0; i < all.size(); ++i)
                covered += !one_by_one.counts(i);
            if (covered != all.size())
                support::broken("parts are missing");
        };
        same(whole);
        same(static_cast<double>(whole) / 7);
        same(attribution::money<struct eur>{whole});
    });
}

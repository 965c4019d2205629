// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/largest_remainder.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using namespace attribution::detail;

/// Floors after the units left of `whole` are handed out.
template <std::size_t N>
constexpr std::array<std::uint64_t, N> handed_out(std::uint64_t whole, std::array<quota, N> quotas,
                                                  std::uint64_t first_of_ties = 0) {
    std::vector<std::size_t> scratch;
    hand_out(whole, quotas, scratch, first_of_ties);
    std::array<std::uint64_t, N> floors{};
    for (std::size_t i = 0; i < N; ++i)
        floors[i] = quotas[i].floor;
    return floors;
}

constexpr bool test() {
    using floors = std::array<std::uint64_t, 3>;
    constexpr uint128 wide = uint128{1} << 100;
    constexpr auto narrow_quota = divide(17, 5);
    constexpr auto wide_quota = divide(3 * wide + 7, wide);
    constexpr auto even_quota = divide(wide, wide);
    return handed_out<3>(6, {quota{1, 2}, {2, 1}, {3, 0}}) == floors{1, 2, 3} &&  // nothing left
           handed_out<3>(7, {quota{1, 2}, {2, 3}, {3, 0}}) == floors{1, 3, 3} &&
           handed_out<3>(7, {quota{1, 2}, {2, 2}, {3, 2}}) ==
               floors{2, 2, 3} &&  // a tie: the earlier
           handed_out<3>(7, {quota{1, 2}, {2, 2}, {3, 2}}, 4) == floors{1, 3, 3} &&
           handed_out<3>(8, {quota{1, 2}, {2, 2}, {3, 2}}, 2) == floors{2, 2, 4} &&
           handed_out<3>(8, {quota{1, 2}, {2, 3}, {3, 2}}, 1) == floors{1, 3, 4} &&
           handed_out<3>(7, {quota{1, 0}, {2, 2}, {4, 0}}, 1) == floors{1, 2, 4} &&
           handed_out<3>(8, {quota{1, 2}, {2, 1}, {3, 2}}) == floors{2, 2, 4} &&
           handed_out<3>(8, {quota{1, 1}, {2, 2}, {3, 1}}) == floors{2, 3, 3} &&
           handed_out<3>(7, {quota{1, 2}, {2, wide}, {3, wide + 1}}) == floors{1, 2, 4} &&
           narrow_quota.floor == 3 && narrow_quota.remainder == 2 && wide_quota.floor == 3 &&
           wide_quota.remainder == 7 && even_quota.floor == 1 && even_quota.remainder == 0;
}
static_assert(test());

}  // namespace

TEST_CASE("largest_remainder") {
    CHECK(test());
}

TEST_CASE("law: quotas by a reciprocal are those of a division") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const some = [&](std::uint64_t bits) { return random.bits() >> (64 - bits); };
        // Around 2^50, from where on nothing is estimated, and any other size
        auto const magnitude = random.below(4) == 0 ? (std::uint64_t{1} << 50) - 4 + random.below(8)
                                                    : some(1 + random.below(64));
        auto const units = some(1 + random.below(62));
        // Sums that divide evenly, or nearly so, too
        auto const others = random.below(3) == 0
                                ? uint128{units} * random.below(5) + random.below(3)
                                : uint128{some(1 + random.below(63))} * (1 + random.below(1000));
        auto const sum = uint128{units} + others;
        if (sum == 0)
            return;
        auto const got = quota_divider{sum}(magnitude, units);
        auto const dividend = uint128{magnitude} * units;
        if (got.floor != static_cast<std::uint64_t>(dividend / sum) ||
            got.remainder != dividend % sum)
            support::broken(magnitude, " * ", units, " divided by a sum is ", got.floor);
    });
}

TEST_CASE("law: units are handed out as they are by sorting, whatever the number of quotas") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::vector<quota> quotas;
        std::uint64_t whole = 0;
        std::uint64_t positive = 0;
        auto const bits = random.below(3) * 20;       // of a remainder that are not always 0
        auto const zeros = random.below(2) * 70;      // behind them
        auto const ahead = uint128{random.below(2)};  // before them
        for (auto count = 1 + random.below(30); count > 0; --count) {  // 8 are ranked, 9 are not
            auto const own =
                random.below(4) << bits | (bits == 0 ? 0 : random.bits() >> (64 - bits));
            quotas.push_back({random.below(5), (ahead << 50 | own) << zeros});
            whole += quotas.back().floor;
            positive += static_cast<std::uint64_t>(quotas.back().remainder != 0);
        }
        auto const left = positive == 0 ? 0 : random.below(positive);
        auto const first_of_ties = random.below(3);
        auto expected = quotas;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < quotas.size(); ++i)
            order.push_back(i);
        auto const larger = [&](std::size_t a, std::size_t b) {
            return quotas[a].remainder > quotas[b].remainder;
        };
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return larger(a, b) || (!larger(b, a) && a < b);
        });
        if (left != 0) {  // of those that are as large as the last one, another is the first
            auto const [tied, end] =
                std::equal_range(order.begin(), order.end(), order[left - 1], larger);
            auto const many = static_cast<std::uint64_t>(end - tied);
            std::rotate(tied, tied + static_cast<std::ptrdiff_t>(first_of_ties % many), end);
        }
        for (std::size_t i = 0; i < left; ++i)
            ++expected[order[i]].floor;
        std::vector<std::size_t> scratch;
        hand_out(whole + left, quotas, scratch, first_of_ties);
        for (std::size_t i = 0; i < quotas.size(); ++i)
            if (quotas[i].floor != expected[i].floor)
                support::broken("quota ", i, " of ", quotas.size(), " is ", quotas[i].floor);
    });
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/largest_remainder.hpp>

#include <doctest/doctest.h>

#include <array>
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

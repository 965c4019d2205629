// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/fixed_point.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>

namespace {

using namespace attribution::detail;

template <std::size_t N>
constexpr bool become(std::array<double, N> const& weights,
                      std::array<std::uint64_t, N> const& expected) {
    std::array<std::uint64_t, N> units{};
    units.fill(7);
    uint128 sum = 0;
    for (auto const unit : expected)
        sum += unit;
    return to_units(weights, units) == sum && units == expected;
}

constexpr std::uint64_t top = std::uint64_t{1} << 61;

constexpr bool test() {
    using w = std::array<double, 3>;
    using u = std::array<std::uint64_t, 3>;
    constexpr double smallest = std::numeric_limits<double>::denorm_min();
    constexpr double largest = std::numeric_limits<double>::max();
    return become(w{1, 1, 1}, u{1, 1, 1}) &&
           become(w{0.1, 0.1, 0.1},
                  u{0xc'cccc'cccc'cccd, 0xc'cccc'cccc'cccd, 0xc'cccc'cccc'cccd}) &&
           become(w{4, 6, 0}, u{2, 3, 0}) && become(w{0, 0, 0}, u{0, 0, 0}) &&
           become(w{-0.0, 0, 0}, u{0, 0, 0}) && become(w{smallest, 3 * smallest, 0}, u{1, 3, 0}) &&
           become(w{largest, largest, 0}, u{0x1f'ffff'ffff'ffff, 0x1f'ffff'ffff'ffff, 0}) &&
           // resolution 2^-61 of the largest, rounded half up
           become(w{1, 0x1p-61, 0}, u{top, 1, 0}) && become(w{1, 0x1p-62, 0}, u{top, 1, 0}) &&
           become(w{1, 0x1.fffffffffffffp-63, 0}, u{1, 0, 0}) &&
           become(w{1, 0x1.8p-61, 0}, u{top / 2, 1, 0}) &&
           become(w{1, 0x1.7ffffp-61, 0}, u{top, 1, 0}) &&
           become(w{largest, smallest, 0}, u{0x1f'ffff'ffff'ffff, 0, 0}) &&
           become(std::array<double, 0>{}, std::array<std::uint64_t, 0>{}) &&
           // a scale by a power of two changes nothing
           become(w{0x1p900, 0x1p901, 0x1.8p901}, u{1, 2, 3}) &&
           become(w{0x1p-900, 0x1p-899, 0x1.8p-899}, u{1, 2, 3}) && share_units(1, 1) == top &&
           share_units(1, 4) == top / 4 && share_units(1, 3) == top / 3;
}
static_assert(test());

}  // namespace

TEST_CASE("fixed_point") {
    CHECK(test());
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/length_divider.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <ratio>

namespace att = attribution;

namespace {

constexpr bool divides() {
    bool good = true;
    auto const require = [&](bool holds) { good = good && holds; };
    // Lengths whose ratio takes more than 64 bits
    using milli = std::chrono::duration<std::uint64_t, std::milli>;
    using tripled = std::chrono::duration<std::int64_t, std::ratio<3, 1000>>;
    constexpr att::detail::length_divider<milli, tripled> in_long_ones{
        tripled{std::int64_t{1} << 62}};
    constexpr auto one = std::uint64_t{3} << 62;
    require(in_long_ones(milli{0}).whole == 0 && in_long_ones(milli{0}).fraction == 0);
    require(in_long_ones(milli{one}).whole == 1 && in_long_ones(milli{one}).fraction == 0);
    require(in_long_ones(milli{one / 2}).whole == 0 &&
            in_long_ones(milli{one / 2}).fraction == std::uint64_t{1} << 63);
    // As near to one as a fraction comes: what tells them apart is shifted away
    constexpr att::detail::length_divider<milli, tripled> in_odd_ones{
        tripled{(std::int64_t{1} << 62) + 1}};
    require(in_odd_ones(milli{one + 2}).whole == 0 &&
            in_odd_ones(milli{one + 2}).fraction == ~std::uint64_t{0});
    require(in_odd_ones(milli{one + 3}).whole == 1 && in_odd_ones(milli{one + 3}).fraction == 0);
    // 2^64 of the finest ticks, counted in a few bits
    constexpr att::detail::length_divider<std::chrono::hours, std::chrono::seconds> in_seconds{
        std::chrono::seconds{1}};
    require(in_seconds(std::chrono::hours{std::int64_t{1} << 60}).whole == 4096);
    // Lengths of two clocks that are not whole
    using minutes = std::chrono::duration<double, std::ratio<60>>;
    constexpr att::detail::length_divider<minutes, std::chrono::seconds> in_halves{
        std::chrono::seconds{30}};
    require(in_halves(minutes{1.25}).whole == 2 &&
            in_halves(minutes{1.25}).fraction == std::uint64_t{1} << 63);
    constexpr att::detail::length_divider<std::chrono::seconds, minutes> in_minutes{minutes{0.5}};
    require(in_minutes(std::chrono::seconds{75}).whole == 2 &&
            in_minutes(std::chrono::seconds{75}).fraction == std::uint64_t{1} << 63);
    return good;
}
static_assert(divides());

}  // namespace

TEST_CASE("law: lengths are divided exactly, to the last bit of the fraction") {
    using att::detail::uint128;
    support::for_all_worlds([](support::random_numbers& random) {
        // Of any number of bits, and near the border between the ways to divide
        auto const some = [&](std::uint64_t bits) { return random.bits() >> (64 - bits); };
        auto const half_life = random.below(4) == 0 ? (std::uint64_t{1} << 32) - 3 + random.below(6)
                                                    : 1 + some(1 + random.below(62));
        auto const age = random.below(3) == 0 ? half_life * random.below(9) + random.below(3)
                                              : some(1 + random.below(64));
        // On a clock twice as fine, too: what is divided no longer fits into 64 bits
        auto const ticks = 1 + random.below(2);
        using fine = std::chrono::duration<std::uint64_t, std::ratio<1, 2>>;
        using whole = std::chrono::duration<std::uint64_t>;
        using signed_fine = std::chrono::duration<std::int64_t, std::ratio<1, 2>>;
        auto const limit = static_cast<std::int64_t>(half_life);
        auto const got =
            ticks == 1
                ? att::detail::length_divider<fine, signed_fine>{signed_fine{limit}}(fine{age})
                : att::detail::length_divider<whole, signed_fine>{signed_fine{limit}}(whole{age});
        auto const dividend = uint128{age} * ticks;
        auto const times = dividend / half_life;
        auto const fraction = ((dividend % half_life) << 64) / half_life;
        return got.whole == (times < 4096 ? times : 4096) && got.fraction == fraction;
    });
}

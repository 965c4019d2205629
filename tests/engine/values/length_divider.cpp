// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/length_divider.hpp>

#include "support/law.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <ratio>

namespace att = attribution;

namespace {

template <class Length, class Unit>
constexpr void require_quotient(Length length, Unit unit, std::uint64_t whole,
                                std::uint64_t fraction) {
    auto const got = att::detail::length_divider<Length, Unit>{unit}(length);
    support::require(got.whole == whole && got.fraction == fraction);
}

constexpr bool divides() {
    constexpr auto half = std::uint64_t{1} << 63;
    // Lengths whose ratio takes more than 64 bits
    using milli = std::chrono::duration<std::uint64_t, std::milli>;
    using tripled = std::chrono::duration<std::int64_t, std::ratio<3, 1000>>;
    constexpr auto one = std::uint64_t{3} << 62;
    constexpr tripled long_one{std::int64_t{1} << 62};
    require_quotient(milli{0}, long_one, 0, 0);
    require_quotient(milli{one}, long_one, 1, 0);
    require_quotient(milli{one / 2}, long_one, 0, half);
    // As near to one as a fraction comes: what tells them apart is shifted away
    constexpr tripled odd_one{(std::int64_t{1} << 62) + 1};
    require_quotient(milli{one + 2}, odd_one, 0, ~std::uint64_t{0});
    require_quotient(milli{one + 3}, odd_one, 1, 0);
    // 2^64 of the finest ticks, counted in a few bits; and a unit of more than 2^64 of them
    using std::chrono::hours;
    using std::chrono::seconds;
    require_quotient(hours{std::int64_t{1} << 60}, seconds{1}, 4096, 0);
    require_quotient(seconds{std::int64_t{225} << 54}, hours{std::int64_t{1} << 53}, 0, half / 4);
    // Lengths of two clocks that are not whole
    using minutes = std::chrono::duration<double, std::ratio<60>>;
    require_quotient(minutes{1.25}, seconds{30}, 2, half);
    require_quotient(minutes{1e9}, seconds{30}, 4096, 0);
    require_quotient(seconds{75}, minutes{0.5}, 2, half);
    return true;
}
static_assert(divides());

}  // namespace

TEST_CASE("lengths are divided where the numbers take more than 64 bits, or are not whole") {
    CHECK(divides());
}

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

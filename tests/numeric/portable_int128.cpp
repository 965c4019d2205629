// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/portable_int128.hpp>

#include "support/law.hpp"

#include <attribution/config.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace {

using attribution::detail::portable_int128;
using attribution::detail::portable_uint128;
using signed_number = portable_int128;
using number = portable_uint128;

constexpr auto low_most = std::numeric_limits<std::uint64_t>::max();

// Carries and borrows cross the middle; a negative integer fills both halves.
static_assert(number{low_most} + 1 == number::of_words(1, 0));
static_assert(number::of_words(1, 0) - 1 == number{low_most});
static_assert(number{-1} == number::of_words(low_most, low_most));
static_assert(number{low_most} * low_most == number::of_words(low_most - 1, 1));
static_assert(number::of_words(7, 3) / number::of_words(0, 1) == number::of_words(7, 3));
static_assert((number::of_words(1, 0) << 63 >> 127) == number{1});
static_assert(signed_number{-7} / 2 == -3 && signed_number{-7} % 2 == -1);
static_assert((signed_number{-7} >> 1) == -4 && signed_number{-7} < 0 && signed_number{3} > -4);
static_assert(static_cast<double>(number::of_words(1, 0)) == 0x1p64);
static_assert(static_cast<std::int64_t>(signed_number{-5}) == -5);
static_assert(signed_number{-0x1p100} == -(signed_number{1} << 100));

#if defined(__SIZEOF_INT128__)
__extension__ typedef __int128 native_signed;
__extension__ typedef unsigned __int128 native;

native to_native(number value) {
    return native{value.high()} << 64 | value.low();
}
native to_native(signed_number value) {
    return to_native(value.bits());
}
number from_native(native value) {
    return number::of_words(static_cast<std::uint64_t>(value >> 64),
                            static_cast<std::uint64_t>(value));
}

/// Any number of bits, runs of ones, and the neighbours of powers of two.
native drawn(support::random_numbers& random) {
    auto const word = [&] {
        return std::uint64_t{random.below(std::uint64_t{1} << 32)} << 32 |
               random.below(std::uint64_t{1} << 32);
    };
    auto const shift = random.below(128);
    native const ones = ~native{0};
    switch (random.below(4)) {
    case 0:
        return (native{word()} << 64 | word()) >> shift;
    case 1:
        return ones << shift;
    case 2:
        return ones >> shift;
    default:
        return (native{1} << shift) + random.below(3) - 1;
    }
}

void same(native expected, native got, char const* what) {
    if (expected != got)
        support::broken("128 bits: another result of ", what);
}
#endif

}  // namespace

#if defined(__SIZEOF_INT128__)
TEST_CASE("law: the portable 128-bit integers compute what those of the compiler do") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const a = drawn(random);
        auto const b = drawn(random);
        auto const shift = random.below(128);
        auto const x = from_native(a);
        auto const y = from_native(b);
        same(a + b, to_native(x + y), "+");
        same(a - b, to_native(x - y), "-");
        same(a * b, to_native(x * y), "*");
        same(a & b, to_native(x & y), "&");
        same(a | b, to_native(x | y), "|");
        same(a ^ b, to_native(x ^ y), "^");
        same(~a, to_native(~x), "~");
        same(a << shift, to_native(x << shift), "<<");
        same(a >> shift, to_native(x >> shift), ">>");
        if ((a < b) != (x < y) || (a == b) != (x == y))
            support::broken("128 bits: another order");
        if (static_cast<double>(a) != static_cast<double>(x))
            support::broken("128 bits: another double");
        signed_number const s{x};
        signed_number const t{y};
        auto const c = static_cast<native_signed>(a);
        auto const d = static_cast<native_signed>(b);
        same(static_cast<native>(c >> shift), to_native(s >> shift), ">> of negative numbers");
        if ((c < d) != (s < t))
            support::broken("128 bits: another order of negative numbers");
        if (static_cast<double>(c) != static_cast<double>(s))
            support::broken("128 bits: another double of a negative number");
        if (b != 0) {
            same(a / b, to_native(x / y), "/");
            same(a % b, to_native(x % y), "%");
            if (!(a == native{1} << 127 && b == ~native{0})) {
                same(static_cast<native>(c / d), to_native(s / t), "/ of negative numbers");
                same(static_cast<native>(c % d), to_native(s % t), "% of negative numbers");
            }
        }
        auto const exponent = random.below(150) + 1'000;
        auto const real = std::bit_cast<double>(std::uint64_t{exponent} << 52 |
                                                (static_cast<std::uint64_t>(a) >> 12));
        if (real < 0x1p127) {
            same(static_cast<native>(real), to_native(number{real}), "a double");
            same(static_cast<native>(static_cast<native_signed>(-real)),
                 to_native(signed_number{-real}), "a negative double");
        }
    });
}
#endif

TEST_CASE("wide integers are the compiler's own unless they are missing or not wanted") {
    CHECK((attribution::detail::uint128{low_most} + 1) == (attribution::detail::uint128{1} << 64));
    CHECK((ATTRIBUTION_HAS_INT128 == 1) ==
          !std::is_same_v<attribution::detail::int128, portable_int128>);
}

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
#include <vector>

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

/// What both types compute in the same way, bit for bit: the sign matters to none of it.
template <class Number>
void compute_alike(native a, native b, unsigned shift) {
    Number const x{from_native(a)};
    Number const y{from_native(b)};
    same(a + b, to_native(x + y), "+");
    same(a - b, to_native(x - y), "-");
    same(a * b, to_native(x * y), "*");
    same(a & b, to_native(x & y), "&");
    same(a | b, to_native(x | y), "|");
    same(a ^ b, to_native(x ^ y), "^");
    same(~a, to_native(~x), "~");
    same(-a, to_native(-x), "- of one number");
    same(a << shift, to_native(x << shift), "<<");
    if ((a == b) != (x == y))
        support::broken("128 bits: other numbers are equal");
    if (static_cast<std::uint64_t>(a) != static_cast<std::uint64_t>(x) ||
        static_cast<std::int64_t>(a) != static_cast<std::int64_t>(x) ||
        static_cast<std::uint8_t>(a) != static_cast<std::uint8_t>(x) || (a != 0) != bool(x))
        support::broken("128 bits: another number in a narrower type");
    auto changed = x;
    same(a + b, to_native(changed += y), "+=");
    same(a + b + 1, to_native(++changed), "++");
    same(a + 1, to_native(changed -= y), "-=");
    same((a + 1) * b, to_native(changed *= y), "*=");
    same((a + 1) * b << shift, to_native(changed <<= shift), "<<=");
    same((a + 1) * b << shift, to_native(changed), "an assignment");
}

/// Integers of 64 bits become the same number, also negative ones.
template <class Number>
void convert_alike(std::uint64_t word) {
    auto const negative = static_cast<std::int64_t>(word);
    same(word, to_native(Number{word}), "a conversion");
    same(static_cast<native>(negative), to_native(Number{negative}), "a negative integer");
}

void compute_alike_without_sign(native a, native b, unsigned shift) {
    auto const x = from_native(a);
    auto const y = from_native(b);
    same(a >> shift, to_native(x >> shift), ">>");
    if ((a < b) != (x < y))
        support::broken("128 bits: another order");
    if (static_cast<double>(a) != static_cast<double>(x))
        support::broken("128 bits: another double");
    auto changed = x;
    same(a | b, to_native(changed |= y), "|=");
    same((a | b) >> shift, to_native(changed >>= shift), ">>=");
    if (b == 0)
        return;
    same(a / b, to_native(x / y), "/");
    same(a % b, to_native(x % y), "%");
    changed = x;
    same(a / b, to_native(changed /= y), "/=");
}

void compute_alike_with_sign(native a, native b, unsigned shift) {
    signed_number const x{from_native(a)};
    signed_number const y{from_native(b)};
    auto const c = static_cast<native_signed>(a);
    auto const d = static_cast<native_signed>(b);
    same(static_cast<native>(c >> shift), to_native(x >> shift), ">> of negative numbers");
    if ((c < d) != (x < y))
        support::broken("128 bits: another order of negative numbers");
    if (static_cast<double>(c) != static_cast<double>(x))
        support::broken("128 bits: another double of a negative number");
    if ((c < 0) != x.negative())
        support::broken("128 bits: another sign");
    auto changed = x;
    same(static_cast<native>(c >> shift), to_native(changed >>= shift), ">>= of negative numbers");
    bool const overflows = a == native{1} << 127 && b == ~native{0};
    if (b == 0 || overflows)
        return;
    same(static_cast<native>(c / d), to_native(x / y), "/ of negative numbers");
    same(static_cast<native>(c % d), to_native(x % y), "% of negative numbers");
    changed = x;
    same(static_cast<native>(c / d), to_native(changed /= y), "/= of negative numbers");
}

void compute_alike(native a, native b, unsigned shift) {
    compute_alike<number>(a, b, shift);
    compute_alike<signed_number>(a, b, shift);
    compute_alike_without_sign(a, b, shift);
    compute_alike_with_sign(a, b, shift);
    convert_alike<number>(static_cast<std::uint64_t>(a));
    convert_alike<signed_number>(static_cast<std::uint64_t>(a));
}

/// `real` is in [0, 2^127).
void take_alike(double real) {
    same(static_cast<native>(real), to_native(number{real}), "a double");
    same(static_cast<native>(static_cast<native_signed>(real)), to_native(signed_number{real}),
         "a double with a sign");
    same(static_cast<native>(static_cast<native_signed>(-real)), to_native(signed_number{-real}),
         "a negative double");
}
#endif

}  // namespace

#if defined(__SIZEOF_INT128__)
TEST_CASE("the portable 128-bit integers compute what those of the compiler do at their limits") {
    std::vector<native> limits{0, 3};
    for (auto const bits : {0, 1, 31, 32, 52, 53, 63, 64, 65, 96, 126, 127})
        for (auto const near : {-1, 0, 1})
            limits.push_back((native{1} << bits) + static_cast<native>(near));
    limits.push_back(~native{0});
    limits.push_back(~native{0} - 1);
    for (auto const a : limits)
        for (auto const b : limits)
            for (auto const shift : {0U, 1U, 63U, 64U, 65U, 127U})
                compute_alike(a, b, shift);
    for (auto const real : {0.0, 0.5, 0.99, 1.0, 1.5, 0x1p52, 0x1p53, 0x1.8p63, 0x1p64, 0x1p126})
        take_alike(real);
}

TEST_CASE("law: the portable 128-bit integers compute what those of the compiler do") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const a = drawn(random);
        compute_alike(a, drawn(random), static_cast<unsigned>(random.below(128)));
        auto const exponent = random.below(150) + 1'000;
        auto const real = std::bit_cast<double>(std::uint64_t{exponent} << 52 |
                                                (static_cast<std::uint64_t>(a) >> 12));
        if (real < 0x1p127)
            take_alike(real);
    });
}
#endif

TEST_CASE("wide integers are the compiler's own unless they are missing or not wanted") {
    CHECK((attribution::detail::uint128{low_most} + 1) == (attribution::detail::uint128{1} << 64));
    CHECK((ATTRIBUTION_HAS_INT128 == 1) ==
          !std::is_same_v<attribution::detail::int128, portable_int128>);
}

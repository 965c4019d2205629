// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace attribution::inline v0_1::detail {

class portable_int128;

/// An unsigned integer of 128 bits for compilers that have none. It does what `unsigned __int128`
/// does, as far as the library needs it, and wraps around like any unsigned integer.
///
/// Edges: a shift by 128 or more and a division by 0 are undefined, as for any integer.
class portable_uint128 {
  public:
    constexpr portable_uint128() = default;
    template <std::integral T>
    constexpr portable_uint128(T value)  // NOLINT(google-explicit-constructor): integers convert
        : low_{static_cast<std::uint64_t>(value)}, high_{value < T{0} ? ~std::uint64_t{0} : 0} {}
    constexpr explicit portable_uint128(portable_int128 value);
    /// Towards 0; `value` is in [0, 2^128).
    constexpr explicit portable_uint128(double value) {
        auto const bits = std::bit_cast<std::uint64_t>(value);
        auto const exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1075;
        portable_uint128 const mantissa =
            (bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1} << 52);
        if (exponent >= 0)
            *this = mantissa << exponent;
        else if (exponent > -53)
            *this = mantissa >> -exponent;
    }

    static constexpr portable_uint128 of_words(std::uint64_t high, std::uint64_t low) {
        portable_uint128 whole = low;
        whole.high_ = high;
        return whole;
    }
    [[nodiscard]] constexpr std::uint64_t low() const { return low_; }
    [[nodiscard]] constexpr std::uint64_t high() const { return high_; }

    template <std::integral T>
    constexpr explicit operator T() const {
        if constexpr (std::same_as<T, bool>)
            return (low_ | high_) != 0;
        else
            return static_cast<T>(low_);
    }
    /// To the nearest, ties to even.
    constexpr explicit operator double() const {
        if (high_ == 0)
            return static_cast<double>(low_);
        auto const shift = 64 - std::countl_zero(high_);
        auto top = static_cast<std::uint64_t>(*this >> shift);
        if ((*this << (128 - shift)) != portable_uint128{0})
            top |= 1;  // far below the last digit kept: it only breaks ties
        auto const scale = std::bit_cast<double>(static_cast<std::uint64_t>(1023 + shift) << 52);
        return static_cast<double>(top) * scale;
    }

    friend constexpr bool operator==(portable_uint128 const&, portable_uint128 const&) = default;
    friend constexpr std::strong_ordering operator<=>(portable_uint128 const& a,
                                                      portable_uint128 const& b) {
        return a.high_ == b.high_ ? a.low_ <=> b.low_ : a.high_ <=> b.high_;
    }

    friend constexpr portable_uint128 operator+(portable_uint128 a, portable_uint128 b) {
        auto const low = a.low_ + b.low_;
        return of_words(a.high_ + b.high_ + (low < a.low_ ? 1 : 0), low);
    }
    friend constexpr portable_uint128 operator-(portable_uint128 a, portable_uint128 b) {
        return of_words(a.high_ - b.high_ - (a.low_ < b.low_ ? 1 : 0), a.low_ - b.low_);
    }
    friend constexpr portable_uint128 operator*(portable_uint128 a, portable_uint128 b) {
        auto whole = of_two(a.low_, b.low_);
        whole.high_ += a.high_ * b.low_ + a.low_ * b.high_;
        return whole;
    }
    friend constexpr portable_uint128 operator/(portable_uint128 a, portable_uint128 b);
    friend constexpr portable_uint128 operator%(portable_uint128 a, portable_uint128 b);
    friend constexpr portable_uint128 operator&(portable_uint128 a, portable_uint128 b) {
        return of_words(a.high_ & b.high_, a.low_ & b.low_);
    }
    friend constexpr portable_uint128 operator|(portable_uint128 a, portable_uint128 b) {
        return of_words(a.high_ | b.high_, a.low_ | b.low_);
    }
    friend constexpr portable_uint128 operator^(portable_uint128 a, portable_uint128 b) {
        return of_words(a.high_ ^ b.high_, a.low_ ^ b.low_);
    }
    friend constexpr portable_uint128 operator~(portable_uint128 a) {
        return of_words(~a.high_, ~a.low_);
    }
    friend constexpr portable_uint128 operator-(portable_uint128 a) {
        return portable_uint128{0} - a;
    }
    template <std::integral Count>
    friend constexpr portable_uint128 operator<<(portable_uint128 a, Count count) {
        if (count == 0)
            return a;
        if (count >= 64)
            return of_words(a.low_ << (count - 64), 0);
        return of_words(a.high_ << count | a.low_ >> (64 - count), a.low_ << count);
    }
    template <std::integral Count>
    friend constexpr portable_uint128 operator>>(portable_uint128 a, Count count) {
        if (count == 0)
            return a;
        if (count >= 64)
            return a.high_ >> (count - 64);
        return of_words(a.high_ >> count, a.low_ >> count | a.high_ << (64 - count));
    }

    constexpr portable_uint128& operator+=(portable_uint128 b) { return *this = *this + b; }
    constexpr portable_uint128& operator-=(portable_uint128 b) { return *this = *this - b; }
    constexpr portable_uint128& operator*=(portable_uint128 b) { return *this = *this * b; }
    constexpr portable_uint128& operator/=(portable_uint128 b) { return *this = *this / b; }
    constexpr portable_uint128& operator|=(portable_uint128 b) { return *this = *this | b; }
    template <std::integral Count>
    constexpr portable_uint128& operator<<=(Count count) {
        return *this = *this << count;
    }
    template <std::integral Count>
    constexpr portable_uint128& operator>>=(Count count) {
        return *this = *this >> count;
    }
    constexpr portable_uint128& operator++() { return *this += 1; }

  private:
    struct division;

    /// a * b in full.
    static constexpr portable_uint128 of_two(std::uint64_t a, std::uint64_t b) {
        constexpr std::uint64_t half = 0xffff'ffff;
        auto const low = (a & half) * (b & half);
        auto const first = (a >> 32) * (b & half) + (low >> 32);
        auto const second = (a & half) * (b >> 32) + (first & half);
        return of_words((a >> 32) * (b >> 32) + (first >> 32) + (second >> 32),
                        second << 32 | (low & half));
    }

    /// Source: D. E. Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D, digits of 32 bits.
    static constexpr division divide(portable_uint128 dividend, portable_uint128 divisor);

    std::uint64_t low_ = 0;
    std::uint64_t high_ = 0;
};

struct portable_uint128::division {
    portable_uint128 quotient;
    portable_uint128 remainder;
};

constexpr portable_uint128::division portable_uint128::divide(portable_uint128 dividend,
                                                              portable_uint128 divisor) {
    if (dividend < divisor)
        return {0, dividend};
    if (dividend.high_ == 0)
        return {dividend.low_ / divisor.low_, dividend.low_ % divisor.low_};
    constexpr std::uint64_t base = std::uint64_t{1} << 32;
    constexpr std::uint64_t half = base - 1;
    if (divisor.high_ == 0 && divisor.low_ < base) {
        std::array<std::uint64_t, 4> const digits{dividend.high_ >> 32, dividend.high_ & half,
                                                  dividend.low_ >> 32, dividend.low_ & half};
        portable_uint128 quotient = 0;
        std::uint64_t rest = 0;
        for (auto const digit : digits) {
            auto const part = rest << 32 | digit;
            quotient = quotient << 32 | portable_uint128{part / divisor.low_};
            rest = part % divisor.low_;
        }
        return {quotient, rest};
    }
    // The divisor's first digit is made at least half of the base.
    auto const zeros =
        divisor.high_ != 0 ? std::countl_zero(divisor.high_) : 64 + std::countl_zero(divisor.low_);
    auto const shift = zeros % 32;
    auto const length =
        static_cast<std::size_t>((128 - zeros + 31) / 32);  // of the divisor, 2 to 4
    auto const by = divisor << shift;
    std::array<std::uint64_t, 4> const v{by.low_ & half, by.low_ >> 32, by.high_ & half,
                                         by.high_ >> 32};
    auto const of = dividend << shift;
    std::array<std::uint64_t, 5> u{of.low_ & half, of.low_ >> 32, of.high_ & half, of.high_ >> 32,
                                   shift == 0 ? 0 : dividend.high_ >> (64 - shift)};
    portable_uint128 quotient = 0;
    for (auto j = 4 - length + 1; j-- > 0;) {
        auto const top = u[j + length] << 32 | u[j + length - 1];
        auto digit = top / v[length - 1];
        auto rest = top % v[length - 1];
        while (digit >= base || digit * v[length - 2] > (rest << 32 | u[j + length - 2])) {
            --digit;
            rest += v[length - 1];
            if (rest >= base)
                break;
        }
        std::uint64_t carry = 0;
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < length; ++i) {
            auto const taken = digit * v[i] + carry;
            carry = taken >> 32;
            auto const left = u[i + j] - (taken & half) - borrow;
            u[i + j] = left & half;
            borrow = left >> 63;
        }
        auto const left = u[j + length] - carry - borrow;
        u[j + length] = left & half;
        if (left >> 63 != 0) {  // one too many
            --digit;
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < length; ++i) {
                sum = u[i + j] + v[i] + (sum >> 32);
                u[i + j] = sum & half;
            }
            u[j + length] = (u[j + length] + (sum >> 32)) & half;
        }
        quotient = quotient << 32 | portable_uint128{digit};
    }
    auto const remainder = of_words(u[3] << 32 | u[2], u[1] << 32 | u[0]) >> shift;
    return {quotient, remainder};
}

constexpr portable_uint128 operator/(portable_uint128 a, portable_uint128 b) {
    return portable_uint128::divide(a, b).quotient;
}
constexpr portable_uint128 operator%(portable_uint128 a, portable_uint128 b) {
    return portable_uint128::divide(a, b).remainder;
}

/// The same with a sign, in two's complement. It does what `__int128` does, as far as the library
/// needs it.
/// Right shifts keep the sign; quotients are rounded towards 0.
class portable_int128 {
  public:
    constexpr portable_int128() = default;
    template <std::integral T>
    constexpr portable_int128(T value)  // NOLINT(google-explicit-constructor): integers convert
        : bits_{value} {}
    constexpr explicit portable_int128(portable_uint128 bits) : bits_{bits} {}
    /// Towards 0; `value` is in (-2^127, 2^127).
    constexpr explicit portable_int128(double value)
        : bits_{value < 0 ? -portable_uint128{-value} : portable_uint128{value}} {}

    [[nodiscard]] constexpr portable_uint128 bits() const { return bits_; }
    [[nodiscard]] constexpr bool negative() const { return bits_.high() >> 63 != 0; }

    template <std::integral T>
    constexpr explicit operator T() const {
        return static_cast<T>(bits_);
    }
    constexpr explicit operator double() const {
        return negative() ? -static_cast<double>(-bits_) : static_cast<double>(bits_);
    }

    friend constexpr bool operator==(portable_int128 const&, portable_int128 const&) = default;
    friend constexpr std::strong_ordering operator<=>(portable_int128 const& a,
                                                      portable_int128 const& b) {
        return (a.bits_ ^ sign) <=> (b.bits_ ^ sign);
    }

    friend constexpr portable_int128 operator+(portable_int128 a, portable_int128 b) {
        return portable_int128{a.bits_ + b.bits_};
    }
    friend constexpr portable_int128 operator-(portable_int128 a, portable_int128 b) {
        return portable_int128{a.bits_ - b.bits_};
    }
    friend constexpr portable_int128 operator*(portable_int128 a, portable_int128 b) {
        return portable_int128{a.bits_ * b.bits_};
    }
    friend constexpr portable_int128 operator/(portable_int128 a, portable_int128 b) {
        return with_sign_of(a.negative() != b.negative(), a.magnitude() / b.magnitude());
    }
    friend constexpr portable_int128 operator%(portable_int128 a, portable_int128 b) {
        return with_sign_of(a.negative(), a.magnitude() % b.magnitude());
    }
    friend constexpr portable_int128 operator&(portable_int128 a, portable_int128 b) {
        return portable_int128{a.bits_ & b.bits_};
    }
    friend constexpr portable_int128 operator|(portable_int128 a, portable_int128 b) {
        return portable_int128{a.bits_ | b.bits_};
    }
    friend constexpr portable_int128 operator^(portable_int128 a, portable_int128 b) {
        return portable_int128{a.bits_ ^ b.bits_};
    }
    friend constexpr portable_int128 operator~(portable_int128 a) {
        return portable_int128{~a.bits_};
    }
    friend constexpr portable_int128 operator-(portable_int128 a) {
        return portable_int128{-a.bits_};
    }
    template <std::integral Count>
    friend constexpr portable_int128 operator<<(portable_int128 a, Count count) {
        return portable_int128{a.bits_ << count};
    }
    template <std::integral Count>
    friend constexpr portable_int128 operator>>(portable_int128 a, Count count) {
        return portable_int128{a.negative() ? ~(~a.bits_ >> count) : a.bits_ >> count};
    }

    constexpr portable_int128& operator+=(portable_int128 b) { return *this = *this + b; }
    constexpr portable_int128& operator-=(portable_int128 b) { return *this = *this - b; }
    constexpr portable_int128& operator*=(portable_int128 b) { return *this = *this * b; }
    constexpr portable_int128& operator/=(portable_int128 b) { return *this = *this / b; }
    template <std::integral Count>
    constexpr portable_int128& operator<<=(Count count) {
        return *this = *this << count;
    }
    template <std::integral Count>
    constexpr portable_int128& operator>>=(Count count) {
        return *this = *this >> count;
    }
    constexpr portable_int128& operator++() { return *this += 1; }

  private:
    static constexpr portable_uint128 sign = portable_uint128::of_words(std::uint64_t{1} << 63, 0);

    [[nodiscard]] constexpr portable_uint128 magnitude() const {
        return negative() ? -bits_ : bits_;
    }
    static constexpr portable_int128 with_sign_of(bool negative, portable_uint128 magnitude) {
        return portable_int128{negative ? -magnitude : magnitude};
    }

    portable_uint128 bits_;
};

constexpr portable_uint128::portable_uint128(portable_int128 value)
    : portable_uint128{value.bits()} {}

}  // namespace attribution::detail

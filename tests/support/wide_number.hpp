// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <ostream>
#include <type_traits>

namespace support {

/// A number as a double and what it leaves out: holds all integers of 64 bits and all doubles, and adds with a
/// hundred binary digits. What does not fit into a double is infinite.
class two_doubles {
  public:
    template <std::integral T>
    constexpr two_doubles(T value) {  // NOLINT(google-explicit-constructor): as numbers convert
        using wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
        constexpr auto part = wide{1} << 32;
        add(static_cast<double>(wide{value} / part) * 0x1p32);
        add(static_cast<double>(wide{value} % part));
    }
    template <std::floating_point T>
    constexpr two_doubles(T value)  // NOLINT(google-explicit-constructor): as numbers convert
        : high_{static_cast<double>(value)} {}

    constexpr two_doubles& operator+=(two_doubles other) {
        add(other.high_);
        add(other.low_);
        return *this;
    }
    friend constexpr two_doubles operator+(two_doubles a, two_doubles b) { return a += b; }
    friend constexpr two_doubles operator-(two_doubles a) {
        a.high_ = -a.high_;
        a.low_ = -a.low_;
        return a;
    }
    friend constexpr two_doubles operator-(two_doubles a, two_doubles b) { return a += -b; }
    /// Rounded to a double: for what need not be exact, such as a tolerance.
    friend constexpr two_doubles operator*(two_doubles a, double b) { return a.high_ * b; }

    friend constexpr auto operator<=>(two_doubles, two_doubles) = default;
    friend std::ostream& operator<<(std::ostream& out, two_doubles one) {
        return out << one.high_ << " + " << one.low_;
    }

  private:
    /// Knuth's sum, whose error is known, and then the shorter one, after which `low_` is less than half of the
    /// last digit of `high_`.
    constexpr void add(double value) {
        double const sum = high_ + value;
        if (!(sum - sum == 0)) {
            high_ = sum;
            low_ = 0;
            return;
        }
        double const of_value = sum - high_;
        double const rest = (high_ - (sum - of_value)) + (value - of_value) + low_;
        high_ = sum + rest;
        low_ = rest - (high_ - sum);
    }

    double high_ = 0;
    double low_ = 0;
};

/// Sums of integers of 64 bits are exact in it, and those of doubles as good as. A long double, unless, as on armhf,
/// that is a double.
using wide_number =
    std::conditional_t<(std::numeric_limits<long double>::digits >= 64), long double, two_doubles>;

}  // namespace support

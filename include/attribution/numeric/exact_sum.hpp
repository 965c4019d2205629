// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// A double of ordinary size as the sum of three others, each on a coarser grid than the next, so
/// that more than a thousand of each can be added without any rounding.
struct grid_parts {
    double high;    // multiples of 2^-7, below 2^36 + 1
    double middle;  // of 2^-50, at most 2^-8
    double low;     // of 2^-92, at most 2^-51

    constexpr explicit grid_parts(double value)
        : high{nearest_on_grid(value, 0x1.8p45)}, middle{nearest_on_grid(value - high, 0x1.8p2)},
          low{value - high - middle} {}

  private:
    /// The nearest multiple of the last digit of `shift`, which is much larger than the value.
    static constexpr double nearest_on_grid(double value, double shift) {
        auto shifted = value + shift;
        if (!std::is_constant_evaluated())
            ATTRIBUTION_FORGET_ORIGIN(shifted);
        auto nearest = shifted - shift;
        if (!std::is_constant_evaluated())
            ATTRIBUTION_FORGET_ORIGIN(nearest);
        return nearest;
    }
};

/// A sum of finite doubles without any rounding until it is read: the same bits whatever the order
/// of the additions and however partial sums are merged.
///
/// A fixed-point number that spans the whole range of double, in digits of 32 bits kept in 64-bit
/// cells, so that carries can wait. Source: R. M. Neal, 2015, "Fast exact summation using small and
/// large superaccumulators" (the small one). Doubles of ordinary size, those in [2^-40, 2^36), go
/// into three sums of double in front of it, which are emptied into the cells before they could
/// round.
class exact_sum {
  public:
    /// A double, prepared for being added many times.
    class addend {
      public:
        constexpr explicit addend(double value)
            : value_{value}, near_{lies_in(value, -40, 36)}, parts_{value} {}

        /// Is it in [2^-30, 2^36), so that `units` holds all of it?
        [[nodiscard]] constexpr bool whole() const { return lies_in(value_, lowest_whole, 36); }
        [[nodiscard]] constexpr bool is_zero() const { return value_ == 0; }
        /// In units of 2^-82; below 2^118.
        [[nodiscard]] constexpr int128 units() const {
            auto const parts = take_apart(value_);
            auto const magnitude = static_cast<int128>(parts.mantissa)
                                   << (parts.exponent + 52 - lowest_whole);
            return parts.negative ? -magnitude : magnitude;
        }

      private:
        friend exact_sum;
        static constexpr int lowest_whole = -30;

        /// Is the magnitude in [2^lowest, 2^beyond)?
        static constexpr bool lies_in(double value, int lowest, int beyond) {
            auto const without_sign = std::bit_cast<std::uint64_t>(value) << 1;
            auto const exponent_bits = [](int exponent) {
                return static_cast<std::uint64_t>(exponent) << 53;
            };
            return without_sign - exponent_bits(1023 + lowest) < exponent_bits(beyond - lowest);
        }

        double value_;
        bool near_;
        grid_parts parts_;  // without meaning if it is not near
    };

    constexpr void add(double value) { add(addend{value}); }

    constexpr void add(addend const& one) {
        if (!one.near_) [[unlikely]] {
            add_far(one.value_);
            return;
        }
        high_ += one.parts_.high;
        middle_ += one.parts_.middle;
        low_ += one.parts_.low;
        if (--near_left_ == 0) [[unlikely]]
            empty_near();
    }

    /// Adds any number of units of 2^-82.
    constexpr void add_units(int128 units) {
        auto rest = units;
        for (std::size_t i = 0; i < 3; ++i) {
            cells_[units_cell + i] += static_cast<std::int64_t>(rest & low_digit);
            rest >>= 32;
        }
        cells_[units_cell + 3] += static_cast<std::int64_t>(rest);
        one_more_pending();
    }

    constexpr void merge(exact_sum const& other) {
        empty_near();
        exact_sum others = other;
        others.empty_near();
        for (std::size_t i = 0; i < cells_.size(); ++i)
            cells_[i] += others.cells_[i];
        pending_ += others.pending_ + 1;  // the digits count for one addition
        if (pending_ >= most_pending)
            carry();
    }

    /// The sum, rounded once to the nearest double, ties to even; infinite beyond double's range.
    constexpr double value() const { return rounded(false); }

    /// The sum rounded to odd: rounding this to a narrower type gives the same as rounding the sum
    /// itself.
    constexpr double value_to_odd() const { return rounded(true); }

    /// The sum in units of 2^-1074, in digits of 32 bits, the lowest first; equal sums have equal
    /// digits. All digits are in [0, 2^32) except the last, which carries the sign.
    using digits_type = std::array<std::int64_t, 70>;

    constexpr digits_type digits() const {
        if (near_left_ == most_near && pending_ == 0)
            return cells_;
        exact_sum carried = *this;
        carried.settle();
        return carried.cells_;
    }
    static constexpr exact_sum from_digits(digits_type const& digits) {
        exact_sum sum;
        sum.cells_ = digits;
        return sum;
    }

  private:
    static constexpr int lowest_exponent = 1074;
    static constexpr std::uint64_t low_digit = 0xffff'ffff;
    static constexpr std::uint32_t most_pending = std::uint32_t{1} << 16;  // cells could take 2^30
    static constexpr std::size_t units_cell = (lowest_exponent - 82) / 32;
    static constexpr std::uint32_t most_near = 1024;  // then high has 46 bits and 7 of a fraction

    ATTRIBUTION_OUT_OF_LINE constexpr void add_far(double value) {
        auto const parts = take_apart(value);
        auto const position = static_cast<std::uint32_t>(parts.exponent + lowest_exponent);
        auto const cell = position / 32;
        auto const wide = static_cast<uint128>(parts.mantissa) << (position % 32);
        add_digit(cell, static_cast<std::int64_t>(wide & low_digit), parts.negative);
        add_digit(cell + 1, static_cast<std::int64_t>((wide >> 32) & low_digit), parts.negative);
        add_digit(cell + 2, static_cast<std::int64_t>(wide >> 64), parts.negative);
        one_more_pending();
    }

    constexpr void one_more_pending() {
        if (++pending_ == most_pending)
            carry();
    }

    ATTRIBUTION_OUT_OF_LINE constexpr void empty_near() {
        for (auto const part : {high_, middle_, low_})
            add_far(part);
        high_ = middle_ = low_ = 0;
        near_left_ = most_near;
    }

    constexpr void settle() {
        empty_near();
        carry();
    }

    constexpr double rounded(bool to_odd) const {
        exact_sum positive = *this;
        positive.settle();
        bool const negative = positive.cells_.back() < 0;
        if (negative) {
            for (auto& cell : positive.cells_)
                cell = -cell;
            positive.carry();
        }
        double const magnitude = positive.magnitude(to_odd);
        return negative ? -magnitude : magnitude;
    }

    constexpr void add_digit(std::size_t cell, std::int64_t digit, bool negative) {
        cells_[cell] += negative ? -digit : digit;
    }

    /// Brings every digit except the top one into [0, 2^32).
    constexpr void carry() {
        for (std::size_t i = 0; i + 1 < cells_.size(); ++i) {
            auto const up = cells_[i] >> 32;
            if (up == 0)  // most are 0
                continue;
            cells_[i] -= up * (std::int64_t{1} << 32);
            cells_[i + 1] += up;
        }
        pending_ = 0;
    }

    constexpr std::uint64_t bit(std::size_t position) const {
        return (static_cast<std::uint64_t>(cells_[position / 32]) >> (position % 32)) & 1;
    }

    constexpr bool any_bit_below(std::size_t position) const {
        for (std::size_t cell = 0; cell < position / 32; ++cell)
            if (cells_[cell] != 0)
                return true;
        auto const mask = (std::uint64_t{1} << (position % 32)) - 1;
        return (static_cast<std::uint64_t>(cells_[position / 32]) & mask) != 0;
    }

    constexpr double magnitude(bool to_odd) const {
        std::size_t top_cell = cells_.size();
        while (top_cell > 0 && cells_[top_cell - 1] == 0)
            --top_cell;
        if (top_cell == 0)
            return 0;
        auto const top = 32 * (top_cell - 1) + 63 -
                         static_cast<std::size_t>(
                             std::countl_zero(static_cast<std::uint64_t>(cells_[top_cell - 1])));
        std::size_t const lowest = top >= 52 ? top - 52 : 0;  // subnormals keep fewer bits
        std::uint64_t mantissa = 0;
        for (std::size_t position = top + 1; position-- > lowest;)
            mantissa = (mantissa << 1) | bit(position);
        bool const half = lowest > 0 && bit(lowest - 1) != 0;
        bool const rest = lowest > 0 && any_bit_below(lowest - 1);
        if (to_odd)
            mantissa |= half || rest ? 1 : 0;
        else if (half && ((mantissa & 1) != 0 || rest))
            ++mantissa;
        std::size_t scale = lowest;
        if (mantissa == std::uint64_t{1} << 53) {
            mantissa >>= 1;
            ++scale;
        }
        if (scale > 2045)
            return std::numeric_limits<double>::infinity();
        bool const normal = (mantissa >> 52) != 0;
        auto const biased = normal ? static_cast<std::uint64_t>(scale) + 1 : 0;
        auto const fraction = mantissa & ((std::uint64_t{1} << 52) - 1);
        return std::bit_cast<double>((biased << 52) | fraction);
    }

    double high_ = 0;
    double middle_ = 0;
    double low_ = 0;
    std::uint32_t near_left_ = most_near;  // so many can be added before these three are emptied
    std::uint32_t pending_ = 0;
    digits_type cells_{};
};

}  // namespace attribution::detail

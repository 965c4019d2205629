// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace attribution::inline v0_1::detail {

/// A sum of finite doubles without any rounding until it is read: the same bits whatever the order
/// of the additions and however partial sums are merged.
///
/// A fixed-point number that spans the whole range of double, in digits of 32 bits kept in 64-bit
/// cells, so that carries can wait. Source: R. M. Neal, 2015, "Fast exact summation using small and
/// large superaccumulators" (the small one). Doubles of ordinary size, those in [2^-24, 2^34), go
/// into two integers in front of it, which are emptied into the cells before they could overflow.
class exact_sum {
  public:
    /// A double, prepared for being added many times.
    class addend {
      public:
        ATTRIBUTION_INLINE constexpr explicit addend(double value) : value_{value} {
            auto const without_sign = std::bit_cast<std::uint64_t>(value) << 1;
            if (without_sign - (std::uint64_t{1023 - 24} << 53) >= std::uint64_t{24 + 34} << 53)
                [[unlikely]] {
                takes_ = most_near;
                return;
            }
            // Exact: a power of two, what is left of a number, and again a power of two.
            auto const scaled = value * power_of_two(21);
            high_ = static_cast<std::int64_t>(scaled);
            low_ = static_cast<std::int64_t>((scaled - static_cast<double>(high_)) *
                                             power_of_two(low_bits));
        }

        /// Is it in [2^-24, 2^34), so that `units` holds all of it?
        [[nodiscard]] constexpr bool whole() const { return takes_ == 1; }
        [[nodiscard]] constexpr bool is_zero() const { return value_ == 0; }
        [[nodiscard]] constexpr double value() const { return value_; }
        /// In units of 2^-76; below 2^110. 0 if it is not whole.
        [[nodiscard]] constexpr int128 units() const { return units_of(high_, low_); }

      private:
        friend exact_sum;
        friend class compact_sum;

        std::int64_t high_ = 0;   // in units of 2^-21; below 2^55, like the other
        double value_;            // not after them: vectors of the two integers would cost more
        std::int64_t low_ = 0;    // of 2^-76
        std::int32_t takes_ = 1;  // of what is left until the sum is emptied: all, if not whole
    };

    constexpr void add(double value) { add(addend{value}); }

    ATTRIBUTION_INLINE constexpr void add(addend const& one) {
        if (near_left_ <= one.takes_) [[unlikely]] {  // the only branch
            if (!one.whole()) {
                add_far(one.value_);
                return;
            }
            empty_near();
        }
        near_left_ -= one.takes_;
        high_ += one.high_;
        low_ += one.low_;
    }

    /// Adds any number of units of 2^-76.
    ATTRIBUTION_INLINE constexpr void add_units(int128 units) {
        constexpr auto most = std::uint64_t{1} << (2 * low_bits - 65);  // units < 2^109
        if (static_cast<std::uint64_t>(units >> 64) + most >= 2 * most || near_left_ == 1)
            [[unlikely]] {
            add_wide(units);
            return;
        }
        --near_left_;
        high_ += static_cast<std::int64_t>(units >> low_bits);
        low_ += static_cast<std::int64_t>(static_cast<std::uint64_t>(units) & low_part);
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

    /// Is the sum a number of units of 2^-76 in [-2^126, 2^126)? If so, it is written to `units`.
    constexpr bool is_whole(int128& units) const {
        auto const all = digits();
        auto const sign = all[all.size() - 1];
        constexpr auto top = units_cell + 4;
        bool whole = (sign == 0 || sign == -1) && all[units_cell] % units_factor == 0;
        for (std::size_t i = 0; i + 1 < all.size(); ++i)
            if (i < units_cell || i > top)
                whole &= all[i] == (i < units_cell ? 0 : sign & std::int64_t{low_digit});
        constexpr auto limit = std::int64_t{1} << (126 - (4 * 32 - units_shift));
        auto const highest = all[top] + sign * (std::int64_t{1} << 32);
        if (!whole || highest < -limit || highest >= limit)
            return false;
        units = highest;
        for (auto i = top; --i > units_cell;)
            units = units * (std::int64_t{1} << 32) + all[i];
        units = units * (std::int64_t{1} << (32 - units_shift)) + all[units_cell] / units_factor;
        return true;
    }

  private:
    friend class compact_sum;

    static constexpr int lowest_exponent = 1074;
    static constexpr std::uint64_t low_digit = 0xffff'ffff;
    static constexpr std::uint32_t most_pending = std::uint32_t{1} << 16;  // cells could take 2^24
    static constexpr std::size_t units_cell = (lowest_exponent - 76) / 32;
    static constexpr int units_shift = (lowest_exponent - 76) % 32;
    static constexpr std::int64_t units_factor = std::int64_t{1} << units_shift;
    static constexpr std::int32_t most_near = 256;  // 2^55 so many times is 2^63
    static constexpr int low_bits = 55;
    static constexpr std::uint64_t low_part = (std::uint64_t{1} << low_bits) - 1;

    static constexpr int128 units_of(std::int64_t high, std::int64_t low) {
        return int128{high} * (std::int64_t{1} << low_bits) + low;
    }

    ATTRIBUTION_OUT_OF_LINE constexpr void add_wide(int128 units) {
        auto rest = units;
        for (std::size_t i = 0; i < 3; ++i) {
            cells_[units_cell + i] += static_cast<std::int64_t>(rest & low_digit) * units_factor;
            rest >>= 32;
        }
        cells_[units_cell + 3] += static_cast<std::int64_t>(rest) * units_factor;
        one_more_pending();
    }

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
        add_wide(units_of(high_, low_));
        high_ = low_ = 0;
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
        for (std::size_t cell = top_cell; cell-- > lowest / 32;) {
            auto const digit = static_cast<std::uint64_t>(cells_[cell]);
            mantissa = cell == lowest / 32 ? mantissa << (32 - lowest % 32) | digit >> lowest % 32
                                           : mantissa << 32 | digit;
        }
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

    std::int64_t high_ = 0;               // in units of 2^-21
    std::int32_t near_left_ = most_near;  // so many can be added before high and low are emptied
    std::uint32_t pending_ = 0;
    std::int64_t low_ = 0;  // in units of 2^-76
    digits_type cells_{};
};

}  // namespace attribution::detail

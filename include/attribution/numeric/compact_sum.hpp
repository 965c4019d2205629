// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstddef>
#include <cstdint>

namespace attribution::inline v0_1::detail {

/// An `exact_sum` in a tenth of its memory, for who has very many of them: numbers of everyday size, those
/// in [2^-24, 2^44), are added up in units of 2^-76, of which 128 bits hold many. Others, and what becomes
/// too much, go into an exact_sum that is only made then. It also counts what was added, up to 2^56, because
/// how soon the near part must be emptied is a part of that count.
///
/// Errors:     std::bad_alloc when doubles are added or sums copied; the sum is then unchanged.
class compact_sum {
  public:
    using addend = exact_sum::addend;

    constexpr compact_sum() = default;
    constexpr compact_sum(exact_sum const& sum, std::size_t count)
        : counts_{std::uint64_t{count} << near_bits} {
        if (!sum.is_whole(units_)) {
            units_ = 0;
            far_ = new exact_sum{sum};
        }
    }
    constexpr compact_sum(compact_sum const& other) : compact_sum{other, nullptr} {
        if (other.far_ != nullptr)
            far_ = new exact_sum{*other.far_};
    }
    constexpr compact_sum(compact_sum&& other) noexcept : compact_sum{other, other.far_} {
        other.far_ = nullptr;
    }
    constexpr compact_sum& operator=(compact_sum other) noexcept {
        auto* const far = far_;
        units_ = other.units_;
        high_ = other.high_;
        low_ = other.low_;
        counts_ = other.counts_;
        far_ = other.far_;
        other.far_ = far;
        return *this;
    }
    constexpr ~compact_sum() { delete far_; }

    ATTRIBUTION_INLINE constexpr void add(addend const& one) {
        if (!one.whole()) [[unlikely]] {
            add_far(one.value());
            return;
        }
        if (static_cast<std::uint8_t>(counts_) == most_near) [[unlikely]]
            empty_near();
        high_ += one.high_;
        low_ += one.low_;
        counts_ += one_more + 1;
    }

    /// Adds the sum of so many, in units of 2^-76.
    ATTRIBUTION_INLINE constexpr void add_units(int128 units, std::size_t count) {
        add_wide(units);
        counts_ += std::uint64_t{count} << near_bits;
    }

    constexpr void merge(compact_sum const& other) {
        auto const units = other.units_;  // it may be this one
        auto const near = other.near_units();
        auto const count = other.count();
        prepare_merge(other);
        if (other.far_ != nullptr)
            far_->merge(*other.far_);
        add_wide(near);
        add_wide(units);
        counts_ += std::uint64_t{count} << near_bits;
    }
    /// Until anything else is added, merging this sum throws nothing.
    constexpr void prepare_merge(compact_sum const& other) {
        if (other.far_ != nullptr || !is_below(124, units_) || !is_below(124, other.units_))
            make_far();
    }

    /// Has nothing been kept but units of 2^-76? Then `units` is all of it, in (-2^127, 2^127).
    [[nodiscard]] constexpr bool whole() const { return far_ == nullptr; }
    [[nodiscard]] constexpr int128 units() const { return units_ + near_units(); }

    [[nodiscard]] constexpr std::size_t count() const {
        return static_cast<std::size_t>(counts_ >> near_bits);
    }

    /// The sum, rounded once to the nearest double, ties to even; infinite beyond double's range.
    [[nodiscard]] constexpr double value() const {
        return whole() ? static_cast<double>(units()) * power_of_two(-76) : exact().value();
    }

    [[nodiscard]] constexpr exact_sum exact() const {
        exact_sum sum;
        if (far_ != nullptr)
            sum = *far_;
        sum.add_units(units());
        return sum;
    }

  private:
    /// Is this in [-2^bits, 2^bits)?
    static constexpr bool is_below(int bits, int128 units) {
        auto const limit = std::uint64_t{1} << (bits - 64);
        return static_cast<std::uint64_t>(units >> 64) + limit < 2 * limit;
    }

    constexpr void make_far() {
        if (far_ == nullptr)
            far_ = new exact_sum{};
    }

    [[nodiscard]] constexpr int128 near_units() const { return exact_sum::units_of(high_, low_); }

    ATTRIBUTION_OUT_OF_LINE constexpr void add_far(double value) {
        auto const parts = take_apart(value);
        constexpr int lowest = -76;
        if (parts.exponent >= lowest && parts.exponent <= lowest + 120 - 53) {
            auto const units = int128{parts.mantissa} << (parts.exponent - lowest);
            add_wide(parts.negative ? -units : units);
        } else if (parts.mantissa != 0) {
            make_far();
            far_->add(value);
        }
        counts_ += one_more;
    }

    constexpr void add_wide(int128 units) {
        if (is_below(125, units_) && is_below(125, units)) [[likely]]
            units_ += units;  // and what is near still fits into 128 bits
        else
            add_too_wide(units);
    }
    ATTRIBUTION_OUT_OF_LINE constexpr void add_too_wide(int128 units) {
        make_far();
        far_->add_units(units_);
        far_->add_units(units);
        units_ = 0;
    }

    ATTRIBUTION_OUT_OF_LINE constexpr void empty_near() {
        add_wide(near_units());
        high_ = low_ = 0;
        counts_ -= most_near;
    }

    constexpr compact_sum(compact_sum const& other, exact_sum* far)
        : units_{other.units_}, high_{other.high_}, counts_{other.counts_}, low_{other.low_},
          far_{far} {}

    // So many can be added before high and low are emptied: 2^55, less than 2^8 times, is less than 2^63.
    static constexpr std::uint8_t most_near = 255;
    static constexpr int near_bits = 8;
    static constexpr std::uint64_t one_more = std::uint64_t{1} << near_bits;

    int128 units_ = 0;          // of 2^-76
    std::int64_t high_ = 0;     // in units of 2^-21
    std::uint64_t counts_ = 0;  // of all, and, in the lowest 8 bits, of those in high and low
    std::int64_t low_ = 0;      // in units of 2^-76; not beside high, as in an addend
    exact_sum* far_ = nullptr;
};

}  // namespace attribution::detail

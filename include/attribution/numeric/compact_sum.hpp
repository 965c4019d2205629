// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

namespace attribution::inline v0_1::detail {

/// An `exact_sum` in a tenth of its memory, for who has very many of them: numbers of everyday size, those
/// in [2^-24, 2^44), are added up in units of 2^-76, of which 128 bits hold many. Others, and what becomes
/// too much, go into an exact_sum that is only made then.
///
/// Errors:     std::bad_alloc when doubles are added or sums copied; the sum is then unchanged.
class compact_sum {
  public:
    using addend = near_sum::addend;

    constexpr compact_sum() = default;
    constexpr explicit compact_sum(exact_sum const& sum) {
        if (!sum.is_whole(units_)) {
            units_ = 0;
            far_ = new exact_sum{sum};
        }
    }
    constexpr compact_sum(compact_sum const& other)
        : units_{other.units_}, near_{other.near_},
          far_{other.far_ == nullptr ? nullptr : new exact_sum{*other.far_}} {}
    constexpr compact_sum(compact_sum&& other) noexcept
        : units_{other.units_}, near_{other.near_}, far_{other.far_} {
        other.far_ = nullptr;
    }
    constexpr compact_sum& operator=(compact_sum other) noexcept {
        units_ = other.units_;
        near_ = other.near_;
        auto* const far = far_;
        far_ = other.far_;
        other.far_ = far;
        return *this;
    }
    constexpr ~compact_sum() { delete far_; }

    ATTRIBUTION_INLINE constexpr void add(addend const& one) {
        if (near_.refuses(one)) [[unlikely]] {  // the only branch
            if (!one.whole()) {
                add_far(one.value());
                return;
            }
            empty_near();
        }
        near_.add(one);
    }

    /// Adds any number of units of 2^-76.
    ATTRIBUTION_INLINE constexpr void add_units(int128 units) {
        if (near_.refuses(units)) [[unlikely]] {
            add_wide(units);
            return;
        }
        near_.add(units);
    }

    constexpr void merge(compact_sum const& other) {
        auto const units = other.units_;  // it may be this one
        auto const near = other.near_.units();
        prepare_merge(other);
        if (other.far_ != nullptr)
            far_->merge(*other.far_);
        add_wide(near);
        add_wide(units);
    }
    /// Until anything else is added, merging this sum throws nothing.
    constexpr void prepare_merge(compact_sum const& other) {
        constexpr auto half = most_units / 2;
        if (other.far_ != nullptr || !is_below(half, units_) || !is_below(half, other.units_))
            make_far();
    }

    /// Has nothing been kept but units of 2^-76? Then `units` is all of it, in (-2^127, 2^127).
    [[nodiscard]] constexpr bool whole() const { return far_ == nullptr; }
    [[nodiscard]] constexpr int128 units() const { return units_ + near_.units(); }

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
    /// Twice as much, and what is near, still fit into 128 bits.
    static constexpr int128 most_units = int128{1} << 125;

    static constexpr bool is_below(int128 limit, int128 units) {
        return units >= -limit && units <= limit;
    }

    constexpr void make_far() {
        if (far_ == nullptr)
            far_ = new exact_sum{};
    }

    ATTRIBUTION_OUT_OF_LINE constexpr void add_far(double value) {
        auto const parts = take_apart(value);
        if (parts.mantissa == 0)
            return;
        constexpr int lowest = -76;
        if (parts.exponent >= lowest && parts.exponent <= lowest + 120 - 53) {
            auto const units = int128{parts.mantissa} << (parts.exponent - lowest);
            add_wide(parts.negative ? -units : units);
            return;
        }
        make_far();
        far_->add(value);
    }

    ATTRIBUTION_OUT_OF_LINE constexpr void add_wide(int128 units) {
        if (is_below(most_units, units_) && is_below(most_units, units)) {
            units_ += units;
            return;
        }
        make_far();
        far_->add_units(units_);
        far_->add_units(units);
        units_ = 0;
    }

    ATTRIBUTION_OUT_OF_LINE constexpr void empty_near() {
        add_wide(near_.units());
        near_ = {};
    }

    int128 units_ = 0;  // of 2^-76
    near_sum near_;
    exact_sum* far_ = nullptr;
};

}  // namespace attribution::detail

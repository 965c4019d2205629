// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A `tally` for many small sums, which is quick to read. Zeros and amounts of ordinary size are added up as whole units; others in a
/// `running_total` that is only made for them.
template <amount Amount>
class bucket_tally {
  public:
    using portion = typename tally<Amount>::portion;
    /// What replicates are computed in: whole units, or floating-point numbers.
    using number = std::conditional_t<std::floating_point<Amount>, double, int128>;

    constexpr void add(portion const& one) {
        if (one.amount.whole()) [[likely]]
            add_units(one.amount.units());
        else if (!one.amount.is_zero())
            others().add(one.amount);
        shares_ += one.share;
        ++credits_;
    }
    constexpr void add(portion_sum const& sum) {
        merge_units(sum.amount_units);
        shares_ += sum.shares;
        credits_ += sum.credits;
    }

    constexpr void merge(bucket_tally const& other) {
        merge_units(other.units_);
        if (!other.others_.empty())
            others().merge(other.others_.front());
        shares_ += other.shares_;
        credits_ += other.credits_;
    }
    constexpr void merge(tally<Amount> const& other) {
        if constexpr (std::floating_point<Amount>) {
            if (!other.sum().whole())
                others().merge(other.take_apart().amount);
            else
                merge_units(other.sum().units());
        } else {
            merge_units(other.sum().exact());
        }
        shares_ += other.shares();
        credits_ += other.credits();
    }

    /// Can so many credits be merged? Errors: as `tally::check_merge`.
    template <class Other>
    constexpr void check_merge(Other const& other) const {
        tally<Amount>::check_merge(credits_, other.credits());
    }

    [[nodiscard]] constexpr bool empty() const { return credits_ == 0; }
    [[nodiscard]] constexpr std::size_t credits() const { return credits_; }

    /// The same as an ordinary tally.
    [[nodiscard]] constexpr tally<Amount> whole() const {
        running_total<Amount> amount;
        amount.add_units(units_);
        if (!others_.empty())
            amount.merge(others_.front());
        return tally<Amount>::from_parts({amount, shares_, credits_});
    }

    /// The sum of the amounts: exact, or rounded once.
    [[nodiscard]] constexpr number sum() const {
        if constexpr (!std::floating_point<Amount>)
            return units_;
        else if (others_.empty())
            return static_cast<double>(units_) * power_of_two(-76);
        else
            return whole().take_apart().amount.sum().value();
    }

  private:
    /// Twice as much and a largest addend, below 2^110, still fit into 128 bits.
    static constexpr int128 most_units = int128{1} << 125;

    constexpr running_total<Amount>& others() {
        if (others_.empty())
            others_.push_back({});
        return others_.front();
    }

    constexpr void add_units(int128 units) {
        units_ += units;
        if constexpr (std::floating_point<Amount>)
            if (units_ > most_units || units_ < -most_units) [[unlikely]]
                merge_units(0);
    }
    /// Any number of units.
    constexpr void merge_units(int128 units) {
        if constexpr (std::floating_point<Amount>) {
            auto const small = [](int128 n) { return n >= -most_units && n <= most_units; };
            if (small(units_) && small(units)) {
                units_ += units;
                return;
            }
            others().add_units(units_);
            others().add_units(units);
            units_ = 0;
        } else {
            units_ += units;
        }
    }

    int128 units_ = 0;   // of floating-point amounts: of 2^-76
    int128 shares_ = 0;  // of 2^-62
    std::size_t credits_ = 0;
    std::vector<running_total<Amount>> others_;  // none or one; none of whole units
};

}  // namespace attribution::detail

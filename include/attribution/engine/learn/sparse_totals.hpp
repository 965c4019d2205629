// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Running totals for many things of which only some have one, such as the states in which paths
/// convert. A thing without a total costs only a place.
template <amount Amount>
class sparse_totals {
  public:
    /// The place of a thing's total, if it has one.
    class place {
        friend sparse_totals;
        static constexpr std::uint32_t none = 0xffff'ffff;
        std::uint32_t number_ = none;
    };

    /// The total of a thing. The thing gets one if it has none.
    ///
    /// Errors:     std::length_error if more than 2^32 - 1 things have a total.
    running_total<Amount>& operator[](place& where) {
        if (where.number_ == place::none) {
            auto const number = as_number(totals_.size());
            totals_.emplace_back();
            where.number_ = number;
        }
        return totals_[where.number_];
    }

    /// Null if the thing has no total. Valid until another thing gets one.
    [[nodiscard]] running_total<Amount> const* find(place where) const {
        return where.number_ == place::none ? nullptr : &totals_[where.number_];
    }

  private:
    std::vector<running_total<Amount>> totals_;
};

/// The total as a double; 0 if there is none.
///
/// Errors:     std::overflow_error if the total does not fit into its type.
template <amount Amount>
[[nodiscard]] double as_double(running_total<Amount> const* total) {
    return total ? static_cast<double>(units_of<Amount>::count(total->value())) : 0;
}

}  // namespace attribution::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>

#include <cstddef>

namespace attribution::inline v0_1 {

/// A number of conversions, and what they are worth together; each counts in full.
template <amount Amount>
struct reach {
    std::size_t conversions = 0;
    Amount amount{};

    friend constexpr bool operator==(reach const&, reach const&) = default;
};

/// Adds up whole conversions, whatever their order. A commutative monoid, as exact as
/// `running_total`.
template <amount Amount>
class reach_tally {
  public:
    constexpr void add(Amount const& value) {
        ++conversions_;
        amount_.add(value);
    }
    constexpr void merge(reach_tally const& other) {
        conversions_ += other.conversions_;
        amount_.merge(other.amount_);
    }
    [[nodiscard]] constexpr reach<Amount> finish() const { return {conversions_, amount_.value()}; }

  private:
    std::size_t conversions_ = 0;
    running_total<Amount> amount_;
};

}  // namespace attribution

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>

namespace attribution::inline v0_1 {

/// What one group has earned, and how sure that is.
///
/// `low` and `high` are the ends of the interval of the amount. `share` is the group's part of all
/// value of the report, the unattributed value included; it has ends, too, and a standard error. Where
/// the whole is 0, in the sample or in a replicate, the share is 0.
template <amount Amount>
struct interval_cell : cell<Amount> {
    Amount low{};
    Amount high{};
    double share = 0;
    double share_low = 0;
    double share_high = 0;
    double share_error = 0;

    friend constexpr bool operator==(interval_cell const&, interval_cell const&) = default;
};

}  // namespace attribution

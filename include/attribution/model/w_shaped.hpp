// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/first_touch.hpp>
#include <attribution/model/milestones.hpp>

#include <utility>

namespace attribution::inline v0_1 {

/// W-shaped: 30% each to the first touchpoint, to the one that made a lead, and to the one that
/// made an opportunity; the others share 10%.
///
/// Edges:      as `milestones`. If no touchpoint made an opportunity, the first touchpoint and the
///             lead get 45% each, the others 10%.
/// Source:     Bizible (Adobe Marketo Measure), "W-shaped".
template <class Lead, class Opportunity>
[[nodiscard]] constexpr auto w_shaped(Lead lead, Opportunity opportunity) {
    return milestones(0.1, milestone(0.3, first_touch), milestone(0.3, std::move(lead)),
                      milestone(0.3, std::move(opportunity)));
}

}  // namespace attribution

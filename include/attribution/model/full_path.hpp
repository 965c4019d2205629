// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/milestones.hpp>

#include <utility>

namespace attribution::inline v0_1 {

/// Full path: 22.5% each to the first touchpoint, to those that made a lead and an opportunity, and
/// to the one that closed, by default the last; the others share 10%.
///
/// Source:     Bizible (Adobe Marketo Measure), "Full path".
template <class Lead, class Opportunity, class Close = last_touch_fn>
[[nodiscard]] constexpr auto full_path(Lead lead, Opportunity opportunity, Close close = {}) {
    return milestones(0.1, milestone(0.225, first_touch), milestone(0.225, std::move(lead)),
                      milestone(0.225, std::move(opportunity)), milestone(0.225, std::move(close)));
}

}  // namespace attribution

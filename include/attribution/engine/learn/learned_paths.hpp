// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/learn/open_customers.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/learn/until.hpp>

#include <concepts>
#include <cstddef>
#include <optional>

namespace attribution::inline v0_1::detail {

/// Where the windows of customers who never converted end; nothing if there is no data to end.
template <class Windows, class Journeys>
auto end_of_windows(Windows const& windows, Journeys const& joined) {
    using time = typename Journeys::time_type;
    if constexpr (std::same_as<decltype(windows.end), latest_time>)
        return detail::latest_time_in(joined);
    else
        return std::optional<time>{detail::nearest_instant<time, nearest::not_after>(windows.end)};
}

/// Calls `visit(path, converted)` for every path that `learn` counts, those without touchpoints
/// included, in an order that depends on that of the records.
template <class Journeys, class Policy, class Windows, class Visit>
void for_each_learned_path(Journeys const& joined, Policy const& p, Windows const& windows,
                           Visit visit) {
    joined.for_each_path(p, [&](auto const& steps) { visit(steps, true); });
    if constexpr (is_open_windows<Windows>) {
        auto const end = detail::end_of_windows(windows, joined);
        if (!end)
            return;
        open_customers const customers{joined};
        auto const see = [&](auto const& steps) { visit(steps, false); };
        if constexpr (std::same_as<decltype(windows.eligible), same_policy>)
            customers.for_each_path(*end, p, 0, customers.size(), see);
        else
            customers.for_each_path(*end, windows.eligible, 0, customers.size(), see);
    }
}

}  // namespace attribution::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <algorithm>

namespace attribution::inline v0_1 {

/// A stretch of time, closed at both ends; empty if it ends before it begins.
template <instant Time>
struct interval {
    Time from;
    Time until;

    [[nodiscard]] constexpr bool contains(Time const& at) const {
        return from <= at && at <= until;
    }
    [[nodiscard]] constexpr bool empty() const { return until < from; }

    /// The whole time line.
    [[nodiscard]] static constexpr interval everything() {
        return {detail::first_instant<Time>(), detail::last_instant<Time>()};
    }
    [[nodiscard]] static constexpr interval nothing() {
        return {detail::last_instant<Time>(), detail::first_instant<Time>()};
    }

    friend constexpr bool operator==(interval const& a, interval const& b) {
        return (a.from == b.from && a.until == b.until) || (a.empty() && b.empty());
    }
};

/// The times that lie in both.
template <instant Time>
[[nodiscard]] constexpr interval<Time> intersection(interval<Time> const& a,
                                                    interval<Time> const& b) {
    return {std::max(a.from, b.from), std::min(a.until, b.until)};
}

/// The shortest interval that contains both, and with them everything between them.
template <instant Time>
[[nodiscard]] constexpr interval<Time> hull(interval<Time> const& a, interval<Time> const& b) {
    if (a.empty())
        return b;
    if (b.empty())
        return a;
    return {std::min(a.from, b.from), std::max(a.until, b.until)};
}

}  // namespace attribution

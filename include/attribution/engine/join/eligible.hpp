// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/join/event_groups.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <span>

namespace attribution::inline v0_1::detail {

/// The touchpoints of one customer at the positions [first, last), in the order (time, row).
struct stretch {
    std::size_t first = 0;
    std::size_t last = 0;

    [[nodiscard]] constexpr std::size_t size() const { return last - first; }
    [[nodiscard]] constexpr bool empty() const { return first == last; }
};

/// The touchpoint at a position. `converted` is the position of the first touchpoint after the
/// conversion.
template <class Time>
[[nodiscard]] constexpr visit<Time> visit_at(std::size_t position, event<Time> const& touch,
                                             std::size_t converted) {
    return {touch.at, touch.row, position < converted ? converted - position : 0};
}

/// Those touchpoints in the policy's window that the policy admits; the touchpoint at a position is
/// `touch(position)`. A window that ends before it begins has no touchpoints. They are kept in
/// `place`, which only grows, over whatever was there.
template <class Policy, class Anchor, class Touch>
[[nodiscard]] ATTRIBUTION_INLINE constexpr std::span<visit<typename Anchor::time_type> const>
eligible_among(Policy const& p, Anchor const& about, stretch within, std::size_t converted,
               Touch const& touch, row_of<visit<typename Anchor::time_type>>& place) {
    auto* found = place.data();
    auto room = place.size();
    std::size_t count = 0;
    for (auto position = within.first; position < within.last; ++position) {
        auto const one = visit_at(position, touch(position), converted);
        if (!detail::admits_within_window(p, step<Anchor>{about, one}))
            continue;
        if (count == room) [[unlikely]] {
            place.resize(2 * room + 8, one);
            found = place.data();
            room = place.size();
        }
        found[count++] = one;
    }
    return {found, count};
}

}  // namespace attribution::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/model.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/where.hpp>

#include <concepts>
#include <utility>

namespace attribution::inline v0_1 {

/// A milestone of your own derives from this and is callable with a path: it returns the position
/// of the touchpoint that reached the milestone, or `path.size()` if none did.
struct milestone_tag {};

/// A milestone and its share; made by `milestone`.
template <class Which>
struct shared_milestone {
    double share;
    [[no_unique_address]] Which which;
};

namespace detail {

template <class Which>
constexpr auto as_milestone(Which which) {
    if constexpr (pick_model<Which> || std::derived_from<Which, milestone_tag> || policy<Which>) {
        return which;
    } else {
        static_assert(!std::derived_from<Which, model_tag>,
                      "attribution: a milestone is first_touch, last_touch, reached_at(...), a "
                      "policy or a predicate of a touchpoint, no other model");
        return where(std::move(which));
    }
}

}  // namespace detail

/// `share` of the credit for the touchpoint that reached a milestone.
///
/// `which` selects the touchpoint: `first_touch`, `last_touch`, a policy or a predicate (the
/// earliest touchpoint that satisfies it), `reached_at(projection of the conversion)`, or a
/// milestone of your own, see `milestone_tag`.
template <class Which>
[[nodiscard]] constexpr auto milestone(double share, Which which) {
    auto made = detail::as_milestone(std::move(which));
    return shared_milestone<decltype(made)>{share, std::move(made)};
}

}  // namespace attribution

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <stdexcept>

namespace attribution {

template <class Length>
struct minimum_age_policy : policy_tag {
    Length length;

    constexpr explicit minimum_age_policy(Length l) : length{l} {
        if (!(l >= Length{}))
            throw std::invalid_argument{"minimum_age: the length must not be negative"};
    }

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: minimum_age() needs a std::chrono duration for time points, a "
                      "number for times that are numbers");
        return interval<time>{detail::first_instant<time>(),
                              detail::latest_before(about.at(), length)};
    }
};

/// Admits touchpoints at least `length` before the conversion: a click seconds before the sale did
/// not persuade anyone.
///
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      a touchpoint exactly `length` before the conversion counts. Length 0 admits what is
///             not after the conversion. Exact for mixed precisions.
/// Errors:     std::invalid_argument if the length is negative.
/// Source:     "view-to-conversion minimum time", against click spam; folklore.
template <class Length>
[[nodiscard]] constexpr auto minimum_age(Length length) {
    return minimum_age_policy<Length>{length};
}

}  // namespace attribution

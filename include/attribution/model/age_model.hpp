// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>

#include <concepts>
#include <cstdint>

namespace attribution::inline v0_1 {

/// A model whose weights depend only on how long before the path's latest touchpoint the others
/// happened: time decay.
///
/// `by_age<Length>()` gives a callable that takes such a length, at least 0, and returns a weight in
/// whole units: 2^61 of them at length 0, and never more. It must describe the weights that the
/// call (path, weights) writes: their proportion to the latest touchpoint's, rounded half up.
///
/// A refinement of `model`: under a policy that is nothing but a window, the engine then neither
/// makes a path nor converts its weights.
template <class Model, class Time>
concept age_model = requires(Model const& m, detail::length_of<Time> const& length) {
    { m.template by_age<detail::length_of<Time>>()(length) } -> std::same_as<std::uint64_t>;
};

}  // namespace attribution

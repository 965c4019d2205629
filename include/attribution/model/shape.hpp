// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/model.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

namespace attribution::inline v0_1 {

/// A stretch of consecutive touchpoints that weigh the same: how many they are, and the weight of
/// each.
struct level {
    std::size_t length;
    double weight;
};

namespace detail {

template <class T>
inline constexpr bool is_levels = false;
template <std::size_t N>
inline constexpr bool is_levels<std::array<level, N>> = true;

}  // namespace detail

/// A model whose weights depend only on the length of the path, and are level over a few stretches:
/// first touch, linear, position-based.
///
/// `shape(n)` gives the levels of a path of n touchpoints, n > 0, in their order, as a
/// `std::array<level, N>`. Their lengths add up to n; a length may be 0. The shape must describe
/// the weights that the call (path, weights) writes; `draw` makes that call one line:
///
///     struct ends_only_fn : att::model_tag {
///         constexpr auto shape(std::size_t n) const {
///             return std::array{att::level{1, 1}, att::level{n - 1, 0}};
///         }
///         constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
///     };
///
/// A refinement of `model`: the engine then splits a conversion's value per level instead of per
/// touchpoint, does not look at the touchpoints, and weighs each length of path once.
template <class Model>
concept shape_model = requires(Model const& m, std::size_t n) {
    requires detail::is_levels<std::remove_cvref_t<decltype(m.shape(n))>>;
};

/// An end of a path.
enum class path_end { first, last };

/// A model that gives all credit to the touchpoint at one end of the path. `static constexpr
/// path_end picks` names that end. A refinement of `shape_model`: the engine then looks only for
/// that end.
template <class Model>
concept pick_model = shape_model<Model> && requires {
    { Model::picks } -> std::convertible_to<path_end>;
};

/// Writes the weights of a shape.
template <shape_model Model>
constexpr void draw(Model const& m, weights w) {
    std::size_t i = 0;
    for (auto const& [length, weight] : m.shape(w.size()))
        for (std::size_t left = length; left > 0; --left)
            w[i++] = weight;
}

}  // namespace attribution

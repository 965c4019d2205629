// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/path.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

namespace attribution::inline v0_1 {

/// What a model writes: one finite, non-negative weight per touchpoint of a path, in its order, all
/// 0 to begin with. Only their proportions count.
using weights = std::span<double>;

/// Switches on the operators that make blends of models: `0.5 * linear + 0.5 * first_touch`.
struct model_tag {};

/// Writes one weight per touchpoint of a path.
///
/// Any callable (path, weights) is a model. It may read the records, times and ages of the path; it
/// must not depend on anything but the path, and must not keep it. A model that declares more can
/// take faster routes: for `shape(n)` see `shape_model`, for `picks` see `pick_model`, for `by_age`
/// see `age_model`.
template <class Model, class Path>
concept model = std::invocable<Model const&, Path const&, weights>;

namespace detail {

/// Refuses negative, NaN and infinite weights. `w` holds the weights from touchpoint `first` on.
template <class Path>
constexpr void check_weights(Path const& whole, std::span<double const> w, std::size_t first = 0) {
    for (std::size_t i = 0; i < w.size(); ++i)
        if (!(w[i] >= 0) || !is_finite(w[i]))
            throw std::domain_error{"attribute: the model gave touchpoint row " +
                                    std::to_string(whole[first + i].row()) + " of conversion row " +
                                    std::to_string(whole.about().row()) + " a weight that is " +
                                    (w[i] < 0 ? "negative" : "not a finite number") +
                                    "; weights must be finite and at least 0"};
}

}  // namespace detail

/// Applies `m` to the steps of `whole` at the positions `chosen`, which ascend. All other weights
/// stay 0.
///
/// The building block of models that look at part of a path (`over`, ...).
template <class Path, class Model>
constexpr void weigh_among(Path const& whole, std::span<std::size_t const> chosen, Model const& m,
                           weights w) {
    auto visits = whole.space().visits.borrow();
    auto part = whole.space().weights.borrow(chosen.size());
    for (auto const index : chosen)
        visits->push_back(whole.visits()[index]);
    m(Path{whole.about(), visits.span(), whole.space()}, part.span());
    for (std::size_t i = 0; i < chosen.size(); ++i)
        w[chosen[i]] = part.span()[i];
}

}  // namespace attribution

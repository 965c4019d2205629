// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/learn/bagged_fits.hpp>
#include <attribution/engine/learn/set_counts.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/logistic_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <utility>

namespace attribution::inline v0_1 {

namespace detail {

/// Makes a `logistic_model` of counted sets.
template <class Projection>
struct logistic_solver {
    static constexpr char const* name = "bagged_logistic";
    [[no_unique_address]] Projection channel;
    bagging_options options;

    template <class Channel, amount Amount>
    auto operator()(counted_sets<Channel, Amount> const& all) const {
        auto const fits = fit_in_bags(all.sets, all.channels.size(), options);
        auto what = std::make_shared<learned_odds<Channel>>();
        auto const earned =
            credit_sets(all.sets, all.channels.size(), [&](std::uint32_t one, auto const&) {
                return fits.coefficients[one].mean;
            });
        for (std::size_t i = 0; i < all.channels.size(); ++i) {
            auto const& one = fits.coefficients[i];
            what->channels(all.channels[i]);
            what->weights.push_back(std::max(0.0, one.mean));
            what->effects.push_back({all.channels[i], one.mean, one.deviation, one.fits,
                                     earned.conversions[i].value(), earned.value[i].value()});
        }
        what->card = card_of(all.seen, "bagged logistic regression", all.channels.size());
        fits.note(what->card, options);
        earned.note(what->card);
        return logistic_model<Projection, Channel>{channel, std::move(what)};
    }
};

}  // namespace detail

/// The estimator that `bagged_logistic` makes.
template <class Projection>
struct bagged_logistic_estimator {
    [[no_unique_address]] Projection channel;
    bagging_options options;

    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        static_assert(std::totally_ordered<Channel>,
                      "attribution: bagged_logistic() needs channels that are ordered by <, so "
                      "that results do not depend on who came first");
        using solver = detail::logistic_solver<Projection>;
        return detail::set_counts<solver, Channel, Amount>{solver{channel, options}};
    }
};

/// Learns how the presence of each channel changes a path's odds of converting, as the mean of many
/// logistic regressions, each on a part of the paths and of the channels; credits each channel of a
/// path in proportion to its coefficient.
///
/// Shape:      paths -> whether each channel is present (0 or 1) and whether the path converted ->
///             for each fit, paths are drawn, each with the chance `paths`, and the part `channels`
///             of the channels, at least one -> intercept and coefficients. A channel's coefficient
///             is the mean over the fits that had it.
/// Options:    `bagged_logistic(&touch::channel, {.fits = 1'000, .paths = 0.5, .channels = 0.5,
///             .ridge = 1, .seed = 1})`. `ridge` is the penalty: half of it times the sum of the
///             coefficients' squares is taken off the log-likelihood, so that there is an answer
///             where a channel always converts. With `paths` and `channels` 1, and one fit, this is
///             logistic regression.
/// Edges:      a negative coefficient weighs 0; the model card says in how many of the paths that
///             were learned from. A path in which no coefficient is positive is unattributed. A
///             fit for which only paths that convert were drawn, or none of them, is left out, and
///             counted in the card. A channel that was in no fit has coefficient 0, and so has one
///             that is in every path: what all have cannot tell who converts. Order and repeats
///             play no part. What the lots are depends on the order of the channels, so
///             that other names may give another sample.
/// Errors:     std::invalid_argument: no fits, a part outside of (0, 1], a negative penalty. `solve`:
///             fit_error: no path, nobody converted, everybody converted, a regression without an
///             answer (there is always one if the penalty is positive).
/// Complexity: fits * steps (about 6) * sets of channels * their channels^2, + channels^3.
/// Same bytes: paths are drawn by number, from the sorted sets of channels that they have, so that it
///             does not matter who was counted first or where; the lots are SplitMix64's, powers and
///             logarithms do not depend on libm. Counts are those of `shapley`, also in bytes.
/// Source:     Shao & Li, 2011, "Data-driven multi-touch attribution models", section 3. A widespread
///             implementation (the Python package mta, `logistic_regression`) differs: it has no
///             intercept, squares the coefficients, whatever their sign, and counts a channel as 0 in
///             the fits that do not have it.
/// Example:    examples/recipes/learned_side_by_side.cpp
template <class Projection = detail::no_projection>
[[nodiscard]] auto bagged_logistic(Projection channel = {}, bagging_options options = {}) {
    static_assert(detail::may_project<Projection, bagging_options>,
                  "attribution: the first argument of bagged_logistic() is a projection of "
                  "touchpoints to channels, or {} for paths that were counted before; options come "
                  "second");
    if (options.fits == 0)
        throw std::invalid_argument{"bagged_logistic: there must be at least 1 fit"};
    if (!(options.paths > 0) || options.paths > 1 || !(options.channels > 0) ||
        options.channels > 1)
        throw std::invalid_argument{
            "bagged_logistic: the parts of paths and of channels must lie in (0, 1]"};
    if (!(options.ridge >= 0) || !detail::is_finite(options.ridge))
        throw std::invalid_argument{"bagged_logistic: the penalty must not be negative"};
    return bagged_logistic_estimator<Projection>{std::move(channel), options};
}

}  // namespace attribution

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/learn/learn.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/policy.hpp>

namespace attribution::inline v0_1 {

struct fit_fn : detail::journey_algorithm<fit_fn> {
    using detail::journey_algorithm<fit_fn>::operator();

    /// Learns a model from history; it goes wherever a model goes: `attribute`, `models`, blends.
    ///
    /// Arguments:  those of `learn`.
    /// Shape:      `fit(journeys, markov(&touch::channel), policy)`, or from records, or from
    ///             `aggregated_paths(...)` without a policy. `over(selector, estimator)` learns
    ///             from shorter paths.
    /// Returns:    the estimator's model: callable as (path, weights), with `effects()` and
    ///             `card()`.
    /// Edges:      as `learn`.
    /// Errors:     fit_error, with a reason, where nothing can be learned: no path, nobody
    ///             converted.
    /// Complexity: `learn`, and the estimator's `solve`.
    /// Equivalent to: learn(...).solve().
    template <class Journeys, class Estimator, class Policy = always_policy,
              class Windows = open_windows<detail::latest_time, detail::same_policy>>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] auto operator()(parallel threads, Journeys const& joined, Estimator const& how,
                                  Policy const& p = {}, Windows const& windows = {}) const {
        return learn(threads, joined, how, p, windows).solve();
    }

    /// Learns from paths that were counted before.
    template <class Rows, class Estimator>
        requires detail::is_aggregated<Rows>
    [[nodiscard]] auto operator()(Rows const& rows, Estimator const& how) const {
        return learn(rows, how).solve();
    }
};

/// Learns a model from history. The arguments are those of `learn_fn`.
inline constexpr fit_fn fit{};

}  // namespace attribution

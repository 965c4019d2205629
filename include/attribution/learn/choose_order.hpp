// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/order_quality.hpp>
#include <attribution/learn/paths.hpp>
#include <attribution/parallel.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// What `choose_order` finds: the best order, and how good each was.
struct order_choice {
    std::size_t best;                   // by the validated areas
    std::size_t best_by_penalty;        // by the penalised areas
    std::size_t best_by_combinations;   // by those penalised as ChannelAttribution does
    std::vector<order_quality> orders;  // 1, 2, ...
};

namespace detail {

/// An estimator that exists for every order, and whose counts rate their own quality.
template <class Estimator>
concept has_orders = requires(Estimator const& how) {
    how.of_order(std::size_t{1}).template counts<int, double>().quality();
};

template <class Estimator, class Learn>
order_choice best_order(Estimator const& how, std::size_t most, Learn learn_with) {
    if (most == 0)
        throw std::invalid_argument{"choose_order: there must be an order to choose"};
    order_choice choice{1, 1, 1, {}};
    for (std::size_t order = 1; order <= most; ++order) {
        choice.orders.push_back(learn_with(how.of_order(order)).quality());
        if (choice.orders.back().penalized_auc >
            choice.orders[choice.best_by_penalty - 1].penalized_auc)
            choice.best_by_penalty = order;
        if (choice.orders.back().auc_penalized_by_combinations >
            choice.orders[choice.best_by_combinations - 1].auc_penalized_by_combinations)
            choice.best_by_combinations = order;
    }
    auto const less = [](order_quality const& a, order_quality const& b) {
        return a.validated_auc < b.validated_auc;
    };
    auto const largest = *std::max_element(choice.orders.begin(), choice.orders.end(), less);
    while (choice.orders[choice.best - 1].validated_auc <
           largest.validated_auc - 2 * largest.standard_error)
        ++choice.best;
    return choice;
}

}  // namespace detail

struct choose_order_fn : detail::journey_algorithm<choose_order_fn> {
    using detail::journey_algorithm<choose_order_fn>::operator();

    /// How many channels back should a Markov chain look?
    ///
    /// Arguments:  [parallel{n},] journeys, or conversions and touchpoints; the estimator; a
    ///             policy; the highest order; where the windows of those who never converted end,
    ///             as in `fit`.
    /// Shape:      the estimator's own order is ignored; orders 1 to `most` are counted, none is
    ///             solved.
    /// Definition: for a path that ends in state s, a chain of order k predicts a conversion with
    ///             probability c / (c + z), where c conversions and z nulls ended in s. The AUC is
    ///             the probability that it predicts more for a random path that converted than for
    ///             a random path that did not, ties counting half: the area under the ROC curve,
    ///             exact from counts. A longer memory always separates the paths it has seen
    ///             better.
    ///             `penalized_auc` subtracts what q different transitions can remember of N paths,
    ///             as adjusted R^2 does for regressors: 1 - (1 - AUC) (N - 1) / (N - q - 1), or 0
    ///             if N - q - 1 is not positive. `best_by_penalty` is the smallest order with the
    ///             largest such AUC. It is cheap, but too lenient where there are many states.
    ///             `auc_penalized_by_combinations` has K = C(channels + k - 1, k) in the place of q,
    ///             whatever was seen, and `best_by_combinations` is chosen by it: the penalty of
    ///             ChannelAttribution 2. That program approximates the area at 100 thresholds, ours
    ///             is exact, and it does not rate orders for which K is not below N; here they have
    ///             0, as have those below 0.
    ///             `validated_auc` is the mean over 8 random splits into halves, each half rated by
    ///             the rates of the other. The splits use a fixed seed and sorted counts, so that
    ///             they are the same for any order of records; counts above 4096 are split by one
    ///             draw with their mean and variance. `best` is the smallest order whose validated
    ///             AUC is at most two standard errors below the largest.
    /// Errors:     fit_error if every path converted, or none; std::invalid_argument if `most` is
    ///             0.
    /// Complexity: one `learn` per order, and O(s log s) for s states, however often they were
    ///             seen.
    /// Source:     the idea of a penalised AUC: Altomare & Loris, ChannelAttribution,
    ///             `choose_order`, with K. Counting the transitions that there are instead is ours.
    ///             Taking the simplest order that
    ///             is not clearly worse: Breiman, Friedman, Olshen, Stone, 1984, "Classification
    ///             and regression trees", who use one standard error.
    template <class Journeys, detail::has_orders Estimator, class Policy, std::integral Most,
              class Windows = open_windows<detail::latest_time, detail::same_policy>>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] order_choice operator()(parallel threads, Journeys const& joined,
                                          Estimator const& how, Policy const& p, Most most,
                                          Windows const& windows = {}) const {
        return detail::best_order(how, static_cast<std::size_t>(most), [&](auto const& one) {
            return learn(threads, joined, one, p, windows);
        });
    }

    /// As above, for paths that were counted before.
    template <class Rows, detail::has_orders Estimator>
        requires detail::is_aggregated<Rows>
    [[nodiscard]] order_choice operator()(Rows const& rows, Estimator const& how,
                                          std::size_t most) const {
        return detail::best_order(how, most, [&](auto const& one) { return learn(rows, one); });
    }
};

/// How many channels back should a Markov chain look? The arguments are those of
/// `choose_order_fn`.
inline constexpr choose_order_fn choose_order{};

}  // namespace attribution

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

namespace attribution {

/// What `choose_order` finds: the best order, and how good each was.
struct order_choice {
    std::size_t best;                   // by the validated areas
    std::size_t best_by_penalty;        // by the penalised areas
    std::vector<order_quality> orders;  // 1, 2, ...
};

namespace detail {

/// An estimator of which there is one for each order, and whose counts tell how good it is.
template <class Estimator>
concept has_orders = requires(Estimator const& how) {
    how.of_order(std::size_t{1}).template counts<int, double>().quality();
};

template <class Estimator, class Learn>
order_choice best_order(Estimator const& how, std::size_t most, Learn learn_with) {
    if (most == 0)
        throw std::invalid_argument{"choose_order: there must be an order to choose"};
    order_choice choice{1, 1, {}};
    for (std::size_t order = 1; order <= most; ++order) {
        choice.orders.push_back(learn_with(how.of_order(order)).quality());
        if (choice.orders.back().penalized_auc >
            choice.orders[choice.best_by_penalty - 1].penalized_auc)
            choice.best_by_penalty = order;
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
    /// Definition: a chain of order k says of a path that has ended in state s that it converts
    ///             with probability c / (c + z), the conversions and nulls that ended in s. The AUC
    ///             is the probability that it says more of a random path that converted than of a
    ///             random one that did not, ties counting half: the area under the ROC curve, exact
    ///             from counts. A longer memory always separates better what it has seen.
    ///             `penalized_auc` takes off what q different transitions can remember of N paths,
    ///             as adjusted R^2 does for regressors: 1 - (1 - AUC) (N - 1) / (N - q - 1), 0
    ///             where q leaves nothing; `best_by_penalty` is the smallest order with the
    ///             largest. That is cheap, and too lenient where states are many. `validated_auc`
    ///             is the mean over 8 random splits into halves (a fixed seed, drawn from sorted
    ///             counts: the same for any order of records; counts above 4096 are split in one
    ///             draw of their mean and variance), each half judged by the other's rates; `best`
    ///             is the smallest order at most two standard errors below the largest of those.
    /// Errors:     fit_error if every path converted, or none; std::invalid_argument if `most` is
    ///             0.
    /// Complexity: one `learn` per order, and O(s log s) for s states, however often they were
    ///             seen.
    /// Source:     the idea of a penalised AUC: Altomare & Loris, ChannelAttribution,
    ///             `choose_order`; its score and penalty may differ. The simplest of those that are
    ///             not clearly worse: Breiman, Friedman, Olshen, Stone, 1984, "Classification and
    ///             regression trees", who take one standard error.
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

    /// As above, of paths that have been counted before.
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

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/data_driven/fit.hpp>
#include <attribution/data_driven/markov.hpp>

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace attribution {

/// What `choose_order` finds: the best order, and how good each was.
struct order_choice {
    std::size_t best;
    std::vector<order_quality> orders;  // 1, 2, ...
};

/// How many channels back should a Markov chain look?
///
/// Shape:      the first arguments are those of `fit`, the estimator's order is ignored; orders 1
/// to
///             `most` are counted, none is solved.
/// Definition: a chain of order k says of a path that has ended in state s that it converts with
///             probability c / (c + z), the conversions and nulls that ended in s. The AUC is the
///             probability that it says more of a random path that converted than of a random one
///             that did not, ties counting half: the area under the ROC curve, exact from counts.
///             A longer memory never separates worse on what it was learned from, so the area is
///             penalised for the number of different transitions q among N paths, as adjusted R^2
///             is for regressors: 1 - (1 - AUC) (N - 1) / (N - q - 1), and 0 where q leaves
///             nothing. `best` is the smallest order with the largest penalised AUC.
/// Errors:     fit_error if every path converted, or none; std::invalid_argument if `most` is 0.
/// Complexity: one `learn` per order.
/// Source:     the idea of a penalised AUC: Altomare & Loris, ChannelAttribution, `choose_order`;
///             the score and the penalty are as said here.
template <class Rows, class Projection>
    requires detail::is_aggregated<Rows>
[[nodiscard]] order_choice choose_order(Rows const& rows, markov_estimator<Projection> const& how,
                                        std::size_t most);

namespace detail {

template <class Projection, class Learn>
order_choice best_order(markov_estimator<Projection> how, std::size_t most, Learn learn_with) {
    if (most == 0)
        throw std::invalid_argument{"choose_order: there must be an order to choose"};
    order_choice choice{1, {}};
    for (std::size_t order = 1; order <= most; ++order) {
        how.options.order = order;
        choice.orders.push_back(learn_with(how).quality());
        if (choice.orders.back().penalized_auc > choice.orders[choice.best - 1].penalized_auc)
            choice.best = order;
    }
    return choice;
}

}  // namespace detail

template <class Rows, class Projection>
    requires detail::is_aggregated<Rows>
[[nodiscard]] order_choice choose_order(Rows const& rows, markov_estimator<Projection> const& how,
                                        std::size_t most) {
    return detail::best_order(how, most, [&](auto const& one) { return learn(rows, one); });
}

template <class Journeys, class Projection, class Policy = always_policy,
          class Windows = open_windows<detail::latest_time, detail::same_policy>>
    requires detail::is_journeys<Journeys>
[[nodiscard]] order_choice choose_order(Journeys const& journeys,
                                        markov_estimator<Projection> const& how, std::size_t most,
                                        Policy const& p = {}, Windows const& windows = {}) {
    return detail::best_order(how, most,
                              [&](auto const& one) { return learn(journeys, one, p, windows); });
}

}  // namespace attribution

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/data_driven/fit.hpp>
#include <attribution/data_driven/markov.hpp>

#include <algorithm>
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
///             A longer memory knows states by fewer paths, and remembers these instead of
///             foreseeing others. The penalised AUC judges every path by the others only, (c - 1) /
///             (c + z - 1) if it converted and c / (c + z - 1) if not; where no other ended in its
///             state, by the rate of all. Pairs within one state stay ties. `best` is the smallest
///             order whose penalised AUC is at most one standard error below the largest.
/// Errors:     fit_error if every path converted, or none; std::invalid_argument if `most` is 0.
/// Complexity: one `learn` per order.
/// Source:     the idea of a penalised AUC: Altomare & Loris, ChannelAttribution, `choose_order`;
///             its score and penalty are others. Leaving one out: Stone, 1974,
///             "Cross-validatory choice and assessment of statistical predictions"; the rule of one
///             standard error: Breiman, Friedman, Olshen, Stone, 1984, "Classification and
///             regression trees".
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
    }
    auto const less = [](order_quality const& a, order_quality const& b) {
        return a.penalized_auc < b.penalized_auc;
    };
    auto const largest = *std::max_element(choice.orders.begin(), choice.orders.end(), less);
    while (choice.orders[choice.best - 1].penalized_auc <
           largest.penalized_auc - largest.standard_error)
        ++choice.best;
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

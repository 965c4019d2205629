// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/learn/counts_by_bucket.hpp>
#include <attribution/learn/estimator.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// The estimator that `with_refits` makes from another one.
template <estimator Estimator>
struct refitting_estimator {
    static constexpr bool needs_touchpoints = true;
    [[no_unique_address]] Estimator inner;
    [[no_unique_address]] std::remove_cvref_t<decltype(Estimator::channel)> channel = inner.channel;

    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        using counts_type = decltype(inner.template counts<Channel, Amount>());
        return detail::counts_by_bucket<counts_type>{inner.template counts<Channel, Amount>()};
    }

    template <class Path, class Visit>
    void prepare(Path const& whole, Visit const& visit) const {
        detail::prepare(inner, whole, visit);
    }

    template <class Step>
    [[nodiscard]] std::int64_t
    age(Step const& one) const requires detail::tells_ages<Estimator, Step> {
        return inner.age(one);
    }

    [[nodiscard]] auto of_order(std::size_t order) const requires requires(Estimator const& e) {
        e.of_order(order);
    }
    {
        auto other = inner.of_order(order);
        return refitting_estimator<decltype(other)>{std::move(other)};
    }
};

/// Learns a model that can be learned again of other customers, so that the intervals of
/// `with_intervals` have the error of learning in them:
/// `fit(orders, touches, with_refits(markov(&touch::channel)))`.
///
/// Shape:      the model is that of the estimator, with the same weights, effects and card. Where it
///             is given to `attribute` with the sink `with_intervals(...)`, alone or in `models(...)`,
///             each replicate is credited by the model that its customers teach.
/// How:        the estimator's counts are kept for each of the 1,024 buckets of customers that
///             `with_intervals` draws, and merged as often as a bucket was drawn. Any estimator will
///             do, since counts merge; your own, too. Counts by bucket are counts: they are merged
///             and sent as bytes like others, with the same bytes for any partition of the
///             customers, any order and any number of threads.
/// Edges:      a replicate of which nothing can be learned, as when nobody in it converted, takes the
///             model as it is. In a blend, a ledger or a stream, every replicate does. Counted paths
///             (`aggregated_paths`) have no customers. over(selector, with_refits(estimator)) and
///             with_refits(over(selector, estimator)) are the same.
/// Errors:     those of the estimator. A static_assert says so if a key is not text, whole numbers or
///             times.
/// Complexity: to learn, as the estimator, with counts for each bucket. A report with intervals then
///             merges the counts of all buckets, solves and credits once for each replicate: 200 times.
/// Source:     Efron, Tibshirani, 1993, "An introduction to the bootstrap", chapter 8: what is drawn
///             is what the data are made of, and everything that was computed is computed anew.
/// Example:    examples/recipes/how_sure.cpp
template <estimator Estimator>
[[nodiscard]] auto with_refits(Estimator how) {
    return refitting_estimator<Estimator>{std::move(how)};
}

}  // namespace attribution

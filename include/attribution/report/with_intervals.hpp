// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/interval_tally.hpp>
#include <attribution/report/bootstrap.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/return_on_ad_spend.hpp>

#include <cstddef>
#include <utility>

namespace attribution::inline v0_1 {

/// A grouping whose report also says how sure it is; made by `with_intervals`.
template <class... Projections>
class interval_grouping {
  public:
    constexpr interval_grouping(grouping<Projections...> groups, bootstrap how)
        : groups_{std::move(groups)}, how_{how} {
        (void)how.rank();
    }

    using names = typename grouping<Projections...>::names;

    /// A tally of `Models` models over these records.
    template <std::size_t Models = 1, class Conversions, class Touchpoints>
    [[nodiscard]] auto bind(Conversions const& c, Touchpoints const& t,
                            names const& called = {}) const {
        auto groups = groups_.template bind<Models>(c, t, called);
        return detail::interval_tally<decltype(groups), Conversions, Models>{std::move(groups), c,
                                                                             how_};
    }

  private:
    grouping<Projections...> groups_;
    bootstrap how_;
};

/// The report of `by(...)` with an interval for each amount and share: `with_intervals(by(&touch::channel))`,
/// as the sink of `attribute` or after a ledger.
///
/// What it means: the customers are a sample. An interval says how far a sum or share would be off in
/// another sample of as many customers like these, by the same model. It says nothing about whether
/// the model is right. A learned model is taken as it is, unless it was learned `with_refits`: then it
/// is learned again of the customers that are drawn, and the intervals have the error of learning, too.
///
/// Shape:      the rows of `by(...)`, each with `low`, `high`, `share`, `share_low`, `share_high` and
///             `share_error` (see `interval_cell`); with `models(a, b)`, for each model.
/// How:        customers are in 1,024 buckets, by a hash of their key. A replicate draws 1,024 buckets
///             with replacement (a hash of seed and replicate says which), and its sums are those of
///             the buckets drawn. With fewer customers than buckets that is the bootstrap of
///             customers; with more of them it is that of groups of customers. Either way a customer's
///             conversions stay together, and the number of customers varies as it does when they
///             come independently. Buckets are sums, so they are merged, and nothing is drawn before
///             the end: one pass, and the same bytes in any order, partition and number of threads.
/// Ends:       order statistics of the replicates, see `bootstrap::rank`.
/// Edges:      conversions without a customer are drawn by their time: those at one instant stay
///             together. With few customers, or one who is worth as much as all others, intervals are
///             too narrow, as those of every bootstrap.
/// Errors:     std::invalid_argument as in `bootstrap::rank`; otherwise as `by`, and
///             std::overflow_error also if the end of an interval does not fit into the amount's type.
///             A static_assert says so if a key is not text, whole numbers or times.
/// Complexity: as `by`, and one look-up per credit; O(replicates * buckets * groups) at the end. A
///             tally takes memory for each group and bucket that has credits.
/// Source:     Efron, 1979, "Bootstrap methods: another look at the jackknife"; Chamandy, Muralidharan,
///             Najmi, Naidu, 2012, "Estimating uncertainty for massive data streams", whose Poisson
///             weights of customers these are, given their sum, for buckets of customers.
/// Example:    examples/recipes/how_sure.cpp
template <class... Projections>
[[nodiscard]] constexpr auto with_intervals(grouping<Projections...> groups, bootstrap how = {}) {
    return interval_grouping<Projections...>{std::move(groups), how};
}

/// The report of `return_on_ad_spend(...)` with the same intervals, and those of `roi` and `roas`: `roi_low`,
/// `roi_high`, `roas_low`, `roas_high`.
///
/// Edges:      spend is not drawn: it is what it is. `cost_per_conversion` has no interval. There are
///             no sums over rows, since ends do not add up.
/// Errors:     those of both.
template <class Spend, class... Projections>
[[nodiscard]] constexpr auto
with_intervals(return_on_ad_spend_grouping<Spend, grouping<Projections...>> const& spending,
               bootstrap how = {}) {
    return spending.regrouped([&](grouping<Projections...> const& groups) {
        return attribution::with_intervals(groups, how);
    });
}

}  // namespace attribution

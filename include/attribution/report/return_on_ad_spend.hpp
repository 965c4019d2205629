// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/bound_dimension.hpp>
#include <attribution/engine/report/currencies.hpp>
#include <attribution/engine/report/spend_tally.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/spending.hpp>

#include <utility>

namespace attribution::inline v0_1 {

/// How spend is set against credits; made by `return_on_ad_spend`.
template <class Spend, class Groups>
class return_on_ad_spend_grouping {
  public:
    constexpr return_on_ad_spend_grouping(Spend spend, Groups groups)
        : spend_{std::move(spend)}, groups_{std::move(groups)} {}

    template <class Conversions, class Touchpoints>
    [[nodiscard]] constexpr auto bind(Conversions const& c, Touchpoints const& t) const {
        constexpr typename Groups::names called{
            detail::group_names{"return_on_ad_spend: the channel of touchpoint row ",
                                "return_on_ad_spend: the channel of conversion row "},
            detail::group_names{"return_on_ad_spend: the period of touchpoint row ",
                                "return_on_ad_spend: the period of conversion row "}};
        auto credits = groups_.bind(c, t, called);
        return detail::spend_tally<Spend, decltype(credits)>{spend_, std::move(credits)};
    }

    /// The same spend, against credits that are grouped in another way: `change(groups)`.
    template <class Change>
    [[nodiscard]] constexpr auto regrouped(Change change) const {
        auto groups = change(groups_);
        return return_on_ad_spend_grouping<Spend, decltype(groups)>{spend_, std::move(groups)};
    }

  private:
    Spend spend_;
    Groups groups_;
};

/// Sets spend against what the credits say it earned: `ledger | return_on_ad_spend(spend, &touch::channel,
/// month_of(&touch::at))`, or as the sink of `attribute`.
///
/// Shape:      one row per channel and period that has spend or credit. `channel` projects a
///             touchpoint; `period` a touchpoint (when the money was spent) or a conversion (when
///             it came back): see `by` for how that is seen.
/// Units:      ratios are plain numbers, 0.25 for 25 %. Conversions are counted by their shares.
/// Edges:      ratios that cannot be computed are undefined, never infinite; see
///             `return_on_ad_spend_row`. Unattributed value is in rows without a channel. A channel
///             or period that is an empty std::optional, in credits or in spend, has rows of its
///             own, before those that have a value. Spend on a channel that no touchpoint has is in
///             rows without credits; the rule `known` of `validate` names such rows of spend, which
///             may be misspelt.
/// Errors:     std::overflow_error if a sum does not fit into its type; std::domain_error, naming
///             the row, if floating spend is not finite, if a channel or period is or holds a NaN
///             or is a null pointer to text, or if the channel or period of a row of spend does not
///             fit into the type that the credits have.
/// Complexity: as `by`, and one look-up per row of spend at the end.
/// Source:     ROI as (value - spend) / spend; ROAS as value / spend.
/// Example:    examples/recipes/return_on_ad_spend.cpp
template <class Range, class SpendChannel, class SpendPeriod, class Amount, class Channel,
          class Period>
[[nodiscard]] constexpr auto
return_on_ad_spend(spend_records<Range, SpendChannel, SpendPeriod, Amount> const& spend,
                   Channel channel, Period period) {
    static_assert(!detail::projects_currency<Channel> && !detail::projects_currency<Period>,
                  "attribution: return_on_ad_spend() adds up over channels and periods, and cannot "
                  "do so in several currencies; give it the spend and the conversions of one");
    return return_on_ad_spend_grouping<spend_records<Range, SpendChannel, SpendPeriod, Amount>,
                                       grouping<Channel, Period>>{
        spend, by(std::move(channel), std::move(period))};
}

}  // namespace attribution

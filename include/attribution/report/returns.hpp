// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/memory/owned_range.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/records/records.hpp>
#include <attribution/report/by.hpp>

#include <date/date.h>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

/// a / b for amounts of one unit, each exact before it becomes a double.
template <amount Amount>
constexpr double as_double(Amount const& whole) {
    if constexpr (std::floating_point<Amount>)
        return static_cast<double>(whole);
    else
        return static_cast<double>(units_of<Amount>::count(whole));
}

template <amount Value, amount Spend>
constexpr double surplus(Value const& value, Spend const& spend) {
    if constexpr (std::floating_point<Value>) {
        exact_sum difference;
        difference.add(static_cast<double>(value));
        difference.add(-static_cast<double>(spend));
        return difference.value();
    } else {
        return static_cast<double>(int128{units_of<Value>::count(value)} -
                                   int128{units_of<Spend>::count(spend)});
    }
}

/// What names a row where a period may be missing anyway: not an optional in an optional.
template <class T>
using maybe = std::conditional_t<may_be_empty<T>, T, std::optional<T>>;

/// What names the groups of credits and of spend: what names those of the credits; a missing value
/// if the spend may have one, and text of its own where spend has such.
template <class Credited, class Spent>
using common_group = std::conditional_t<
    may_be_empty<Spent>, maybe<Credited>,
    std::conditional_t<std::same_as<Credited, std::string_view> && std::same_as<Spent, std::string>,
                       std::string, Credited>>;

/// A value that has another type only.
template <class To, class From>
constexpr bool converts_exactly = requires(From const& from) {
    To{from};
};
template <class To, class From>
    requires(std::integral<To>&& std::integral<From>)
constexpr bool converts_exactly<To, From> = std::same_as<To, bool> == std::same_as<From, bool>;
template <class To, class From>
    requires(may_be_empty<To> && !std::same_as<To, From>)
constexpr bool converts_exactly<To, From> =
    converts_exactly<value_type_in<To>, value_type_in<From>>;

/// The same value in the type of the credits' groups.
///
/// Errors:     std::domain_error if that cannot hold it.
template <class To, class From>
constexpr To exactly(From const& from, char const* what, std::size_t row) {
    if constexpr (std::same_as<To, From>) {
        return from;
    } else if constexpr (may_be_empty<To>) {
        return has_value(from) ? To{exactly<value_type_in<To>>(value_in(from), what, row)} : To{};
    } else if constexpr (std::integral<To> && std::integral<From>) {
        if (!representable<To>(int128{from}))
            throw std::domain_error{what + std::to_string(row) +
                                    " is beyond the type of that of the credits; convert one of "
                                    "them in its projection"};
        return static_cast<To>(from);
    } else {
        return To{from};
    }
}

template <class Value, class Spend>
inline constexpr bool same_unit =
    (std::integral<Value> && std::integral<Spend>) ||
    (std::floating_point<Value> && std::floating_point<Spend>) || std::same_as<Value, Spend>;

}  // namespace detail

/// What a channel cost and what it earned, in one period.
///
/// `amount`, `conversions` (a sum of shares) and `credits` are what it earned, as in other reports.
/// The ratios are numbers, and empty where they are undefined; they are never infinite.
template <class Channel, class Period, amount Amount, amount Spend>
struct returns_row : cell<Amount> {
    using amount_type = Amount;
    using spend_type = Spend;

    std::optional<Channel> channel;  // empty: value that nobody earned
    detail::maybe<Period> period;    // empty: it is missing; also in sums over all periods
    Spend spend{};
    std::size_t spend_rows = 0;  // 0: credit without spend; credits == 0: spend without credit

    /// spend / conversions, in the spend's units; undefined without conversions, and where no row
    /// of spend says what they cost (a row that says 0 does).
    [[nodiscard]] constexpr std::optional<double> cost_per_conversion() const {
        if (!(this->conversions > 0) || spend_rows == 0)
            return std::nullopt;
        return detail::as_double(spend) / this->conversions;
    }
    /// Return on investment: (value - spend) / spend, so that 0 is breaking even; undefined unless
    /// the spend is positive.
    [[nodiscard]] constexpr std::optional<double> roi() const {
        if (!(spend > Spend{}))
            return std::nullopt;
        return finite(detail::surplus(this->amount, spend) / detail::as_double(spend));
    }
    /// Return on advertising spend: value / spend, so that 1 is breaking even; undefined unless the
    /// spend is positive.
    [[nodiscard]] constexpr std::optional<double> roas() const {
        if (!(spend > Spend{}))
            return std::nullopt;
        return finite(detail::as_double(this->amount) / detail::as_double(spend));
    }

  private:
    static constexpr std::optional<double> finite(double ratio) {
        if (!detail::is_finite(ratio))
            return std::nullopt;
        return ratio;
    }
};

/// Spend and earnings side by side: by channel and period, ascending; then the value that nobody
/// earned, without a channel.
///
/// Nothing drops out: spend without credit and credit without spend are rows of their own, so the
/// rows add up to all spend and all value.
template <class Row>
class returns_report : public detail::owned_range<Row> {
  public:
    using row_type = Row;
    using amount_type = typename Row::amount_type;
    using spend_type = typename Row::spend_type;

    constexpr explicit returns_report(std::vector<Row> rows)
        : detail::owned_range<Row>{std::move(rows)} {}

    /// One row per channel, all periods together.
    [[nodiscard]] constexpr returns_report over_periods() const {
        std::vector<Row> rows;
        for (auto from = this->begin(); from != this->end();) {
            auto const to = std::find_if(
                from, this->end(), [&](Row const& row) { return row.channel != from->channel; });
            rows.push_back(sum(from, to));
            rows.back().channel = from->channel;
            from = to;
        }
        return returns_report{std::move(rows)};
    }

    /// Everything in one row, the unattributed value included.
    [[nodiscard]] constexpr Row total() const { return sum(this->begin(), this->end()); }

  private:
    template <class Iterator>
    static constexpr Row sum(Iterator from, Iterator to) {
        running_total<amount_type> amount;
        running_total<spend_type> spend;
        detail::exact_sum conversions;
        Row whole{};
        for (; from != to; ++from) {
            amount.add(from->amount);
            spend.add(from->spend);
            conversions.add(from->conversions);
            whole.credits += from->credits;
            whole.spend_rows += from->spend_rows;
        }
        whole.amount = amount.value();
        whole.spend = spend.value();
        whole.conversions = conversions.value();
        return whole;
    }
};

/// A range of your own records of spend, and how to read channel, period and amount off each.
template <class Range, class Channel, class Period, class Amount>
class spend_records {
  public:
    using reference = decltype(std::declval<detail::rows<Range> const&>()[0]);
    using channel_type = detail::group_value<std::invoke_result_t<Channel const&, reference>>;
    using period_type = detail::group_value<std::invoke_result_t<Period const&, reference>>;
    using value_type = std::remove_cvref_t<std::invoke_result_t<Amount const&, reference>>;

    constexpr spend_records(Range&& range, Channel channel, Period period, Amount spent)
        : rows_{std::forward<Range>(range)}, channel_(std::move(channel)),
          period_(std::move(period)), amount_(std::move(spent)) {}

    [[nodiscard]] constexpr std::size_t size() const { return rows_.size(); }
    /// Errors:     std::domain_error if that is a NaN, or a null pointer to text.
    [[nodiscard]] constexpr channel_type channel(std::size_t row) const {
        return group<channel_type>(channel_, "returns: the channel of spend row ", row);
    }
    [[nodiscard]] constexpr period_type period(std::size_t row) const {
        return group<period_type>(period_, "returns: the period of spend row ", row);
    }
    [[nodiscard]] constexpr value_type amount(std::size_t row) const {
        return std::invoke(amount_, rows_[row]);
    }

  private:
    template <class Group, class Projection>
    constexpr Group group(Projection const& projection, char const* what, std::size_t row) const {
        decltype(auto) seen =
            detail::read_group(projection, what, row, [&](Projection const& p) -> decltype(auto) {
                return detail::project(p, rows_[row]);
            });
        return Group(detail::probe_of(detail::as_group(seen, what, row)));
    }

    detail::rows<Range> rows_;
    [[no_unique_address]] Channel channel_;
    [[no_unique_address]] Period period_;
    [[no_unique_address]] Amount amount_;
};

/// Names the channel, the period and the amount of every row of spend in `range`, once.
///
/// Shape:      any forward range; borrowed, as by `touchpoints`. Several rows of one channel and
///             period add up. A period is anything ordered: a month, a week's number, a text.
/// Units:      the same as the conversions' values: both whole numbers, both floating or the same
///             money.
template <class Range, class Channel, class Period, class Amount>
[[nodiscard]] constexpr auto spending(Range&& range, Channel channel, Period period, Amount spent) {
    detail::check_range<Range>();
    using reference = ranges::range_reference_t<Range>;
    static_assert(std::is_invocable_v<Channel const&, reference> &&
                      std::is_invocable_v<Period const&, reference> &&
                      std::is_invocable_v<Amount const&, reference>,
                  "attribution: spending(range, channel, period, amount) needs three projections "
                  "of a row of spend");
    return spend_records<Range, Channel, Period, Amount>{
        std::forward<Range>(range), std::move(channel), std::move(period), std::move(spent)};
}

/// The calendar month (UTC) of a projected time: `month_of(&touch::at)` is a date::year_month.
///
/// Errors:     std::domain_error for a time beyond the calendar, which ends with the year 32767, or that
///             is a NaN; in a report it names the row.
template <class Projection>
class month_of {
  public:
    static constexpr bool refuses_times = true;

    constexpr explicit month_of(Projection at) : at_(std::move(at)) {}

    template <class Record>
        requires std::invocable<Projection const&, Record const&>
    constexpr date::year_month operator()(Record const& record) const {
        auto const at = std::invoke(at_, record);
        using days = decltype(date::floor<date::days>(at));
        constexpr days first{date::year::min() / 1 / 1};
        constexpr days last{date::year::max() / 12 / 31};
        auto const day = detail::whole_units<date::days::period>(at);
        if (day < first.time_since_epoch().count() || day > last.time_since_epoch().count())
            throw std::domain_error{"month_of: a time is beyond the years of the calendar; look "
                                    "for milliseconds that were taken for seconds"};
        date::year_month_day const on{days{date::days{static_cast<int>(day)}}};
        return on.year() / on.month();
    }

  private:
    [[no_unique_address]] Projection at_;
};

namespace detail {

template <class Spend, class Tally>
class returns_tally {
    using credited_channel = std::tuple_element_t<0, typename Tally::value_tuple>;
    using credited_period = std::tuple_element_t<1, typename Tally::value_tuple>;

  public:
    using amount_type = typename Tally::amount_type;
    using spend_type = typename Spend::value_type;
    using channel_type = common_group<credited_channel, typename Spend::channel_type>;
    using period_type = common_group<credited_period, typename Spend::period_type>;
    using row_type = returns_row<channel_type, period_type, amount_type, spend_type>;

    static_assert(same_unit<amount_type, spend_type>,
                  "attribution: spend and value must be of one unit: both whole numbers, both "
                  "floating-point numbers or the same money");
    static_assert(converts_exactly<channel_type, typename Spend::channel_type> &&
                      converts_exactly<period_type, typename Spend::period_type>,
                  "attribution: the channel and the period of the spend must be of the same types "
                  "as those of the credits; convert them in the projections of spending(...)");

    constexpr returns_tally(Spend spend, Tally credits)
        : spend_{std::move(spend)}, credits_{std::move(credits)} {}

    constexpr void operator()(credit<amount_type> const& earned) { credits_(earned); }
    constexpr void merge(returns_tally const& other) { credits_.merge(other.credits_); }

    [[nodiscard]] constexpr returns_report<row_type> finish() const {
        interner<std::pair<channel_type, period_type>> groups;
        std::vector<row_type> rows;
        std::vector<running_total<spend_type>> spent;
        auto const row_of = [&](channel_type const& channel, period_type const& period) {
            auto const place = groups({channel, period});
            if (place == rows.size()) {
                rows.push_back({});
                rows.back().channel = channel;
                rows.back().period = period;
                spent.push_back({});
            }
            return place;
        };
        std::vector<row_type> nobody;
        for (auto const& earned : credits_.finish()) {
            auto const& [channel, period] = earned.key;
            if (earned.attributed) {
                put(rows[row_of(channel_type(value_of<credited_channel>(channel)),
                                period_type(value_of<credited_period>(period)))],
                    earned);
            } else {
                nobody.push_back({});
                if constexpr (std::same_as<std::remove_cvref_t<decltype(period)>, credited_period>)
                    nobody.back().period = period;  // of the conversion
                put(nobody.back(), earned);
            }
        }
        for (std::size_t i = 0; i < spend_.size(); ++i) {
            auto const amount = spend_.amount(i);
            if constexpr (std::floating_point<spend_type>)
                if (!is_finite(static_cast<double>(amount)))
                    throw std::domain_error{"returns: the spend in row " + std::to_string(i) +
                                            " is not a finite number"};
            auto const place = row_of(
                exactly<channel_type>(spend_.channel(i), "returns: the channel of spend row ", i),
                exactly<period_type>(spend_.period(i), "returns: the period of spend row ", i));
            spent[place].add(amount);
            ++rows[place].spend_rows;
        }
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].spend = spent[i].value();
        std::sort(rows.begin(), rows.end(), [](row_type const& a, row_type const& b) {
            return a.channel < b.channel || (a.channel == b.channel && a.period < b.period);
        });
        rows.insert(rows.end(), nobody.begin(), nobody.end());
        return returns_report<row_type>{std::move(rows)};
    }

  private:
    /// Of a key, which for a projection of touchpoints is empty in unattributed rows.
    template <class Value, class Key>
    static constexpr Value const& value_of(Key const& key) {
        if constexpr (std::same_as<Key, Value>)
            return key;
        else
            return *key;
    }

    static constexpr void put(row_type& row, cell<amount_type> const& earned) {
        static_cast<cell<amount_type>&>(row) = earned;
    }

    Spend spend_;
    Tally credits_;
};

}  // namespace detail

/// How spend is set against credits; made by `returns`.
template <class Spend, class Channel, class Period>
class returns_grouping {
  public:
    constexpr returns_grouping(Spend spend, grouping<Channel, Period> groups)
        : spend_{std::move(spend)}, groups_{std::move(groups)} {}

    template <class Conversions, class Touchpoints>
    [[nodiscard]] constexpr auto bind(Conversions const& c, Touchpoints const& t) const {
        constexpr typename grouping<Channel, Period>::names called{
            detail::group_names{"returns: the channel of touchpoint row ",
                                "returns: the channel of conversion row "},
            detail::group_names{"returns: the period of touchpoint row ",
                                "returns: the period of conversion row "}};
        auto credits = groups_.bind(c, t, called);
        return detail::returns_tally<Spend, decltype(credits)>{spend_, std::move(credits)};
    }

  private:
    Spend spend_;
    grouping<Channel, Period> groups_;
};

/// Sets spend against what the credits say it earned: `ledger | returns(spend, &touch::channel,
/// month_of(&touch::at))`, or as the sink of `attribute`.
///
/// Shape:      one row per channel and period that has spend or credit. `channel` projects a
///             touchpoint; `period` a touchpoint (when the money was spent) or a conversion (when
///             it came back): see `by` for how that is seen.
/// Units:      ratios are plain numbers, 0.25 for 25 %. Shares of conversions count as such.
/// Edges:      no spend, no credit and no conversion give undefined ratios, never infinite ones.
///             Value that nobody earned is in rows without a channel, and returns nothing. A
///             channel or period that is an empty std::optional, of credits or of spend, has rows
///             of its own, before those that have a value. Spend on a channel that no touchpoint
///             has is in rows without credits; the rule `known` of `validate` names such rows of
///             spend, which may be misspelt.
/// Errors:     std::overflow_error if a sum does not fit into its type; std::domain_error, naming
///             the row, if floating spend is not finite, if a channel or period is or holds a NaN
///             or is a null pointer to text, or if that of a row of spend does not fit into the
///             type of the credits'.
/// Complexity: as `by`, and one look-up per row of spend at the end.
/// Source:     ROI as (value - spend) / spend; ROAS as value / spend.
/// Example:    examples/recipes/return_on_ad_spend.cpp
template <class Range, class SpendChannel, class SpendPeriod, class Amount, class Channel,
          class Period>
[[nodiscard]] constexpr auto
returns(spend_records<Range, SpendChannel, SpendPeriod, Amount> const& spend, Channel channel,
        Period period) {
    return returns_grouping<spend_records<Range, SpendChannel, SpendPeriod, Amount>, Channel,
                            Period>{spend, by(std::move(channel), std::move(period))};
}

}  // namespace attribution

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/report/bound_dimension.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// A range of your own records of spend, and how to read channel, period and amount from each.
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
    /// Errors:     std::domain_error if the channel is a NaN, or a null pointer to text.
    [[nodiscard]] constexpr channel_type channel(std::size_t row) const {
        return group<channel_type>(channel_, "return_on_ad_spend: the channel of spend row ", row);
    }
    [[nodiscard]] constexpr period_type period(std::size_t row) const {
        return group<period_type>(period_, "return_on_ad_spend: the period of spend row ", row);
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

/// Says, once, how to read the channel, the period and the amount of every row of spend in `range`.
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

}  // namespace attribution

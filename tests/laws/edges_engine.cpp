// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through every policy and model.
#include "support/edges.hpp"

#include <attribution/attribute.hpp>
#include <attribution/eligibility/last_touches.hpp>
#include <attribution/eligibility/named.hpp>
#include <attribution/eligibility/where.hpp>
#include <attribution/eligibility/without_duplicates.hpp>
#include <attribution/model/blend.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/j_shaped.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/milestones.hpp>
#include <attribution/model/optional_touches.hpp>
#include <attribution/model/over_distinct.hpp>
#include <attribution/model/over_last.hpp>
#include <attribution/model/over_last_occurrence.hpp>
#include <attribution/model/over_runs.hpp>
#include <attribution/model/over_sessions.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/window/between.hpp>
#include <attribution/window/calendar.hpp>
#include <attribution/window/lookback.hpp>
#include <attribution/window/maximum_age.hpp>
#include <attribution/window/minimum_age.hpp>
#include <attribution/window/since_previous_conversion.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <vector>

namespace {

using namespace edges;

/// A length of two on the records' clock.
template <class Journeys>
auto two_ticks() {
    return att::detail::measure<att::detail::length_of<typename Journeys::time_type>>::make(2);
}

/// Every conversion is given away whole, to touchpoints of its own customer.
template <class World, class Credits>
void whole(World const& all, Credits const& credits) {
    std::vector<long double> sums(all.book.size(), 0);
    std::vector<std::size_t> seen(all.book.size(), 0);
    for (auto const& one : credits) {
        sums.at(one.conversion) += static_cast<long double>(one.amount);
        ++seen.at(one.conversion);
        if (!one.attributed())
            continue;
        auto const& touch = all.log.at(one.touchpoint);
        auto const& sale = all.book.at(one.conversion);
        if (says_nothing(touch.user) || says_nothing(sale.user) ||
            att::detail::compared_form(att::detail::value_in(touch.user)) !=
                att::detail::compared_form(att::detail::value_in(sale.user)))
            broken("a credit for a touchpoint of somebody else, row ", one.touchpoint);
    }
    for (std::size_t row = 0; row < sums.size(); ++row)
        if (seen[row] == 0 || !same_sum(sums[row], static_cast<long double>(all.book[row].value)))
            broken("conversion row ", row, " was not given away whole");
}

template <class World>
void every_model(World const& all) {
    using touch = typename World::touch;
    auto const touches = all.touches();
    auto const sales = all.sales();
    result_or_refusal({all.odd_times()}, {"join", "attribute"}, [&] {
        auto const joined = att::join(sales, touches);
        using journeys = std::remove_const_t<decltype(joined)>;
        using any_model =
            std::function<void(typename journeys::path_type const&, att::weights)>;
        auto const length = two_ticks<journeys>();
        auto const odd = att::where([](touch const& t) { return t.number % 2 == 1; });
        auto const& channel = &touch::channel;
        std::vector<any_model> const models{
            att::j_shaped,
            att::position_decay,
            att::time_decay(length),
            att::stepped_time_decay(length),
            att::over_sessions(length, att::linear, att::last_touch),
            0.5 * att::time_decay(length) + 0.0 * att::first_touch + 0.5 * att::linear,
            att::prefer(odd, att::position_based()),
            att::optional_touches(odd, att::linear),
            att::over_last(2, att::linear),
            att::w_shaped(odd, odd)};
        for (auto const& one : models)
            result_or_refusal({all.odd_values()}, {"attribute"}, [&] {
                whole(all, att::attribute(joined, one, att::at_any_time));
                whole(all, att::attribute(att::parallel{2}, joined, one, att::always));
            });
        std::vector<any_model> const by_channel{att::over_distinct(channel, att::linear),
                                                att::over_last_occurrence(channel, att::linear),
                                                att::over_runs(channel, att::linear)};
        for (auto const& one : by_channel)
            result_or_refusal(
                {all.odd_values() || all.odd_channels()},
                {"attribute", "over_distinct", "over_last_occurrence", "over_runs"},
                [&] { whole(all, att::attribute(joined, one, att::at_any_time)); });
        bool odd_usage = false;
        for (auto const& one : all.log)
            odd_usage = odd_usage || !is_finite(one.usage) || one.usage < 0;
        result_or_refusal({all.odd_values() || odd_usage}, {"attribute", "usage_weighted"}, [&] {
            whole(all, att::attribute(joined, any_model{att::usage_weighted(&touch::usage)},
                                      att::at_any_time));
        });
    });
}

template <class World>
void every_policy(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    auto const touches = all.touches();
    auto const sales = all.sales();
    result_or_refusal({all.odd_times()}, {"join", "attribute"}, [&] {
        auto const joined = att::join(sales, touches);
        auto const length = two_ticks<std::remove_const_t<decltype(joined)>>();
        auto const check = [&](auto const& policy) {
            result_or_refusal({all.odd_values()}, {"attribute"}, [&] {
                whole(all, att::attribute(joined, att::linear, policy));
                whole(all, att::attribute(joined, att::last_touch, policy));
            });
        };
        check(att::lookback(length) || att::minimum_age(length));
        check(att::named("window", att::maximum_age(length)) && !att::minimum_age(length));
        check(att::since_previous_conversion && att::last_touches(2));
        check(att::after_previous_conversion &&
              att::without_duplicates(touches, &touch::id));
        bool odd_bounds = false;
        for (auto const& one : all.book)
            odd_bounds = odd_bounds || (one.from && says_nothing(*one.from));
        result_or_refusal({all.odd_values() || odd_bounds}, {"attribute", "between"}, [&] {
            whole(all, att::attribute(joined, att::linear, att::between(&sale::from, &sale::at)));
        });
        if constexpr (std::is_same_v<World, world<optionals>>)
            check(att::calendar_lookback(date::months{1}).from_midnight());
    });
}

}  // namespace

TEST_CASE("law: any value of any field gives whole credits by every model, or an error that names the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_model(all); });
}

TEST_CASE("law: any value of any field gives whole credits by every policy, or an error that names the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_policy(all); });
}

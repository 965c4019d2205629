// SPDX-License-Identifier: BSL-1.0
// A job attributes each day by itself; its sums are merged. No day counts twice, and no other rules get in.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;
using shop::touch, shop::order;

int main() {
    auto const rules = att::lookback(date::days{30});
    static_assert(!att::needs_history<std::remove_const_t<decltype(rules)>>);
    auto const how = att::made_with(att::linear, rules);
    auto const sums_of = [&](std::vector<order> const& orders) {
        auto const journeys =
            att::join(att::conversions(orders, &order::user, &order::at, &order::cents),
                      att::touchpoints(shop::log, &touch::user, &touch::at));
        auto sums = att::by(&touch::channel).bind(journeys.conversions(), journeys.touchpoints());
        att::attribute(journeys, att::linear, rules, sums);
        return sums;
    };
    auto const job = [&](date::sys_days day) {
        auto orders = shop::book;
        std::erase_if(orders, [&](order const& o) { return date::floor<date::days>(o.at) != day; });
        return att::to_bytes(sums_of(orders), how, {date::format("%F", day)});
    };

    std::vector<order> const none;
    auto total = sums_of(none);
    att::part_names days;
    auto const first = date::sys_days{date::year{2026} / 3 / 6};
    for (int day : {0, 1, 2, 3, 2})  // one of them twice
        try {
            att::merge_bytes(total, job(first + date::days{day}), how, days);
        } catch (att::partial_error const& error) {
            std::cout << error.what() << '\n';
        }
    for (auto const& row : total.finish())
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';

    auto const shorter = att::made_with(att::linear, att::lookback(date::days{7}));
    try {
        att::merge_bytes(total, job(first + date::days{4}), shorter, days);
    } catch (att::partial_error const& error) {
        std::cout << error.what() << '\n';
    }

    auto const other = att::made_with(att::linear, rules && att::after_previous_conversion);
    for (auto const& [name, what] : other.more)
        std::cout << other.policy << ' ' << name << ' ' << what << '\n';
}

// SPDX-License-Identifier: BSL-1.0
// A model is any callable that writes weights; a policy is any predicate in where(...).
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <range/v3/algorithm/fill.hpp>

#include <iostream>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    // The newest touch weighs double. Only proportions count; the engine does the cents.
    auto const newest_double = [](auto const&, att::weights w) {
        ranges::fill(w, 1.0);
        w.back() = 2.0;
    };
    // Newsletters cannot bring in wholesale customers.
    auto const plausible = att::where([](touch const& t, order const& o) {
        return t.channel != "newsletter" || o.segment != "wholesale";
    });

    auto const report =
        att::attribute(orders, touches, newest_double, plausible && att::lookback(date::days{90}),
                       att::by(&touch::channel));
    for (auto const& row : report.largest_first())
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
}

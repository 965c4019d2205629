// SPDX-License-Identifier: BSL-1.0
// Clicks count for 7 days, views for 24 hours; a click beats a view.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using namespace std::chrono_literals;
using shop::kind, shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const click = att::where(&touch::how, kind::click);
    auto const view = att::where(&touch::how, kind::view);
    auto const rules = (click && att::lookback(date::days{7})) || (view && att::lookback(24h));

    auto const ledger = att::attribute(orders, touches, att::prefer(click, att::last_touch), rules);

    for (auto const& credit : ledger) {
        std::cout << ledger.conversion(credit).user << " pays " << credit.amount << ": ";
        if (credit.attributed())
            std::cout << ledger.touchpoint(credit).channel << '\n';
        else
            std::cout << "(unattributed)\n";
    }
}

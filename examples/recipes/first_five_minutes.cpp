// SPDX-License-Identifier: BSL-1.0
// Which channel earned this money?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const ledger =
        att::attribute(orders, touches, att::last_touch, att::lookback(date::days{30}));

    for (auto const& row : ledger | att::by(&touch::channel))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << " cents from "
                  << row.conversions << " orders\n";
}

// SPDX-License-Identifier: BSL-1.0
// Half the credit for every week that passed, smoothly or in whole weeks.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const table = att::attribute(
        att::join(orders, touches),
        att::models(att::time_decay(date::weeks{1}), att::stepped_time_decay(date::weeks{1})),
        att::lookback(date::days{30}), att::by(&touch::channel));

    for (auto const& row : table)
        std::cout << row.key.value_or("(unattributed)") << ": smooth " << row[0].amount
                  << ", in steps " << row[1].amount << '\n';
}

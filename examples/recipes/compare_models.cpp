// SPDX-License-Identifier: BSL-1.0
// How much does the answer depend on the model?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const mine =
        0.4 * att::first_touch + 0.2 * att::linear + 0.4 * att::time_decay(date::days{7});

    auto const several =
        att::models(att::first_touch, att::last_touch, att::linear, att::position_based(), mine);
    auto const table = att::attribute(orders, touches, several, att::lookback(date::days{90}),
                                      att::by(&touch::channel));

    std::cout << "channel             first     last   linear U-shaped     mine\n";
    for (auto const& row : table) {
        std::cout << std::left << std::setw(16) << row.key.value_or("(unattributed)") << std::right;
        for (auto const& cell : row.models)
            std::cout << std::setw(9) << cell.amount;
        std::cout << '\n';
    }
}

// SPDX-License-Identifier: BSL-1.0
// Who opens and who closes? J-shaped models and a credit that grows by position.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const table =
        att::attribute(att::join(orders, touches),
                       att::models(att::inverse_j_shaped, att::j_shaped, att::position_decay),
                       att::always, att::by(&touch::channel));

    std::cout << "channel            opener   closer  growing\n";
    for (auto const& row : table) {
        std::cout << std::left << std::setw(16) << row.key.value_or("(unattributed)") << std::right;
        for (auto const& cell : row.models)
            std::cout << std::setw(9) << cell.amount;
        std::cout << '\n';
    }
}

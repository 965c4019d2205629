// SPDX-License-Identifier: BSL-1.0
// Direct visits and views count only where there is nothing better.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::kind, shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const direct = att::where(&touch::direct);
    auto const view = att::where(&touch::how, kind::view);
    auto const rule = att::optional_touches(direct, att::optional_touches(view, att::linear));

    for (auto const& row :
         att::attribute(orders, touches, rule, att::always, att::by(&touch::channel)))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
}

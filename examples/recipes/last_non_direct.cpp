// SPDX-License-Identifier: BSL-1.0
// Last non-direct touch, 30-day lookback, by channel and customer segment.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <tuple>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const model = att::last_non_direct(att::where(&touch::direct));
    auto const report = att::attribute(orders, touches, model, att::lookback(date::days{30}),
                                       att::by(&touch::channel, &order::segment));

    for (auto const& row : report) {
        auto const& [channel, segment] = row.key;
        std::cout << channel.value_or("(unattributed)") << ", " << segment << ": " << row.amount
                  << '\n';
    }
    std::cout << "total: " << report.total() << '\n';
}

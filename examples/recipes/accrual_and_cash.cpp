// SPDX-License-Identifier: BSL-1.0
// Advertising is judged by the month it was shown in, the books by the month of the sale: one report has both.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::touch, shop::order;

int main() {
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const report = att::attribute(
        orders, touches, att::linear, att::lookback(date::days{90}),
        att::by(&touch::channel, att::month_of(&touch::at), att::month_of(&order::at)));
    for (auto const& row : report) {
        auto const& [channel, earned, sold] = row.key;
        std::cout << channel.value_or("(unattributed)") << ": " << row.amount << ", touched "
                  << (earned ? date::format("%Y-%m", *earned) : "never") << ", sold "
                  << date::format("%Y-%m", sold) << '\n';
    }
    std::cout << "in all " << report.total() << '\n';
}

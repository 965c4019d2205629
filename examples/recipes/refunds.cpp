// SPDX-License-Identifier: BSL-1.0
// A refund takes back what the sale gave, touch by touch.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace att = attribution;
using shop::order, shop::touch;

struct refund {
    std::string buyer;  // the shop's orders are known by their buyer
    date::sys_seconds at;
    long long cents;
};

int main() {
    std::vector<refund> const log{{"ann", shop::day(3, 20), -2'500},
                                  {"zoe", shop::day(3, 21), -100}};

    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);
    auto const refunds = att::conversions(log, &refund::buyer, &refund::at, &refund::cents);

    auto const ledger = att::attribute(orders, touches, att::linear, att::lookback(date::days{30}));
    auto const result = att::take_back(ledger, refunds, &order::user);

    for (auto const& credit : result.credits)
        std::cout << ledger.touchpoint(credit).channel << " gives back " << -credit.amount << '\n';
    for (auto const row : result.unmatched)
        std::cout << log[row].buyer << " has no order to refund\n";
    std::cout << "net: " << (result.net | att::by(&touch::channel)).total() << '\n';
}

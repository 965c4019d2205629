// SPDX-License-Identifier: BSL-1.0
// One month back: to the same day of the month before, on the clocks of the shop's own zone.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using namespace std::chrono_literals;
using shop::day, shop::order, shop::touch;

int main() {
    std::vector<touch> const clicks{
        {"ann", day(2, 27), "search", shop::kind::click, false},
        {"ann", day(2, 28, 8), "display", shop::kind::click, false},
        {"ann", day(2, 28, 18), "newsletter", shop::kind::click, false},
    };
    std::vector<order> const book{{"ann", day(3, 31), 10'000, "retail"}};
    auto const touches = att::touchpoints(clicks, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);

    auto const print = [&](char const* what, auto const& window) {
        std::cout << what << ':';
        for (auto const& credit : att::attribute(orders, touches, att::linear, window))
            std::cout << ' ' << clicks[credit.touchpoint].channel;
        std::cout << '\n';
    };
    auto const shop_zone = att::fixed_offset{-5h};  // or an adaptor around a time-zone database
    auto const month = att::calendar_lookback(date::months{1}, shop_zone);
    print("one month, from the same time of day", month);
    print("one month, whole days", month.from_midnight());
    print("32 days", att::calendar_lookback(date::days{32}));
    print("one month, whole days, but at least 31 days old",
          month.from_midnight() && att::minimum_age(date::days{31}));
}

// SPDX-License-Identifier: BSL-1.0
// A visit begins with a direct touchpoint, and an ad is clicked five minutes later. What is its source?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using namespace std::chrono_literals;
using shop::day, shop::order, shop::touch;

int main() {
    std::vector<touch> const log{
        {"ann", day(3, 1), "newsletter", shop::kind::click, false},
        {"ann", day(3, 2), "direct", shop::kind::click, true},  // one visit: search names it
        {"ann", day(3, 2) + 5min, "search", shop::kind::click, false},
        {"ann", day(3, 2) + 9min, "display", shop::kind::click, false},
        {"bob", day(3, 1), "social", shop::kind::click, false},
        {"bob", day(3, 5), "direct", shop::kind::click, true},  // nothing names this visit
    };
    std::vector<order> const book{{"ann", day(3, 2, 13), 6'000, "retail"},
                                  {"bob", day(3, 5, 13), 4'000, "retail"}};
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);

    auto const named = !att::where(&touch::direct);
    auto const last_visit = att::over(att::session_sources(30min, named), att::last_touch);
    for (auto const& row : att::attribute(orders, touches, last_visit,
                                          att::lookback(date::days{30}), att::by(&touch::channel)))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
}

// SPDX-License-Identifier: BSL-1.0
// Three clicks within half an hour are one visit. What brought the visits?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using namespace std::chrono_literals;
using shop::day, shop::order, shop::touch;

int main() {
    std::vector<touch> const clicks{
        {"ann", day(3, 1, 9), "search", shop::kind::click, false},
        {"ann", day(3, 1, 9) + 10min, "direct", shop::kind::click, true},
        {"ann", day(3, 1, 9) + 35min, "direct", shop::kind::click, true},
        {"ann", day(3, 8, 20), "newsletter", shop::kind::click, false},
        {"ann", day(3, 8, 20) + 30min, "direct", shop::kind::click, true},  // still the same visit
    };
    std::vector<order> const book{{"ann", day(3, 8, 21), 10'000, "retail"}};
    auto const touches = att::touchpoints(clicks, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);

    auto const table =
        att::attribute(att::join(orders, touches),
                       att::models(att::linear, att::over(att::sessions(30min), att::linear),
                                   att::over(att::sessions(30min, att::linear), att::linear)),
                       att::always, att::by(&touch::channel));

    for (auto const& row : table)
        std::cout << row.key.value_or("(unattributed)") << ": by clicks " << row[0].amount
                  << ", by what opened the visit " << row[1].amount << ", by clicks within visits "
                  << row[2].amount << '\n';
}

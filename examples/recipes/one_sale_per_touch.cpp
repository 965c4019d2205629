// SPDX-License-Identifier: BSL-1.0
// May a click that brought one sale earn from the next one, too?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::order, shop::touch;

int main() {
    std::vector<touch> const clicks{
        {"ann", day(3, 1), "search", shop::kind::click, false},
        {"ann", day(3, 5), "newsletter", shop::kind::click, false},
    };
    std::vector<order> const book{{"ann", day(3, 2), 6'000, "retail"},
                                  {"ann", day(3, 6), 4'000, "retail"}};
    auto const touches = att::touchpoints(clicks, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);

    auto const print = [&](char const* what, auto const& rules) {
        std::cout << what << '\n';
        for (auto const& row :
             att::attribute(orders, touches, att::linear, rules, att::by(&touch::channel)))
            std::cout << "  " << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    };
    print("every touchpoint of the last 30 days", att::lookback(date::days{30}));
    print("only those since the sale before",
          att::lookback(date::days{30}) && att::after_previous_conversion);
}

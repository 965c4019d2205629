// SPDX-License-Identifier: BSL-1.0
// The last two clicks, or the clicks among the last two touchpoints?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::kind, shop::order, shop::touch;

int main() {
    std::vector<touch> const log{
        {"ann", day(3, 1), "search", kind::click, false},
        {"ann", day(3, 2), "newsletter", kind::click, false},
        {"ann", day(3, 3), "display", kind::view, false},
    };
    std::vector<order> const book{{"ann", day(3, 4), 10'000, "retail"}};
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);
    auto const click = att::where(&touch::how, kind::click);

    auto const print = [](char const* what, auto const& report) {
        std::cout << what << '\n';
        for (auto const& row : report)
            std::cout << "  " << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    };
    print("the last two clicks",
          att::attribute(orders, touches, att::over(att::last(2), att::linear), click,
                         att::by(&touch::channel)));
    print("the clicks among the last two touchpoints",
          att::attribute(orders, touches, att::linear, click && att::last_touches(2),
                         att::by(&touch::channel)));
}

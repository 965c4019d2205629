// SPDX-License-Identifier: BSL-1.0
// A channel that comes again: count it each time, once, or once per run?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>

namespace att = attribution;
using shop::day, shop::order, shop::touch;

int main() {
    std::vector<touch> clicks;
    int hour = 0;
    for (auto const* channel : {"search", "search", "email", "search", "social"})
        clicks.push_back({"ann", day(3, 1, ++hour), channel, shop::kind::click, false});
    std::vector<order> const book{{"ann", day(3, 2), 12'000, "retail"}};
    auto const touches = att::touchpoints(clicks, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);

    auto const growing = att::position_decay;
    auto const table =
        att::attribute(att::join(orders, touches),
                       att::models(growing, att::over(att::first_of_each(&touch::channel), growing),
                                   att::over(att::last_of_each(&touch::channel), growing),
                                   att::over(att::runs(&touch::channel), growing)),
                       att::always, att::by(&touch::channel));

    std::cout << "channel         each time    first     last     runs\n";
    for (auto const& row : table) {
        std::cout << std::left << std::setw(16) << row.key.value_or("(unattributed)") << std::right;
        for (auto const& cell : row.models)
            std::cout << std::setw(9) << cell.amount;
        std::cout << '\n';
    }
}

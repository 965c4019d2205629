// SPDX-License-Identifier: BSL-1.0
// The thank-you page was opened again, and the order was sent a second time. Is it counted twice?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::touch;

namespace {

struct sent_order {
    std::string id;
    std::string user;
    date::sys_seconds at;
    int cents;
};

}  // namespace

int main() {
    std::vector<sent_order> const sent{{"o1", "ann", day(3, 5), 9'000},
                                       {"o2", "bob", day(3, 5), 4'000},
                                       {"o1", "ann", day(3, 6), 9'000}};
    std::vector<touch> const log{{"ann", day(3, 1), "search", shop::kind::click, false},
                                 {"bob", day(3, 4), "newsletter", shop::kind::click, false}};

    // To be told of them:
    for (auto const& each : att::validate(sent, att::unique("order", &sent_order::id)))
        std::cout << each.rule << ": " << each.count << ", row " << each.rows.front() << '\n';

    // To leave them out:
    auto const book = att::without_repeats(sent, &sent_order::id);
    auto const orders =
        att::conversions(book, &sent_order::user, &sent_order::at, &sent_order::cents);
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const report = att::attribute(orders, touches, att::last_touch,
                                       att::lookback(date::days{30}), att::by(&touch::channel));
    for (auto const& row : report)
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    std::cout << "left out: " << book.repeated().size() << '\n';
}

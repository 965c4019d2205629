// SPDX-License-Identifier: BSL-1.0
// Why did this channel get 0?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <date/date.h>

#include <cstddef>
#include <iostream>
#include <string>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const policy = att::named("30 days", att::lookback(date::days{30}));
    auto const journeys = att::join(orders, touches);
    auto const audit = att::explain(journeys, att::last_touch, policy);

    for (auto const& row : audit.credits() | att::by(&touch::channel))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';

    std::cout << "\nWhy is search not among them?\n";
    for (std::size_t row = 0; row < shop::log.size(); ++row) {
        auto const& t = shop::log[row];
        if (t.channel == "search")
            std::cout << date::format("%F", t.at) << ' ' << t.user << ": "
                      << audit.touchpoint_reason(row) << '\n';
    }

    std::cout << "\nWhat did bob's order go to instead?\n";
    auto const& ledger = audit.credits();
    auto const& bobs = audit.conversions()[1];
    for (std::size_t i = bobs.first_credit; i < bobs.first_credit + bobs.credits; ++i)
        std::cout << ledger[i].amount << " to " << ledger.touchpoint(ledger[i]).channel
                  << ", one of " << bobs.path_length << " eligible touches\n";

    std::cout << "\nWhat became of all touches?\n";
    for (auto const& line : audit.touchpoint_counts())
        std::cout << line.count << ' ' << line.text << '\n';

    std::cout << "\nAnd of all orders?\n";
    for (auto const& line : audit.conversion_counts())
        std::cout << line.count << ' ' << line.text << '\n';

    auto const proof = att::reconcile(ledger);
    proof.check();  // throws if a cent is missing
    std::cout << '\n'
              << proof[0].value_in << " in = " << proof[0].credited << " credited + "
              << proof[0].unattributed << " unattributed\n";
}

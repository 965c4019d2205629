// SPDX-License-Identifier: BSL-1.0
// What would be lost without a channel? Markov removal effects, learned from who subscribed and
// from who did not.
#include "subscribers.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>

namespace att = attribution;
using paper::click, paper::subscription;

int main() {
    auto const march = paper::march();
    auto const clicks = att::touchpoints(march.clicks, &click::reader, &click::on);
    auto const sales = att::conversions(march.subscriptions, &subscription::reader,
                                        &subscription::on, &subscription::cents);
    auto const journeys = att::join(sales, clicks);
    auto const window = att::lookback(date::days{30});

    // Windows of readers who did not subscribe end with the month.
    auto const learned = att::fit(journeys, att::markov(&click::channel), window,
                                  att::until(date::sys_days{date::year{2026} / 3 / 31}));
    std::cout << learned.card() << std::fixed << std::setprecision(3);
    for (auto const& effect : learned.effects())
        std::cout << effect.channel << ": removal effect " << effect.conversions << '\n';

    // A model like any other.
    auto const mixed = 0.5 * learned + 0.5 * att::linear;
    auto const table =
        att::attribute(journeys, att::models(att::last_touch, att::linear, learned, mixed), window,
                       att::by(&click::channel));
    std::cout << "channel             last   linear   markov    mixed\n";
    for (auto const& row : table) {
        std::cout << std::left << std::setw(16) << row.key.value_or("(unattributed)") << std::right;
        for (auto const& cell : row.models)
            std::cout << std::setw(9) << cell.amount;
        std::cout << '\n';
    }
}

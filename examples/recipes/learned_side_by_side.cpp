// SPDX-License-Identifier: BSL-1.0
// What do the learned models make of the same history? Here the answer is known: podcast brought 32
// of the 56 subscriptions, 316,800 of the 554,400 cents; readers without it had others in 1 of 10 cases.
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
    auto const learned = [&](auto const& how) {
        return att::fit(journeys, how, att::always,
                        att::until(date::sys_days{date::year{2026} / 3 / 31}));
    };

    auto const rates = learned(att::probabilistic(&click::channel));
    auto const odds = learned(att::bagged_logistic(&click::channel));
    auto const hazard = learned(att::additive_hazard(&click::channel, date::days{1}));
    auto const several = att::models(rates, odds, hazard);
    std::cout << "channel          probab. logistic   hazard\n";
    for (auto const& row :
         att::attribute(journeys, several, att::always, att::by(&click::channel))) {
        std::cout << std::left << std::setw(16) << row.key.value_or("(unattributed)") << std::right;
        for (auto const& cell : row.models)
            std::cout << std::setw(9) << cell.amount;
        std::cout << '\n';
    }

    std::cout << std::fixed << std::setprecision(2);
    for (std::size_t i = 0; i < odds.effects().size(); ++i)
        std::cout << '\n'
                  << odds.effects()[i].channel << ": " << 100 * rates.effects()[i].rate
                  << "% of its readers subscribe, ln(odds) " << std::showpos
                  << odds.effects()[i].coefficient << std::noshowpos << ", "
                  << hazard.effects()[i].strength << " per click in time";
    std::cout << '\n';
}

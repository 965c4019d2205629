// SPDX-License-Identifier: BSL-1.0
// How sure is this? With other readers like these, how different would the answer be?
#include "subscribers.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>

namespace att = attribution;
using paper::click, paper::subscription;

int main() {
    auto const march = paper::march();
    auto const clicks = att::touchpoints(march.clicks, &click::reader, &click::on);
    auto const subscriptions =
        att::conversions(march.subscriptions, &subscription::reader, &subscription::on,
                         [](subscription const& s) { return s.cents / 100; });

    auto const table =
        att::attribute(subscriptions, clicks, att::linear, att::lookback(date::days{30}),
                       att::with_intervals(att::by(&click::channel)));

    std::cout << "channel           value   95 % of samples   share   95 % of samples\n";
    for (auto const& row : table)
        std::cout << std::left << std::setw(15) << row.key.value_or("(unattributed)") << std::right
                  << std::setw(8) << row.amount << std::setw(8) << row.low << " to " << std::setw(5)
                  << row.high << std::fixed << std::setprecision(2) << std::setw(9) << row.share
                  << std::setw(9) << row.share_low << " to " << row.share_high << '\n';

    // A learned model is learned again in every sample: its own error counts, too.
    auto const journeys = att::join(subscriptions, clicks);
    auto const how = att::lookback(date::days{30});
    auto const model = att::fit(journeys, att::with_refits(att::markov(&click::channel)), how,
                                att::until(date::sys_days{date::year{2026} / 3 / 31}));
    std::cout << "\nMarkov chain      value   95 % of samples\n";
    for (auto const& row :
         att::attribute(journeys, model, how, att::with_intervals(att::by(&click::channel))))
        std::cout << std::left << std::setw(15) << row.key.value_or("(unattributed)") << std::right
                  << std::setw(8) << row.amount << std::setw(8) << row.low << " to " << std::setw(5)
                  << row.high << '\n';
}

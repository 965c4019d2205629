// SPDX-License-Identifier: BSL-1.0
// What does each channel add to the others? Two Shapley games that answer differently.
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

    std::cout << std::fixed << std::setprecision(3);
    // (a) A coalition is worth the subscriptions that need no other channel.
    auto const inside = att::fit(journeys, att::shapley(&click::channel));
    for (auto const& effect : inside.effects())
        std::cout << effect.player << ": " << effect.conversions << " subscriptions\n";

    // (b) A coalition is worth the conversion rate of paths through exactly its channels. A channel
    // may do harm: negative values are shown, and here weigh nothing on single paths.
    auto const rate = att::fit(journeys, att::shapley(&click::channel, att::conversion_rate_game,
                                                      {.negative = att::negative_values::as_zero}));
    for (auto const& effect : rate.effects())
        std::cout << effect.player << ": " << effect.conversions << " of the rate\n";
    for (auto const& row : att::attribute(journeys, rate, att::always, att::by(&click::channel)))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << " cents\n";
}

// SPDX-License-Identifier: BSL-1.0
// Count where the data is, add the counts, solve once: the same bytes as in one place.
#include "subscribers.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using paper::click, paper::records, paper::subscription;

int main() {
    auto const how = att::markov(&click::channel, {.order = 2});
    auto const end = att::until(date::sys_days{date::year{2026} / 3 / 31});
    auto const count = [&](records const& part) {
        return att::learn(att::join(att::conversions(part.subscriptions, &subscription::reader,
                                                     &subscription::on, &subscription::cents),
                                    att::touchpoints(part.clicks, &click::reader, &click::on)),
                          how, att::always, end);
    };

    auto const all = paper::march();
    records east;
    records west;
    for (auto const& one : all.clicks)
        (one.reader % 2 == 0 ? east : west).clicks.push_back(one);
    for (auto const& one : all.subscriptions)
        (one.reader % 2 == 0 ? east : west).subscriptions.push_back(one);

    auto counts = count(west);
    counts.merge(count(east));
    auto const merged = counts.solve();
    auto const whole = count(all).solve();

    std::cout << merged.card();
    bool same = true;
    for (std::size_t i = 0; i < whole.effects().size(); ++i)
        same = same && whole.effects()[i].conversions == merged.effects()[i].conversions;
    std::cout << (same ? "the same effects" : "other effects") << " as in one place\n";

    for (auto const& hop : merged.transitions())
        if (hop.to.what == att::markov_state<std::string>::kind::conversion) {
            for (auto const& channel : hop.from.channels)
                std::cout << channel << ' ';
            std::cout << "-> subscription: " << hop.count << " times, " << hop.probability << '\n';
        }
}

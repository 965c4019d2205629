// SPDX-License-Identifier: BSL-1.0
// What would have happened without any channel, what did the channels cause, and how soon does that fade?
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

    // Readers who did not subscribe were watched until the end of the month.
    auto const model = att::fit(sales, clicks, att::survival(&click::channel, date::days{1}),
                                att::always, att::until(date::sys_days{date::year{2026} / 3 / 31}));
    std::cout << std::fixed << std::setprecision(1);
    for (auto const& effect : model.effects())
        std::cout << effect.channel << ": caused " << effect.conversions
                  << " subscriptions, half of the effect is left after " << effect.half_life
                  << " days\n";
    std::cout << "anyway: " << model.baseline().conversions << " subscriptions\n\n";

    // The model weighs the clicks of a path by what each of them caused.
    for (auto const& row :
         att::attribute(sales, clicks, model, att::always, att::by(&click::channel)))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << " cents\n";
}

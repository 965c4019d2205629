// SPDX-License-Identifier: BSL-1.0
// What did channels cause? A table for a test in regions, and then the model, calibrated by what
// such tests measured.
#include "subscribers.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

namespace att = attribution;
using paper::click, paper::subscription;

int main() {
    auto const march = paper::march();
    auto const clicks = att::touchpoints(march.clicks, &click::reader, &click::on);
    auto const subscriptions = att::conversions(march.subscriptions, &subscription::reader,
                                                &subscription::on, &subscription::cents);
    auto const journeys = att::join(subscriptions, clicks);

    // For a test, readers are in regions that anyone can compute again. In some of these a channel is
    // switched off. Tools for such tests read location, date and value.
    auto const region = [](subscription const& one) {
        return "region " + std::to_string(att::partition_of(std::to_string(one.reader), 4));
    };
    auto const week = [](subscription const& one) {
        auto const first = date::sys_days{date::year{2026} / 3 / 1};
        return date::format("%F", one.on - (one.on - first) % date::days{7});
    };
    auto const by_region =
        att::attribute(journeys, att::linear, att::always, att::by(region, week));
    std::cout << "location,date,Y\n";
    for (auto const& row : by_region)
        std::cout << std::get<0>(row.key) << ',' << std::get<1>(row.key) << ',' << row.amount
                  << '\n';

    // What the tests measured, scaled up to all regions, with standard errors.
    std::vector<att::lift<std::string>> const measured{{"podcast", 290'000, 40'000},
                                                       {"search", 20'000, 50'000}};

    auto const report = att::attribute(journeys, att::linear, att::lookback(date::days{30}),
                                       att::with_intervals(att::by(&click::channel)));
    auto const table = att::calibrated(report, measured);

    std::cout << "\nchannel        the model  calibrated      95 %\n";
    for (auto const& row : table)
        std::cout << std::left << std::setw(15)
                  << row.key.value_or('(' + std::string{to_string(row.source)} + ')') << std::right
                  << std::setw(9) << row.by_model << std::setw(12) << row.amount << std::setw(10)
                  << row.low << " to " << row.high << '\n';
}

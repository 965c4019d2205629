// SPDX-License-Identifier: BSL-1.0
// What came back for the money, by channel and month?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>
#include <optional>

namespace att = attribution;
using shop::order, shop::touch;
using namespace date::literals;

struct cost {
    std::string channel;
    date::year_month month;
    long long cents;
};

std::vector<cost> const costs{
    {"search", 2026_y / 3, 1'000},    {"search", 2026_y / 3, 1'500},
    {"display", 2026_y / 3, 8'000},   {"newsletter", 2026_y / 3, 0},  // written in-house
    {"billboard", 2026_y / 3, 3'000},
};

void print(std::optional<double> ratio) {
    std::cout << std::setw(11);
    if (ratio)
        std::cout << *ratio;
    else
        std::cout << "undefined";
}

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    auto const spend = att::spending(costs, &cost::channel, &cost::month, &cost::cents);
    auto const table =
        att::attribute(orders, touches, att::linear, att::lookback(date::days{30}),
                       att::return_on_ad_spend(spend, &touch::channel, att::month_of(&touch::at)));

    std::cout << std::fixed << std::setprecision(2)
              << "channel           spend   value  cost/order        ROI       ROAS\n";
    for (auto const& row : table) {
        std::cout << std::left << std::setw(15) << row.channel.value_or("(unattributed)")
                  << std::right << std::setw(8) << row.spend << std::setw(8) << row.amount;
        std::cout << ' ';
        print(row.cost_per_conversion());
        print(row.roi());
        print(row.roas());
        std::cout << '\n';
    }
    std::cout << "total: " << table.total().spend << " spent, " << table.total().amount
              << " came back\n";
}

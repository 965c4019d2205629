// SPDX-License-Identifier: BSL-1.0
// Add up where the data is, send the sums as bytes, merge them: the same report as in one place.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <string>

namespace att = attribution;
using shop::touch, shop::order;

int main() {
    auto const groups = att::by(&touch::channel);
    att::configuration const how{.model = "linear", .policy = "30 days", .grouping = "channel"};
    auto const attributed = [&](auto const& orders, auto const& log) {
        auto const journeys =
            att::join(att::conversions(orders, &order::user, &order::at, &order::cents),
                      att::touchpoints(log, &touch::user, &touch::at));
        auto sums = groups.bind(journeys.conversions(), journeys.touchpoints());
        att::attribute(journeys, att::linear, att::lookback(date::days{30}), sums);
        return sums;
    };
    auto const customers_of = [](std::size_t machine, auto records) {
        std::erase_if(records,
                      [&](auto const& one) { return att::partition_of(one.user, 2) != machine; });
        return records;
    };

    auto const orders_there = customers_of(1, shop::book);
    auto const log_there = customers_of(1, shop::log);
    std::string const sent = att::to_bytes(attributed(orders_there, log_there), how);

    auto const orders_here = customers_of(0, shop::book);
    auto const log_here = customers_of(0, shop::log);
    auto sums = attributed(orders_here, log_here);
    att::merge_bytes(sums, sent, how);
    for (auto const& row : sums.finish())
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';

    auto const everything = att::to_bytes(attributed(shop::book, shop::log), how);
    std::cout << (att::to_bytes(sums, how) == everything ? "the same" : "other")
              << " bytes as in one place\n";

    auto other = how;
    other.policy = "90 days";
    try {
        att::merge_bytes(sums, sent, other);
    } catch (att::partial_error const& error) {
        std::cout << error.what() << '\n';
    }
}

// SPDX-License-Identifier: BSL-1.0
// Orders in euros, dollars and yen: totals for each, and then all in euros, to the cent.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <cstdint>
#include <iostream>
#include <map>
#include <numeric>
#include <stdexcept>

namespace att = attribution;
using shop::day, shop::touch;

namespace {

struct order {
    std::string user;
    date::sys_seconds at;
    std::int64_t units;  // cents; yen have none
    std::string currency;
    std::int64_t euro_cents = 0;
};

/// What 1 euro cost on a day, in 1/10'000, as a central bank publishes it.
struct rates {
    std::int64_t dollars;
    std::int64_t yen;
};
std::map<date::sys_days, rates> const published{
    {date::sys_days{date::year{2026} / 3 / 6}, {10'834, 1'623'500}},
    {date::sys_days{date::year{2026} / 3 / 8}, {10'791, 1'618'700}},
    {date::sys_days{date::year{2026} / 3 / 9}, {10'912, 1'605'100}},
};

/// In millionths of a euro: whole numbers, so that every machine has the same.
std::int64_t millionths(order const& o) {
    auto const& [dollars, yen] = published.at(date::floor<date::days>(o.at));
    if (o.currency == "USD")
        return o.units * 10'000 * 10'000 / dollars;
    return o.currency == "JPY" ? o.units * 1'000'000 * 10'000 / yen : o.units * 10'000;
}

}  // namespace

int main() {
    std::vector<order> book{
        {"ann", day(3, 9, 13), 10'000, "USD"}, {"ann", day(3, 9, 14), 2'599, "EUR"},
        {"bob", day(3, 8, 11), 12'480, "JPY"}, {"bob", day(3, 8, 12), 4'999, "USD"},
        {"dan", day(3, 6, 12), 4'000, "EUR"},  {"eve", day(3, 8), 3'980, "JPY"},
    };
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::units);

    auto const report =
        att::attribute(orders, touches, att::linear, att::lookback(date::days{30}),
                       att::by(&touch::channel, att::in_currency(&order::currency)));

    for (auto const& [currency, total, unattributed] : report.totals())
        std::cout << currency << ' ' << total << ", of which nobody earned " << unattributed
                  << '\n';
    try {
        std::cout << report.total() << '\n';
    } catch (std::domain_error const& refused) {
        std::cout << refused.what() << '\n';
    }

    // Converted before attribution. Rounded one by one, the orders would make a cent too many.
    std::vector<std::int64_t> exact;
    for (auto const& one : book)
        exact.push_back(millionths(one));
    auto const cents = att::round_together(exact, 10'000);
    for (std::size_t row = 0; row < book.size(); ++row)
        book[row].euro_cents = cents[row] / 10'000;

    auto const euros = att::conversions(book, &order::user, &order::at, &order::euro_cents);
    auto const table = att::attribute(euros, touches, att::linear, att::lookback(date::days{30}),
                                      att::by(&touch::channel));

    std::cout << "in cents of euros\n";
    for (auto const& row : table)
        std::cout << "  " << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    std::cout << "  in all " << table.total() << " of "
              << std::accumulate(exact.begin(), exact.end(), std::int64_t{0}) << " millionths\n";
}

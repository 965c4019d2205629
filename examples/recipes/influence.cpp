// SPDX-License-Identifier: BSL-1.0
// Which channels had a part in which orders, how long does it take, by which paths?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto const journeys =
        att::join(att::conversions(shop::book, &order::user, &order::at, &order::cents),
                  att::touchpoints(shop::log, &touch::user, &touch::at));
    auto const window = att::lookback(date::days{30});

    auto const influence = att::influence(journeys, window, &touch::channel);

    std::cout << "channel     influenced  assisted      last      sole\n";
    for (auto const& row : influence)
        std::cout << std::left << std::setw(12) << row.key << std::right << std::setw(10)
                  << row.influenced.amount << std::setw(10) << row.assisted.amount << std::setw(10)
                  << row.last.amount << std::setw(10) << row.sole.amount << '\n';
    std::cout << "The rows overlap: together they are " << influence.reached().amount << " from "
              << influence.reached().conversions << " orders.\n\n";

    auto const figures = att::path_statistics(journeys, window);
    std::cout << "touches per path: mean " << figures.length.mean() << ", at most "
              << figures.length.largest() << '\n'
              << "first touch to order: median "
              << date::floor<date::days>(figures.first_lag.median()).count()
              << " days, 9 in 10 within "
              << date::ceil<date::days>(figures.first_lag.quantile(9, 10)).count() << " days\n\n";

    for (auto const& row :
         att::top_paths(journeys, window, &touch::channel, 3, att::repeats::collapse)) {
        std::cout << row.conversions.conversions << " order, " << row.conversions.amount << ": ";
        for (auto const& channel : row.sequence)
            std::cout << (&channel == &row.sequence.front() ? "" : " > ") << channel;
        std::cout << '\n';
    }
}

// SPDX-License-Identifier: BSL-1.0
// The warehouse has counted paths already: learn from those. And how far back should a chain look?
#include <attribution/attribution.hpp>

#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

namespace att = attribution;

struct counted {
    std::string path;
    int conversions;
    double revenue;
    int lost;
};

int main() {
    std::vector<counted> const table{
        {"search", 30, 900, 400},
        {"social > search", 20, 700, 300},
        {"search > social", 5, 150, 200},
        {"podcast > search", 60, 2'400, 90},
        {"social > podcast > search", 40, 1'500, 60},
        {"display > display > search", 4, 100, 150},
        {"social > search > social", 2, 50, 180},
    };
    auto const rows = att::aggregated_paths(
        table, [](counted const& row) { return att::split_path(row.path); }, &counted::conversions,
        &counted::revenue, &counted::lost);

    std::cout << std::fixed << std::setprecision(3);
    auto const choice = att::choose_order(rows, att::markov(), 3);
    for (auto const& one : choice.orders)
        std::cout << "order " << one.order << ": area " << one.auc << ", penalised "
                  << one.penalized_auc << ", validated " << one.validated_auc << '\n';
    std::cout << "best: " << choice.best << '\n';

    auto const learned = att::fit(rows, att::markov({}, {.order = choice.best}));
    for (auto const& effect : learned.effects())
        std::cout << effect.channel << ": " << effect.credited_conversions << " conversions, "
                  << effect.credited_value << " revenue\n";
}

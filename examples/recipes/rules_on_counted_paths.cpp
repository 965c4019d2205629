// SPDX-License-Identifier: BSL-1.0
// The warehouse has counted paths, without customers or times. Rules work on those, too.
#include <attribution/attribution.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace att = attribution;

struct counted {
    int id;
    std::string path;
    long long cents;
};
struct step {
    int path;
    int place;  // stands for the time
    std::string channel;
};

int main() {
    std::vector<counted> const table{{1, "search", 90'000},
                                     {2, "social > search", 70'000},
                                     {3, "podcast > social > search", 150'001}};
    std::vector<step> steps;
    for (auto const& one : table)
        for (auto const& channel : att::split_path(one.path))
            steps.push_back({one.id, static_cast<int>(steps.size()), std::string{channel}});

    auto const end = [](counted const&) { return 1'000'000'000; };
    auto const report = att::attribute(
        att::conversions(table, &counted::id, end, &counted::cents),
        att::touchpoints(steps, &step::path, &step::place),
        att::models(att::first_touch, att::linear, att::position_based(), att::last_touch),
        att::always, att::by(&step::channel));
    std::cout << "channel: first, linear, position-based, last\n";
    for (auto const& row : report)
        if (row.attributed)
            std::cout << *row.key << ": " << row[0].amount << ' ' << row[1].amount << ' '
                      << row[2].amount << ' ' << row[3].amount << '\n';
}

// SPDX-License-Identifier: BSL-1.0
// 3,000 leads after three touchpoints each. Each is one, and cannot be cut in three.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <string>

namespace att = attribution;
using shop::day, shop::touch;

namespace {

struct lead {
    std::string id;
    std::string user;
    date::sys_seconds at;
    int count;
};

}  // namespace

int main() {
    std::vector<touch> log;
    std::vector<lead> leads;
    for (int i = 0; i < 3'000; ++i) {
        auto const user = std::to_string(i);
        log.push_back({user, day(3, 1), "search", shop::kind::click, false});
        log.push_back({user, day(3, 2), "newsletter", shop::kind::click, false});
        log.push_back({user, day(3, 3), "social", shop::kind::click, false});
        leads.push_back({"lead " + user, user, day(3, 9), 1});
    }
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const counts = att::conversions(leads, &lead::user, &lead::at, &lead::count);

    auto const both = att::models(att::linear, att::fair_ties(att::linear, &lead::id));
    for (auto const& row :
         att::attribute(counts, touches, both, att::always, att::by(&touch::channel)))
        std::cout << row.key.value_or("(unattributed)") << ": " << row[0].amount << ", fair "
                  << row[1].amount << '\n';
}

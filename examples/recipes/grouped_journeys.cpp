// SPDX-License-Identifier: BSL-1.0
// Journeys that arrive grouped, each with its touches inside, as nested JSON has them.
#include <attribution/attribution.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct touch {
    int minute;
    std::string channel;
};
struct journey {
    int id;
    int minute;
    long cents;
    std::vector<touch> touches;
};

std::vector<journey> const journeys{{1, 90, 3'000, {{10, "search"}, {80, "mail"}}},
                                    {2, 45, 1'000, {}},
                                    {3, 70, 5'000, {{65, "social"}, {72, "mail"}, {20, "search"}}}};

}  // namespace

int main() {
    auto const seen = att::nested(journeys, &journey::touches);
    auto const report = att::attribute(
        att::conversions(journeys, &journey::id, &journey::minute, &journey::cents),
        att::touchpoints(seen, att::of_link(&journey::id), att::of_record(&touch::minute)),
        att::linear, att::lookback(60), att::by(att::of_record(&touch::channel)));
    for (auto const& row : report)
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
}

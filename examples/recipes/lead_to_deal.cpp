// SPDX-License-Identifier: BSL-1.0
// Which touchpoints moved a deal on? W-shaped: the first one, the one that made a lead, the one
// that made an opportunity.
#include <attribution/attribution.hpp>

#include <date/date.h>

#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using namespace date::literals;

struct visit {
    std::string account;
    date::sys_days on;
    std::string campaign;
    bool filled_in_form;
};

struct deal {
    std::string account;
    date::sys_days closed;
    long long dollars;
    std::optional<date::sys_days> opportunity;
};

std::vector<visit> const visits{
    {"acme", 2026_y / 1 / 5, "trade fair", false},  {"acme", 2026_y / 1 / 20, "webinar", true},
    {"acme", 2026_y / 2 / 2, "newsletter", false},  {"acme", 2026_y / 2 / 10, "demo", false},
    {"acme", 2026_y / 3 / 1, "newsletter", false},  {"bolt", 2026_y / 2 / 1, "search", true},
    {"bolt", 2026_y / 2 / 14, "newsletter", false},
};

std::vector<deal> const deals{
    {"acme", 2026_y / 3 / 15, 100'000, 2026_y / 2 / 12},
    {"bolt", 2026_y / 3 / 1, 20'000, std::nullopt},  // straight to the order
};

int main() {
    // A milestone is a predicate of a touchpoint, or the latest one when something happened.
    auto const journey = att::w_shaped(&visit::filled_in_form, att::reached_at(&deal::opportunity));

    auto const ledger =
        att::attribute(att::conversions(deals, &deal::account, &deal::closed, &deal::dollars),
                       att::touchpoints(visits, &visit::account, &visit::on), journey);

    for (auto const& credit : ledger) {
        auto const& what = ledger.touchpoint(credit);
        std::cout << what.account << ", " << what.campaign << ": " << credit.amount << '\n';
    }
}

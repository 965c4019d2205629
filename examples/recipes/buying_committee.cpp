// SPDX-License-Identifier: BSL-1.0
// Contacts visit, accounts buy. Which campaign won the deal, and whom did it win over? The bridge says who has
// which role in which deal.
#include <attribution/attribution.hpp>

#include <date/date.h>

#include <iostream>
#include <string>
#include <vector>

namespace att = attribution;
using namespace date::literals;

namespace {

struct visit {
    std::string contact;
    date::sys_days on;
    std::string campaign;
};
struct role {
    std::string contact;
    std::string deal;
    std::string title;
};
struct deal {
    std::string id;
    date::sys_days won;
    long dollars;
};

std::vector<visit> const visits{{"ann", 2026_y / 1 / 5, "trade fair"},
                                {"bob", 2026_y / 1 / 9, "webinar"},
                                {"ann", 2026_y / 2 / 1, "demo"},
                                {"eve", 2026_y / 2 / 3, "newsletter"},
                                {"bob", 2026_y / 2 / 20, "newsletter"}};
std::vector<role> const roles{{"ann", "acme press", "buyer"},
                              {"bob", "acme press", "user"},
                              {"ann", "acme service", "buyer"}};
std::vector<deal> const deals{{"acme press", 2026_y / 3 / 1, 90'000},
                              {"acme service", 2026_y / 3 / 9, 10'000}};

}  // namespace

int main() {
    // Each visit once for each deal in which its contact has a role: `record` is the visit, `link` the role.
    auto const seen = att::bridged(visits, &visit::contact, att::bridge(roles, &role::contact));
    auto const touches =
        att::touchpoints(seen, att::of_link(&role::deal), att::of_record(&visit::on));
    auto const won = att::conversions(deals, &deal::id, &deal::won, &deal::dollars);

    // A buyer's visit weighs twice.
    auto const model = [](auto const& path, att::weights weight) {
        for (std::size_t i = 0; i < path.size(); ++i)
            weight[i] = path[i].touchpoint().link.title == "buyer" ? 2 : 1;
    };
    auto const report =
        att::attribute(won, touches, model, att::lookback(date::days{90}),
                       att::by(att::of_record(&visit::campaign), att::of_link(&role::title)));
    for (auto const& row : report)
        std::cout << std::get<0>(row.key).value_or("(unattributed)") << ", "
                  << std::get<1>(row.key).value_or("nobody") << ": " << row.amount << '\n';

    for (auto const row : seen.unlinked())
        std::cout << visits[row].contact << " has no role: " << visits[row].campaign << '\n';
}

// SPDX-License-Identifier: BSL-1.0
// Who are the visitors that nobody has recognised?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::order, shop::touch;

int main() {
    std::vector<touch> const log{
        {"ann", day(3, 1), "search", shop::kind::click, false},
        {"", day(3, 2), "display", shop::kind::view, false},
        {"", day(3, 3), "display", shop::kind::view, false},
        {"(not set)", day(3, 3), "video", shop::kind::view, false},
    };
    std::vector<order> const book{{"ann", day(3, 4), 6'000, "retail"},
                                  {"", day(3, 4), 4'000, "retail"}};

    auto const print = [&](char const* what, auto user_of_touch, auto user_of_order) {
        std::cout << what << '\n';
        for (auto const& row :
             att::attribute(att::conversions(book, user_of_order, &order::at, &order::cents),
                            att::touchpoints(log, user_of_touch, &touch::at), att::linear,
                            att::always, att::by(&touch::channel)))
            std::cout << "  " << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    };
    print("an empty user is a user like any other", &touch::user, &order::user);
    print("an empty user is nobody", att::present(&touch::user), att::present(&order::user));

    // The words that mean nothing are yours to say. Ids that stand for many show in a validation.
    auto const user = att::present(
        &touch::user, [](std::string const& id) { return id.empty() || id == "(not set)"; });
    auto const findings =
        att::validate(log, att::rules(att::required("user", user),
                                      att::plausible_share("user", &touch::user, 0.3, 2)));
    for (auto const& each : findings) {
        std::cout << each.rule << ": " << each.count << '\n';
        for (auto const& note : each.notes)
            std::cout << "  " << note << '\n';
    }
}

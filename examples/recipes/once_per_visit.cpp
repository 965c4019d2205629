// SPDX-License-Identifier: BSL-1.0
// A form is sent three times in one visit. Is that one lead?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::touch;

namespace {

struct lead {
    std::string user;
    date::sys_seconds at;
    std::string visit;
};

}  // namespace

int main() {
    std::vector<touch> const clicks{{"ann", day(3, 1, 9), "search", shop::kind::click, false},
                                    {"bob", day(3, 2, 9), "newsletter", shop::kind::click, false}};
    std::vector<lead> const sent{{"ann", day(3, 1, 10), "v1"},
                                 {"ann", day(3, 1, 11), "v1"},
                                 {"bob", day(3, 2, 10), "v2"},
                                 {"ann", day(3, 8, 10), "v3"}};
    auto const all = att::conversions(sent, &lead::user, &lead::at);
    auto const touches = att::touchpoints(clicks, &touch::user, &touch::at);

    auto const leads = att::counted(all, att::once_per(&lead::visit));
    for (auto const& row :
         att::attribute(leads, touches, att::last_touch, att::always, att::by(&touch::channel)))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    for (auto const& one : leads.not_counted())
        std::cout << "row " << one.row << " does not count: row " << one.because << " did\n";
}

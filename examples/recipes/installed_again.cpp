// SPDX-License-Identifier: BSL-1.0
// An app is deleted and installed again. Is that a new install, and whose?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::touch;

namespace {

struct install {
    std::string user;
    date::sys_seconds at;
};

}  // namespace

int main() {
    std::vector<touch> const clicks{{"ann", day(1, 1, 11), "search", shop::kind::click, false},
                                    {"ann", day(3, 1, 11), "display", shop::kind::click, false},
                                    {"ann", day(4, 11, 11), "social", shop::kind::click, false}};
    std::vector<install> const all{
        {"ann", day(1, 1)}, {"ann", day(3, 1)}, {"ann", day(4, 11)}, {"bob", day(4, 12)}};
    auto const touches = att::touchpoints(clicks, &touch::user, &touch::at);

    // Within 90 days of the last install that counted, it is no new install.
    auto const installs = att::counted(att::conversions(all, &install::user, &install::at),
                                       att::cooldown(date::days{90}));
    auto const audit =
        att::explain(installs, touches, att::last_touch, att::lookback(date::days{7}));
    for (auto const& row : audit.credits() | att::by(&touch::channel))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.conversions << '\n';
    for (auto const& one : audit.conversion_counts())
        std::cout << one.count << " " << one.text << '\n';
}

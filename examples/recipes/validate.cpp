// SPDX-License-Identifier: BSL-1.0
// Can these records be trusted? Rules are values; your own stand beside ours.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <vector>

namespace att = attribution;
using shop::order, shop::touch;

int main() {
    auto log = shop::log;  // an export as exports are: a row twice, a user missing
    log.push_back(log.front());
    log.push_back({"", shop::day(3, 5), "search", shop::kind::click, false});

    auto const joined =
        att::join(att::conversions(shop::book, &order::user, &order::at, &order::cents),
                  att::touchpoints(log, &touch::user, &touch::at));

    auto const findings = att::validate(
        log, att::rules(
                 att::required("user", &touch::user),
                 att::unique("touch",
                             [](touch const& t) {
                                 return std::pair{t.user, t.at};
                             }),
                 att::known("user", &touch::user, shop::book, &order::user),
                 att::not_before("time", &touch::at, shop::day(1, 1)),
                 att::not_after("time", &touch::at, shop::day(4, 30)),
                 att::must("views are not direct",
                           [](touch const& t) { return !t.direct || t.how == shop::kind::click; }),
                 att::inside_some_window("touch", joined, att::lookback(date::days{30}))));

    std::cout << findings;
}

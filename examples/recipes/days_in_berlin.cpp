// SPDX-License-Identifier: BSL-1.0
// Calendar days where the shop is, through the night in which its clocks change.
// Link date::date-tz: in CMake find_package(date), by hand -ldate-tz.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <date/tz.h>

#include <iostream>
#include <string_view>
#include <tuple>

namespace att = attribution;
using shop::order, shop::touch;

struct berlin {
    date::time_zone const* zone = date::locate_zone("Europe/Berlin");

    auto to_local(auto at) const { return zone->to_local(at); }
    auto to_sys(auto at) const { return zone->to_sys(at, date::choose::earliest); }
    auto made_of() const { return std::tuple{std::string_view{"Europe/Berlin"}}; }
};

int main() {
    auto const in_berlin = [](int day, int hour, int minute) {
        auto const local = date::local_days{date::year{2026} / 3 / day} + std::chrono::hours{hour} +
                           std::chrono::minutes{minute};
        return berlin{}.to_sys(date::local_seconds{local});
    };
    // In the night to 29 March 2026 the clocks were put forward: that day had 23 hours.
    std::vector<touch> const log{{"ann", in_berlin(27, 23, 59), "search", shop::kind::click, false},
                                 {"ann", in_berlin(28, 0, 0), "display", shop::kind::click, false},
                                 {"ann", in_berlin(28, 17, 30), "mail", shop::kind::click, false},
                                 {"ann", in_berlin(29, 0, 0), "social", shop::kind::click, false}};
    std::vector<order> const book{{"ann", in_berlin(29, 18, 0), 9'000, "retail"}};

    auto const print = [&](char const* what, auto const& window) {
        std::cout << what << ':';
        auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);
        for (auto const& credit : att::attribute(
                 orders, att::touchpoints(log, &touch::user, &touch::at), att::linear, window))
            std::cout << ' ' << log[credit.touchpoint].channel;
        std::cout << '\n';
    };
    auto const one_day = att::calendar_lookback(date::days{1}, berlin{});
    print("24 hours", att::lookback(date::days{1}));
    print("since the same time of yesterday", one_day);
    print("today and yesterday", one_day.from_midnight());
    print("today", att::calendar_lookback(date::days{0}, berlin{}).from_midnight());
}

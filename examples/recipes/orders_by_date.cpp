// SPDX-License-Identifier: BSL-1.0
// The orders have dates, the clicks have times. Which clicks came before an order?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <date/date.h>

#include <iostream>

namespace att = attribution;
using namespace std::chrono_literals;
using shop::touch;

namespace {

struct dated_order {
    std::string user;
    date::year_month_day date;
    int cents;
};

}  // namespace

int main() {
    auto const day = date::sys_days{date::year{2026} / 3 / 5};
    std::vector<touch> const log{{"ann", day + 9h, "search", shop::kind::click, false},
                                 {"ann", day + 33h, "newsletter", shop::kind::click, false}};
    std::vector<dated_order> const book{{"ann", day, 6'000}};
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const midnight = [](dated_order const& o) { return date::sys_days{o.date}; };

    auto const print = [&](char const* what, auto time) {
        std::cout << what << '\n';
        auto const orders = att::conversions(book, &dated_order::user, time, &dated_order::cents);
        for (auto const& row : att::attribute(orders, touches, att::last_touch, att::always,
                                              att::by(&touch::channel)))
            std::cout << "  " << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    };
    print("a date is its midnight", midnight);
    print("at the end of its day", att::end_of_day(&dated_order::date));

    // A validation tells that this is needed.
    auto const joined = att::join(
        att::conversions(book, &dated_order::user, midnight, &dated_order::cents), touches);
    for (auto const& each : att::validate(book, att::with_time_of_day("time", joined)))
        std::cout << each.rule << ": " << each.count << " of " << each.checked << ", " << each.text
                  << '\n';
}

// SPDX-License-Identifier: BSL-1.0
// A visitor clicks, logs in days later, and buys: the clicks before are the customer's.
#include <attribution/attribution.hpp>

#include <date/date.h>

#include <chrono>
#include <iostream>
#include <string>

namespace att = attribution;
using namespace std::chrono_literals;

struct touch {
    std::string id;
    std::string user;
    date::sys_seconds at;
    std::string channel;
};
struct order {
    std::string id;
    std::string user;
    date::sys_seconds at;
    long long cents;
};

int main() {
    auto const noon = [](int day) { return date::sys_days{date::year{2026} / 3 / day} + 12h; };
    auto desk = att::live(
        att::conversion_stream<order>(&order::user, &order::at, &order::id, &order::cents),
        att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::id), att::linear,
        att::lookback(date::days{30}), att::allowed_lateness(1h));
    auto const publish = [&](att::credit<long long> const& earned) {
        std::cout << desk.conversion(earned).id << ": " << earned.amount << " to "
                  << (earned.attributed() ? desk.touchpoint(earned).channel : "nobody") << '\n';
    };

    desk.touch({"t1", "visitor 7", noon(1), "search"});
    desk.touch({"t2", "ann", noon(2), "mail"});
    desk.convert({"o1", "ann", noon(3), 1'000});
    desk.advance(noon(4), publish);

    auto const what = desk.merge("visitor 7", "ann");  // she logs in
    std::cout << "moved: " << what.touchpoints
              << " touchpoint; too late for: " << what.credited_conversions << " order\n";

    desk.touch({"t3", "visitor 7", noon(4), "social"});  // her telephone still uses the old name
    desk.convert({"o2", "ann", noon(5), 9'000});
    desk.advance(noon(6), publish);
}

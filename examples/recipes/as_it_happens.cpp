// SPDX-License-Identifier: BSL-1.0
// Touches and orders one by one, late and twice; a restart in the middle; the same credits.
#include <attribution/attribution.hpp>

#include <date/date.h>

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

auto new_desk() {
    return att::live(
        att::conversion_stream<order>(&order::user, &order::at, &order::id, &order::cents),
        att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::id), att::linear,
        att::lookback(date::days{30}), att::allowed_lateness(1h));
}

int main() {
    auto const noon = [](int day) { return date::sys_days{date::year{2026} / 3 / day} + 12h; };

    auto desk = new_desk();
    auto const publish = [&](auto const& credit) {
        std::cout << desk.conversion(credit).id << ": " << credit.amount << " to "
                  << (credit.attributed() ? desk.touchpoint(credit).channel : "nobody") << '\n';
    };
    desk.touch({"t1", "ann", noon(1), "search"});
    desk.touch({"t3", "ann", noon(5), "mail"});
    desk.convert({"o1", "ann", noon(5) + 10min, 9'000});
    desk.touch({"t2", "ann", noon(5) - 30min, "display"});  // late, but within the hour
    desk.touch({"t2", "ann", noon(5) - 30min, "display"});  // delivered twice

    // The service stops here, and another goes on.
    auto const touch_form = att::members(&touch::id, &touch::user, &touch::at, &touch::channel);
    auto const order_form = att::members(&order::id, &order::user, &order::at, &order::cents);
    auto const snapshot = desk.snapshot(touch_form, order_form);
    desk = new_desk();
    desk.restore(snapshot, touch_form, order_form);

    std::cout << "nothing is certain yet\n";
    desk.advance(noon(6), publish);
    if (desk.touch({"t4", "ann", noon(2), "search"}) == att::arrival::late)
        std::cout << "t4 came too late\n";

    auto const seen = desk.counts();
    std::cout << seen.touchpoints << " touches, " << seen.duplicates << " repeated, "
              << seen.late_touchpoints << " late\n";
}

// SPDX-License-Identifier: BSL-1.0
// A policy of your own does all that the library's do: batch, reasons, a stream that forgets.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <date/date.h>

#include <iostream>
#include <string>
#include <string_view>

namespace att = attribution;
using shop::order, shop::touch;

/// Budgets are made for a quarter, so a touchpoint earns in its own quarter only.
struct same_quarter_policy : att::policy_tag {
    static std::string_view name() { return "same quarter"; }  // what `explain` calls it

    // What it admits: from the first day of the conversion's quarter to the conversion.
    template <class Anchor>
    auto window(Anchor const& about) const {
        return att::interval<typename Anchor::time_type>{earliest(about.at()), about.at()};
    }
    // What a stream may forget: no conversion at `at` or later reaches back before this.
    date::sys_seconds earliest(date::sys_seconds at) const {
        date::year_month_day const day{date::floor<date::days>(at)};
        auto const first_month = (static_cast<unsigned>(day.month()) - 1) / 3 * 3 + 1;
        return date::sys_days{day.year() / date::month{first_month} / 1};
    }
};
inline constexpr same_quarter_policy same_quarter{};

auto new_desk() {
    return att::live(
        att::conversion_stream<order>(&order::user, &order::at, &order::segment, &order::cents),
        att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::channel), att::linear,
        same_quarter && att::where(&touch::how, shop::kind::click));
}

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    // Why did nobody earn the order of April?
    auto const audit = att::explain(att::join(orders, touches), att::linear, same_quarter);
    for (std::size_t row = 0; row < shop::book.size(); ++row)
        std::cout << shop::book[row].user << ": " << audit.conversion_reason(row) << '\n';

    // The same policy in a service, which stops once and goes on elsewhere.
    auto desk = new_desk();
    auto const publish = [&](auto const& credit) {
        std::cout << credit.amount << " to "
                  << (credit.attributed() ? desk.touchpoint(credit).channel : "nobody") << '\n';
    };
    for (auto const& one : shop::log)
        desk.touch(one);
    for (auto const& one : shop::book)
        desk.convert(one);
    auto const held = [&](char const* when) {
        desk.tidy();
        std::cout << when << ": " << desk.counts().held_touchpoints << " touches held\n";
    };
    desk.advance(shop::day(3, 31), publish);
    held("end of March");

    att::configuration const how{.model = "linear", .policy = "clicks of the same quarter"};
    auto const touch_form =
        att::members(&touch::user, &touch::at, &touch::channel, &touch::how, &touch::direct);
    auto const order_form = att::members(&order::user, &order::at, &order::cents, &order::segment);
    auto const snapshot = desk.snapshot(how, touch_form, order_form);
    desk = new_desk();
    desk.restore(snapshot, how, touch_form, order_form);
    held("after a restart");

    desk.advance(shop::day(4, 2), publish);
    held("in April");
    desk.finish(publish);
}

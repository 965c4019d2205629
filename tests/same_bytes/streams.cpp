// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>

namespace same_bytes {

namespace {

auto new_desk() {
    return att::live(
        att::conversion_stream<order>(&order::user, &order::at, &order::number, &order::cents),
        att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::number),
        att::time_decay(date::days{7}), att::lookback(date::days{30}),
        att::allowed_lateness(date::days{1}));
}

}  // namespace

/// Half of a world flows, a snapshot is taken, and another desk goes on.
void streams() {
    over_worlds("credits of a stream and its snapshot", [](world one, digest& all) {
        auto const earlier = [](auto const& a, auto const& b) {
            return a.at < b.at || (a.at == b.at && a.number < b.number);
        };
        std::sort(one.log.begin(), one.log.end(), earlier);
        std::sort(one.book.begin(), one.book.end(), earlier);
        auto desk = new_desk();
        auto const take = [&](auto const& credit) {
            all.number(desk.conversion(credit).number);
            all.number(credit.attributed() ? desk.touchpoint(credit).number : -1);
            all.number(credit.amount);
        };
        std::size_t touched = 0;
        for (std::size_t i = 0; i < one.book.size(); ++i) {
            for (; touched < one.log.size() && !(one.book[i].at < one.log[touched].at); ++touched)
                desk.touch(one.log[touched]);
            desk.convert(one.book[i]);
            desk.advance(one.book[i].at, take);
            if (i != one.book.size() / 2)
                continue;
            att::configuration const how{.model = "time_decay"};
            auto const touch_form = att::members(&touch::number, &touch::user, &touch::at,
                                                 &touch::channel, &touch::usage);
            auto const order_form = att::members(&order::number, &order::user, &order::at,
                                                 &order::cents, &order::value, &order::region);
            auto const snapshot = desk.snapshot(how, touch_form, order_form);
            all.text(snapshot);
            desk = new_desk();
            desk.restore(snapshot, how, touch_form, order_form);
        }
        desk.finish(take);
    });
}

}  // namespace same_bytes

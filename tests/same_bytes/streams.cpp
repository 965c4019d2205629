// SPDX-License-Identifier: BSL-1.0
#include "messages.hpp"

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace same_bytes {

namespace {

auto sales() {
    return att::conversion_stream<order>(&order::user, &order::at, &order::number, &order::cents);
}
auto clicks() {
    return att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::number);
}
auto new_desk() {
    return att::live(sales(), clicks(), att::time_decay(date::days{7}),
                     att::lookback(date::days{30}), att::allowed_lateness(date::days{1}));
}

/// The records of a world as they happen, through a desk: `then(i, desk)` follows conversion i.
template <class Desk, class Take, class Then>
void flow(world one, std::size_t from, std::size_t to, Desk& desk, Take take, Then then) {
    auto const earlier = [](auto const& a, auto const& b) {
        return a.at < b.at || (a.at == b.at && a.number < b.number);
    };
    std::sort(one.log.begin(), one.log.end(), earlier);
    std::sort(one.book.begin(), one.book.end(), earlier);
    std::size_t touched = 0;
    for (std::size_t i = 0; i < to; ++i) {
        for (; touched < one.log.size() && !(one.book[i].at < one.log[touched].at); ++touched)
            if (i >= from)
                desk.touch(one.log[touched]);
        if (i < from)
            continue;
        desk.convert(one.book[i]);
        desk.advance(one.book[i].at, take);
        then(i);
    }
}

auto const how = att::configuration{.model = "time_decay", .policy = "30 days", .grouping = "none"};
auto const touch_form =
    att::members(&touch::number, &touch::user, &touch::at, &touch::channel, &touch::usage);
auto const order_form = att::members(&order::number, &order::user, &order::at, &order::cents,
                                     &order::value, &order::region);

template <class Desk>
auto to_text(Desk const& desk, std::string& text) {
    return [&](auto const& credit) {
        text += std::to_string(desk.conversion(credit).number) + ' ' +
                std::to_string(credit.attributed() ? desk.touchpoint(credit).number : -1) + ' ' +
                std::to_string(credit.amount) + '\n';
    };
}

auto const nothing = [](std::size_t) {};

/// The snapshot of a desk that has seen the first half of the conversions.
std::string of_first_half(world const& one) {
    auto desk = new_desk();
    std::string before;
    flow(one, 0, one.book.size() / 2, desk, to_text(desk, before), nothing);
    return desk.snapshot(how, touch_form, order_form);
}

/// Credits of the second half, by a desk that goes on from a snapshot.
std::string second_half(world const& one, std::string const& bytes) {
    auto desk = new_desk();
    desk.restore(bytes, how, touch_form, order_form);
    std::string credits = desk.snapshot(how, touch_form, order_form) == bytes ? "" : "other bytes";
    flow(one, one.book.size() / 2, one.book.size(), desk, to_text(desk, credits), nothing);
    desk.finish(to_text(desk, credits));
    return credits;
}

/// The same by a desk that was never interrupted.
std::string without_interruption(world const& one) {
    auto desk = new_desk();
    std::string credits;
    flow(one, 0, one.book.size(), desk, to_text(desk, credits), [&](std::size_t i) {
        if (i + 1 == one.book.size() / 2)
            credits.clear();
    });
    desk.finish(to_text(desk, credits));
    return credits;
}

/// Half of a world flows, a snapshot is taken, and another desk goes on.
void interrupted(world const& one, digest& all) {
    auto desk = new_desk();
    auto const take = [&](auto const& credit) {
        all.number(desk.conversion(credit).number);
        all.number(credit.attributed() ? desk.touchpoint(credit).number : -1);
        all.number(credit.amount);
    };
    flow(one, 0, one.book.size(), desk, take, [&](std::size_t i) {
        if (i != one.book.size() / 2)
            return;
        auto const bytes = desk.snapshot(how, touch_form, order_form);
        all.text(bytes);
        desk = new_desk();
        desk.restore(bytes, how, touch_form, order_form);
    });
    desk.finish(take);
}

/// In the order of the world, which is none: most records come late, and some orders twice.
void as_it_comes(world const& one, digest& all) {
    auto desks = att::sharded(3, [] {
        return att::live(sales(), clicks(), att::linear, att::since_previous_conversion,
                         att::at_once, att::keep_everything,
                         att::deduplicate_conversions(date::days{30}));
    });
    auto const take = [&](auto const& credit) {
        all.number(credit.amount);
        all.number(credit.share);
    };
    for (auto const& t : one.log)
        all.number(static_cast<int>(desks.touch(t)));
    for (auto o : one.book) {
        o.number /= 2;
        all.number(static_cast<int>(desks.convert(o, take)));
    }
    auto const seen = desks.counts();
    all.number(seen.duplicates);
    all.number(seen.late_conversions);
    all.number(seen.held_touchpoints);
}

/// Conversions that do not count and touchpoints that are used up, through three desks and a snapshot of
/// all of them.
void counted_and_capped(world const& one, digest& all) {
    auto const make = [] {
        return att::live(att::counted(sales(), att::cooldown(date::days{9}),
                                      att::once_per(&order::region, date::days{40})),
                         clicks(), att::linear,
                         att::credited_at_most(2, &order::region) && att::lookback(date::days{30}),
                         att::allowed_lateness(date::days{1}));
    };
    att::sharded desks{3, make};
    for (auto const& t : one.log)
        (void)desks.touch(t);
    for (std::size_t i = 0; i < one.book.size() / 2; ++i)
        (void)desks.convert(one.book[i]);
    auto const bytes = desks.snapshot(how, touch_form, order_form);
    all.text(bytes);
    att::sharded others{3, make};
    others.restore(bytes, how, touch_form, order_form);
    for (std::size_t i = one.book.size() / 2; i < one.book.size(); ++i)
        (void)others.convert(one.book[i]);
    others.finish([&](auto const& credit) {
        all.number(credit.amount);
        all.number(credit.share);
    });
    all.number(others.counts().not_counted);
}

/// Customers of three desks become one while the records come; the snapshot has their keys.
void merged(world one, digest& all) {
    auto const make = [] {
        return att::live(sales(), clicks(), att::linear,
                         att::lookback(date::days{30}) && att::since_previous_conversion);
    };
    att::sharded desks{3, make};
    for (auto const& t : one.log)
        (void)desks.touch(t);
    for (std::size_t i = 0; i < one.book.size(); ++i) {
        (void)desks.convert(one.book[i]);
        auto const what = desks.merge(one.book[i].user, one.book[i / 2].user);
        all.number(what.touchpoints);
        all.number(what.waiting_conversions);
    }
    auto const bytes = desks.snapshot(touch_form, order_form);
    all.text(bytes);
    att::sharded others{3, make};
    others.restore(bytes, touch_form, order_form);
    others.finish([&](auto const& credit) {
        all.number(credit.amount);
        all.number(credit.share);
    });
}

}  // namespace

message snapshot() {
    return {"a snapshot", of_first_half, second_half, without_interruption};
}

void streams() {
    over_worlds("credits of a stream and its snapshot", interrupted);
    over_worlds("credits of a stream at once, from three desks", as_it_comes);
    over_worlds("credits of a stream of what counts, from three desks", counted_and_capped);
    over_worlds("credits of a stream with merged keys, from three desks", merged);
}

}  // namespace same_bytes

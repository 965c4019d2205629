// SPDX-License-Identifier: BSL-1.0
// What is promised of a desk holds for records, keys and ids every operation of which fails in turn.
#include "faults/brittle.hpp"
#include "faults/desks.hpp"
#include "faults/everywhere.hpp"

#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;
using namespace faults;

namespace {

using tick = std::int64_t;
using code = brittle<tick>;

template <class Key>
struct touch {
    code id;
    std::optional<Key> user;
    tick at = 0;
    brittle<std::string> channel = {};
};
template <class Key>
struct sale {
    code id;
    std::optional<Key> user;
    tick at = 0;
    tick cents = 0;
    brittle<std::string> region = {};
};

template <class Key>
auto touch_stream() {
    return att::touchpoint_stream<touch<Key>>(&touch<Key>::user, watched(&touch<Key>::at),
                                              &touch<Key>::id);
}
template <class Key>
auto sale_stream() {
    return att::conversion_stream<sale<Key>>(&sale<Key>::user, watched(&sale<Key>::at),
                                             &sale<Key>::id, &sale<Key>::cents);
}
template <class Key, class... Options>
auto desk_of(Options... options) {
    return [=] {
        return att::live(sale_stream<Key>(), touch_stream<Key>(), att::linear,
                         att::lookback(tick{10}), options...);
    };
}

att::configuration const how{.model = "linear", .policy = "10 ticks"};

template <class Key>
auto touch_form() {
    return att::members(&touch<Key>::id, &touch<Key>::user, &touch<Key>::at, &touch<Key>::channel);
}
template <class Key>
auto sale_form() {
    return att::members(&sale<Key>::id, &sale<Key>::user, &sale<Key>::at, &sale<Key>::cents,
                        &sale<Key>::region);
}
template <class Key>
std::string snapshot_of(auto const& desk) {
    return desk.snapshot(how, touch_form<Key>(), sale_form<Key>());
}
template <class Key>
void restore(auto& desk, std::string const& bytes) {
    desk.restore(bytes, how, touch_form<Key>(), sale_form<Key>());
}

/// All that a desk says, and what a copy of it would go on to do.
template <class Key>
std::string look_at(auto const& desk, auto fresh) {
    restore<Key>(fresh, snapshot_of<Key>(desk));
    credits given;
    tick id = 1'000;
    for (tick const who : {1, 2, 3})
        for (tick const at : {6, 90})
            fresh.convert(sale<Key>{++id, Key{who}, at, 1'000}, keep_in(given, fresh));
    fresh.finish(keep_in(given, fresh));
    return show_counts(desk.counts()) + show(given);
}

/// Everything that can be told to a desk.
template <class Key>
void check(auto make_desk) {
    std::vector<touch<Key>> const journal{{1, Key{1}, 1}, {2, Key{1}, 2}, {3, Key{1}, 4},
                                          {4, Key{1}, 4}, {5, Key{2}, 3}, {6, Key{3}, 2}};
    std::vector<sale<Key>> const book{{1, Key{1}, 3, 1'000},
                                      {2, Key{1}, 5, -77},
                                      {3, Key{2}, 4, 101},
                                      {3, Key{1}, 5, 55},
                                      {4, Key{2}, 90, 5}};
    auto const look = [&](auto const& of) {
        return look_at<Key>(of.desk, make_desk()) + show(of.given);
    };
    auto const made = [&](std::size_t touch_count, std::size_t sale_count) {
        office of{make_desk()};
        for (std::size_t i = 0; i < touch_count; ++i)
            of.desk.touch(journal[i]);
        for (std::size_t i = 0; i < sale_count; ++i)
            of.desk.convert(book[i], of.sink());
        return of;
    };
    auto const taken = [&](char const* what, std::size_t touch_count, std::size_t sale_count,
                           auto call) {
        fails_everywhere(
            what, promise::as_before, [&] { return made(touch_count, sale_count); }, call, look);
    };
    auto const touching = [](touch<Key> const& one) {
        return [&one](auto& of) { of.desk.touch(one); };
    };
    auto const selling = [](sale<Key> const& one) {
        return [&one](auto& of) { of.desk.convert(one, of.sink()); };
    };
    touch<Key> const between{50, Key{1}, 3};
    touch<Key> const nobodys_touch{51, {}, 3};
    sale<Key> const early{50, Key{1}, 4, 9};
    sale<Key> const nobodys{52, {}, 4, 7};
    taken("a touch of a new customer", 0, 0, touching(journal[0]));
    taken("a touch of a known customer", 3, 0, touching(journal[3]));
    taken("a touch between others", 5, 0, touching(between));
    taken("a touch that was there", 6, 0, touching(journal[2]));
    taken("a touch of nobody", 6, 0, touching(nobodys_touch));
    taken("a conversion of a new customer", 0, 0, selling(book[0]));
    taken("a conversion of a known customer", 6, 1, selling(book[1]));
    taken("a conversion between others", 6, 2, selling(early));
    taken("a conversion that was there", 6, 3, selling(book[2]));
    taken("a conversion of nobody", 6, 3, selling(nobodys));
    taken("an id of another customer", 6, 3, selling(book[3]));
    taken("a snapshot", 6, 3, [](auto& of) { return snapshot_of<Key>(of.desk); });
    auto const whole = snapshot_of<Key>(made(6, 4).desk);
    taken("a restored snapshot", 2, 1, [&](auto& of) { restore<Key>(of.desk, whole); });

    auto const goes_on = [&](char const* what, auto call) {
        fails_everywhere(
            what, promise::goes_on, [&] { return made(6, 5); }, call, look);
    };
    goes_on("a watermark", [](auto& of) { of.desk.advance(50, of.sink()); });
    goes_on("the end", [](auto& of) { of.desk.finish(of.sink()); });
    fails_everywhere(
        "tidying", promise::goes_on,
        [&] {
            auto of = made(6, 5);
            of.desk.advance(13, of.sink());
            return of;
        },
        [](auto& of) { of.desk.tidy(); }, look);
    touch<Key> const last{53, Key{3}, 85};
    fails_everywhere(
        "a touch when much can be forgotten", promise::goes_on,
        [&] {
            auto of = made(6, 5);
            of.desk.advance(80, of.sink());
            return of;
        },
        touching(last),
        [&](auto& of) {
            of.desk.tidy();
            return look(of);
        });

    // A record that is late is handed over before it is counted.
    std::vector<tick> late;
    late.reserve(100);
    touch<Key> const too_late{54, Key{1}, 1};
    fails_everywhere(
        "a late touch", promise::as_before,
        [&] {
            auto of = made(6, 4);
            of.desk.advance(40, of.sink());
            of.desk.tidy();
            return of;
        },
        [&](auto& of) {
            of.desk.touch(too_late, watched([&](touch<Key> const& one) { return one.id.value; }));
        },
        look);
}

}  // namespace

TEST_CASE("brittle records: a desk that waits") {
    check<brittle<tick>>(desk_of<brittle<tick>>(att::allowed_lateness(tick{3})));
}

TEST_CASE("brittle records: a desk that credits at once") {
    check<brittle<tick>>(desk_of<brittle<tick>>(att::at_once));
}

TEST_CASE("brittle records: a desk that knows ids again") {
    using key = brittle<tick>;
    check<key>(desk_of<key>(att::deduplicate_conversions(tick{20})));
    check<key>(desk_of<key>(att::deduplicate_conversions(), att::at_once));
}

TEST_CASE("brittle records: keys that are only hashed, or only ordered") {
    using hashed = brittle<tick, found_by::hash>;
    using ordered = brittle<tick, found_by::order>;
    check<hashed>(desk_of<hashed>());
    check<ordered>(desk_of<ordered>());
}

TEST_CASE("brittle records: a desk whose policy's windows end later") {
    using key = brittle<tick>;
    auto const make = [] {
        return att::live(
            sale_stream<key>(), touch_stream<key>(), att::linear,
            att::between(&sale<key>::at, watched([](sale<key> const& s) { return s.at + 5; })) &&
                att::maximum_age(tick{10}));
    };
    check<key>(make);
}

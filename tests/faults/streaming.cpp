// SPDX-License-Identifier: BSL-1.0
#include "faults/desks.hpp"
#include "faults/everywhere.hpp"
#include "faults/records.hpp"

#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace faults;

namespace {

auto const policy = att::lookback(std::int64_t{10}) &&
                    att::where(watched([](touch const& t) { return t.id != 99; }));
auto const model = 0.5 * att::linear + 0.5 * watched_model{att::first_touch};
auto const touch_form = att::members(&touch::id, &touch::user, &touch::at, &touch::channel);
auto const sale_form = att::members(&sale::id, &sale::user, &sale::at, &sale::cents);
att::configuration const how{.model = "half and half", .policy = "10 ticks"};

auto touch_stream() {
    return att::touchpoint_stream<touch>(watched(&touch::user), watched(&touch::at),
                                         watched(&touch::id));
}
auto sale_stream() {
    return att::conversion_stream<sale>(watched(&sale::user), watched(&sale::at),
                                        watched(&sale::id), watched(&sale::cents));
}
auto settling() {
    return att::live(sale_stream(), touch_stream(), model, policy,
                     att::allowed_lateness(std::int64_t{3}));
}
auto at_once() {
    return att::live(sale_stream(), touch_stream(), model, policy, att::at_once);
}
/// What was credited before decides what is credited next.
auto remembering() {
    return att::live(sale_stream(), touch_stream(), model, policy && att::credited_at_most(2));
}
/// Keys that are only ordered are kept in another kind of book.
auto in_order() {
    return att::live(att::conversion_stream<sale>(watched(&sale::ordered), watched(&sale::at),
                                                  watched(&sale::id), watched(&sale::cents)),
                     att::touchpoint_stream<touch>(watched(&touch::ordered), watched(&touch::at),
                                                   watched(&touch::id)),
                     model, policy);
}

/// All that a desk says, and what a copy of it would go on to do.
std::string look_at(auto const& desk, auto fresh) {
    fresh.restore(desk.snapshot(how, touch_form, sale_form), how, touch_form, sale_form);
    credits given;
    std::int64_t id = 1'000;
    for (auto const& who : {ann, bob, eve})
        for (std::int64_t const at : {6, 90})
            fresh.convert(sold(++id, who, at, 1'000, north), keep_in(given, fresh));
    fresh.finish(keep_in(given, fresh));
    return show_counts(desk.counts()) + show(given);
}

/// Everything that can be told to a desk, at every state it has on the way.
template <class Make>
void check(Make make_desk) {
    auto const look = [&](auto const& of) {
        return look_at(of.desk, make_desk()) + show(of.given);
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
    auto const touching = [](touch const& one) { return [one](auto& of) { of.desk.touch(one); }; };
    auto const selling = [](sale const& one) {
        return [one](auto& of) { of.desk.convert(one, of.sink()); };
    };
    auto someone = journal[5];
    someone.user.reset();
    auto nobodys = book[0];
    nobodys.user.reset();
    taken("a touch of a new customer", 0, 0, touching(journal[0]));
    taken("a touch of a known customer", 3, 0, touching(journal[3]));
    taken("a touch between others", 5, 0, touching(touched(50, ann, 3, search)));
    taken("a touch that was there", 6, 0, touching(journal[2]));
    taken("a touch of nobody", 6, 0, touching(someone));
    taken("a conversion of a new customer", 0, 0, selling(book[0]));
    taken("a conversion of a known customer", 6, 1, selling(book[1]));
    taken("a conversion that was there", 6, 3, selling(book[2]));
    taken("a conversion of nobody", 6, 3, selling(nobodys));
    taken("a conversion with a sink that fails", 6, 1,
          [](auto& of) { of.desk.convert(book[1], watched([](auto const&) {})); });
    taken("a snapshot", 6, 3,
          [](auto& of) { return of.desk.snapshot(how, touch_form, sale_form); });
    auto const whole = made(6, 3).desk.snapshot(how, touch_form, sale_form);
    taken("a restored snapshot", 2, 1,
          [&](auto& of) { of.desk.restore(whole, how, touch_form, sale_form); });

    auto const goes_on = [&](char const* what, auto call) {
        fails_everywhere(
            what, promise::goes_on, [&] { return made(6, 4); }, call, look);
    };
    goes_on("a watermark", [](auto& of) { of.desk.advance(50, of.sink()); });
    goes_on("the end", [](auto& of) { of.desk.finish(of.sink()); });
    goes_on("tidying", [](auto& of) { of.desk.tidy(); });
    fails_everywhere(
        "a touch when much can be forgotten", promise::goes_on,
        [&] {
            auto of = made(6, 4);
            of.desk.advance(80, of.sink());
            return of;
        },
        touching(touched(51, eve, 85, letter)),
        [&](auto& of) {
            of.desk.tidy();
            return look(of);
        });
    fails_everywhere(
        "a watermark for a tally", promise::nothing,
        [&] {
            auto of = made(6, 4);
            auto sums = of.desk.bind(att::by(watched(&touch::channel)));
            return std::pair{std::move(of), std::move(sums)};
        },
        [](auto& both) { both.first.desk.advance(50, both.second); },
        [](auto const& both) { return show(both.second.finish()); });
}

}  // namespace

TEST_CASE("a desk that waits") {
    check(settling);
}

TEST_CASE("a desk that credits at once") {
    check(at_once);
}

TEST_CASE("a desk that remembers what it credited") {
    check([] { return remembering(); });
}

TEST_CASE("customers who are one") {
    auto const fill = [](auto& desks, auto const& sink) {
        for (auto const& one : journal)
            desks.touch(one);
        for (std::size_t i = 0; i < 3; ++i)
            desks.convert(book[i], sink);
    };
    auto const merging = [](char const* what, std::string const& into, auto make, auto look) {
        fails_everywhere(
            what, promise::as_before, make, [into](auto& of) { of.desk.merge(bob, into); }, look);
    };
    auto const filled = [&] {
        office of{settling()};
        fill(of.desk, of.sink());
        return of;
    };
    auto const look = [](auto const& of) { return look_at(of.desk, settling()) + show(of.given); };
    merging("of one desk, both known", ann, filled, look);
    merging("of one desk, the second one new", "a customer of whom nothing was known", filled,
            look);

    struct counter {
        att::sharded<decltype(settling())> desk{3, settling};
    };
    auto const filled_desks = [&] {
        counter of;
        fill(of.desk, [](auto const&) {});
        return of;
    };
    auto const look_at_all = [](auto& of) {
        std::string all;
        of.desk.for_each_desk([&](auto& desk) { all += look_at(desk, settling()); });
        return all;
    };
    merging("of three desks, both known", ann, filled_desks, look_at_all);
    merging("of three desks, the second one new", "a customer of whom nothing was known",
            filled_desks, look_at_all);
}

TEST_CASE("a desk of keys that are only ordered") {
    fails_everywhere(
        "a touch", promise::as_before,
        [] {
            office of{in_order()};
            of.desk.touch(journal[0]);
            of.desk.touch(journal[5]);
            return of;
        },
        [](auto& of) { of.desk.touch(journal[4]); },
        [](auto const& of) { return show_counts(of.desk.counts()); });
    fails_everywhere(
        "a stream", promise::nothing, [] { return office{in_order()}; },
        [](auto& of) {
            for (auto const& one : journal)
                of.desk.touch(one);
            for (auto const& one : book)
                of.desk.convert(one);
            of.desk.finish(of.sink());
        },
        [](auto const& of) { return show(of.given); });
}

TEST_CASE("sharded desks") {
    auto const make = [] {
        att::sharded desks{3, settling};
        for (auto const& one : journal)
            desks.touch(one);
        return desks;
    };
    auto const look = [](auto& desks) {
        std::string all;
        desks.for_each_desk([&](auto& desk) { all += look_at(desk, settling()); });
        return all;
    };
    fails_everywhere("making them", [] { return att::sharded{3, settling}.size(); });
    fails_everywhere(
        "a touch", promise::as_before, make,
        [](auto& desks) { desks.touch(touched(51, bob, 5, search)); }, look);
    fails_everywhere(
        "a conversion", promise::as_before, make, [](auto& desks) { desks.convert(book[2]); },
        look);
    fails_everywhere(
        "the end", promise::goes_on,
        [&] {
            auto desks = make();
            for (auto const& one : book)
                desks.convert(one);
            return desks;
        },
        [](auto& desks) { desks.finish([](auto const&) {}); }, look);
}

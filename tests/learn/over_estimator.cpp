// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/over_estimator.hpp>

#include "support/small_world.hpp"

#include <attribution/learn/choose_order.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/last.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;
using world::touch, world::sale, world::sales, world::touches;

namespace {

/// Customers 1, 2, ... with one path each, whether they converted at 100 or not.
world::records draw(support::random_numbers& random) {
    world::records drawn;
    auto const customers = random.between(2, 6);
    for (int user = 1; user <= customers; ++user) {
        std::int64_t at = 0;
        for (auto left = random.between(1, 7); left > 0; --left)
            drawn.log.push_back(
                {user, at += random.between(0, 5), static_cast<char>('a' + random.between(0, 2))});
        if (user == 1 || random.between(0, 1) == 0)
            drawn.book.push_back({user, 100, random.between(1, 900)});
    }
    return drawn;
}

/// The records without those that the selector does not choose from the path of their customer.
template <class Selector>
world::records by_hand(world::records const& from, Selector const& selector) {
    world::records all{from.log, {}};
    std::map<int, bool> customers;
    for (auto const& one : from.log)
        customers[one.user] = true;
    for (auto const& [user, is] : customers)
        all.book.push_back({user, 100, 1});
    std::vector<std::size_t> kept;
    auto const spy = [&](auto const& steps, att::weights w) {
        for (std::size_t i = 0; i < steps.size(); ++i)
            kept.push_back(steps[i].row());
        w[0] = 1;
    };
    world::credits(all, att::over(selector, spy));
    std::ranges::sort(kept);
    world::records shorter{{}, from.book};
    for (auto const row : kept)
        shorter.log.push_back(from.log[row]);
    return shorter;
}

auto learned(world::records const& from, auto const& how) {
    return att::learn(att::join(sales(from.book), touches(from.log)), how, att::always,
                      att::until(std::int64_t{100}));
}

att::configuration const how{.model = "m", .policy = "p"};

template <class Selector, class Estimator>
bool as_by_hand(world::records const& from, Selector const& selector, Estimator const& estimator) {
    auto const over = learned(from, att::over(selector, estimator));
    auto const hand = learned(by_hand(from, selector), estimator);
    auto const bytes = [](auto const& counts) {
        att::detail::byte_writer out;
        att::detail::write(out, counts.take_apart());
        return out.take();
    };
    if (bytes(over) != bytes(hand))
        return false;
    auto const model = over.solve();
    auto const other = hand.solve();
    return world::credits(from, model) == world::credits(from, att::over(selector, other)) &&
           model.effects().size() == other.effects().size();
}

constexpr auto channel = &touch::channel;

}  // namespace

TEST_CASE("law: what is learned over a selector is learned as if the rest never was") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const drawn = draw(random);
        auto const count = static_cast<std::size_t>(random.between(1, 3));
        auto const pause = random.between(0, 4);
        auto const holds = [&](auto const& estimator) {
            return as_by_hand(drawn, att::first_of_each(channel), estimator) &&
                   as_by_hand(drawn, att::runs(channel), estimator) &&
                   as_by_hand(drawn, att::last(count), estimator) &&
                   as_by_hand(drawn, att::sessions(pause, att::linear), estimator) &&
                   as_by_hand(drawn, att::preferred(att::where(channel, 'a')), estimator);
        };
        return holds(att::markov(channel, {.order = 2, .keep_repeats = true})) &&
               holds(att::shapley(channel));
    });
}

TEST_CASE("over selectors, one in the other, the outer chooses first") {
    world::records const from{{{1, 1, 'a'}, {1, 2, 'b'}, {1, 3, 'b'}, {1, 4, 'c'}}, {{1, 9, 60}}};
    auto const effects = [&](auto const& selected) {
        std::string channels;
        for (auto const& one : att::fit(sales(from.book), touches(from.log), selected).effects())
            channels += one.channel;
        return channels;
    };
    auto const runs = att::runs(channel);
    CHECK(effects(att::over(att::last(3), att::markov(channel))) == "bc");
    CHECK(effects(att::over(runs, att::over(att::last(3), att::markov(channel)))) == "abc");
    CHECK(effects(att::over(att::last(3), att::over(runs, att::markov(channel)))) == "bc");
}

TEST_CASE("where nothing is chosen, there is no path") {
    world::records const from{{{1, 1, 'a'}, {2, 2, 'b'}}, {{1, 9, 60}}};
    auto const no_b = [](auto const& steps, att::selection& chosen) {
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (steps[i].touchpoint().channel != 'b')
                chosen.push_back(i);
    };
    auto const model = att::fit(sales(from.book), touches(from.log),
                                att::over(no_b, att::over(att::last(1), att::markov(channel))));
    CHECK(model.card().pathless_customers == 1);
    CHECK(model.card().conversions == 1);
}

TEST_CASE("the card says over what was learned") {
    world::records const from{{{1, 1, 'a'}, {2, 2, 'b'}}, {{1, 9, 60}}};
    auto const model = att::fit(sales(from.book), touches(from.log),
                                att::over(att::last(3), att::markov(channel)));
    CHECK(model.card().more.front() == std::pair<std::string, std::string>{"paths over", "last 3"});
    CHECK(model.card().text().find("paths over") != std::string::npos);
    CHECK(model.inner.card().more.size() + 1 == model.card().more.size());
    CHECK(model.inner.transitions().size() == 4);
}

TEST_CASE("counts over different selectors do not mix") {
    world::records const from{{{1, 1, 'a'}, {2, 2, 'b'}}, {{1, 9, 60}}};
    auto counts = learned(from, att::over(att::last(3), att::markov(channel)));
    auto const other = learned(from, att::over(att::last(2), att::markov(channel)));
    auto const bare = learned(from, att::markov(channel));
    CHECK_THROWS_WITH_AS(counts.merge(other),
                         "over: counts over 'last 3' and over 'last 2' cannot be merged",
                         std::invalid_argument);
    CHECK_THROWS_AS(att::merge_bytes(counts, att::to_bytes(other, how), how), att::partial_error);
    CHECK_THROWS_AS(att::merge_bytes(counts, att::to_bytes(bare, how), how), att::partial_error);
    auto const before = att::to_bytes(counts, how);
    auto twice = counts;
    att::merge_bytes(twice, before, how);
    counts.merge(learned(from, att::over(att::last(3), att::markov(channel))));
    CHECK(att::to_bytes(twice, how) == att::to_bytes(counts, how));
    CHECK(att::to_bytes(counts, how) != before);
    CHECK(std::as_const(counts).counted_by().ends_with(", over last 3"));
    CHECK(std::move(counts).evidence().conversions == 2);
}

TEST_CASE("choose_order, over a selector") {
    world::records from;
    for (int user = 1; user <= 8; ++user) {
        from.log.push_back({user, 1, user % 2 == 0 ? 'a' : 'b'});
        from.log.push_back({user, 2, user % 2 == 0 ? 'a' : 'b'});
        from.log.push_back({user, 3, 'c'});
        if (user % 2 == 0)
            from.book.push_back({user, 9, 60});
    }
    auto const journeys = att::join(sales(from.book), touches(from.log));
    auto const by = att::over(att::runs(channel), att::markov(channel));
    CHECK(att::choose_order(journeys, by, att::always, 3).orders.size() == 3);
    CHECK(by.of_order(2).inner.options.order == 2);
}

TEST_CASE("an error of a path that did not convert names no conversion") {
    world::records const from{{{1, 1, 'a'}, {2, 2, 'n'}}, {{1, 9, 60}}};
    auto const number = [](touch const& t) {
        return t.channel == 'n' ? std::numeric_limits<double>::quiet_NaN() : 1.0;
    };
    CHECK_THROWS_WITH_AS(
        (void)learned(from, att::over(att::first_of_each(number), att::markov(channel))),
        "first_of_each: the value of touchpoint row 1 of a customer who never converted is not a "
        "number; name a value for such records in the projection",
        std::domain_error);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/additive_hazard.hpp>

#include "support/small_world.hpp"

#include <attribution/learn/fit.hpp>
#include <attribution/model/last.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace att = attribution;
using doctest::Approx;
using namespace std::chrono_literals;

namespace {

auto const how = att::additive_hazard(&world::touch::channel, 3);
auto const until = att::until(std::int64_t{40});

std::string bytes(auto const& model) {
    std::ostringstream text;
    text << model.card() << std::hexfloat;
    for (auto const& one : model.effects())
        text << one.channel << ' ' << one.strength << ' ' << one.half_life << ' ' << one.conversions
             << ' ' << one.value << '\n';
    return text.str();
}

/// What is learned, or why nothing is.
template <class Learn>
std::string learned(Learn learn) {
    try {
        return bytes(learn());
    } catch (att::fit_error const& error) {
        return error.what();
    }
}

struct timed {
    int user;
    std::chrono::sys_seconds at;
    char channel;
};
struct order {
    int user;
    std::chrono::sys_seconds at;
    double value;
};

/// Every user sees A at 0 and B at 6 hours; some convert at 7 hours or at 30.
std::pair<std::vector<timed>, std::vector<order>> hours() {
    std::pair<std::vector<timed>, std::vector<order>> all;
    std::chrono::sys_seconds const start{1'700'000'000s};
    for (int user = 0; user < 40; ++user) {
        all.first.push_back({user, start, 'A'});
        if (user % 2 == 0)
            all.first.push_back({user, start + 6h, 'B'});
        if (user % 5 == 0)
            all.second.push_back({user, start + (user % 10 == 0 ? 7h : 30h), 2.5});
    }
    return all;
}

}  // namespace

TEST_CASE("additive_hazard: strengths, half-lives and what is earned") {
    auto const [log, book] = hours();
    auto const touches = att::touchpoints(log, &timed::user, &timed::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::value);
    auto const end = att::until(log[0].at + 1000h);
    auto const m =
        att::fit(orders, touches, att::additive_hazard(&timed::channel), att::always, end);
    REQUIRE(m.effects().size() == 2);
    auto const& [a, b] = std::tie(m.effects()[0], m.effects()[1]);
    CHECK(a.conversions + b.conversions == Approx(8).epsilon(1e-12));
    CHECK(a.value + b.value == Approx(20).epsilon(1e-12));
    // B is an hour old at four conversions and never seen at any other: it does not outlast it.
    CHECK(b.half_life < 2);
    CHECK(b.strength >
          b.conversions / 20);  // of 20 touchpoints, 4 seen for an hour and a half only
    CHECK(b.strength < b.conversions / 16);
    CHECK(a.half_life > 2);
    CHECK(m.card().text().find("ages in units of      3600 s") != std::string::npos);
    CHECK(m.card().nulls == 32);

    // Seconds that are numbers, and another unit of the same length: the same but for the names.
    auto const as_number = [](auto const& one) { return one.at.time_since_epoch().count(); };
    auto const numbers = att::fit(att::conversions(book, &order::user, as_number, &order::value),
                                  att::touchpoints(log, &timed::user, as_number),
                                  att::additive_hazard(&timed::channel, 3600), att::always,
                                  att::until(as_number(log[0]) + 3'600'000));
    CHECK(numbers.effects()[1].half_life == b.half_life);
    auto const minutes =
        att::fit(orders, touches, att::additive_hazard(&timed::channel, 60min), att::always, end);
    CHECK(bytes(minutes) == bytes(m));

    // As a model: the parts of one path, in seconds of the same clock.
    auto const rows = att::attribute(orders, touches, m);
    double sum = 0;
    for (auto const& credit : rows)
        sum += credit.amount;
    CHECK(sum == Approx(20).epsilon(1e-12));
}

TEST_CASE(
    "law: additive_hazard: the same bytes in any order, from threads, merged, over the wire") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const drawn = world::draw(random);
        auto const learn = [&](world::records const& from, auto... threads) {
            return att::learn(threads..., world::sales(from.book), world::touches(from.log), how,
                              att::always, until);
        };
        auto const expected = learned([&] { return learn(drawn).solve(); });
        world::records shuffled;
        world::records parts[2];
        for (auto const& one : drawn.log) {
            auto const place = random.between(0, static_cast<int>(shuffled.log.size()));
            shuffled.log.insert(shuffled.log.begin() + place, one);
            parts[one.user % 2].log.push_back(one);
        }
        for (auto const& one : drawn.book) {
            shuffled.book.insert(shuffled.book.begin(), one);
            parts[one.user % 2].book.push_back(one);
        }
        auto merged = learn(parts[1]);
        merged.merge(learn(parts[0]));
        auto sent = how.counts<char, std::int64_t>();
        att::configuration const what{.model = "hazard", .policy = "always"};
        for (auto const& part : parts)
            att::merge_bytes(sent, att::to_bytes(learn(part), what), what);
        return learned([&] { return learn(shuffled).solve(); }) == expected &&
               learned([&] { return learn(drawn, att::parallel{3}).solve(); }) == expected &&
               learned([&] { return merged.solve(); }) == expected &&
               att::to_bytes(sent, what) == att::to_bytes(learn(drawn), what);
    });
}

TEST_CASE("law: additive_hazard: what channels earn adds up, and does not depend on their names") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto drawn = world::draw(random);
        auto const fit = [&] {
            return att::fit(world::sales(drawn.book), world::touches(drawn.log), how, att::always,
                            until);
        };
        try {
            auto const m = fit();
            double sum = 0;
            for (auto const& one : m.effects())
                sum += one.conversions;
            for (auto& one : drawn.log)
                one.channel = "dacb"[one.channel - 'a'];
            auto const renamed = fit();
            for (auto const& one : m.effects())
                for (auto const& other : renamed.effects())
                    if (other.channel == "dacb"[one.channel - 'a'] &&
                        std::abs(other.conversions - one.conversions) > 1e-4)
                        return false;
            return std::abs(sum - static_cast<double>(m.card().conversions)) < 1e-9;
        } catch (att::fit_error const&) {
            return true;  // nobody converted, or the search came to no end
        }
    });
}

TEST_CASE("additive_hazard: over a selector, and within a window") {
    world::records const from{{{1, 10, 'a'}, {1, 30, 'b'}, {2, 5, 'a'}, {2, 33, 'c'}},
                              {{1, 31, 100}}};
    auto const joined = att::join(world::sales(from.book), world::touches(from.log));
    auto const last = att::fit(joined, att::over(att::last(1), how), att::always, until);
    REQUIRE(last.effects().size() == 2);
    CHECK(last.effects()[0].channel == 'b');
    CHECK(last.effects()[0].conversions == 1);
    auto const window = att::fit(joined, how, att::lookback(5), until);
    CHECK(window.card().channels == 1);
    CHECK(window.card().pathless_customers == 1);
}

TEST_CASE("additive_hazard: what cannot be learned, merged or configured") {
    auto const reason = [](world::records const& from, auto const& estimator) {
        try {
            (void)att::fit(world::sales(from.book), world::touches(from.log), estimator);
        } catch (att::fit_error const& error) {
            return error.reason();
        }
        return att::fit_failure::not_solvable;
    };
    CHECK(reason({}, how) == att::fit_failure::no_path);
    CHECK(reason({{{1, 5, 'a'}}, {}}, how) == att::fit_failure::no_converting_path);
    CHECK(reason({{{1, 5, 'a'}, {1, 6, 'b'}, {1, 9, 'b'}}, {{1, 9, 1}}},
                 att::additive_hazard(&world::touch::channel, 1, {.most_steps = 1})) ==
          att::fit_failure::not_settled);
    auto hourly = att::additive_hazard(&timed::channel, 1h).counts<char, double>();
    CHECK_THROWS_AS(hourly.merge(att::additive_hazard(&timed::channel, 2h).counts<char, double>()),
                    std::invalid_argument);
    CHECK(hourly.counted_by() == "ages of touchpoints in units of 3600 s");
    CHECK_THROWS_AS((void)att::additive_hazard(&timed::channel, 0h), std::invalid_argument);
    CHECK_THROWS_AS((void)att::additive_hazard(&timed::channel, 1h, {.most_steps = 0}),
                    std::invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/survival.hpp>

#include "support/small_world.hpp"

#include <attribution/learn/fit.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;
using doctest::Approx;

namespace {

struct channel_of {
    char operator()(world::touch const& t) const { return t.channel; }
};

constexpr auto at_the_end = att::survival_exposure::at_the_end;
constexpr std::int64_t unit = 2;

auto fitted(world::records const& data, att::survival_options options, std::int64_t end) {
    return att::fit(world::sales(data.book), world::touches(data.log),
                    att::survival(channel_of{}, unit, options), att::always, att::until(end));
}

std::string bytes(auto const& model) {
    std::ostringstream text;
    text << model.card() << std::hexfloat;
    for (auto const& one : model.effects())
        text << one.channel << ' ' << one.effect << ' ' << one.half_life << ' ' << one.conversions
             << ' ' << one.value << '\n';
    auto const baseline = model.baseline();
    text << baseline.rate << ' ' << baseline.conversions << ' ' << baseline.value << '\n';
    return text.str();
}

struct rate {
    double baseline;
    std::map<char, std::pair<double, double>> channels;  // effect and half-life
};

/// The logarithm of the likelihood with its penalty, as one would first write it: tick by tick.
double objective(world::records const& data, std::int64_t end, rate const& how) {
    auto const left = [&](double age, double half_life) {  // the mean over the class of the age
        double from = 0, to = 1;
        while (age >= to) {
            from = to;
            to *= 2;
        }
        if (from >= 128)
            return 0.0;
        double sum = 0;
        for (int i = 0; i < 2000; ++i)
            sum += std::exp2(-(from + (to - from) * (i + 0.5) / 2000) / half_life);
        return sum / 2000;
    };
    std::map<std::pair<double, double>, double> known;
    double all = 0;
    auto const watch = [&](int user, std::int64_t until, bool converts) {
        double logarithm = 0;
        auto first = until + 1;
        for (auto const& one : data.log)
            if (one.user == user)
                first = std::min(first, one.at);
        if (first > until)
            return;
        // Ages count from the end in 64ths of the unit, the last of which is the first.
        for (auto tick = (until - first) * 64 / unit + 1; tick > 0; --tick) {
            logarithm = how.baseline;
            for (auto const& one : data.log)
                if (one.user == user && one.at <= until) {
                    auto const age = (until - one.at) * 64 / unit + 1;
                    if (age < tick)
                        continue;
                    auto const [effect, half_life] = how.channels.at(one.channel);
                    auto const [found, fresh] =
                        known.try_emplace({static_cast<double>(age - tick) / 64, half_life}, 0.0);
                    if (fresh)
                        found->second = left(found->first.first, half_life);
                    logarithm += effect * found->second;
                }
            all -= std::exp(logarithm) / 64;
        }
        all += converts ? logarithm : 0;
    };
    std::map<int, bool> users;
    for (auto const& one : data.log)
        users[one.user];
    for (auto const& one : data.book)
        users[one.user] = true, watch(one.user, one.at, true);
    for (auto const& [user, converted] : users)
        if (!converted)
            watch(user, end, false);
    for (auto const& [channel, one] : how.channels)
        all -= one.first * one.first / 2;
    return all;
}

}  // namespace

TEST_CASE("survival: by hand, where only the outcome is known") {
    // Of 100 customers with a new 'a' 30 convert, of 100 with one that is too old 10 do.
    world::records data;
    for (int i = 0; i < 200; ++i) {
        data.log.push_back({i, i < 100 ? 1000 : 0, 'a', 1});
        if (i % 100 < (i < 100 ? 30 : 10))
            data.book.push_back({i, 1000, 7});
    }
    auto const m = fitted(data, {.exposure = at_the_end, .shrinkage = 0}, 1000);
    CHECK(m.baseline().rate == Approx(0.1).epsilon(1e-8));
    CHECK(m.baseline().conversions == Approx(20).epsilon(1e-8));
    CHECK(m.baseline().value == Approx(140).epsilon(1e-8));
    REQUIRE(m.effects().size() == 1);
    CHECK(m.effects()[0].conversions == Approx(20).epsilon(1e-8));
    CHECK(m.effects()[0].value == Approx(140).epsilon(1e-8));
    auto const lives = m.effects()[0].half_life;
    CHECK(m.effects()[0].effect * (1 - std::exp2(-1 / lives)) * lives / std::log(2) ==
          Approx(std::log(3)).epsilon(1e-8));
    CHECK(m.card().estimator ==
          "survival: conversion at the end by channels and ages, Shapley values");
}

TEST_CASE("survival: nothing near is likelier, by a naive likelihood") {
    world::records data;
    support::random_numbers random{7};
    for (int user = 0; user < 60; ++user) {
        for (int i = random.between(1, 4); i > 0; --i)
            data.log.push_back(
                {user, random.between(0, 30), static_cast<char>('a' + random.between(0, 2)), 1});
        if (random.between(0, 2) == 0)
            data.book.push_back({user, random.between(10, 40), 5});
    }
    auto const m = fitted(data, {}, 40);
    rate found{std::log(m.baseline().rate), {}};
    for (auto const& one : m.effects())
        found.channels[one.channel] = {one.effect, one.half_life};
    auto const best = objective(data, 40, found);
    for (auto const step : {-1e-3, 1e-3}) {
        auto other = found;
        other.baseline += step;
        CHECK(objective(data, 40, other) < best);
        for (auto const channel : {'a', 'b', 'c'}) {
            other = found;
            other.channels[channel].first += step;
            CHECK(objective(data, 40, other) < best);
        }
    }
}

TEST_CASE("law: survival: the same bytes in any order, and however counts are merged") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const drawn = world::draw(random);
        att::survival_options const options{
            .credit = static_cast<att::survival_credit>(random.between(0, 2)),
            .exposure =
                random.between(0, 3) == 0 ? at_the_end : att::survival_exposure::all_the_time};
        auto const how = att::survival(channel_of{}, unit, options);
        auto const learned = [&](world::records const& data) {
            return att::learn(world::sales(data.book), world::touches(data.log), how,
                              att::since_previous_conversion, att::until(std::int64_t{35}));
        };
        world::records parts[2];
        for (auto const& one : drawn.log)
            parts[one.user % 2].log.insert(parts[one.user % 2].log.begin(), one);
        for (auto const& one : drawn.book)
            parts[one.user % 2].book.push_back(one);
        auto const whole = learned(drawn);
        att::configuration const about{.model = "survival", .policy = "since"};
        auto merged = learned(parts[1]);
        merged.merge(learned(parts[0]));
        auto sent = learned(parts[0]);
        att::merge_bytes(sent, att::to_bytes(learned(parts[1]), about), about);
        if (att::to_bytes(merged, about) != att::to_bytes(whole, about) ||
            att::to_bytes(sent, about) != att::to_bytes(whole, about))
            return false;
        try {
            auto const m = whole.solve();
            double sum = m.baseline().conversions;
            for (auto const& one : m.effects())
                sum += one.conversions;
            return bytes(merged.solve()) == bytes(m) && bytes(sent.solve()) == bytes(m) &&
                   std::abs(sum - static_cast<double>(m.card().conversions)) < 1e-9;
        } catch (att::fit_error const&) {
            return true;  // nobody converted
        }
    });
}

TEST_CASE("survival: any clock") {
    using namespace std::chrono_literals;
    struct seen {
        int user;
        date::sys_seconds at;
        char channel;
    };
    struct sold {
        int user;
        date::sys_seconds at;
        int value;
    };
    date::sys_seconds const start{};
    std::vector<seen> log;
    std::vector<sold> book;
    world::records same;
    for (int i = 0; i < 30; ++i) {
        auto const channel = static_cast<char>('a' + i % 3);
        log.push_back({i, start + i * 1h, channel});
        same.log.push_back({i, i, channel, 1});
        if (i % 4 == 0) {
            book.push_back({i, start + i * 1h + (i % 5) * 1h, 3});
            same.book.push_back({i, i + i % 5, 3});
        }
    }
    auto const m =
        att::fit(att::conversions(book, &sold::user, &sold::at, &sold::value),
                 att::touchpoints(log, &seen::user, &seen::at),
                 att::survival(&seen::channel, 120min), att::always, att::until(start + 40h));
    auto const n = fitted(same, {}, 40);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(m.effects()[i].conversions == n.effects()[i].conversions);
    auto const counts = att::survival(&seen::channel, 120min).counts<char, int>();
    CHECK(counts.counted_by() == "states of touchpoints by age, in units of 7200 s");
}

TEST_CASE("survival: a path of nobody exposes nobody") {
    for (auto const exposure : {at_the_end, att::survival_exposure::all_the_time}) {
        auto const how = att::survival(channel_of{}, unit, {.exposure = exposure});
        auto counts = how.counts<char, std::int64_t>();
        std::vector<std::uint32_t> const path{counts.channel('a')};
        std::vector<std::int64_t> const ages{10};
        counts.add(path, ages, {0, 0, 0});
        CHECK(counts.take_apart().states.empty());
        counts.add(path, ages, {0, 0, 3});
        auto const states = counts.take_apart().states;
        REQUIRE(states.size() == 1);
        CHECK(std::get<1>(states[0]) == 3U * (exposure == at_the_end ? 64 : 10));
    }
}

TEST_CASE("survival: as much time as 64 bits count is taken, also that which was merged") {
    auto const counts = [] { return att::survival(channel_of{}, 1).counts<char, std::int64_t>(); };
    auto const add = [](auto& to) {
        to.add(std::vector{to.channel('A')}, std::vector<std::int64_t>{3},
               {0, 0, std::uint64_t{1} << 62});
    };
    auto one = counts();
    add(one);
    auto merged = counts();
    merged.merge(one);
    auto read = counts();
    read.merge_parts(one.take_apart());
    for (auto* const all : {&one, &merged, &read})
        CHECK_THROWS_AS(add(*all), std::overflow_error);
}

TEST_CASE("survival: what cannot be learned or merged") {
    auto const reason = [](world::records const& data) {
        try {
            static_cast<void>(fitted(data, {}, 50));
        } catch (att::fit_error const& error) {
            return error.reason();
        }
        return att::fit_failure::not_solvable;
    };
    CHECK(reason({}) == att::fit_failure::no_path);
    CHECK(reason({{{1, 3, 'a', 1}}, {}}) == att::fit_failure::no_converting_path);
    CHECK_THROWS_AS((void)att::survival(channel_of{}, 0), std::invalid_argument);
    CHECK_THROWS_AS((void)att::survival(channel_of{}, std::numeric_limits<double>::quiet_NaN()),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)att::survival(channel_of{}, 1, {.shrinkage = -1}), std::invalid_argument);
    CHECK_THROWS_AS((void)att::survival(channel_of{}, 1,
                                        {.shrinkage = std::numeric_limits<double>::infinity()}),
                    std::invalid_argument);
    auto const counts = [](std::int64_t of, att::survival_options options = {}) {
        return att::survival(channel_of{}, of, options).counts<char, std::int64_t>();
    };
    auto mine = counts(2);
    CHECK_THROWS_AS(mine.merge(counts(3)), std::invalid_argument);
    CHECK_THROWS_AS(mine.merge(counts(2, {.exposure = at_the_end})), std::invalid_argument);
    CHECK(counts(2).counted_by() != counts(2, {.exposure = at_the_end}).counted_by());
    CHECK(counts(2).counted_by() != counts(3).counted_by());
    CHECK_NOTHROW(mine.merge(counts(2, {.credit = att::survival_credit::backwards})));
}

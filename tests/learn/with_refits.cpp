// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/with_refits.hpp>

#include "support/small_world.hpp"

#include <attribution/engine/report/resampling.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/probabilistic.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/in_currency.hpp>
#include <attribution/report/with_intervals.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;
using world::records, world::sale, world::sales, world::touch, world::touches;

namespace {

auto const plain = att::probabilistic(&touch::channel);
auto const again = att::with_refits(plain);
constexpr auto window = att::lookback(20);
constexpr auto groups = att::by(&touch::channel);
/// The least and the largest of three replicates.
constexpr att::bootstrap three{.replicates = 3, .seed = 5, .confidence = 0.5};

/// Customers of up to four channels, some of whom converted; the first one did.
records draw(support::random_numbers& random) {
    records drawn;
    auto const customers = random.between(1, 8);
    for (int user = 1; user <= customers; ++user) {
        for (auto left = random.between(user == 1 ? 1 : 0, 4); left > 0; --left)
            drawn.log.push_back(
                {user, random.between(0, 20), static_cast<char>('a' + random.between(0, 3))});
        for (auto left = user == 1 ? 1 : random.between(0, 2); left > 0; --left)
            drawn.book.push_back({user, 20, random.between(0, 900)});
    }
    return drawn;
}

std::string bytes(auto const& model) {
    std::ostringstream text;
    text << model.card() << std::hexfloat;
    for (auto const& one : model.effects())
        text << one.channel << ' ' << one.rate << ' ' << one.conversions << ' ' << one.value
             << '\n';
    return text.str();
}

/// Everybody as often as their bucket was drawn, each time as somebody else.
records drawn_anew(records const& from, att::detail::bucket_draws const& draws) {
    records anew;
    auto const copy = [&](auto const& all, auto& to, auto const& read) {
        for (std::size_t row = 0; row < all.size(); ++row)
            for (int times = draws[att::detail::bucket_of_customer(read, row)]; times > 0;
                 --times) {
                to.push_back(all[row]);
                to.back().user += 1'000 * times;
            }
    };
    copy(from.log, anew.log, touches(from.log));
    copy(from.book, anew.book, sales(from.book));
    return anew;
}

auto learned(records const& from, auto const& how) {
    return att::learn(sales(from.book), touches(from.log), how, window, att::until(20));
}

/// The interval of a channel, as one would first write it: everything is done again with other
/// customers.
std::pair<std::int64_t, std::int64_t> naive(records const& from, char channel) {
    std::vector<std::int64_t> amounts;
    for (std::size_t r = 0; r < three.replicates; ++r) {
        auto const anew = drawn_anew(from, att::detail::drawn_buckets(three.seed, r));
        auto& amount = amounts.emplace_back(0);
        try {
            auto const table = att::attribute(sales(anew.book), touches(anew.log),
                                              learned(anew, plain).solve(), window, groups);
            for (auto const& row : table)
                if (row.key == channel)
                    amount = row.amount;
        } catch (att::fit_error const&) {  // then nobody has a path that converted
        }
    }
    auto const [low, high] = std::ranges::minmax(amounts);
    return {low, high};
}

}  // namespace

TEST_CASE("law: with_refits: a replicate is what its customers teach, and what that gives them") {
    support::for_all_worlds([](support::random_numbers& random) {
        if (!random.chance(10))
            return true;
        auto const drawn = draw(random);
        auto const model = learned(drawn, again).solve();
        auto const expected = learned(drawn, plain).solve();
        auto const table = att::attribute(sales(drawn.book), touches(drawn.log), model, window,
                                          att::with_intervals(groups, three));
        auto const of_plain =
            att::attribute(sales(drawn.book), touches(drawn.log), expected, window, groups);
        bool good = bytes(model) == bytes(expected) && table.size() == of_plain.size();
        for (std::size_t i = 0; good && i < table.size(); ++i) {
            auto const& row = table[i];
            good = row.key == of_plain[i].key && row.amount == of_plain[i].amount;
            if (good && row.attributed) {
                auto const [low, high] = naive(drawn, *row.key);
                good = row.low == low && row.high == high;
            }
        }
        return good;
    });
}

TEST_CASE(
    "law: with_refits: the same bytes in any order, by merging, over the wire, on any threads") {
    support::for_all_worlds([](support::random_numbers& random) {
        if (!random.chance(10))
            return true;
        auto const drawn = draw(random);
        auto const counts = learned(drawn, again);
        auto merged = learned(records{}, again);
        auto sent = merged;
        att::configuration const what{.model = "probabilistic", .policy = "20"};
        records parts[2];
        for (auto const& one : drawn.log)
            parts[one.user % 2].log.push_back(one);
        for (auto const& one : drawn.book)
            parts[one.user % 2].book.push_back(one);
        for (auto& part : parts) {
            std::ranges::reverse(part.log);
            std::ranges::reverse(part.book);
            merged.merge(learned(part, again));
            att::merge_bytes(sent, att::to_bytes(learned(part, again), what), what);
        }
        auto const expected = att::to_bytes(counts, what);
        bool good =
            att::to_bytes(merged, what) == expected && att::to_bytes(sent, what) == expected;
        auto const draws = att::detail::drawn_buckets(1, random.below(9));
        good = good && bytes(merged.solve().refit(draws)) == bytes(counts.solve().refit(draws));
        if (!good || !random.chance(20))
            return good;
        auto const joined = att::join(sales(drawn.book), touches(drawn.log));
        auto const table = [&](att::parallel threads) {
            auto const model = att::fit(threads, joined, again, window, att::until(20));
            return att::attribute(threads, joined, att::models(att::linear, model), window,
                                  att::with_intervals(groups, three));
        };
        auto const alone = table(att::parallel{1});
        auto const together = table(att::parallel{3});
        for (std::size_t i = 0; good && i < alone.size(); ++i)
            good = alone[i][0] == together[i][0] && alone[i][1] == together[i][1];
        return good && alone.size() == together.size();
    });
}

TEST_CASE("with_refits: a model that is not learned has the intervals that it has alone") {
    records const from{{{1, 1, 'a'}, {2, 1, 'b'}, {2, 2, 'a'}, {3, 3, 'b'}, {4, 1, 'a'}},
                       {{1, 20, 100}, {2, 20, 70}, {3, 20, 40}}};
    auto const sink = att::with_intervals(groups, three);
    auto const joined = att::join(sales(from.book), touches(from.log));
    auto const both = att::attribute(joined, att::models(att::linear, learned(from, again).solve()),
                                     window, sink);
    auto const alone = att::attribute(joined, att::linear, window, sink);
    for (std::size_t i = 0; i < alone.size(); ++i)
        CHECK(both[i][0] == alone[i][0]);
}

TEST_CASE("with_refits: over a selector, and a selector over it, are the same") {
    records const from{{{1, 1, 'a'}, {1, 2, 'a'}, {2, 1, 'b'}, {2, 2, 'a'}, {3, 3, 'b'}},
                       {{1, 20, 100}, {2, 20, 70}}};
    auto const first = att::first_of_each(&touch::channel);
    auto const table = [&](auto const& how) {
        return att::attribute(sales(from.book), touches(from.log), learned(from, how).solve(),
                              window, att::with_intervals(groups, three));
    };
    auto const outside = table(att::with_refits(att::over(first, plain)));
    auto const inside = table(att::over(first, again));
    for (std::size_t i = 0; i < outside.size(); ++i)
        CHECK(outside[i][0] == inside[i][0]);
    CHECK(learned(from, att::over(first, again)).solve().card().text() ==
          learned(from, att::over(first, plain)).solve().card().text());
}

TEST_CASE("with_refits: where nothing can be learned, the model stays") {
    records const one{{{1, 1, 'a'}, {1, 2, 'b'}, {2, 1, 'b'}}, {{1, 20, 100}}};
    auto const model = learned(one, again).solve();
    CHECK(bytes(model.refit({})) == bytes(model));
    att::detail::bucket_draws second{};
    second[att::detail::bucket_of_customer(touches(one.log), 2)] = 3;
    CHECK(bytes(model.refit(second)) == bytes(model));
    // One customer 42 times converts 42 times, and so she does among others.
    att::detail::bucket_draws often{};
    often[att::detail::bucket_of_customer(touches(one.log), 0)] = 42;
    CHECK(model.refit(often).card().conversions == 42);
    CHECK_THROWS_AS((void)learned(records{}, again).solve(), att::fit_error);
}

TEST_CASE("with_refits: bytes that are not counts of buckets are refused") {
    records const from{{{1, 1, 'a'}, {2, 1, 'b'}, {3, 1, 'b'}}, {{1, 20, 100}, {2, 20, 7}}};
    auto counts = learned(from, again);
    auto parts = counts.take_apart();
    auto const before = parts.buckets.size();
    REQUIRE(before >= 2);
    auto twice = parts;
    twice.buckets.push_back(parts.buckets.front());
    CHECK_THROWS_AS(counts.merge_parts(twice), std::invalid_argument);
    parts.buckets.back().first.number = 1024;
    CHECK_THROWS_AS(counts.merge_parts(parts), std::invalid_argument);
    CHECK(counts.take_apart().buckets.size() == before);
}

TEST_CASE("with_refits: intervals and shares are those of a currency alone") {
    records all;
    for (int user = 1; user <= 40; ++user) {
        all.log.push_back({user, user % 7, static_cast<char>('a' + user % 3)});
        if (user % 4 != 0)
            all.log.push_back({user, 8, static_cast<char>('a' + user % 2)});
        if (user % 5 != 0)
            all.book.push_back({user, 20, 100 * user, user % 3 == 0 ? 'x' : 'y'});
    }
    auto const model = learned(all, again).solve();
    auto const report_of = [&](records const& some, auto const& by) {
        return att::attribute(sales(some.book), touches(some.log), model, window,
                              att::with_intervals(by, three));
    };
    auto const both = report_of(all, att::by(att::in_currency(&sale::region), &touch::channel));
    std::size_t found = 0;
    for (char const currency : {'x', 'y'}) {
        auto some = all;
        std::erase_if(some.book, [&](sale const& s) { return s.region != currency; });
        for (auto const& alone : report_of(some, groups))
            for (auto const& row : both)
                found += row.key == std::tuple{currency, alone.key} && row[0] == alone[0] &&
                                 row.share < 1
                             ? 1u
                             : 0u;
    }
    CHECK(both.size() > 3);
    CHECK(found == both.size());
}

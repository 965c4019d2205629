// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/tallied_credits.hpp>

#include "support/records.hpp"

#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

using namespace support;

namespace {

using att::detail::equal_credits, att::detail::tallied_credits;

static_assert(att::detail::takes_portions<
              decltype(att::by(&touch::channel)
                           .bind(sales(std::declval<std::vector<sale> const&>()),
                                 touches(std::declval<std::vector<touch> const&>())))>);
static_assert(!att::detail::takes_portions<std::vector<cents>>);

/// 40 touchpoints, by turns of three channels, and one conversion.
std::vector<touch> of_three_channels() {
    std::vector<touch> log;
    for (tick at = 0; at < 40; ++at)
        log.push_back({1, at, "abc"[at % 3]});
    return log;
}
std::vector<touch> const log = of_three_channels();
std::vector<sale> const book{{1, 99, 400}};

constexpr std::size_t row_of(std::size_t position) {
    return position;
}

/// What each channel, or whatever the groups are, got of the credits that `give` hands out.
template <std::size_t Models = 1>
auto sums(auto const& give, auto const& groups) {
    auto bound = groups.template bind<Models>(sales(book), touches(log));
    tallied_credits<cents, decltype(bound), Models> receiver{bound};
    give(receiver);
    receiver.finish(row_of);
    return bound.finish();
}
template <std::size_t Models = 1>
auto sums(auto const& give) {
    return sums<Models>(give, att::by(&touch::channel));
}

/// The groups of one dimension are found at once; places of two are remembered.
void with_one_dimension_and_two(auto const& test) {
    test(att::by(&touch::channel));
    test(att::by(&touch::channel, &sale::region));
}

}  // namespace

TEST_CASE("tallied_credits: by ones, by steps and by equal ones, the same sums") {
    auto const by_ones = sums([](auto& receiver) {
        for (std::size_t i = 4; i < 34; ++i)
            receiver.one({0, i, 7, 0.03125}, 0);
    });
    auto const by_steps = sums([](auto& receiver) {
        receiver.begin(40);
        for (std::size_t i = 4; i < 34; ++i)
            receiver.step(i, {0, i, 7, 0.03125}, 0);
    });
    auto const as_equal = sums([](auto& receiver) {
        receiver.equal(0, {4, 30, 7, 0.03125}, row_of, 0);
    });
    auto const gathered = sums([](auto& receiver) {  // from 24 on they are gathered
        receiver.prefetch(4);
        receiver.equal_at(1, 0, {3, 30, 7, 0.03125}, row_of, 0);
    });
    REQUIRE(by_ones.size() == 4);  // and what is unattributed
    for (auto const& row : by_ones)
        CHECK(row.amount == (row.attributed ? 70 : 0));
    CHECK(std::ranges::equal(by_steps, by_ones));
    CHECK(std::ranges::equal(as_equal, by_ones));
    CHECK(std::ranges::equal(gathered, by_ones));
}

TEST_CASE("tallied_credits: overlapping stretches are gathered, also far apart") {
    auto const gathered = sums([](auto& receiver) {
        receiver.equal_at(0, 0, {0, 30, 1, 0.5}, row_of, 0);
        receiver.equal_at(0, 0, {6, 30, 2, 0.25}, row_of, 0);
        receiver.equal_at(0, 0, {0, 24, 4, 0.125}, row_of, 0);  // before what was gathered
    });
    auto const one_by_one = sums([](auto& receiver) {
        receiver.equal(0, {0, 30, 1, 0.5}, row_of, 0);
        receiver.equal(0, {6, 30, 2, 0.25}, row_of, 0);
        receiver.equal(0, {0, 24, 4, 0.125}, row_of, 0);
    });
    CHECK(std::ranges::equal(gathered, one_by_one));
}

TEST_CASE("tallied_credits: a long customer's overlapping stretches are added up while they pass") {
    std::vector<touch> long_log;
    for (tick at = 0; at < 4'000; ++at)
        long_log.push_back({1, at, "abc"[at % 3]});
    auto const sums_of = [&](bool gathered) {
        auto bound = att::by(&touch::channel).bind(sales(book), touches(long_log));
        tallied_credits<cents, decltype(bound), 1> receiver{bound};
        for (std::size_t i = 0; i < 100; ++i) {
            equal_credits<cents> const all{i * 30, 900 - i, static_cast<cents>(i + 1), 0.5};
            if (gathered)
                receiver.equal_at(0, 0, all, row_of, 0);
            else
                receiver.equal(0, all, row_of, 0);
        }
        receiver.finish(row_of);
        return bound.finish();
    };
    CHECK(std::ranges::equal(sums_of(true), sums_of(false)));
}

TEST_CASE("tallied_credits: several models look up a touchpoint's place once") {
    auto const give = [](auto& receiver) {
        receiver.begin(3);
        receiver.step(0, {0, 0, 5, 0.5}, 0);
        receiver.step(1, {0, 1, 5, 0.5}, 0);
        receiver.step(1, {0, 1, 10, 1.0}, 1);
        receiver.begin(3);  // another path, at whose positions other touchpoints are
        receiver.step(0, {0, 2, 3, 0.5}, 1);
    };
    with_one_dimension_and_two([&](auto const& groups) {
        auto const both = sums<2>(give, groups);
        REQUIRE(both.size() >= 3);
        auto const has = [&](std::size_t row, cents first, cents second) {
            return both[row][0].amount == first && both[row][1].amount == second;
        };
        CHECK(has(0, 5, 0));
        CHECK(has(1, 5, 10));
        CHECK(has(2, 0, 3));
    });
}

TEST_CASE("tallied_credits: places are remembered from the front, in any order, up to the 64th") {
    std::vector<touch> long_log;
    for (tick at = 0; at < 70; ++at)
        long_log.push_back({1, at, "abc"[at % 3]});
    with_one_dimension_and_two([&](auto const& groups) {
        auto bound = groups.template bind<2>(sales(book), touches(long_log));
        tallied_credits<cents, decltype(bound), 2> receiver{bound};
        for (int path = 0; path < 2; ++path) {
            receiver.begin(70);
            receiver.step(69, {0, 69, 1, 0.5}, 0);  // the last one first, as last touch asks
            receiver.step(1, {0, 1, 10, 0.5}, 0);   // not the next one
            for (std::size_t i = 0; i < 70; ++i)
                receiver.step(i, {0, i, 100, 0.015625}, 1);
            for (std::size_t i = 70; i-- > 0;)
                receiver.step(i, {0, i, 100, 0.015625}, 1);
        }
        receiver.one_of_all({0, att::no_row, 7, 1.0});
        auto const all = bound.finish();
        REQUIRE(all.size() == 4);
        auto const has = [&](std::size_t row, cents first, cents second) {
            return all[row][0].amount == first && all[row][1].amount == second;
        };
        CHECK(has(0, 2, 9600));
        CHECK(has(1, 20, 9200));
        CHECK(has(2, 0, 9200));
        CHECK(has(3, 7, 7));
    });
}

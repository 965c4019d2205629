// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/credit_each.hpp>

#include "support/records.hpp"

#include <attribution/engine/credit/single_credits.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace support;

namespace {

using namespace att::detail;

/// A sum that can be merged, and one that cannot.
struct counted {
    std::size_t credits = 0;
    void operator()(att::credit<cents> const&) { ++credits; }
    void merge(counted const& other) { credits += other.credits; }
};
struct unmerged {
    void operator()(att::credit<cents> const&) {}
};
static_assert(mergeable<counted> && !mergeable<unmerged>);

constexpr bool test() {
    // Parts cover everything once, and differ in size by no more than one.
    for (std::size_t count = 0; count < 70; ++count)
        for (std::size_t threads = 1; threads < 4; ++threads) {
            auto const parts = parts_for(count, threads);
            require(parts <= count && (parts > 0) == (count > 0));
            for (std::size_t part = 0; part < parts; ++part) {
                auto const size =
                    part_begin(count, parts, part + 1) - part_begin(count, parts, part);
                require(size == count / parts || size == count / parts + 1);
            }
            require(parts == 0 || part_begin(count, parts, parts) == count);
        }
    return true;
}
static_assert(test());

/// The conversions' rows in the order in which they are credited, and how many credits each has.
template <class Model, class Policy>
std::vector<std::pair<std::size_t, std::size_t>> visited(visiting order, Model const& m,
                                                         Policy const& p) {
    std::vector<touch> log;
    std::vector<sale> book;
    for (int i = 0; i < 100; ++i) {
        log.push_back({99 - i, 1, 'a'});
        log.push_back({99 - i, 2, 'b'});
        book.push_back({99 - i, 3, 100});
    }
    auto const journeys = att::join(sales(book), touches(log));
    std::vector<std::pair<std::size_t, std::size_t>> seen;
    auto const note = [&](att::credit<cents> const& earned) {
        if (seen.empty() || seen.back().first != earned.conversion)
            seen.push_back({earned.conversion, 0});
        ++seen.back().second;
    };
    single_credits<cents, decltype(note)> receiver{note};
    credit_each(order, journeys, p, 10, 90, receiver, std::index_sequence<0>{}, m);
    return seen;
}

template <class Model, class Policy>
void check_visits(Model const& m, Policy const& p, std::size_t credits) {
    for (auto const order : {visiting::by_row, visiting::by_customer}) {
        auto const seen = visited(order, m, p);
        REQUIRE(seen.size() == 80);
        for (std::size_t i = 0; i < seen.size(); ++i) {
            CHECK(seen[i].first == (order == visiting::by_row ? 10 + i : 99 - (10 + i)));
            CHECK(seen[i].second == credits);
        }
    }
}

}  // namespace

TEST_CASE("credit_each visits positions in the order wanted, by every route") {
    CHECK(test());
    check_visits(att::first_touch, att::lookback(5), 1);
    check_visits(att::linear, att::lookback(5), 2);
    check_visits(att::time_decay(1), att::lookback(5), 2);
    check_visits(att::linear, att::always && att::lookback(1), 1);
}

TEST_CASE("tally_all adds up in copies and merges them") {
    std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}, {2, 1, 'a'}};
    std::vector<sale> const book{{1, 3, 5}, {2, 3, 5}, {3, 3, 5}};
    auto const journeys = att::join(sales(book), touches(log));
    for (std::size_t const threads : {1u, 4u}) {
        counted sum;
        tally_all(att::parallel{threads}, journeys, att::always, sum, att::linear);
        CHECK(sum.credits == 4);
    }
}

TEST_CASE(
    "tally_all tells of the first row that fails, though customers are credited in another order") {
    std::vector<touch> log;
    std::vector<sale> book;
    for (int i = 0; i < 100; ++i) {
        log.push_back({99 - i, 1, 'a'});
        book.push_back({99 - i, 3, i == 20 || i == 80 ? 13 : 5});
    }
    auto const journeys = att::join(sales(book), touches(log));
    auto const unlucky = [](auto const& path, att::weights w) {
        w[0] = path.conversion().value == 13 ? -1 : 1;
    };
    for (std::size_t const threads : {1u, 4u}) {
        counted sum;
        CHECK_THROWS_WITH_AS(
            tally_all(att::parallel{threads}, journeys, att::always, sum, unlucky),
            "attribute: the model gave touchpoint row 20 of conversion row 20 a weight that is "
            "negative; weights must be finite and at least 0",
            std::domain_error);
    }
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/count_paths.hpp>

#include "support/policy_suite.hpp"

#include <attribution/join.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <thread>

namespace {

using namespace support;

/// The sum of all touchpoints' rows, and how often it was merged.
struct row_sum {
    std::size_t rows = 0;
    std::size_t merges = 0;

    template <class Path>
    constexpr void operator()(Path const& steps) {
        for (auto const& visit : steps.visits())
            rows += visit.row;
    }
    constexpr void merge(row_sum const& other) {
        rows += other.rows;
        ++merges;
    }
};

constexpr bool test() {
    auto const journeys = att::join(sales(suite_book), touches(suite_log));
    row_sum alone;
    att::detail::count_paths(att::parallel{1}, journeys, att::lookback(10), alone,
                             [] { return row_sum{}; });
    require(alone.rows > 0 && alone.merges == 0);
    row_sum together;
    att::detail::count_paths(att::parallel{3}, journeys, att::lookback(10), together,
                             [] { return row_sum{}; });
    require(together.rows == alone.rows && together.merges == 3);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("paths are counted on several threads and merged") {
    CHECK(test());
}

TEST_CASE("whatever fails first, the error is that of one thread") {
    for (std::size_t const threads : {1U, 2U, 4U}) {
        row_sum whole;
        CHECK_THROWS_WITH_AS(att::detail::count_in_parts(
                                 att::parallel{threads}, 1000, whole, [] { return row_sum{}; },
                                 [](row_sum&, std::size_t first, std::size_t last) {
                                     for (auto i = first; i < last; ++i)
                                         if (i == 17 || i == 900)
                                             throw std::domain_error{i == 17 ? "17" : "900"};
                                 }),
                             "17", std::domain_error);
    }
}

TEST_CASE("the error is that of one thread, also where a counter of them all fails before") {
    for (std::size_t const threads : {1U, 4U}) {
        row_sum whole;
        CHECK_THROWS_WITH_AS(
            att::detail::count_in_parts(
                att::parallel{threads}, 1000, whole, [] { return row_sum{}; },
                [](row_sum& own, std::size_t first, std::size_t last) {
                    std::this_thread::yield();  // so that no thread takes all parts
                    for (auto i = first; i < last; ++i)
                        if (++own.rows > 998 || i == 999)
                            throw std::domain_error{i == 999 ? "999" : "there are too many"};
                }),
            "there are too many", std::domain_error);
    }
}

TEST_CASE("an error that does not come again comes out as it is") {
    std::atomic<int> calls = 0;
    row_sum whole;
    CHECK_THROWS_WITH_AS(att::detail::count_in_parts(
                             att::parallel{2}, 10, whole, [] { return row_sum{}; },
                             [&](row_sum&, std::size_t, std::size_t) {
                                 if (calls++ == 0)
                                     throw std::runtime_error{"once"};
                             }),
                         "once", std::runtime_error);
}

TEST_CASE("nothing to count") {
    row_sum whole;
    att::detail::count_in_parts(
        att::parallel{4}, 0, whole, [] { return row_sum{}; },
        [](row_sum& own, std::size_t first, std::size_t last) { own.rows += 1 + last - first; });
    CHECK(whole.rows == 1);
    CHECK(whole.merges == 0);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/since_previous_conversion.hpp>

#include "policy/earners.hpp"
#include "support/policy_suite.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace {

using namespace support;

using list = std::vector<std::size_t>;

static_assert(policy_suite(att::since_previous_conversion));

}  // namespace

TEST_CASE("since the previous conversion, both instants included") {
    std::vector<sale> const book{{1, 20, 1}, {2, 15, 1}, {1, 10, 1}};  // not in order of time
    std::vector<touch> const log{{1, 9}, {1, 10}, {1, 11}, {1, 20}, {1, 21}};
    auto const since = att::since_previous_conversion;
    CHECK(earners(book, log, since, 2) == list{0, 1});
    CHECK(earners(book, log, since, 0) == list{1, 2, 3});
}

TEST_CASE("items of one order, at one instant, are not before each other") {
    // in any order of rows, also between those of another customer
    std::vector<sale> const book{{1, 30, 1}, {1, 20, 1}, {2, 20, 1}, {1, 20, 1}, {1, 8, 1}};
    std::vector<touch> const log{{1, 5}, {1, 8}, {1, 10}, {1, 20}, {1, 25}};
    for (std::size_t const item : {1u, 3u})
        CHECK(earners(book, log, att::since_previous_conversion, item) == list{1, 2, 3});
    CHECK(earners(book, log, att::since_previous_conversion, 0) == list{3, 4});
}

TEST_CASE("its name") {
    CHECK(att::since_previous_conversion.name() == "since the previous conversion");
}

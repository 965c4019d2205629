// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/cooldown.hpp>

#include "support/records.hpp"

#include <attribution/records/counted.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <vector>

using namespace support;

namespace {

using rows = std::vector<std::size_t>;

template <class Length>
rows left_out(std::vector<tick> const& times, Length length) {
    std::vector<sale> book;
    for (auto const at : times)
        book.push_back({1, at, 1});
    rows found;
    for (auto const& one : att::counted(sales(book), att::cooldown(length)).not_counted())
        found.push_back(one.row);
    return found;
}

}  // namespace

TEST_CASE("what does not count does not prolong the cooldown") {
    CHECK(left_out({0, 60, 100}, 90) == rows{1});
    CHECK(left_out({0, 60, 90, 91, 150, 182}, 90) == rows{1, 2, 4});
}

TEST_CASE("conversions at one instant are not before each other") {
    CHECK(left_out({0, 0, 0, 5, 5}, 4).empty());
    CHECK(left_out({0, 0, 4, 4}, 4) == rows{2, 3});
    CHECK(left_out({0, 1}, 0).empty());
}

TEST_CASE("at the ends of the clock") {
    CHECK(left_out({INT64_MIN, INT64_MIN + 5, INT64_MAX}, 5) == rows{1});
    CHECK(left_out({INT64_MIN, INT64_MAX}, INT64_MAX).empty());
}

TEST_CASE("lengths finer than the clock, and negative ones") {
    struct visit {
        int user;
        std::chrono::sys_seconds at;
    };
    using std::chrono::milliseconds;
    std::chrono::sys_seconds const start{};
    std::vector<visit> const book{{1, start}, {1, start + std::chrono::seconds{2}}};
    auto const all = att::conversions(book, &visit::user, &visit::at);
    CHECK(att::counted(all, att::cooldown(milliseconds{1999})).size() == 2);
    CHECK(att::counted(all, att::cooldown(milliseconds{2000})).size() == 1);
    CHECK_THROWS_WITH_AS((void)att::cooldown(-1), "cooldown: the length must not be negative",
                         std::invalid_argument);
}

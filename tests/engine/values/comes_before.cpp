// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/comes_before.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using attribution::detail::comes_before;

TEST_CASE("sequences of numbers come one before the other as their numbers do") {
    using places = std::vector<std::uint32_t>;
    CHECK(comes_before(places{0}, places{1}));
    CHECK_FALSE(comes_before(places{1}, places{0}));
    CHECK_FALSE(comes_before(places{1}, places{1}));
    CHECK(comes_before(places{0x100}, places{0x1'0000}));
    CHECK(comes_before(places{1}, places{1, 0}));
    CHECK(comes_before(places{}, places{0}));
}

TEST_CASE("all else is compared as it compares itself") {
    CHECK(comes_before(1, 2));
    CHECK(comes_before(std::string{"a"}, std::string{"b"}));
    CHECK_FALSE(comes_before(std::string{"b"}, std::string{"a"}));
}

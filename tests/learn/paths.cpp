// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/paths.hpp>

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

namespace att = attribution;

TEST_CASE("split_path") {
    using pieces = std::vector<std::string_view>;
    CHECK(att::split_path("a > b > a") == pieces{"a", "b", "a"});
    CHECK(att::split_path("a") == pieces{"a"});
    CHECK(att::split_path("  paid search>email ") == pieces{"paid search", "email"});
    CHECK(att::split_path("a,b", ",") == pieces{"a", "b"});
    CHECK(att::split_path("a => b", "=>") == pieces{"a", "b"});
    CHECK(att::split_path("a > > b") == pieces{"a", "", "b"});
    CHECK(att::split_path("a >") == pieces{"a", ""});
    CHECK(att::split_path("").empty());
    CHECK(att::split_path("   ").empty());
    CHECK(att::split_path("a > b", "") == pieces{"a > b"});
}

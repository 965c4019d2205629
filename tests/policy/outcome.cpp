// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/outcome.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace att = attribution;

static_assert(att::outcome::missing_key < att::outcome::no_such_key);
static_assert(att::outcome::before_window < att::outcome::refused);
static_assert(att::outcome::lost_tie < att::outcome::credited, "credit is the furthest outcome");

TEST_CASE("every outcome has words of its own") {
    std::set<std::string_view> words;
    for (int i = 0; i <= static_cast<int>(att::outcome::not_counted); ++i)
        words.insert(to_string(static_cast<att::outcome>(i)));
    CHECK(words.size() == static_cast<std::size_t>(att::outcome::not_counted) + 1);
    CHECK_FALSE(words.contains("unknown"));
    CHECK(to_string(static_cast<att::outcome>(99)) == "unknown");
}

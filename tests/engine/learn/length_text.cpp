// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/length_text.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <ratio>

using attribution::detail::length_text;
using namespace std::chrono_literals;

TEST_CASE("lengths in seconds, or as numbers") {
    CHECK(length_text(1h) == "3600 s");
    CHECK(length_text(60min) == length_text(1h));
    CHECK(length_text(1500ms) == "3/2 s");
    CHECK(length_text(1ms) == "1/1000 s");
    CHECK(length_text(std::chrono::duration<double, std::ratio<60>>{1.5}) == "90 s");
    CHECK(length_text(60) == "60");
    CHECK(length_text(0.25) == "0.25");
    CHECK(length_text(std::chrono::hours{std::numeric_limits<std::int64_t>::max() / 2}) ==
          "9223372036854775807 s");
}

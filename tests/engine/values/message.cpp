// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/message.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

using attribution::detail::message;

TEST_CASE("a message is its parts, numbers in decimal") {
    CHECK(message({}).empty());
    std::size_t const row = 12;
    std::string const between = " of ";
    CHECK(message({"row ", row, std::string_view{between}, std::size_t{0}}) == "row 12 of 0");
    auto const largest = std::numeric_limits<std::size_t>::max();
    CHECK(message({largest}) == std::to_string(largest));
}

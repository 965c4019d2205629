// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/numbering.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using attribution::detail::numbering;

enum class plan : std::int8_t { none = -1, free, paid };

/// Numbers come in the order of first appearance, and stay.
template <class Value>
constexpr void numbers(std::vector<Value> const& values) {
    numbering<Value> known;
    for (int round = 0; round < 2; ++round)
        for (std::size_t i = 0; i < values.size(); ++i) {
            support::require(known(values[i]) == i);
            support::require(known[i] == values[i]);
        }
}

constexpr bool test() {
    numbers<int>({7, 0, -1, 1023, 1024, std::numeric_limits<int>::min()});
    numbers<std::uint8_t>({255, 0, 1});
    numbers<char>({'b', 'a', '\xff'});
    numbers<plan>({plan::paid, plan::none, plan::free});
    numbers<std::uint64_t>({~std::uint64_t{0}, 5, 1024});
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("numbering") {
    CHECK(test());
    numbers<bool>({true, false});  // not constexpr with every compiler's std::vector<bool>
    numbers<double>({0.5, -1, 2});
    numbering<int> many;  // more than the table's entries can say
    for (int value = 0; value < 70'000; ++value)
        REQUIRE(many(10'000 + value) == static_cast<std::size_t>(value));
    for (int again = 0; again < 2; ++again)
        CHECK(many(3) == 70'000);
    numbering<std::string, std::string_view> words;
    CHECK(words("b") == 0);
    CHECK(words("a") == 1);
    CHECK(words("b") == 0);
    CHECK(words[1] == "a");
}

TEST_CASE("numbering makes room before the table knows a number") {
    numbering<int> known;
    std::vector<std::size_t> asked;
    bool full = true;
    auto const room = [&](std::size_t number) {
        asked.push_back(number);
        if (full)
            throw std::runtime_error{"there is no room"};
    };
    CHECK_THROWS_AS(known(7, room), std::runtime_error);
    CHECK_THROWS_AS(known(7, room), std::runtime_error);
    full = false;
    CHECK(known(7, room) == 0);
    CHECK(known(7, room) == 0);  // not asked again
    CHECK(asked == std::vector<std::size_t>{0, 0, 0});
    CHECK(known(-7, room) == 1);  // outside the table: asked each time
    CHECK(known(-7, room) == 1);
    CHECK(asked == std::vector<std::size_t>{0, 0, 0, 1, 1});
}

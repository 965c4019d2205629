// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/numbering.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
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

// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/channel_numbers.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace att = attribution;

// Text is looked up without being copied.
static_assert(std::same_as<att::channel_probe<std::string>, std::string_view>);
static_assert(
    std::same_as<att::channel_probe<std::optional<std::string>>, std::optional<std::string_view>>);
static_assert(std::same_as<att::channel_probe<char>, char>);

TEST_CASE("channels are numbered as they come, and sorted by what they are") {
    att::channel_numbers<std::string> numbers;
    CHECK(numbers("search") == 0);
    CHECK(numbers("display") == 1);
    CHECK(numbers("search") == 0);
    CHECK(numbers.size() == 2);
    CHECK(numbers[1] == "display");
    CHECK(numbers.find("newsletter") >= numbers.size());
    auto const order = numbers.in_order();
    CHECK(order.channels == std::vector<std::string>{"display", "search"});
    CHECK(order.place == std::vector<std::uint32_t>{1, 0});
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/same_value.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>

using attribution::detail::same_value;

static_assert(same_value(1, 1L) && same_value(7, 7.0) && !same_value(-1, 4'294'967'295U));
static_assert(same_value("text", std::string_view{"text"}) && !same_value("text", "texts"));
static_assert(!same_value(static_cast<char const*>(nullptr), "text"));
static_assert(!same_value(static_cast<char const*>(nullptr), static_cast<char const*>(nullptr)));
static_assert(same_value(static_cast<char const*>(nullptr), nullptr));
static_assert(same_value(std::optional{7}, 7U) && !same_value(std::optional<int>{}, 0));
static_assert(same_value(std::optional<int>{}, std::nullopt) &&
              same_value(std::optional<int>{}, std::optional<int>{}) &&
              !same_value(std::optional{7}, std::nullopt));
static_assert(same_value(std::optional{7}, std::optional{7U}) && same_value(7, std::optional{7}) &&
              !same_value(std::optional{-1}, std::optional{4'294'967'295U}) &&
              !same_value(std::optional<int>{}, std::optional{0}) &&
              !same_value(0, std::optional<int>{}));
static_assert(!same_value(std::numeric_limits<double>::quiet_NaN(),
                          std::numeric_limits<double>::quiet_NaN()));

TEST_CASE("texts of all kinds are compared by their characters") {
    std::string const one = "text";
    std::string const other = "text";
    CHECK(same_value(one.c_str(), other.c_str()));
    CHECK(same_value(std::optional<char const*>{one.c_str()}, other));
    CHECK_FALSE(same_value(std::optional<char const*>{nullptr}, other));
    CHECK_FALSE(same_value(one.c_str(), nullptr));
    char const full[] = {'t', 'e', 'x', 't'};
    CHECK(same_value(full, other));
    CHECK(same_value(other, full));
    // Whichever of them is in an optional, and where a null pointer is met.
    using maybe = std::optional<char const*>;
    char const* const nothing = nullptr;
    CHECK_FALSE(same_value(other, nothing));
    CHECK_FALSE(same_value(nothing, nothing));
    CHECK(same_value(maybe{one.c_str()}, maybe{other.c_str()}));
    CHECK(same_value(one.c_str(), maybe{other.c_str()}));
    CHECK_FALSE(same_value(maybe{one.c_str()}, maybe{}));
    CHECK(same_value(maybe{}, maybe{}));
    CHECK_FALSE(same_value(nothing, std::optional<std::string>{"text"}));
    CHECK_FALSE(same_value(nothing, std::optional<std::string>{}));
    CHECK(same_value(std::u8string{u8"text"}, u8"text"));
}

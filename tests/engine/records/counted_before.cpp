// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/records/counted_before.hpp>

#include <attribution/records/cooldown.hpp>
#include <attribution/records/once_per.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <tuple>

namespace att = attribution;

TEST_CASE("remembers by value what counted, as long as it can refuse something") {
    using rule_type = decltype(att::once_per(std::identity{}, 10));
    rule_type const rule = att::once_per(std::identity{}, 10);
    att::detail::counted_before<rule_type, std::string const&, int> memory;
    std::string const a{"a"};
    std::string const b{"b"};
    memory.note(rule, b, 5, 7);
    memory.note(rule, a, 6, 8);
    CHECK(memory.refuses(rule, a, 16) == 8);
    CHECK(memory.refuses(rule, a, 17) == att::detail::none_before);
    CHECK(memory.refuses(rule, b, 15) == 7);
    memory.forget(rule, 16);
    REQUIRE(memory.entries().size() == 1);
    CHECK(memory.entries().begin()->first == "a");
    CHECK(memory.append({"b", 1, 0}));
    CHECK(!memory.append({"b", 1, 0}));
    CHECK(!memory.append({"a", 1, 0}));
}

TEST_CASE("a missing value equals nothing that was remembered") {
    using rule_type = decltype(att::once_per(std::identity{}));
    rule_type const rule = att::once_per(std::identity{});
    att::detail::counted_before<rule_type, std::optional<int> const&, int> memory;
    std::optional<int> value = 7;
    memory.note(rule, value, 5, 3);
    CHECK(memory.refuses(rule, value, 6) == 3);
    value.reset();  // the 7 may still be where it was
    CHECK(memory.refuses(rule, value, 6) == att::detail::none_before);
    memory.note(rule, value, 6, 4);
    CHECK(memory.entries().size() == 1);
}

TEST_CASE("many values of one customer are put in their places in any order") {
    using rule_type = decltype(att::once_per(std::identity{}));
    rule_type const rule = att::once_per(std::identity{});
    att::detail::counted_before<rule_type, std::string const&, int> memory;
    // Moving all that come after would take minutes.
    constexpr std::size_t many = 200'000;
    bool right = true;
    for (std::size_t row = 0; row < many; ++row) {
        auto const value = std::to_string(9'000'000 - row);
        auto const before = memory.refuses(rule, value, 1);
        memory.note(rule, value, 0, row);
        right =
            right && before == att::detail::none_before && memory.refuses(rule, value, 1) == row;
    }
    CHECK(right);
    CHECK(memory.entries().size() == many);
    CHECK(memory.entries().begin()->first == std::to_string(9'000'000 - many + 1));
}

TEST_CASE("texts by their address are compared by their characters") {
    using rule_type = decltype(att::once_per(std::identity{}));
    rule_type const rule = att::once_per(std::identity{});
    att::detail::counted_before<rule_type, char const* const&, int> memory;
    char const texts[] = "a\0a";
    char const* const one = &texts[0];
    char const* const same = &texts[2];
    char const* const nothing = nullptr;
    memory.note(rule, one, 5, 3);
    CHECK(memory.refuses(rule, same, 6) == 3);
    memory.note(rule, nothing, 5, 4);
    CHECK(memory.refuses(rule, nothing, 6) == att::detail::none_before);
}

TEST_CASE("of several rules, the first that refuses is named") {
    auto const rules = std::tuple{att::cooldown(3), att::once_per(std::identity{})};
    att::detail::counted_conversions_before<int const&, int, decltype(att::cooldown(3)),
                                            decltype(att::once_per(std::identity{}))>
        memory;
    CHECK(memory.empty());
    int const one = 1;
    memory.note(rules, one, 0, 4);
    CHECK(!memory.empty());
    CHECK(memory.refuses(rules, one, 3).rule == 0);
    CHECK(memory.refuses(rules, one, 4).rule == 1);
    CHECK(memory.refuses(rules, one, 4).because == 4);
    memory.forget(rules, 100);
    CHECK(!memory.empty());  // once per value, without end
}

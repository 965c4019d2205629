// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/stable_number.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace {

using attribution::detail::stable_number;

enum class colour : short { red = 3 };

static_assert(stable_number(3) == stable_number(std::int64_t{3}));
static_assert(stable_number(-3) == stable_number(std::int64_t{-3}), "whatever the width");
static_assert(stable_number(colour::red) == stable_number(3));
static_assert(stable_number(std::string_view{"ab"}) != stable_number(std::string_view{"ba"}));
static_assert(stable_number(std::string_view{"a"}) != stable_number(std::string_view{}));
static_assert(stable_number(std::pair{1, 2}) != stable_number(std::pair{2, 1}));
static_assert(stable_number(std::array{1, 2}) == stable_number(std::pair{1, 2}));
static_assert(stable_number(std::chrono::sys_seconds{std::chrono::seconds{5}}) == stable_number(5));
static_assert(!attribution::detail::has_stable_number<double>);

}  // namespace

TEST_CASE("numbers that do not change, and differ") {
    CHECK(stable_number(0) == 0xe220'a839'7b1d'cdafU);
    CHECK(stable_number(std::pair{1, 2}) == 0x2ac0'e944'0f01'3026U);
    CHECK(stable_number(std::string{"o1"}) == stable_number("o1"));
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(stable_number(std::to_string(i)) % 1'000'003);
    CHECK(seen.size() > 990);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/stable_number.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace {

using attribution::detail::has_lot, attribution::detail::has_stable_number,
    attribution::detail::lot_of;
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
static_assert(!has_stable_number<double>);
static_assert(has_stable_number<std::tuple<int, std::string const&>>);
static_assert(!has_stable_number<std::pair<int, double>> &&
                  !has_stable_number<std::pair<double, int>>,
              "parts count");
static_assert(!has_stable_number<std::tuple<int, double>> &&
              !has_stable_number<std::tuple<double, int>>);
static_assert(!has_stable_number<std::array<std::tuple<double>, 2>>);

struct unknown {};
static_assert(has_lot<double> && has_lot<std::optional<std::string>>);
static_assert(has_lot<std::chrono::sys_seconds>, "although std::hash has none");
static_assert(!has_lot<unknown>);

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

TEST_CASE("lots are stable numbers where there are some, also in an optional") {
    CHECK(lot_of(7) == stable_number(7));
    CHECK(lot_of(std::optional{std::string{"a"}}) == stable_number("a"));
    CHECK(lot_of(std::optional<int>{}) == 0);
    CHECK(lot_of(2.5) == lot_of(2.5));
    CHECK(lot_of(2.5) != lot_of(3.5));
}

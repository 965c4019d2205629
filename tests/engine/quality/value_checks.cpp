// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/quality/value_checks.hpp>

#include "engine/quality/support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using quality_support::broken, quality_support::rows;

namespace {

constexpr auto not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr auto endless = std::numeric_limits<double>::infinity();
constexpr auto self = std::identity{};

constexpr bool test() {
    constexpr std::array<std::optional<int>, 3> read{{1, {}, 3}};
    constexpr std::array numbers{1.0, not_a_number, endless, -endless, 0.0};
    constexpr std::array times{9, 10, 11, 20, 21};
    return broken(att::detail::parsed_check<std::identity>{self}, read) == rows{1} &&
           broken(att::detail::finite_check<std::identity>{self}, numbers) == rows{1, 2, 3} &&
           broken(att::detail::finite_check<std::identity>{self}, read).empty() &&
           broken(att::detail::not_before_check<std::identity, int>{{}, 10}, times) == rows{0} &&
           broken(att::detail::not_after_check<std::identity, int>{{}, 20}, times) == rows{4};
}
static_assert(test());

}  // namespace

TEST_CASE("checks of values find the rows that break them") {
    CHECK(test());
}

TEST_CASE("a total is not checked row by row: its note says what is off") {
    auto const notes_of = [](std::vector<std::int64_t> const& amounts, std::int64_t reference) {
        att::offences found{100};
        att::detail::total_check<std::identity, std::int64_t>{self, reference, 0}(amounts, found);
        CHECK(found.rows().empty());
        return found.notes();
    };
    CHECK(notes_of({1, 2}, 3).empty());
    CHECK(notes_of({1, 2}, 4) == std::vector<std::string>{"adds up to 3, not 4"});
    CHECK(notes_of({INT64_MAX, 1}, 4) ==
          std::vector<std::string>{"the sum does not fit into the amount's type"});
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/ordered_place.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace {

using attribution::detail::has_ordered_place;
using attribution::detail::ordered_place;

using seconds = std::chrono::sys_seconds;
static_assert(has_ordered_place<int, std::int64_t> && has_ordered_place<std::uint64_t, seconds>);
static_assert(!has_ordered_place<double, int> && !has_ordered_place<int, double>);
static_assert(!has_ordered_place<std::pair<int, int>, int>);

/// The limits of a type, and what lies beside them and beside 0.
template <class Number>
constexpr std::vector<Number> edges() {
    using limits = std::numeric_limits<Number>;
    return {limits::min(),
            static_cast<Number>(limits::min() + 1),
            static_cast<Number>(-1),
            0,
            1,
            static_cast<Number>(limits::max() - 1),
            limits::max()};
}

/// Places are ordered as pairs of key and time are.
template <class Key, class Time>
constexpr bool in_order() {
    for (auto const key : edges<Key>())
        for (auto const at : edges<Time>())
            for (auto const other_key : edges<Key>())
                for (auto const other_at : edges<Time>())
                    support::require(
                        (ordered_place(key, at) < ordered_place(other_key, other_at)) ==
                        (std::pair{key, at} < std::pair{other_key, other_at}));
    return true;
}
static_assert(in_order<std::int8_t, std::uint8_t>());

}  // namespace

TEST_CASE("a key and a time are one number in the order (key, time)") {
    CHECK(in_order<std::int64_t, std::int64_t>());
    CHECK(in_order<std::uint64_t, std::int32_t>());
    CHECK(in_order<std::int32_t, std::uint64_t>());
    CHECK(in_order<std::uint8_t, std::int64_t>());
    CHECK(ordered_place(1, seconds{std::chrono::seconds{-1}}) <
          ordered_place(1, seconds{std::chrono::seconds{0}}));
}

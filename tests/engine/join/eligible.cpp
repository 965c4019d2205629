// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/eligible.hpp>

#include "support/model_suite.hpp"

#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

using namespace support;

using seen = std::vector<std::tuple<tick, std::size_t, std::size_t>>;  // (time, row, recency)

static constexpr bool test() {
    std::vector<touch> const log{{1, 9, 'a'}, {1, 2, 'b'}, {1, 4, 'a'}, {1, 6, 'b'}};
    std::vector<sale> const book{{1, 6, 100, 'x'}};
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const sales = att::conversions(book, &sale::user, &sale::at, &sale::value);
    att::anchor const about{sales, touches, 0, std::optional<tick>{}};
    std::size_t const in_time[] = {1, 2, 3, 0};
    att::detail::row_of<att::detail::visit<tick>> place;
    auto const eligible = [&](auto const& policy, att::detail::stretch within) {
        auto const all = att::detail::eligible_among(
            policy, about, within, 3,
            [&](std::size_t position) {
                auto const row = in_time[position];
                return att::detail::event<tick>{log[row].at, row};
            },
            place);
        seen result;
        for (auto const& one : all)
            result.emplace_back(one.at, one.row, one.recency);
        return result;
    };
    require(eligible(att::lookback(9), {0, 3}) == seen{{2, 1, 3}, {4, 2, 2}, {6, 3, 1}});
    require(eligible(att::lookback(9), {1, 4}) == seen{{4, 2, 2}, {6, 3, 1}, {9, 0, 0}});
    require(eligible(att::lookback(9), {2, 2}).empty());
    require(eligible(att::where(&touch::channel, 'b'), {0, 4}) == seen{{2, 1, 3}, {6, 3, 1}});
    require(eligible(att::last_touches(2), {0, 3}) == seen{{4, 2, 2}, {6, 3, 1}});
    return true;
}
static_assert(test());

TEST_CASE("the touchpoints in a policy's window are asked about one by one, and seen by recency") {
    CHECK(test());
    CHECK(att::detail::stretch{3, 3}.empty());
    CHECK(!att::detail::stretch{3, 5}.empty());
    CHECK(att::detail::stretch{3, 5}.size() == 2);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/live_crediting.hpp>

#include "stream/support.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

using namespace support;

TEST_CASE("what is being looked at is credited as attribute credits it") {
    std::vector<live_touch> const path{{touch{1, 2}, 0}, {touch{1, 4}, 1}, {touch{1, 9}, 2}};
    live_sale const one{sale{1, 4, 99}, 7};
    att::detail::present now{touch_stream(), sale_stream()};
    now.conversion = &one;
    att::detail::live_crediting<decltype(now.touchpoints), decltype(now.conversions)> credits;

    using earned = std::vector<std::pair<std::size_t, cents>>;
    auto const given = [&](auto const& policy, std::optional<tick> previous = {}) {
        earned all;
        credits(now, previous, att::linear, policy, [&](att::credit<cents> const& part) {
            all.emplace_back(part.touchpoint, part.amount);
        });
        return all;
    };
    earned const unattributed{{att::no_row, 99}};
    auto const until_five_later = att::between(&sale::at, [](sale const& s) { return s.at + 5; });

    CHECK(given(att::lookback(5)) == unattributed);  // nobody's touchpoints
    now.touches = path;
    CHECK(given(att::lookback(5)) == earned{{0, 50}, {1, 49}});
    CHECK(given(att::lookback(1)) == earned{{1, 99}});
    CHECK(given(until_five_later) == earned{{1, 50}, {2, 49}});
    CHECK(given(att::since_previous_conversion, 3) == earned{{1, 99}});
    CHECK(given(att::between(&sale::at, [](sale const& s) { return s.at - 1; })) == unattributed);

    CHECK(credits.window(now, {}, until_five_later) == att::interval<tick>{4, 9});
    CHECK(credits.window(now, {}, att::lookback(1)) == att::interval<tick>{3, 4});
}

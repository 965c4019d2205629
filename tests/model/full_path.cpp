// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/full_path.hpp>

#include "model/marked_path.hpp"

#include <doctest/doctest.h>

#include <cstdint>

namespace att = attribution;
using world::gives, world::marked_path, world::require, world::split;

static constexpr bool test() {
    // 22.5 each, the others share 10.
    auto const full = att::full_path(world::lead, world::deal);
    require(gives(split(1000, marked_path(".l.d.."), full), {225, 225, 50, 225, 50, 225}));
    require(gives(split(1000, marked_path(".l.d"), full), {225, 225, 100, 450}));
    // Shares are reduced to the smallest whole numbers, so that large amounts are split exactly.
    constexpr std::int64_t large = 1'000'000'000'000'000;
    require(gives(split(8'640 * large, marked_path(".l.d..."), full),
                  {1'944 * large, 1'944 * large, 288 * large, 1'944 * large, 288 * large,
                   288 * large, 1'944 * large}));

    // By default the last touchpoint closed; any other may have.
    auto const first_closed = att::full_path(world::lead, world::deal, att::first_touch);
    require(gives(split(1000, marked_path(".l.d"), first_closed), {450, 225, 100, 225}));
    return true;
}
static_assert(test());

TEST_CASE("full_path") {
    CHECK(test());
}

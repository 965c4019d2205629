// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/has_touchpoint.hpp>

#include "quality/found_by.hpp"
#include "quality/joined_world.hpp"

#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

namespace att = attribution;
using namespace quality_support;

TEST_CASE("has_touchpoint: conversions that nothing may earn") {
    auto const w = windows_at_20_and_30();
    auto const rule = att::has_touchpoint("sale", joined(w), att::lookback(10));
    CHECK(rows_found_by(rule, w.sales) == rows{2, 3});
    CHECK(rule.severity == att::severity::info);
    auto const never = att::where([](touch const&) { return false; });
    CHECK(rows_found_by(att::has_touchpoint("sale", joined(w), never), w.sales) ==
          rows{0, 1, 2, 3});
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/has_conversion.hpp>

#include "quality/found_by.hpp"
#include "quality/joined_world.hpp"

#include <doctest/doctest.h>

namespace att = attribution;
using namespace quality_support;

TEST_CASE("has_conversion: customers who never converted") {
    auto const w = windows_at_20_and_30();
    auto const rule = att::has_conversion("touch", joined(w));
    CHECK(rows_found_by(rule, w.touches) == rows{5});
    CHECK(rule.severity == att::severity::info);
}

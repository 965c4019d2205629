// SPDX-License-Identifier: BSL-1.0
#include <attribution/attribution.hpp>

#include "support/odr.hpp"

#include <doctest/doctest.h>

// The library in two translation units of one program: everything in it is inline or a template.

TEST_CASE("the whole library may be included in several translation units") {
    CHECK(support::split_here(100, 3) == support::split_elsewhere(100, 3));
    CHECK(&attribution::linear == support::linear_elsewhere());
}

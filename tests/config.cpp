// SPDX-License-Identifier: BSL-1.0
#include <attribution/config.hpp>

#include <doctest/doctest.h>

TEST_CASE("config: a number whose origin is forgotten stays what it is") {
    double number = 0.1;
    ATTRIBUTION_FORGET_ORIGIN(number);
    CHECK(number == 0.1);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/outside_call.hpp>

#include <doctest/doctest.h>

#include <stdexcept>

using attribution::detail::outside_call;

TEST_CASE("a desk can be changed but while it calls, also if that throws") {
    bool calls = false;
    CHECK_NOTHROW(outside_call::refuse_while(calls));
    try {
        outside_call const now{calls};
        CHECK_THROWS_AS(outside_call::refuse_while(calls), std::logic_error);
        throw std::runtime_error{"the disk is full"};
    } catch (std::runtime_error const&) {
    }
    CHECK_NOTHROW(outside_call::refuse_while(calls));
}

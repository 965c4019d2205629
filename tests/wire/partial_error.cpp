// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/partial_error.hpp>

#include <doctest/doctest.h>

TEST_CASE("partial_error says what is wrong, and which kind of wrong") {
    attribution::partial_error const error{attribution::partial_failure::corrupt, "it is odd"};
    CHECK(error.what() == std::string{"partial: it is odd"});
    CHECK(error.reason() == attribution::partial_failure::corrupt);
}

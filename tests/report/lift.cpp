// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/lift.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

namespace att = attribution;

TEST_CASE("a lift keeps what was measured, and its channel has the type that is given") {
    att::lift const one{std::string{"search"}, 12.5, 3};
    static_assert(std::is_same_v<decltype(one.channel), std::string>);
    CHECK(one.channel == "search");
    CHECK(one.incremental == 12.5);
    CHECK(one.standard_error == 3);
}

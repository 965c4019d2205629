// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/fit_error.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <type_traits>

namespace att = attribution;

static_assert(std::is_base_of_v<std::runtime_error, att::fit_error>);

TEST_CASE("a fit_error says why, to people and to programs") {
    try {
        throw att::fit_error{att::fit_failure::no_path, "nothing to learn from"};
    } catch (att::fit_error const& e) {
        CHECK(e.reason() == att::fit_failure::no_path);
        CHECK(std::string{e.what()} == "nothing to learn from");
    }
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/usage_weighted.hpp>

#include "support/model_suite.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace {

using namespace support;

constexpr std::array<touch, 3> used(int a, int b, int c) {
    return {touch{1, 1, 'a', a}, touch{1, 2, 'b', b}, touch{1, 3, 'c', c}};
}

constexpr bool test() {
    constexpr auto usage = att::usage_weighted(&touch::usage);
    require(split(100, used(1, 2, 7), usage) == gives(10, 20, 70, 0));
    require(split(100, used(0, 5, 0), usage) == gives(0, 100, 0, 0));
    require(split(100, used(0, 0, 0), usage) == gives(0, 0, 0, 100));  // no usage: unattributed
    require(split(-100, used(0, 0, 0), usage) == gives(0, 0, 0, -100));
    require(split(100, used(INT_MAX, INT_MAX, 0), usage) == gives(50, 50, 0, 0));
    constexpr auto duration =
        att::usage_weighted([](touch const& t) { return std::chrono::seconds{t.usage}; });
    require(split(100, used(1, 2, 7), duration) == gives(10, 20, 70, 0));
    return model_suite(usage);
}
static_assert(test());

std::array<cents, 2> split_by(double usage) {
    return split(100, path_at(1), att::usage_weighted([=](touch const&) { return usage; }));
}

}  // namespace

TEST_CASE("usage_weighted") {
    CHECK(test());
}

TEST_CASE("usage that cannot be a weight is an error that names the touchpoint") {
    double const infinity = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(split_by(-1),
                         "attribute: the model gave touchpoint row 0 of conversion row 0 a weight "
                         "that is negative; weights must be finite and at least 0",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(split_by(std::nan("")),
                         "attribute: the model gave touchpoint row 0 of conversion row 0 a weight "
                         "that is not a finite number; weights must be finite and at least 0",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(split_by(infinity),
                         "attribute: the model gave touchpoint row 0 of conversion row 0 a weight "
                         "that is not a finite number; weights must be finite and at least 0",
                         std::domain_error);
    CHECK_THROWS_AS(split_by(-infinity), std::domain_error);
    CHECK(split_by(-0.0) == gives(0, 100));
    CHECK(split_by(std::numeric_limits<double>::denorm_min()) == gives(100, 0));
    CHECK(split_by(std::numeric_limits<double>::max()) == gives(100, 0));
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/model.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>

using namespace support;

TEST_CASE("weigh_among leaves the other weights 0 and may be nested") {
    auto const ends = [](auto const& steps, att::weights w) {
        std::array<std::size_t, 2> const chosen{0, steps.size() - 1};
        att::weigh_among(steps, chosen, att::linear, w);
    };
    auto const inner_ends = [&](auto const& steps, att::weights w) {
        std::array<std::size_t, 3> const chosen{1, 2, 3};
        att::weigh_among(steps, chosen, ends, w);
    };
    CHECK(split(10, path_at(1, 2, 3, 4, 5), ends) == gives(5, 0, 0, 0, 5, 0));
    CHECK(split(10, path_at(1, 2, 3, 4, 5), inner_ends) == gives(0, 5, 0, 5, 0, 0));
}

TEST_CASE("weights are finite, and at least 0") {
    for (double const wrong : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()})
        CHECK_THROWS_AS(
            (void)split(10, path_at(1, 2), [=](auto const&, att::weights w) { w[1] = wrong; }),
            std::domain_error);
}

TEST_CASE("a model that throws leaves nothing behind") {
    auto const moody = [](auto const& steps, att::weights w) {
        if (steps.size() > 1)
            throw std::runtime_error{"no"};
        w[0] = 1;
    };
    CHECK_THROWS_WITH_AS((void)split(1, path_at(1, 2), moody), "no", std::runtime_error);
    CHECK(split(1, path_at(1), moody) == gives(1, 0));
}

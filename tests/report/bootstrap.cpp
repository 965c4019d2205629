// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/bootstrap.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

namespace att = attribution;

static_assert(att::bootstrap{}.rank() == 5);
static_assert(att::bootstrap{.replicates = 39}.rank() == 1);
static_assert(att::bootstrap{.replicates = 199}.rank() == 5);
static_assert(att::bootstrap{.replicates = 999}.rank() == 25);
static_assert(att::bootstrap{.replicates = 199, .confidence = 0.9}.rank() == 10);
static_assert(att::bootstrap{.replicates = 199, .confidence = 0.99}.rank() == 1);
static_assert(att::bootstrap{.replicates = 3, .confidence = 0.5}.rank() == 1);

TEST_CASE("too few replicates for a confidence, and confidences that are none, are refused") {
    auto const rank = [](std::size_t replicates, double confidence) {
        return att::bootstrap{replicates, 1, confidence}.rank();
    };
    CHECK_THROWS_WITH_AS(rank(38, 0.95),
                         "bootstrap: 38 replicates are too few for this confidence; take more "
                         "replicates (39 are enough for 0.95, 199 for 0.99), or a lower confidence",
                         std::invalid_argument);
    CHECK_THROWS_AS(rank(0, 0.5), std::invalid_argument);
    CHECK_THROWS_AS(rank(200, 1 - 1e-12), std::invalid_argument);
    for (double const confidence : {0.0, 1.0, -0.5, 95.0, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_WITH_AS(rank(200, confidence),
                             "bootstrap: the confidence must be above 0 and below 1, such as 0.95",
                             std::invalid_argument);
    CHECK_THROWS_WITH_AS(rank(1'000'001, 0.95),
                         "bootstrap: there may be at most 1000000 replicates",
                         std::invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/finite.hpp>

#include "quality/found_by.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace att = attribution;
using quality_support::found_by, quality_support::rows;

namespace {

constexpr auto not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr auto self = std::identity{};

}  // namespace

TEST_CASE("finite: neither a NaN nor infinite") {
    std::vector<std::optional<double>> const amounts{1.0, std::nullopt, not_a_number};
    CHECK(found_by(att::finite("amount", self), amounts).rows == rows{2});
    std::vector<float> const floats{1.0F, std::numeric_limits<float>::infinity()};
    CHECK(found_by(att::finite("amount", self), floats).rows == rows{1});
    CHECK(found_by(att::finite("amount", self), std::vector<int>{7}).rows.empty());
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/parsed.hpp>

#include "quality/found_by.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using quality_support::found_by, quality_support::rows;

TEST_CASE("parsed: a result holds a value") {
    std::vector<std::optional<double>> const amounts{1.0, std::nullopt, -2.5};
    auto const found = found_by(att::parsed("amount", std::identity{}), amounts);
    CHECK(found.rows == rows{1});
    CHECK(found.rule == "parsed(amount)");
    CHECK(found.severity == att::severity::error);
    CHECK(found_by(att::parsed("amount", std::identity{}), std::vector<std::optional<int>>{})
              .rows.empty());
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/fan_out.hpp>

#include "quality/found_by.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using quality_support::rows, quality_support::rows_found_by;

TEST_CASE("fan_out: all rows of an id that is on several") {
    std::vector<std::optional<std::string>> const ids{"a", std::nullopt, "a", std::nullopt, ""};
    auto const rule = att::fan_out(
        "id", [](auto const& id) -> auto const& { return id; });
    CHECK(rows_found_by(rule, ids) == rows{0, 2});
    CHECK(rows_found_by(rule, std::vector<std::string>{"a", "b", "a", "b", "c", "a"}) ==
          rows{0, 1, 2, 3, 5});
    CHECK(rows_found_by(rule, std::vector<std::string>{}).empty());
    CHECK(rule.severity == att::severity::error);
}

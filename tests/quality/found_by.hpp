// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/quality/validate.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace quality_support {

using rows = std::vector<std::size_t>;

/// What one rule finds, with all rows that break it.
inline attribution::finding found_by(auto const& rule, auto const& range) {
    auto const found = attribution::validate(range, rule, {.limit = 100});
    CHECK(found.size() == 1);
    return found[0];
}

/// The rows that break a rule that names each of them.
inline rows rows_found_by(auto const& rule, auto const& range) {
    auto const found = quality_support::found_by(rule, range);
    CHECK(found.count == found.rows.size());
    return found.rows;
}

}  // namespace quality_support

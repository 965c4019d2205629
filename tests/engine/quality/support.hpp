// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <vector>

namespace quality_support {

using rows = std::vector<std::size_t>;

/// The rows that break a rule.
template <class Check, class Rows>
constexpr rows broken(Check const& check, Rows const& range) {
    attribution::offences found{100};
    check(range, found);
    return found.rows();
}

}  // namespace quality_support

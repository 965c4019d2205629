// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <cstddef>
#include <vector>

namespace support {

/// The rows of the touchpoints that earn from the sale in `row`.
template <class Policy>
std::vector<std::size_t> earners(std::vector<sale> const& book, std::vector<touch> const& log,
                                 Policy const& p, std::size_t row) {
    std::vector<std::size_t> rows;
    for (auto const& earned : att::attribute(sales(book), touches(log), att::linear, p))
        if (earned.conversion == row && earned.attributed())
            rows.push_back(earned.touchpoint);
    return rows;
}

}  // namespace support

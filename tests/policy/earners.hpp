// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <cstddef>
#include <vector>

namespace support {

/// The rows of the touchpoints that earn from the conversion in `row`.
template <class Conversions, class Touchpoints, class Policy>
std::vector<std::size_t> earners_of(Conversions const& conversions, Touchpoints const& touchpoints,
                                    Policy const& p, std::size_t row) {
    std::vector<std::size_t> rows;
    for (auto const& earned : att::attribute(conversions, touchpoints, att::linear, p))
        if (earned.conversion == row && earned.attributed())
            rows.push_back(earned.touchpoint);
    return rows;
}
template <class Policy>
std::vector<std::size_t> earners(std::vector<sale> const& book, std::vector<touch> const& log,
                                 Policy const& p, std::size_t row) {
    return earners_of(sales(book), touches(log), p, row);
}

}  // namespace support

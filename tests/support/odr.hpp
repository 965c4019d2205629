// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/attribution.hpp>

#include <vector>

namespace support {

inline std::vector<long> split_here(long whole, std::size_t parts) {
    return attribution::allocate(whole, std::vector<double>(parts, 1.0));
}

std::vector<long> split_elsewhere(long whole, std::size_t parts);
attribution::linear_fn const* linear_elsewhere();

}  // namespace support

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/small_world.hpp"

#include <cstdint>
#include <vector>

namespace world {

/// One letter per touchpoint: . none, l lead, d deal, b both.
constexpr std::vector<touch> marked_path(char const* marks) {
    std::vector<touch> log;
    for (std::int64_t at = 1; *marks != 0; ++marks)
        log.push_back(
            marked(at++, 'a', *marks == 'l' || *marks == 'b', *marks == 'd' || *marks == 'b'));
    return log;
}

}  // namespace world

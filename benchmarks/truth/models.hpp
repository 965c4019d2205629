// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "world.hpp"

#include <functional>
#include <string>
#include <vector>

namespace truth {

/// A model of the library, and the shares that it gives the channels of a world; they add up to 1.
struct contender {
    std::string name;
    std::function<std::vector<double>(world const&)> shares;
    bool needs_experiments = false;
};

[[nodiscard]] std::vector<contender> const& contenders();

}  // namespace truth

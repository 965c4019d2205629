// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// How a result was computed, in words of your own. Two results may be merged only if all of this
/// is equal. `made_with(model, policy)` reads them from the values. A value cannot be read from a
/// lambda, so describe in words what changes when you change it, such as "30 days, clicks only".
struct configuration {
    std::string model;
    std::string policy;
    std::string grouping = {};
    std::vector<std::pair<std::string, std::string>> more = {};  // (name, value), names differ
};

}  // namespace attribution

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace attribution {

/// By what a result was computed, in words of your own: two results may be merged only if all of
/// this is equal. A value cannot be read off a lambda, so say what changes when you change it, such
/// as "30 days, clicks only".
struct configuration {
    std::string model;
    std::string policy;
    std::string grouping = {};
    std::vector<std::pair<std::string, std::string>> more = {};  // (name, value), names differ
};

}  // namespace attribution

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "digest.hpp"

#include <functional>
#include <string>
#include <vector>

namespace same_bytes {

/// Something that one machine writes and another reads.
struct message {
    std::string name;
    std::function<std::string(world const&)> sent;  // by the one
    /// What the other makes of it: bytes, or the credits that follow.
    std::function<std::string(world const&, std::string const&)> received;
    std::function<std::string(world const&)> expected;  // what one machine alone makes
};

std::vector<message> partial_results();
message snapshot();

}  // namespace same_bytes

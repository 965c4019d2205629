// SPDX-License-Identifier: BSL-1.0
// EXPECT: ids must be ordered by <: records of one instant
#include "records.hpp"

struct label {
    bool operator==(label const&) const = default;
};
auto const stream =
    att::touchpoint_stream<visit>(&visit::user, &visit::at, [](visit const&) { return label{}; });

// SPDX-License-Identifier: BSL-1.0
// EXPECT: would be compared by its address
#include "records.hpp"

auto const by_name_and_kind = [](visit const&) { return std::pair{"name", 1}; };
auto const seen = att::touchpoint_stream<visit>(&visit::user, &visit::at, by_name_and_kind);

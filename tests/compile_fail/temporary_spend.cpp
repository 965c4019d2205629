// SPDX-License-Identifier: BSL-1.0
// EXPECT: records are borrowed, so a temporary container would dangle
#include "records.hpp"

std::vector<visit> load();

auto const spend_of_nothing = att::spending(load(), &visit::channel, &visit::at, &visit::user);

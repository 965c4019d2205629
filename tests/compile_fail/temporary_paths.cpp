// SPDX-License-Identifier: BSL-1.0
// EXPECT: records are borrowed, so a temporary container would dangle
#include "records.hpp"

std::vector<visit> load();

auto const paths_of_nothing =
    att::aggregated_paths(load(), &visit::channel, &visit::user, &visit::user, &visit::user);

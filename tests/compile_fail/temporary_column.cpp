// SPDX-License-Identifier: BSL-1.0
// EXPECT: columns are borrowed, so a temporary container would dangle
#include <attribution/records/columns.hpp>

#include <vector>

auto const table = attribution::columns(std::vector<int>{1, 2, 3});

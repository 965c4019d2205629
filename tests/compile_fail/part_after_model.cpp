// SPDX-License-Identifier: BSL-1.0
// EXPECT: a number stands in front of its model
#include "records.hpp"

auto const model = att::linear * 0.5;

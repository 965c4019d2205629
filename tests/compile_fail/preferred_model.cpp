// SPDX-License-Identifier: BSL-1.0
// EXPECT: takes a policy and one model
#include "records.hpp"

auto const model = att::prefer(att::linear, att::last_touch);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: a time must be a std::chrono time point or a number
#include "records.hpp"

auto const when = att::touchpoints(visits, &visit::user, &visit::channel);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: the name of a policy must be a text
#include "records.hpp"

auto const rule = att::named(nullptr, att::always);

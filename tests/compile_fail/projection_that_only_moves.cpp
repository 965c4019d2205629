// SPDX-License-Identifier: BSL-1.0
// EXPECT: a projection must be copyable
#include "records.hpp"

#include <memory>

auto const seen = att::touchpoints(
    visits, [table = std::make_unique<int>(1)](visit const& v) { return v.user + *table; },
    &visit::at);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: a predicate must be copyable
#include "records.hpp"

#include <memory>

auto const rule =
    att::where([table = std::make_unique<int>(1)](visit const& v) { return v.user == *table; });

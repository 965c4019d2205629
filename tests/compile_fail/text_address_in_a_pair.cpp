// SPDX-License-Identifier: BSL-1.0
// EXPECT: would be compared by its address
#include "records.hpp"

auto const by_name_and_kind = [](visit const&) { return std::pair{"name", 1}; };
auto const ledger =
    att::attribute(sales, att::touchpoints(visits, by_name_and_kind, &visit::at), att::linear);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: would be compared by its address
#include "records.hpp"

auto const model = att::ranked({2, 1}, [](visit const&) { return L"name"; });
auto const ledger = att::attribute(sales, touches, model);

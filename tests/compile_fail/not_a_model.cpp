// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is not a model; a model is callable as
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, [](visit const&) { return 1.0; });

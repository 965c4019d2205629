// SPDX-License-Identifier: BSL-1.0
// EXPECT: one key is signed and the other unsigned
#include "records.hpp"

auto const unsigned_touches = att::touchpoints(
    visits, [](visit const& v) { return static_cast<unsigned>(v.user); }, &visit::at);
auto const ledger = att::attribute(sales, unsigned_touches, att::linear);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: no number type holds the ids of both types
#include "records.hpp"

#include <cstdint>

auto const unsigned_touches = att::touchpoints(
    visits, [](visit const& v) { return static_cast<std::uint64_t>(v.user); }, &visit::at);
auto const ledger = att::attribute(sales, unsigned_touches, att::linear);

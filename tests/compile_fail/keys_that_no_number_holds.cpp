// SPDX-License-Identifier: BSL-1.0
// EXPECT: no number type holds the ids of both types
#include "records.hpp"

#include <cstdint>

auto const numbered_sales = att::conversions(
    orders, [](order const& o) { return std::int64_t{o.buyer}; }, &order::at, &order::cents);
auto const real_touches = att::touchpoints(
    visits, [](visit const& v) { return double{v.user} + 0.5; }, &visit::at);
auto const ledger = att::attribute(numbered_sales, real_touches, att::linear);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: customers are drawn by their keys: text, whole numbers
#include "records.hpp"

auto how_sure() {
    auto const half = [](auto const&) { return 0.5; };
    return att::attribute(att::conversions(orders, half, &order::at, &order::cents),
                          att::touchpoints(visits, half, &visit::at), att::linear, att::always,
                          att::with_intervals(att::by(&visit::channel)));
}

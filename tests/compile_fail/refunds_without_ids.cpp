// SPDX-License-Identifier: BSL-1.0
// EXPECT: take_back.. needs refunds as conversions
#include "records.hpp"

auto const back =
    att::take_back(att::attribute(sales, touches, att::linear), orders, &order::buyer);

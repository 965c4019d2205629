// SPDX-License-Identifier: BSL-1.0
// EXPECT: a value must be an integer .minor units., a floating-point number or money
#include "records.hpp"

auto const in_words = att::conversions(orders, &order::buyer, &order::at, &order::printed_price);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: an amount has one currency; name one in_currency\(\) in by\(\)
#include "records.hpp"

auto const report = att::attribute(
    sales, touches, att::linear, att::lookback(std::chrono::hours{1}),
    att::by(att::in_currency(&order::printed_price), att::in_currency(&order::buyer)));

// SPDX-License-Identifier: BSL-1.0
// EXPECT: no match for .*operator\+|invalid operands to binary expression
#include "records.hpp"

struct eur;
struct usd;

auto const sum = att::money<eur>{1} + att::money<usd>{1};

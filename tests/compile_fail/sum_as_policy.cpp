// SPDX-License-Identifier: BSL-1.0
// EXPECT: which comes after the policy
#include "records.hpp"

auto const report =
    att::attribute(sales, touches, att::linear, att::by(&visit::channel), att::always);

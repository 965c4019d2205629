// SPDX-License-Identifier: BSL-1.0
// EXPECT: needs an estimator, such as
#include "records.hpp"

auto const model = att::fit(sales, touches, att::linear);

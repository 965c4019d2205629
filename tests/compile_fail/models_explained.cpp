// SPDX-License-Identifier: BSL-1.0
// EXPECT: explain\(\) accounts for one model
#include "records.hpp"

auto audit = att::explain(sales, touches, att::models(att::linear, att::last_touch));

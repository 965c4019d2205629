// SPDX-License-Identifier: BSL-1.0
// EXPECT: compare\(\) needs at least two models
#include "records.hpp"

auto const table =
    att::compare(att::join(sales, touches), att::always, att::by(&visit::channel), att::linear);

// SPDX-License-Identifier: BSL-1.0
// EXPECT: this would refer into a temporary, which is gone at the end of the statement; keep it in a variable first
#include "records.hpp"

auto const first = (att::attribute(sales, touches, att::linear) | att::by(&visit::channel)).begin();

// SPDX-License-Identifier: BSL-1.0
// EXPECT: by\(\) needs projections of a touchpoint, of a conversion
#include "records.hpp"

struct campaign {
    int budget;
};

auto const report = att::attribute(sales, touches, att::linear) | att::by(&campaign::budget);

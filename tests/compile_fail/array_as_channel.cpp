// SPDX-License-Identifier: BSL-1.0
// EXPECT: a group or channel cannot be a C array
#include "records.hpp"

struct banner {
    int user;
    std::chrono::sys_seconds at;
    char name[8];
};

std::vector<banner> const banners;
auto const seen = att::touchpoints(banners, &banner::user, &banner::at);
auto const report = att::attribute(sales, seen, att::linear, att::always, att::by(&banner::name));

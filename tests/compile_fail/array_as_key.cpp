// SPDX-License-Identifier: BSL-1.0
// EXPECT: a key cannot be a C array
#include "records.hpp"

struct badge {
    char name[8];
    int at;
};

std::vector<badge> const badges;
auto const seen = att::touchpoints(badges, &badge::name, &badge::at);

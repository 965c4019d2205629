// SPDX-License-Identifier: BSL-1.0
// EXPECT: a key is kept, so it must be copyable
#include "records.hpp"

#include <memory>

struct owner {
    std::unique_ptr<int> user;
    int at;
};

std::vector<owner> const owners;
auto const seen = att::touchpoints(owners, &owner::user, &owner::at);

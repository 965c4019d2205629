// SPDX-License-Identifier: BSL-1.0
// EXPECT: a group or channel is kept, so it must be copyable
#include "records.hpp"

#include <memory>

struct owner {
    int user;
    std::chrono::sys_seconds at;
    std::unique_ptr<int> channel;
};

std::vector<owner> const owners;
auto const seen = att::touchpoints(owners, &owner::user, &owner::at);
auto const report = att::attribute(sales, seen, att::linear, att::always, att::by(&owner::channel));

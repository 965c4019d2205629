// SPDX-License-Identifier: BSL-1.0
// EXPECT: return_on_ad_spend.. adds up over channels and periods, and cannot do so in several currencies
#include "records.hpp"

struct cost {
    std::string channel;
    std::string currency;
    long cents;
};
std::vector<cost> const costs;

auto const table =
    att::return_on_ad_spend(att::spending(costs, &cost::channel, &cost::currency, &cost::cents),
                            &visit::channel, att::in_currency(&order::printed_price));

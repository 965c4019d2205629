// SPDX-License-Identifier: BSL-1.0
// One customer with a third of everything: 3 million touchpoints give it a million, and 100,000
// conversions. Twelve billion pairs of the two lie in the windows.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/report/by.hpp>
#include <attribution/window/lookback.hpp>

namespace harness {

void add_skewed(std::size_t touches) {
    for (auto const how : {order::sorted, order::shuffled})
        for_each_model([&](model which, auto const& ours) {
            add({in_columns::who, reference::name_of(which), {touches, how, spread::skewed}},
                {which}, [ours](workload::data const& data) {
                    return by_channel(att::attribute(
                        in_columns::sales(data), in_columns::touches(data), ours,
                        att::lookback(workload::lookback), att::by(in_columns::channel)));
                });
        });
}

}  // namespace harness

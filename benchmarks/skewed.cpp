// SPDX-License-Identifier: BSL-1.0
// One customer with a third of everything: 3 million touchpoints give it a million, and 100,000
// conversions. Twelve billion pairs of the two lie in the windows.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

namespace harness {

namespace {

template <class Records>
void add_models(workload::plan const& plan) {
    for (unsigned const threads : {1U, 2U})
        for_each_model([&](model which, auto const& ours) {
            add({"columns", reference::name_of(which), plan, threads}, {which},
                [ours, how = att::parallel{threads}](workload::data const& data) {
                    return by_channel(att::attribute(
                        how, Records::sales(data), Records::touches(data), ours,
                        att::lookback(workload::lookback), att::by(Records::channel)));
                });
        });
}

}  // namespace

void add_skewed(std::size_t touches) {
    add_models<in_order<in_columns>>({touches, order::sorted, spread::skewed});
    add_models<in_columns>({touches, order::shuffled, spread::skewed});
}

}  // namespace harness

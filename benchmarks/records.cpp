// SPDX-License-Identifier: BSL-1.0
// Each model over columns, over rows and over rows with names for keys.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/columns.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/compare.hpp>
#include <attribution/window/lookback.hpp>

#include <benchmark/benchmark.h>

namespace harness {

namespace {

template <class Records>
void add_one_by_one(workload::plan const& plan) {
    for_each_model([&](model which, auto const& ours) {
        add({Records::who, reference::name_of(which), plan}, {which},
            [ours](workload::data const& data) {
                return by_channel(att::attribute(Records::sales(data), Records::touches(data), ours,
                                                 att::lookback(workload::lookback),
                                                 att::by(Records::channel)));
            });
    });
}

template <class Records>
void add_five(workload::plan const& plan) {
    add({Records::who, "five", plan}, {reference::all_models.begin(), reference::all_models.end()},
        [](workload::data const& data) {
            return each_by_channel<reference::all_models.size()>(
                att::compare(att::join(Records::sales(data), Records::touches(data)),
                             att::lookback(workload::lookback), att::by(Records::channel),
                             att::first_touch, att::last_touch, att::linear, att::position_based(),
                             att::time_decay(workload::half_life)));
        });
}

void add_join(workload::plan const& plan) {
    add({in_columns::who, "join", plan}, nothing_to_verify, [](workload::data const& data) {
        benchmark::DoNotOptimize(att::join(in_columns::sales(data), in_columns::touches(data)));
    });
}

}  // namespace

void add_records(std::size_t touches) {
    for (auto const how : {order::sorted, order::shuffled}) {
        add_one_by_one<in_columns>({touches, how});
        add_five<in_columns>({touches, how});
        add_join({touches, how});
        add_one_by_one<in_rows>({touches, how});
    }
    add_one_by_one<with_names>({touches, order::shuffled});
}

}  // namespace harness

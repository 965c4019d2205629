// SPDX-License-Identifier: BSL-1.0
// Each model over columns, over rows and over rows with names for keys.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/join.hpp>
#include <attribution/model/models.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

#include <benchmark/benchmark.h>

namespace harness {

namespace {

template <class Records>
void add_one_by_one(contender const& about) {
    for_each_model([&](model which, auto const& ours) {
        auto one = about;
        one.what = reference::name_of(which);
        add(one, {which}, [ours, how = att::parallel{one.threads}](workload::data const& data) {
            return by_channel(att::attribute(how, Records::sales(data), Records::touches(data),
                                             ours, att::lookback(workload::lookback),
                                             att::by(Records::channel)));
        });
    });
}

template <class Records>
void add_five(contender const& about) {
    auto one = about;
    one.what = "five";
    add(one, {reference::all_models.begin(), reference::all_models.end()},
        [how = att::parallel{one.threads}](workload::data const& data) {
            return each_by_channel<reference::all_models.size()>(att::attribute(
                how, att::join(how, Records::sales(data), Records::touches(data)),
                att::models(att::first_touch, att::last_touch, att::linear, att::position_based(),
                            att::time_decay(workload::half_life)),
                att::lookback(workload::lookback), att::by(Records::channel)));
        });
}

template <class Records>
void add_join(contender const& about) {
    auto one = about;
    one.what = "join";
    add(one, nothing_to_verify, [how = att::parallel{one.threads}](workload::data const& data) {
        benchmark::DoNotOptimize(att::join(how, Records::sales(data), Records::touches(data)));
    });
}

}  // namespace

void add_records(std::size_t touches) {
    workload::plan const in_sequence{touches, order::sorted};
    workload::plan const in_disorder{touches, order::shuffled};
    for (unsigned const threads : {1U, 2U}) {
        add_one_by_one<in_order<in_columns>>({"columns", "", in_sequence, threads});
        add_five<in_order<in_columns>>({"columns", "", in_sequence, threads});
        add_one_by_one<in_columns>({"columns", "", in_disorder, threads});
        add_five<in_columns>({"columns", "", in_disorder, threads});
        add_join<in_columns>({"columns", "", in_disorder, threads});
        add_one_by_one<in_order<in_rows>>({"rows", "", in_sequence, threads});
        add_one_by_one<in_rows>({"rows", "", in_disorder, threads});
        add_one_by_one<with_names>({"names", "", in_disorder, threads});
    }
    // Sorted, but nobody says so.
    add_one_by_one<in_columns>({"unpromised", "", in_sequence});
}

}  // namespace harness

// SPDX-License-Identifier: BSL-1.0
// attribution_interval_cost TOUCHPOINTS: reports by channel of sorted columns, plain and with
// intervals, for callgrind to count. Meant for intervals.py.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/with_intervals.hpp>

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>

namespace {

template <class Model, class Sink>
void count(char const* name, workload::data const& data, Model const& m, Sink const& sink) {
    using columns = harness::in_order<harness::in_columns>;
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    auto const table = attribution::attribute(columns::sales(data), columns::touches(data), m,
                                              attribution::lookback(workload::lookback), sink);
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
    if (table.size() != workload::channels + 1)
        std::abort();
}

}  // namespace

int main(int argc, char** argv) {
    auto const touches = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 0;
    if (touches < 100) {
        std::fputs("usage: attribution_interval_cost TOUCHPOINTS\n", stderr);
        return 2;
    }
    auto const& data = workload::get({touches});
    auto const plain = attribution::by(harness::in_columns::channel);
    auto const sure = attribution::with_intervals(plain);
    count("first, plain", data, attribution::first_touch, plain);
    count("first, with intervals", data, attribution::first_touch, sure);
    count("linear, plain", data, attribution::linear, plain);
    count("linear, with intervals", data, attribution::linear, sure);
}

// SPDX-License-Identifier: BSL-1.0
// attribution_instructions TOUCHPOINTS NAME...: runs each measurement of that name once, so that
// callgrind can count its instructions. Meant for instructions.py.
#include "harness.hpp"

#include <valgrind/callgrind.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
    auto const touches = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 0;
    if (touches < 100) {
        std::fputs("usage: attribution_instructions TOUCHPOINTS NAME...\n", stderr);
        return 2;
    }
    harness::add_limits(touches);
    harness::add_records(touches);
    harness::add_generic(touches);
    harness::add_amounts(touches);
    harness::add_skewed(touches);
    harness::add_live(touches);
    harness::add_reports(touches);
    harness::add_partials(touches);
    for (int i = 2; i < argc; ++i) {
        std::string const name = argv[i];
        auto const one = std::find_if(harness::all().begin(), harness::all().end(),
                                      [&](auto const& known) { return known.name == name; });
        if (one == harness::all().end()) {
            std::fprintf(stderr, "%s: there is no measurement of this name\n", argv[i]);
            return 2;
        }
        auto const& data = workload::get(one->plan);
        if (auto const wrong = one->verify(data); !wrong.empty()) {
            std::fprintf(stderr, "%s: %s\n", argv[i], wrong.c_str());
            return 1;
        }
        CALLGRIND_START_INSTRUMENTATION;
        CALLGRIND_ZERO_STATS;
        one->run(data);
        CALLGRIND_DUMP_STATS_AT(argv[i]);
        CALLGRIND_STOP_INSTRUMENTATION;
    }
}

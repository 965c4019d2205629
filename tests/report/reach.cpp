// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/reach.hpp>

#include <cstdint>

namespace att = attribution;

namespace {

constexpr bool adds_up() {
    att::reach_tally<std::int64_t> first;
    first.add(5);
    first.add(-7);
    att::reach_tally<std::int64_t> second;
    second.add(10);
    auto together = second;
    together.merge(first);
    first.merge(second);
    return first.finish() == att::reach<std::int64_t>{3, 8} && together.finish() == first.finish();
}
static_assert(adds_up());
static_assert(att::reach_tally<std::int64_t>{}.finish() == att::reach<std::int64_t>{});

/// As exact as `running_total`: what is small is not lost in what is large.
constexpr bool exact() {
    att::reach_tally<double> tally;
    for (auto const value : {1e100, 1.0, -1e100})
        tally.add(value);
    return tally.finish() == att::reach<double>{3, 1.0};
}
static_assert(exact());

}  // namespace

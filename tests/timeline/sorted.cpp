// SPDX-License-Identifier: BSL-1.0
#include <attribution/timeline/sorted.hpp>

#include "timeline/timelines.hpp"

#include <doctest/doctest.h>

using namespace support;

namespace {

constexpr bool test() {
    auto const c = att::sorted(sales(timeline_book));
    auto const t = att::sorted(touches(timeline_log));
    timelines_suite(att::detail::sorted_timelines<decltype(c), decltype(t)>{c, t, 1});
    return true;
}

}  // namespace

TEST_CASE("sorted timelines") {
    CHECK(test());
    static_assert(test());
}

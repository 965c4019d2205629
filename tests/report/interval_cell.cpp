// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/interval_cell.hpp>

#include <attribution/amount/money.hpp>

#include <doctest/doctest.h>

namespace att = attribution;

namespace {

struct euro {};

constexpr bool test() {
    att::interval_cell<att::money<euro>> const nothing{};
    auto other = nothing;
    other.share_high = 0.5;
    return nothing.low == att::money<euro>{} && nothing.credits == 0 && nothing == nothing &&
           !(nothing == other);
}
static_assert(test());

}  // namespace

TEST_CASE("interval_cell") {
    CHECK(test());
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/part_number.hpp>

#include <doctest/doctest.h>

#include <cstddef>

using attribution::no_row, attribution::detail::part_number;

namespace {

constexpr bool test() {
    constexpr std::size_t some[]{0, 1, 0xFF, 0x100, 0x1234, 0xFFFF, 0x1'0000, 0xAB'CDEF};
    for (auto const number : some)
        if (part_number{number} != number)
            return false;
    return part_number{} == no_row && part_number{no_row} == no_row &&
           part_number{part_number::most_parts - 1} == part_number::most_parts - 1;
}
static_assert(test());
static_assert(sizeof(part_number) == 3);

}  // namespace

TEST_CASE("a part's number keeps its three bytes, and says when there is none") {
    CHECK(test());
}

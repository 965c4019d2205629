// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/sample_source.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace support;
using att::detail::sample_source;

constexpr bool test() {
    // The numbers of the published reference implementation
    sample_source source{1'234'567};
    for (auto const expected :
         {6'457'827'717'110'365'317U, 3'203'168'211'198'807'973U, 9'817'491'932'198'370'423U,
          4'593'380'528'125'082'431U, 16'408'922'859'458'223'821U})
        require(source.next() == expected);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("sample_source") {
    CHECK(test());
}

TEST_CASE("samples are even, and below their limit") {
    sample_source source{7};
    std::array<int, 6> counts{};
    for (int i = 0; i < 60'000; ++i)
        ++counts.at(source.below(6));
    for (int const count : counts)
        CHECK((9'700 < count && count < 10'300));
    CHECK(source.below(1) == 0);
}

TEST_CASE("what would make a sample uneven is drawn again") {
    // Half of the numbers are too many for a limit just above half of them.
    constexpr auto size = (std::size_t{1} << 63) + 1;
    sample_source source{1};
    std::size_t upper = 0;
    for (int i = 0; i < 10'000; ++i) {
        auto const drawn = source.below(size);
        REQUIRE(drawn < size);
        upper += drawn >= size / 2 ? 1U : 0U;
    }
    CHECK((4'800 < upper && upper < 5'200));
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/detail/sample_source.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>

using attribution::detail::sample_source;

TEST_CASE("sample_source draws the numbers of the published generator") {
    sample_source random{1234567};
    CHECK(random.next() == 6'457'827'717'110'365'317U);
    CHECK(random.next() == 3'203'168'211'198'807'973U);
    CHECK(random.next() == 9'817'491'932'198'370'423U);
}

TEST_CASE("sample_source draws below a size, every number as often") {
    sample_source random{1};
    std::array<int, 3> drawn{};
    for (int i = 0; i < 30'000; ++i)
        ++drawn[random.below(3)];
    for (int const times : drawn)
        CHECK(times == doctest::Approx(10'000).epsilon(0.03));
    // What is left over of 2^64 by a size just above 2^63 is nearly half: it is drawn again.
    std::size_t const size = (std::size_t{1} << 63) + 1;
    int low = 0;
    for (int i = 0; i < 1000; ++i) {
        auto const one = random.below(size);
        REQUIRE(one < size);
        low += one < size / 2 ? 1 : 0;
    }
    CHECK(low == doctest::Approx(500).epsilon(0.1));
}

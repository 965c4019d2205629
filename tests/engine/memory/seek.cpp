// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/seek.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstddef>

namespace {

using attribution::detail::far_end;
using attribution::detail::near_end;
using attribution::detail::seek;

/// Every answer from every hint in ranges of up to 40, beginning at 3; never a call outside.
template <bool Far>
constexpr bool finds_everything(std::size_t longest) {
    for (std::size_t size = 0; size <= longest; ++size)
        for (std::size_t answer = 3; answer <= 3 + size; ++answer)
            for (std::size_t hint = 3; hint <= 3 + size; ++hint)
                if (seek<Far>(hint, 3, 3 + size, [&](std::size_t i) {
                        support::require(3 <= i && i < 3 + size);
                        return i < answer;
                    }) != answer)
                    return false;
    return true;
}
static_assert(finds_everything<near_end>(12) && finds_everything<far_end>(12));

}  // namespace

TEST_CASE("seek finds every answer from every hint") {
    CHECK(finds_everything<near_end>(70));
    CHECK(finds_everything<far_end>(70));
}

TEST_CASE("seek takes a number of looks that grows like the logarithm of the distance") {
    std::size_t looks = 0;
    auto const distance = [&](std::size_t hint, std::size_t answer) {
        looks = 0;
        seek(hint, 0, 1'000'000, [&](std::size_t i) {
            ++looks;
            return i < answer;
        });
        return looks;
    };
    CHECK(distance(500'000, 500'003) <= 4);
    CHECK(distance(500'000, 500'004) <= 5);
    CHECK(distance(500'000, 500'031) <= 11);
    CHECK(distance(500'000, 500'032) <= 13);
    CHECK(distance(500'000, 500'100) <= 19);
    CHECK(distance(500'000, 501'000) <= 25);
    CHECK(distance(500'000, 499'997) <= 6);
    CHECK(distance(0, 999'999) <= 32 + 45);
    CHECK(distance(999'999, 0) <= 45);
}

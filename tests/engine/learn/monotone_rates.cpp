// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/monotone_rates.hpp>

#include "support/random.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace att = attribution;
using att::detail::monotone_rates, att::detail::valued_paths;

TEST_CASE("rates that fall are pooled, by hand") {
    // 1 of 2, then 1 of 4 (pooled: 2 of 6), then 3 of 4.
    monotone_rates const rates{{{{3, 1}, 0.9}, {{1, 1}, 0.1}, {{1, 3}, 0.5}}};
    CHECK(rates(0.1) == 2.5 / 7);
    CHECK(rates(0.5) == 2.5 / 7);
    CHECK(rates(0.89) == 2.5 / 7);
    CHECK(rates(0.9) == 3.5 / 5);
    CHECK(rates(7) == 3.5 / 5);
    CHECK(rates(-7) == 2.5 / 7);  // below all that was seen
}

TEST_CASE("equal scores are one, and nothing is impossible") {
    monotone_rates const rates{{{{0, 1}, 0}, {{0, 1}, 0}, {{2, 0}, 1}}};
    CHECK(rates(0) == 0.5 / 3);
    CHECK(rates(1) == 2.5 / 3);
}

TEST_CASE("rates never fall, in any order the same") {
    support::random_numbers random{1};
    for (int world = 0; world < 200; ++world) {
        std::vector<valued_paths> seen;
        for (auto n = 1 + random.below(20); n > 0; --n)
            seen.push_back(
                {{random.below(4), random.below(4) + 1}, static_cast<double>(random.below(8))});
        monotone_rates const rates{seen};
        random.shuffle(seen);
        monotone_rates const again{seen};
        double before = 0;
        for (int score = -1; score < 10; ++score) {
            CHECK(rates(score) >= before * 0.5);  // smoothing may lower a larger block
            CHECK(rates(score) == again(score));
            before = rates(score);
        }
    }
}

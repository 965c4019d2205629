// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/stretch_sums.hpp>

#include "support/law.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using attribution::detail::int128;

struct sum {
    int128 amount_units = 0;
    int128 shares = 0;
    std::size_t credits = 0;
};
using sums = attribution::detail::stretch_sums<sum>;

constexpr bool test() {
    sums gathered;
    support::require(gathered.takes(100, {5, 1, 1}));
    gathered.add(100, 104, {5, 1, 1});
    gathered.add(102, 106, {-7, 2, 1});
    support::require(!gathered.takes(99, {1, 1, 1}));   // begins before
    support::require(!gathered.takes(107, {1, 1, 1}));  // leaves a gap
    support::require(gathered.takes(106, {1, 1, 1}));
    std::size_t position = 100;
    std::int64_t const amounts[]{5, 5, -2, -2, -7, -7};
    gathered.empty_into([&](std::size_t at, sum const& one) {
        support::require(at == position && one.amount_units == amounts[at - 100]);
        support::require(one.credits == (at == 102 || at == 103 ? 2 : 1));
        ++position;
    });
    support::require(position == 106);
    gathered.empty_into([](std::size_t, sum const&) { support::require(false); });
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("stretch_sums") {
    CHECK(test());
}

TEST_CASE("stretch_sums forget what lies before, where that is most of them") {
    sums gathered;
    gathered.add(10, 10 + 1023, {5, 1, 1});  // 1024 changes
    CHECK_FALSE(gathered.mostly_before(10 + 511));
    CHECK(gathered.mostly_before(10 + 512));
    gathered.add(12, 10 + 1024, {-2, 1, 1});
    CHECK_FALSE(gathered.mostly_before(10 + 512));
    CHECK(gathered.mostly_before(10 + 513));

    std::size_t next = 10;
    gathered.empty_into(
        [&](std::size_t at, sum const& one) {
            CHECK(at == next++);
            CHECK(one.amount_units == (at < 12 ? 5 : 3));
            CHECK(one.shares == (at < 12 ? 1 : 2));
            CHECK(one.credits == (at < 12 ? 1U : 2U));
        },
        523);
    CHECK(next == 523);
    CHECK_FALSE(gathered.takes(522, {1, 1, 1}));
    CHECK(gathered.takes(523, {1, 1, 1}));
    gathered.empty_into([&](std::size_t at, sum const& one) {
        CHECK(at == next++);
        CHECK(one.amount_units == (at < 10 + 1023 ? 3 : -2));
        CHECK(one.credits == (at < 10 + 1023 ? 2U : 1U));
    });
    CHECK(next == 10 + 1024);
}

TEST_CASE("stretch_sums are emptied before they could overflow") {
    sums gathered;
    int128 const huge = int128{1} << 125;
    gathered.add(0, 30, {-huge, 1, 1});
    CHECK(gathered.takes(10, {huge, 1, 1}));
    gathered.add(10, 40, {huge, 1, 1});
    CHECK_FALSE(gathered.takes(20, {1, 1, 1}));
}

TEST_CASE("law: stretch_sums add up to the same as one by one") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::vector<int128> expected(300, 0);
        std::vector<int128> found(300, 0);
        sums gathered;
        auto const take = [&](std::size_t at, sum const& one) {
            found[at] += one.amount_units * 1'000'000 + one.shares * 1'000 +
                         static_cast<int128>(one.credits);
        };
        for (int i = 0; i < 12; ++i) {
            auto const first = random.below(200);
            auto const last = first + 1 + random.below(90);
            sum const one{random.between(-50, 50), random.between(1, 9), 1};
            if (!gathered.takes(first, one))
                gathered.empty_into(take);
            else if (i > 0 && random.below(2) == 0)
                gathered.empty_into(take, first);
            gathered.add(first, last, one);
            for (auto at = first; at < last; ++at)
                expected[at] += one.amount_units * 1'000'000 + one.shares * 1'000 + 1;
        }
        gathered.empty_into(take);
        support::holds(found == expected);
    });
}

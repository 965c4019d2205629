// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/resampling.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace att = attribution;

TEST_CASE("a replicate draws as many buckets as there are, by chance") {
    std::size_t absent = 0;
    std::size_t once = 0;
    constexpr std::size_t replicates = 50;
    for (std::size_t r = 0; r < replicates; ++r) {
        auto const drawn = att::detail::drawn_buckets(1, r);
        CHECK(std::accumulate(drawn.begin(), drawn.end(), 0u) == drawn.size());
        for (auto const often : drawn) {
            absent += often == 0 ? 1 : 0;
            once += often == 1 ? 1 : 0;
        }
    }
    // Poisson: 1 / e of all are absent, and as many are there once.
    auto const all = static_cast<double>(replicates * att::detail::customer_bucket::count);
    CHECK(static_cast<double>(absent) / all == doctest::Approx(0.3679).epsilon(0.02));
    CHECK(static_cast<double>(once) / all == doctest::Approx(0.3679).epsilon(0.02));
}

TEST_CASE("replicates differ, are the same again, and depend on the seed") {
    using att::detail::drawn_buckets;
    CHECK(drawn_buckets(1, 0) == drawn_buckets(1, 0));
    CHECK(drawn_buckets(1, 0) != drawn_buckets(1, 1));
    CHECK(drawn_buckets(1, 1) != drawn_buckets(2, 0));
    CHECK(drawn_buckets(2, 0) != drawn_buckets(1, 0));
}

TEST_CASE("the sum of a replicate takes each bucket as often as it was drawn") {
    att::detail::some_draws<att::detail::int128, 2> whole_draws(1024);
    att::detail::some_draws<double, 2> draws(1024);
    whole_draws[3] = {2, 0};
    whole_draws[1023] = {5, 1};
    draws[3] = {2, 0};
    draws[1023] = {5, 1};
    att::detail::bucket_sums<att::detail::int128> whole;
    att::detail::bucket_sums<double> floating;
    for (std::uint32_t const bucket : {0u, 3u, 1023u}) {
        whole.add(bucket, att::detail::int128{-7} + static_cast<int>(bucket));
        floating.add(bucket, 0.5 * bucket);
    }
    CHECK((whole.of<2>(whole_draws) ==
           std::array<att::detail::int128, 2>{2 * (3 - 7) + 5 * (1023 - 7), 1023 - 7}));
    CHECK(floating.of<2>(draws) == std::array{2 * 1.5 + 5 * 511.5, 511.5});
}

TEST_CASE("ends are order statistics") {
    std::vector<int> values{50, 10, 40, 20, 30, 60};
    auto const first = att::detail::ends_of(values, 1);
    CHECK(first.low == 10);
    CHECK(first.high == 60);
    auto const second = att::detail::ends_of(values, 2);
    CHECK(second.low == 20);
    CHECK(second.high == 50);
}

TEST_CASE("the standard deviation divides by one less than the number") {
    CHECK(att::detail::deviation_of({1, 2, 3, 4}) == doctest::Approx(1.2909944487));
    CHECK(att::detail::deviation_of({2, 2}) == 0);
}

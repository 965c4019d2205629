// SPDX-License-Identifier: BSL-1.0
#include <customer_success/sample.hpp>

#include <doctest/doctest.h>

using customer_success::customer_success_sample;

TEST_CASE("customer_success_sample: the same seed, the same bytes") {
    auto const once = customer_success_sample();
    auto const again = customer_success_sample();
    auto const other = customer_success_sample(7);
    REQUIRE(once.files.size() == 7);
    CHECK(once.planted_faults == again.planted_faults);
    for (std::size_t i = 0; i < once.files.size(); ++i) {
        CHECK(once.files[i].name == again.files[i].name);
        CHECK(once.files[i].content == again.files[i].content);
    }
    CHECK(once.files[0].content != other.files[0].content);
}

TEST_CASE("customer_success_sample: faults of every kind, whatever the seed") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        auto const planted = customer_success_sample(seed).planted_faults;
        CHECK(planted.emails_at_month_ends == 8);
        CHECK(planted.deals_contradicted == 2);
        CHECK(planted.concluded > 300);
        CHECK(planted.open > 10);
        CHECK(planted.suspended > 5);
        CHECK(planted.closed_early > 5);
        CHECK(planted.repeats_on_concluded > 10);
    }
}

// SPDX-License-Identifier: BSL-1.0
#include <customer_success/load_scores.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using customer_success::deal_scorer, customer_success::expected_work;

TEST_CASE("deal_scorer: quintiles; a value on a border is below it") {
    std::vector<expected_work> values;
    for (expected_work i = 1; i <= 10; ++i)
        values.push_back(i * 1'000'000);
    deal_scorer const score{values};
    CHECK(score.borders() ==
          std::vector<expected_work>{2'000'000, 4'000'000, 6'000'000, 8'000'000});
    CHECK(score(2'000'000, 1).interactions == 1);
    CHECK(score(2'000'001, 1).interactions == 2);
    CHECK(score(8'000'000, 1).interactions == 4);
    CHECK(score(99'000'000, 1).interactions == 5);
    CHECK(score(0, 1).interactions == 1);
}

TEST_CASE("deal_score: 0.7 band + 0.3 family, in tenths") {
    CHECK(customer_success::deal_score{.interactions = 5, .family = 4}.tenths() == 47);
    CHECK(customer_success::deal_score{.interactions = 1, .family = 1}.tenths() == 10);
    // No bound: a family of 20 weighs more than any band.
    CHECK(customer_success::deal_score{.interactions = 1, .family = 20}.tenths() == 67);
    CHECK(customer_success::tenths_text(47) == "4.7");
    CHECK(customer_success::tenths_text(0) == "0.0");
}

TEST_CASE("millionths") {
    CHECK(customer_success::millionths(12.6695168) == 12'669'517);
    CHECK(customer_success::work_text(12'669'517) == "12.669517");
}

TEST_CASE("deal_scorer: without expectations there is one band") {
    deal_scorer const score{{}};
    CHECK(score.borders().empty());
    CHECK(score(5, 2).interactions == 1);
}

TEST_CASE("coefficient_of_variation: of the whole population") {
    CHECK(*customer_success::coefficient_of_variation({2, 4, 4, 4, 5, 5, 7, 9}) ==
          doctest::Approx(0.4));
    CHECK(*customer_success::coefficient_of_variation({3, 3}) == 0);
    CHECK_FALSE(customer_success::coefficient_of_variation({}));
    CHECK_FALSE(customer_success::coefficient_of_variation({0, 0}));
}

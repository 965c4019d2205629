// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/logistic_fit.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using attribution::detail::log_of_odds_plus_one, attribution::detail::logistic_regression,
    attribution::detail::logistic_row;
using doctest::Approx;
using rows = std::vector<logistic_row>;

TEST_CASE("the logarithm of one plus odds") {
    for (double const x : {-800.0, -30.0, -1.0, 0.0, 2.5, 40.0, 900.0})
        CHECK(log_of_odds_plus_one(x) ==
              Approx(x > 700 ? x : std::log1p(std::exp(x))).epsilon(1e-14));
}

TEST_CASE("regressions with an answer in closed form") {
    // Without a penalty, one covariate has the log of the ratio of odds: (6 / 2) / (1 / 4).
    auto const one = logistic_regression{rows{{{0}, 6, 2}, {{}, 1, 4}}, 1, 0}();
    CHECK(one.settled);
    CHECK(one.intercept == Approx(std::log(0.25)).epsilon(1e-14));
    CHECK(one.coefficients[0] == Approx(std::log(12)).epsilon(1e-14));
    // No covariate at all.
    auto const none = logistic_regression{rows{{{}, 3, 1}}, 0, 1}();
    CHECK(none.intercept == Approx(std::log(3)).epsilon(1e-15));
    // Two that are always together share what there is.
    auto const both = logistic_regression{rows{{{0, 1}, 6, 2}, {{}, 1, 4}}, 2, 1e-6}();
    CHECK(both.coefficients[0] == Approx(both.coefficients[1]).epsilon(1e-9));
    CHECK(both.coefficients[0] == Approx(std::log(12) / 2).epsilon(1e-5));
}

TEST_CASE("what a penalty settles, and nothing else would") {
    rows const separated{{{0}, 5, 0}, {{}, 0, 5}};
    CHECK_FALSE(logistic_regression{separated, 1, 0}().settled);
    CHECK(logistic_regression{separated, 1, 1}().settled);
    CHECK_FALSE(logistic_regression{rows{{{0, 1}, 6, 2}, {{}, 1, 4}}, 2, 0}().settled);
}

TEST_CASE("regressions without an end, or with numbers that are too large, are given up") {
    auto const given_up = [](rows const& all, std::size_t covariates, double ridge) {
        return !logistic_regression{all, covariates, ridge}().settled;
    };
    // The sum of all paths is infinite.
    CHECK(given_up({{{0}, 1e308, 1e308}, {{}, 1e308, 1e308}}, 1, 1));
    // A step times its slope is infinite.
    CHECK(given_up({{{0}, 1e300, 1}, {{}, 1, 1e300}}, 1, 1e-300));
    // Penalties that hold nothing: steps are halved until they are next to nothing.
    CHECK(given_up({{{1, 2}, 512, 0}, {{}, 0, 0x1p37}}, 3, 1e-12));
    CHECK(given_up({{{0}, 1, 2}, {{0}, 0x1p20, 0x1p23}, {{}, 0x1p30, 0}}, 1, 1e-12));
}

TEST_CASE("law: at the end, what is missed of each covariate is its penalty") {
    support::for_all_worlds([](support::random_numbers& random) {
        rows all{{{}, 1, 1}};
        auto const covariates = static_cast<std::size_t>(random.between(1, 5));
        for (auto n = random.between(1, 10); n > 0; --n) {
            logistic_row one{{}, 1.0 * random.between(0, 50), 1.0 * random.between(0, 500)};
            for (std::uint32_t place = 0; place < covariates; ++place)
                if (random.between(0, 1) == 0)
                    one.present.push_back(place);
            all.push_back(one);
        }
        double const ridge = random.between(1, 100) / 20.0;
        auto const found = logistic_regression{all, covariates, ridge}();
        std::vector<double> missed(covariates + 1, 0);
        for (auto const& row : all) {
            double odds = found.settled ? found.intercept : 0;
            for (auto const place : row.present)
                odds += found.settled ? found.coefficients[place] : 0;
            double const off =
                row.conversions - (row.conversions + row.nulls) / (1 + std::exp(-odds));
            missed[covariates] += off;
            for (auto const place : row.present)
                missed[place] += off;
        }
        for (std::size_t k = 0; found.settled && k < covariates; ++k)
            if (std::abs(missed[k] - ridge * found.coefficients[k]) > 1e-8)
                return false;
        return found.settled && std::abs(missed[covariates]) < 1e-8;
    });
}

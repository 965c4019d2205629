// SPDX-License-Identifier: BSL-1.0
#include <customer_success/count_regression.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

using customer_success::count_regression, customer_success::error_of;
using customer_success::negative_binomial_regression, customer_success::poisson_regression;
using doctest::Approx;
using Eigen::MatrixXd, Eigen::VectorXd;

namespace {

VectorXd vector(std::vector<double> const& values) {
    return Eigen::Map<VectorXd const>(values.data(), static_cast<Eigen::Index>(values.size()));
}

/// Counts that vary more than Poisson's, in two groups and along a line.
struct varied {
    MatrixXd design{60, 3};
    VectorXd counts{60};

    varied() {
        for (Eigen::Index i = 0; i < 60; ++i) {
            auto const x = static_cast<double>(i % 7);
            design.row(i) << 1, x, static_cast<double>(i % 2);
            counts[i] = std::round((4 + 2 * x) * (i % 3 == 0 ? 1.9 : i % 3 == 1 ? 0.3 : 0.8));
        }
    }
};

/// The logarithmic likelihood as the textbooks have it, by gamma functions.
double likelihood(varied const& data, VectorXd const& coefficients, double alpha) {
    double sum = 0;
    for (Eigen::Index i = 0; i < data.counts.size(); ++i) {
        auto const mean = std::exp(data.design.row(i).dot(coefficients));
        auto const y = data.counts[i], r = 1 / alpha;
        sum += std::lgamma(y + r) - std::lgamma(r) - std::lgamma(y + 1) +
               r * std::log(r / (r + mean)) + y * std::log(mean / (r + mean));
    }
    return sum;
}

}  // namespace

TEST_CASE("poisson_regression: the randomized controlled trial of Dobson") {
    // A. J. Dobson, "An Introduction to Generalized Linear Models", 1990, page 93; as the example of
    // R's glm prints it.
    MatrixXd design = MatrixXd::Zero(9, 5);
    for (Eigen::Index i = 0; i < 9; ++i) {
        design(i, 0) = 1;
        if (i % 3 > 0)
            design(i, i % 3) = 1;  // outcome
        if (i / 3 > 0)
            design(i, 2 + i / 3) = 1;  // treatment
    }
    auto const fit = poisson_regression(design, vector({18, 17, 15, 20, 10, 20, 25, 13, 12}));
    std::vector<double> const coefficients{3.044522, -0.454255, -0.292987, 0, 0};
    std::vector<double> const errors{0.1708987, 0.2021708, 0.1927423, 0.2, 0.2};
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(fit.coefficients[static_cast<Eigen::Index>(i)] ==
              Approx(coefficients[i]).epsilon(1e-6).scale(1));
        CHECK(*fit.standard_errors[i] == Approx(errors[i]).epsilon(1e-6));
    }
    CHECK(fit.deviance == Approx(5.129141).epsilon(1e-6));
    // AIC 56.76132 = 2 * 5 - 2 * likelihood
    CHECK(10 - 2 * fit.log_likelihood == Approx(56.76132).epsilon(1e-6));
    CHECK(fit.rank == 5);
}

TEST_CASE("poisson_regression: of one column it is the mean") {
    auto const fit = poisson_regression(MatrixXd::Ones(4, 1), vector({0, 3, 5, 12}));
    CHECK(fit.coefficients[0] == Approx(std::log(5)).epsilon(1e-12));
    CHECK(*fit.standard_errors[0] == Approx(1 / std::sqrt(20)).epsilon(1e-12));
    CHECK(fit.alpha == 0);
    CHECK(fit.pearson == Approx((25 + 4 + 0 + 49) / 5.0).epsilon(1e-12));
}

TEST_CASE("poisson_regression: a column that others tell has no coefficient of its own") {
    varied const data;
    MatrixXd twice(60, 4);
    twice << data.design, data.design.col(1) + data.design.col(2);
    auto const fit = poisson_regression(twice, data.counts);
    auto const plain = poisson_regression(data.design, data.counts);
    CHECK(fit.rank == 3);
    CHECK(std::ranges::count_if(fit.standard_errors, [](auto const& error) { return !error; }) ==
          1);
    CHECK((fit.expected(twice) - plain.expected(data.design)).norm() < 1e-9);
}

TEST_CASE("negative_binomial_regression: nothing near is likelier") {
    varied const data;
    auto const fit = negative_binomial_regression(data.design, data.counts);
    CHECK(fit.alpha > 0.1);
    auto const best = likelihood(data, fit.coefficients, fit.alpha);
    CHECK(fit.log_likelihood == Approx(best).epsilon(1e-10));
    for (auto const step : {-1e-3, 1e-3}) {
        CHECK(likelihood(data, fit.coefficients, fit.alpha + step) < best);
        for (Eigen::Index i = 0; i < 3; ++i) {
            auto moved = fit.coefficients;
            moved[i] += step;
            CHECK(likelihood(data, moved, fit.alpha) < best);
        }
    }
    // At the top the slope is 0.
    auto const h = 1e-5;
    CHECK(std::abs(likelihood(data, fit.coefficients, fit.alpha + h) -
                   likelihood(data, fit.coefficients, fit.alpha - h)) /
              (2 * h) <
          1e-4);
    CHECK(fit.log_likelihood > poisson_regression(data.design, data.counts).log_likelihood);
}

TEST_CASE("negative_binomial_regression: counts that hardly vary are Poisson's") {
    auto const counts = vector({5, 5, 6, 5, 4, 5});
    auto const fit = negative_binomial_regression(MatrixXd::Ones(6, 1), counts);
    CHECK(fit.alpha == 0);
    CHECK(fit.coefficients == poisson_regression(MatrixXd::Ones(6, 1), counts).coefficients);
}

TEST_CASE("count regressions: the order of rows is for the last digits only") {
    varied const data;
    auto const fit = negative_binomial_regression(data.design, data.counts);
    auto const turned =
        negative_binomial_regression(data.design.colwise().reverse(), data.counts.reverse());
    CHECK((fit.coefficients - turned.coefficients).norm() < 1e-10);
    CHECK(fit.alpha == Approx(turned.alpha).epsilon(1e-9));
}

TEST_CASE("count regressions: what cannot be fitted") {
    CHECK_THROWS_AS(static_cast<void>(poisson_regression(MatrixXd::Ones(3, 1), vector({0, 0, 0}))),
                    customer_success::no_convergence);
    CHECK_THROWS_AS(static_cast<void>(poisson_regression(MatrixXd::Ones(1, 2), vector({1}))),
                    std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(poisson_regression(MatrixXd::Ones(3, 1), vector({1}))),
                    std::invalid_argument);
}

TEST_CASE("error_of") {
    auto const error = error_of(vector({0, 4}), vector({1, 2}));
    CHECK(error.mean_absolute == 1.5);
    CHECK(error.root_mean_square == Approx(std::sqrt(2.5)));
    // 2 (0 - 0 + 1) and 2 (4 ln 2 - 2), halved
    CHECK(error.poisson_deviance == Approx(4 * std::log(2) - 1).epsilon(1e-12));
    CHECK_THROWS_AS(static_cast<void>(error_of({}, {})), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(error_of(vector({1}), vector({1, 2}))),
                    std::invalid_argument);
}

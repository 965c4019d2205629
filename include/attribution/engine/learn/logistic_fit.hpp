// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exponential.hpp>
#include <attribution/numeric/logarithm.hpp>
#include <attribution/numeric/positive_definite.hpp>
#include <attribution/numeric/product.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Logistic regression on which channels paths have, by Newton's steps.
namespace attribution::inline v0_1::detail {

/// Paths with the same covariates, which are 0 or 1.
struct logistic_row {
    std::vector<std::uint32_t> present;  // the places of those that are 1, ascending
    double conversions;
    double nulls;
};

/// A regression's intercept and coefficients, or nothing if it did not settle.
struct logistic_fit {
    double intercept = 0;
    std::vector<double> coefficients;
    bool settled = false;
};

/// log(1 + e^x)
inline double log_of_odds_plus_one(double x) {
    return std::max(x, 0.0) + logarithm(1 + exp_minus(std::abs(x)));
}

/// Of `logistic_row`s. Compiled where it is used, as their range is a template's parameter.
template <class Rows>
class logistic_regression {
  public:
    logistic_regression(Rows const& observed, std::size_t covariates, double ridge)
        : rows_{&observed}, size_{covariates}, ridge_{ridge} {}

    /// The intercept and the coefficients with the largest log-likelihood less ridge / 2 * sum of
    /// the coefficients' squares. Some paths must convert, and some not.
    [[nodiscard]] logistic_fit operator()() const {
        constexpr int most_steps = 100;
        double conversions = 0;
        double paths = 0;
        for (auto const& one : *rows_) {
            conversions += one.conversions;
            paths += one.conversions + one.nulls;
        }
        std::vector<double> now(size_ + 1, 0);  // the intercept first
        now[0] = logarithm(conversions / (paths - conversions));
        double here = loss(now);
        for (int i = 0; i < most_steps; ++i) {
            auto const [matrix, slope] = look(now);
            auto const step = solve(matrix, slope);
            double gain = 0;
            for (std::size_t k = 0; k < step.size(); ++k)
                gain += product(step[k], slope[k]);
            if (step.empty() || !is_finite(gain))
                break;
            double length = 1;
            auto next = moved(now, step, length);
            auto there = loss(next);
            // Near the end, where the loss can no longer tell, whole steps are right.
            while (gain > product(paths, 1e-9) && !(there < here) && length > 1e-6) {
                length /= 2;
                next = moved(now, step, length);
                there = loss(next);
            }
            now = next;
            here = there;
            if (gain < product(paths, 1e-20))
                return {now[0], {now.begin() + 1, now.end()}, true};
        }
        return {};
    }

  private:
    struct view {
        symmetric_matrix matrix;    // minus the second derivatives
        std::vector<double> slope;  // of log-likelihood less penalty
    };

    [[nodiscard]] static std::vector<double> moved(std::vector<double> from,
                                                   std::vector<double> const& step, double length) {
        for (std::size_t k = 0; k < from.size(); ++k)
            from[k] += product(length, step[k]);
        return from;
    }
    [[nodiscard]] static double odds_of(logistic_row const& row, std::vector<double> const& at) {
        double sum = at[0];
        for (auto const place : row.present)
            sum += at[place + std::size_t{1}];
        return std::clamp(sum, -700.0, 700.0);
    }
    [[nodiscard]] double loss(std::vector<double> const& at) const {
        double sum = 0;
        for (auto const& row : *rows_) {
            double const odds = odds_of(row, at);
            sum += product(row.conversions + row.nulls, log_of_odds_plus_one(odds)) -
                   product(row.conversions, odds);
        }
        for (std::size_t k = 1; k < at.size(); ++k)
            sum += product(ridge_ / 2, product(at[k], at[k]));
        return sum;
    }
    [[nodiscard]] view look(std::vector<double> const& at) const {
        view result{symmetric_matrix{size_ + 1}, std::vector<double>(size_ + 1, 0)};
        for (auto const& row : *rows_) {
            double const chance = 1 / (1 + exponential(-odds_of(row, at)));
            double const paths = row.conversions + row.nulls;
            double const missed = row.conversions - product(paths, chance);
            double const weight = product(paths, product(chance, 1 - chance));
            result.slope[0] += missed;
            result.matrix(0, 0) += weight;
            for (std::size_t i = 0; i < row.present.size(); ++i) {
                auto const place = row.present[i] + std::size_t{1};
                result.slope[place] += missed;
                result.matrix(place, 0) += weight;
                for (std::size_t j = 0; j <= i; ++j)
                    result.matrix(place, row.present[j] + std::size_t{1}) += weight;
            }
        }
        for (std::size_t k = 1; k <= size_; ++k) {
            result.slope[k] -= product(ridge_, at[k]);
            result.matrix(k, k) += ridge_;
        }
        return result;
    }

    Rows const* rows_;
    std::size_t size_;
    double ridge_;
};

}  // namespace attribution::detail

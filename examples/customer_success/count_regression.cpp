// SPDX-License-Identifier: BSL-1.0
#include <customer_success/count_regression.hpp>

#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace customer_success {

namespace {

using Eigen::Index, Eigen::MatrixXd, Eigen::VectorXd;

constexpr double close_enough = 1e-13;
constexpr int most_steps = 200;

double poisson_deviance(VectorXd const& counts, VectorXd const& expected) {
    double sum = 0;
    for (Index i = 0; i < counts.size(); ++i) {
        auto const y = counts[i], mean = expected[i];
        sum += (y > 0 ? y * std::log(y / mean) : 0) - y + mean;
    }
    return 2 * sum;
}

/// Counts are whole, so that the quotient of gamma functions is a finite product.
double log_likelihood(VectorXd const& counts, VectorXd const& expected, double alpha) {
    double sum = 0;
    for (Index i = 0; i < counts.size(); ++i) {
        auto const y = counts[i], mean = expected[i];
        if (y > 0)
            sum += y * std::log(mean);
        sum -= alpha > 0 ? (y + 1 / alpha) * std::log1p(alpha * mean) : mean;
        for (double j = 1; j <= y; ++j)
            sum += std::log1p(alpha * (j - 1)) - std::log(j);
    }
    return sum;
}

void check(MatrixXd const& design, VectorXd const& counts) {
    if (design.rows() != counts.size())
        throw std::invalid_argument{"count regression: one count for each row of the design"};
    if (design.rows() < design.cols())
        throw std::invalid_argument{"count regression: fewer rows than columns, leave out some"};
}

/// Weighted least squares for that alpha, from the given start until nothing changes.
class reweighted_least_squares {
  public:
    reweighted_least_squares(MatrixXd const& design, VectorXd const& counts)
        : design_{design}, counts_{counts}, expected{
                                                VectorXd::Constant(counts.size(), counts.mean())} {
        // Half way between the counts and their mean: nowhere 0, and near what comes out.
        expected = (counts + expected) / 2;
        if (!(counts.minCoeff() >= 0) || !(counts.mean() > 0))
            throw no_convergence{"count regression: all counts are 0"};
    }

    void run(double alpha) {
        for (int step = 0; step < most_steps; ++step) {
            auto const before = coefficients;
            solve(alpha);
            auto const moved = before.size() == 0 ? 1.0 : (coefficients - before).norm();
            if (!std::isfinite(moved))
                break;
            if (moved <= close_enough * (1 + coefficients.norm()))
                return;
        }
        throw no_convergence{"count regression: the coefficients do not settle, look for a level "
                             "without any count"};
    }

    [[nodiscard]] count_regression result(double alpha) const {
        count_regression found{.coefficients = coefficients,
                               .standard_errors = standard_errors(),
                               .alpha = alpha,
                               .log_likelihood = log_likelihood(counts_, expected, alpha),
                               .deviance = poisson_deviance(counts_, expected),
                               .rank = qr_.rank()};
        found.pearson = ((counts_ - expected).array().square() /
                         (expected.array() + alpha * expected.array().square()))
                            .sum();
        return found;
    }

  private:
    void solve(double alpha) {
        Eigen::ArrayXd const mean = expected.array();
        Eigen::ArrayXd const root = (mean / (1 + alpha * mean)).sqrt();
        VectorXd const working = (mean.log() + (counts_.array() - mean) / mean) * root;
        qr_.compute(root.matrix().asDiagonal() * design_);
        coefficients = qr_.solve(working);
        expected = (design_ * coefficients).array().exp();
    }

    [[nodiscard]] std::vector<std::optional<double>> standard_errors() const {
        auto const rank = qr_.rank();
        MatrixXd const inverse = qr_.matrixR()
                                     .topLeftCorner(rank, rank)
                                     .template triangularView<Eigen::Upper>()
                                     .solve(MatrixXd::Identity(rank, rank));
        std::vector<std::optional<double>> errors(static_cast<std::size_t>(design_.cols()));
        for (Index i = 0; i < rank; ++i)
            errors[static_cast<std::size_t>(qr_.colsPermutation().indices()[i])] =
                inverse.row(i).norm();
        return errors;
    }

    MatrixXd const& design_;
    VectorXd const& counts_;
    Eigen::ColPivHouseholderQR<MatrixXd> qr_;

  public:
    VectorXd coefficients = {};
    VectorXd expected;
};

/// First and second derivative of the logarithmic likelihood by alpha.
std::pair<double, double> slope(VectorXd const& counts, VectorXd const& expected, double alpha) {
    double first = 0, second = 0;
    for (Index i = 0; i < counts.size(); ++i) {
        auto const y = counts[i], mean = expected[i];
        auto const inflated = 1 + alpha * mean;
        auto const log_part = std::log(inflated) / (alpha * alpha);
        auto const mean_part = mean / (alpha * alpha * inflated);
        first += log_part - (y + 1 / alpha) * mean / inflated;
        second += 2 * mean_part - 2 * log_part / alpha +
                  (y + 1 / alpha) * (mean / inflated) * (mean / inflated);
        for (double j = 1; j < y; ++j) {
            auto const part = j / (1 + alpha * j);
            first += part;
            second -= part * part;
        }
    }
    return {first, second};
}

/// The alpha under which the counts are likeliest around these means, by Newton's method between
/// bounds that halve where it would leave them; 0 if they vary too little for any.
double likeliest_alpha(VectorXd const& counts, VectorXd const& expected) {
    auto const excess =
        ((counts - expected).array().square() - counts.array()).sum();  // the slope at 0, doubled
    if (!(excess > 0))
        return 0;
    double low = 0, high = 1;
    while (slope(counts, expected, high).first > 0 && high < 1e6)
        low = std::exchange(high, 2 * high);
    auto alpha =
        std::clamp(excess / expected.array().square().sum(), low + (high - low) / 1024, high);
    for (int step = 0; step < most_steps; ++step) {
        auto const [first, second] = slope(counts, expected, alpha);
        (first > 0 ? low : high) = alpha;
        auto next = alpha - first / second;
        if (!(second < 0) || !(next > low && next < high))
            next = (low + high) / 2;
        auto const moved = std::abs(next - alpha);
        alpha = next;
        if (moved <= close_enough * alpha)
            break;
    }
    return alpha;
}

}  // namespace

count_regression poisson_regression(MatrixXd const& design, VectorXd const& counts) {
    check(design, counts);
    reweighted_least_squares squares{design, counts};
    squares.run(0);
    return squares.result(0);
}

count_regression negative_binomial_regression(MatrixXd const& design, VectorXd const& counts) {
    check(design, counts);
    reweighted_least_squares squares{design, counts};
    squares.run(0);
    double alpha = 0;
    for (int step = 0; step < most_steps; ++step) {
        auto const before = std::exchange(alpha, likeliest_alpha(counts, squares.expected));
        squares.run(alpha);
        if (std::abs(alpha - before) <= 1e-12 * alpha)
            return squares.result(alpha);
    }
    throw no_convergence{"count regression: alpha does not settle"};
}

prediction_error error_of(VectorXd const& counts, VectorXd const& expected) {
    if (counts.size() != expected.size() || counts.size() == 0)
        throw std::invalid_argument{
            "error_of: one expected count for each count, and at least one"};
    auto const size = static_cast<double>(counts.size());
    auto const off = (counts - expected).array();
    return {off.abs().sum() / size, std::sqrt(off.square().sum() / size),
            poisson_deviance(counts, expected) / size};
}

}  // namespace customer_success

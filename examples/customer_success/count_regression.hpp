// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Core>

#include <optional>
#include <stdexcept>
#include <vector>

/// Regression of counts on what is known beforehand: generalized linear models with a logarithmic link.
namespace customer_success {

/// What such a model learned. The expected count of a row x of the design is exp(x * coefficients).
struct count_regression {
    Eigen::VectorXd coefficients = {};
    /// Empty for a column that the columns before it already tell; its coefficient is 0.
    std::vector<std::optional<double>> standard_errors = {};
    double alpha = 0;           // variance = mean + alpha * mean^2; 0 for Poisson
    double log_likelihood = 0;  // with all its constants
    double deviance = 0;        // of Poisson, whatever alpha is
    double pearson = 0;         // sum of (y - mean)^2 / variance
    Eigen::Index rank = 0;      // how many columns tell something of their own

    [[nodiscard]] Eigen::VectorXd expected(Eigen::MatrixXd const& design) const {
        return (design * coefficients).array().exp();
    }
};

/// The search for the best coefficients did not come to an end.
class no_convergence : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Poisson regression, by iteratively reweighted least squares.
///
/// Shape:      n rows of the design (its first column all ones) and n counts -> coefficients.
/// Edges:      a column that is a sum of others gets coefficient 0 and no standard error. The order of
///             rows matters to the last digits only: sort them.
/// Errors:     std::invalid_argument if there are fewer rows than columns, or the sizes differ;
///             no_convergence, as for counts that are all 0.
/// Complexity: O(n p^2) for each of about five steps.
/// Source:     McCullagh, Nelder, "Generalized Linear Models", 2nd edition, 1989, section 2.5.
[[nodiscard]] count_regression poisson_regression(Eigen::MatrixXd const& design,
                                                  Eigen::VectorXd const& counts);

/// Negative binomial regression (NB2): its coefficients and alpha in turns, until neither changes.
///
/// Edges:      counts that vary no more than Poisson's give alpha 0 and the Poisson regression.
///             Standard errors are those of a known alpha, as in R's glm.nb.
/// Errors:     as poisson_regression.
/// Source:     Hilbe, "Negative Binomial Regression", 2nd edition, 2011, section 8; Lawless, "Negative
///             binomial and mixed Poisson regression", 1987.
[[nodiscard]] count_regression negative_binomial_regression(Eigen::MatrixXd const& design,
                                                            Eigen::VectorXd const& counts);

/// How far expected counts are from those that came, on average.
struct prediction_error {
    double mean_absolute = 0;
    double root_mean_square = 0;
    double poisson_deviance = 0;  // 2 (y ln(y / mean) - y + mean)
};

/// Errors:     std::invalid_argument if the sizes differ or there is nothing.
[[nodiscard]] prediction_error error_of(Eigen::VectorXd const& counts,
                                        Eigen::VectorXd const& expected);

}  // namespace customer_success

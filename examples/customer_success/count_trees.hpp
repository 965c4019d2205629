// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace customer_success {

/// How trees are grown.
struct tree_settings {
    int rounds = 100;         // one after another, each on what the earlier ones left
    int trees_per_round = 1;  // side by side, each on a sample
    int depth = 3;
    double learning_rate = 0.1;
    double largest_step = 0.7;  // of a leaf, in logarithms; 0: any
    double rows_sampled = 1;
    double columns_sampled = 1;  // at each node

    /// A hundred small trees, each correcting the earlier ones.
    [[nodiscard]] static tree_settings boosted() { return {}; }
    /// Large trees that know nothing of each other.
    [[nodiscard]] static tree_settings forest() {
        return {.rounds = 1,
                .trees_per_round = 200,
                .depth = 8,
                .learning_rate = 1,
                .largest_step = 0,
                .rows_sampled = 0.8,
                .columns_sampled = 0.8};
    }
};

/// Trees that expect counts, grown by XGBoost: objective count:poisson, exact splits, one thread, so that
/// the same rows give the same trees everywhere.
///
/// Errors: std::runtime_error with what XGBoost says; std::logic_error if this program was built without.
/// Source: Chen, Guestrin, "XGBoost: A Scalable Tree Boosting System", 2016; forests: Breiman, "Random
///         Forests", 2001; contributions: Lundberg et al., "Consistent Individualized Feature
///         Attribution for Tree Ensembles", 2018.
class count_trees {
  public:
    /// Was this program built with XGBoost?
    [[nodiscard]] static bool available();

    count_trees(Eigen::MatrixXd const& features, Eigen::VectorXd const& counts,
                tree_settings const& how);
    count_trees(count_trees&&) noexcept;
    count_trees& operator=(count_trees&&) noexcept;
    ~count_trees();

    [[nodiscard]] Eigen::VectorXd expected(Eigen::MatrixXd const& features) const;

    /// Exact SHAP values: what each column adds to the logarithm of what is expected of each row, and
    /// last what all rows have in common. A row of them adds up to that logarithm.
    [[nodiscard]] Eigen::MatrixXd contributions(Eigen::MatrixXd const& features) const;

    /// How much all splits by a column improved the fit.
    [[nodiscard]] std::vector<double> gains() const;

  private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace customer_success

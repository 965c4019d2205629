// SPDX-License-Identifier: BSL-1.0
#include <customer_success/count_trees.hpp>

#include <stdexcept>

// In the place of count_trees.cpp where there is no XGBoost.
namespace customer_success {

struct count_trees::state {};

bool count_trees::available() {
    return false;
}

count_trees::count_trees(Eigen::MatrixXd const&, Eigen::VectorXd const&, tree_settings const&) {
    throw std::logic_error{"count_trees: this program was built without XGBoost, ask available()"};
}

count_trees::count_trees(count_trees&&) noexcept = default;
count_trees& count_trees::operator=(count_trees&&) noexcept = default;
count_trees::~count_trees() = default;

Eigen::VectorXd count_trees::expected(Eigen::MatrixXd const&) const {
    return {};
}

Eigen::MatrixXd count_trees::contributions(Eigen::MatrixXd const&) const {
    return {};
}

std::vector<double> count_trees::gains() const {
    return {};
}

}  // namespace customer_success

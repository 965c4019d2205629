// SPDX-License-Identifier: BSL-1.0
#include <customer_success/count_trees.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using customer_success::count_trees, customer_success::tree_settings;
using Eigen::MatrixXd, Eigen::VectorXd;

namespace {

struct world {
    MatrixXd features{200, 3};
    VectorXd counts{200};

    world() {
        for (Eigen::Index i = 0; i < 200; ++i) {
            features.row(i) << static_cast<double>(i % 5), static_cast<double>(i % 2),
                static_cast<double>(i % 3);
            counts[i] = 4 + static_cast<double>(i % 5) * 3 + static_cast<double>(i % 2) * 6 +
                        static_cast<double>(i % 7);
        }
    }
};

}  // namespace

TEST_CASE("count_trees: they learn, and say what they learned" *
          doctest::skip(!count_trees::available())) {
    world const data;
    count_trees const trees{data.features, data.counts, tree_settings::boosted()};
    auto const expected = trees.expected(data.features);
    CHECK((expected - data.counts).norm() <
          (data.counts.array() - data.counts.mean()).matrix().norm() / 2);
    auto const parts = trees.contributions(data.features);
    REQUIRE(parts.cols() == 4);
    for (Eigen::Index i = 0; i < 200; ++i)  // SHAP values add up
        CHECK(std::exp(parts.row(i).sum()) == doctest::Approx(expected[i]).epsilon(1e-5));
    auto const gains = trees.gains();
    REQUIRE(gains.size() == 3);
    CHECK(gains[0] > gains[2]);
    CHECK(gains[1] > gains[2]);
}

TEST_CASE("count_trees: the same rows give the same trees" *
          doctest::skip(!count_trees::available())) {
    world const data;
    for (auto const& how : {tree_settings::boosted(), tree_settings::forest()}) {
        count_trees const once{data.features, data.counts, how};
        count_trees const again{data.features, data.counts, how};
        CHECK(once.expected(data.features) == again.expected(data.features));
    }
}

TEST_CASE("count_trees: without XGBoost they refuse" * doctest::skip(count_trees::available())) {
    world const data;
    CHECK_THROWS_AS((count_trees{data.features, data.counts, {}}), std::logic_error);
}

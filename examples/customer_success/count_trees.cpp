// SPDX-License-Identifier: BSL-1.0
#include <customer_success/count_trees.hpp>

#include <xgboost/c_api.h>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace customer_success {

namespace {

using Eigen::Index, Eigen::MatrixXd, Eigen::VectorXd;

void check(int status) {
    if (status != 0)
        throw std::runtime_error{fmt::format("XGBoost: {}", XGBGetLastError())};
}

/// XGBoost computes with 32 bits.
using table = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A table as XGBoost has it.
class features_handle {
  public:
    explicit features_handle(MatrixXd const& features) {
        table const narrow = features.cast<float>();
        check(XGDMatrixCreateFromMat(narrow.data(), static_cast<bst_ulong>(narrow.rows()),
                                     static_cast<bst_ulong>(narrow.cols()),
                                     std::numeric_limits<float>::quiet_NaN(), &handle));
    }
    features_handle(features_handle const&) = delete;
    features_handle& operator=(features_handle const&) = delete;
    ~features_handle() { XGDMatrixFree(handle); }

    DMatrixHandle handle = nullptr;
};

}  // namespace

struct count_trees::state {
    state() = default;
    state(state const&) = delete;
    state& operator=(state const&) = delete;
    ~state() { XGBoosterFree(booster); }

    void set(std::string_view name, std::string const& value) const {
        check(XGBoosterSetParam(booster, std::string{name}.c_str(), value.c_str()));
    }

    /// What XGBoost predicts: of kind 0 a number for each row, of kind 2 one for each column, too.
    [[nodiscard]] MatrixXd predicted(MatrixXd const& features, int kind) const {
        features_handle const rows{features};
        auto const how = fmt::format(R"({{"type": {}, "training": false, "iteration_begin": 0, )"
                                     R"("iteration_end": 0, "strict_shape": false}})",
                                     kind);
        bst_ulong const* shape = nullptr;
        bst_ulong dimensions = 0;
        float const* values = nullptr;
        check(XGBoosterPredictFromDMatrix(booster, rows.handle, how.c_str(), &shape, &dimensions,
                                          &values));
        auto const columns = dimensions > 1 ? static_cast<Index>(shape[1]) : 1;
        return Eigen::Map<table const>{values, features.rows(), columns}.cast<double>();
    }

    BoosterHandle booster = nullptr;
    Index width = 0;
};

bool count_trees::available() {
    return true;
}

count_trees::count_trees(MatrixXd const& features, VectorXd const& counts, tree_settings const& how)
    : state_{std::make_unique<state>()} {
    features_handle const rows{features};
    Eigen::VectorXf const labels = counts.cast<float>();
    check(XGDMatrixSetFloatInfo(rows.handle, "label", labels.data(),
                                static_cast<bst_ulong>(labels.size())));
    check(XGBoosterCreate(&rows.handle, 1, &state_->booster));
    state_->width = features.cols();
    auto const set = [&](std::string_view name, auto value) {
        state_->set(name, fmt::format("{}", value));
    };
    set("objective", "count:poisson");
    set("tree_method", "exact");
    set("nthread", 1);
    set("verbosity", 0);
    set("seed", 0);
    set("base_score", counts.mean());
    set("max_depth", how.depth);
    set("learning_rate", how.learning_rate);
    set("max_delta_step", how.largest_step);
    set("num_parallel_tree", how.trees_per_round);
    set("subsample", how.rows_sampled);
    set("colsample_bynode", how.columns_sampled);
    for (int round = 0; round < how.rounds; ++round)
        check(XGBoosterUpdateOneIter(state_->booster, round, rows.handle));
}

count_trees::count_trees(count_trees&&) noexcept = default;
count_trees& count_trees::operator=(count_trees&&) noexcept = default;
count_trees::~count_trees() = default;

VectorXd count_trees::expected(MatrixXd const& features) const {
    return state_->predicted(features, 0).col(0);
}

MatrixXd count_trees::contributions(MatrixXd const& features) const {
    return state_->predicted(features, 2);
}

std::vector<double> count_trees::gains() const {
    bst_ulong found = 0, dimensions = 0;
    char const** names = nullptr;
    bst_ulong const* shape = nullptr;
    float const* scores = nullptr;
    check(XGBoosterFeatureScore(state_->booster, R"({"importance_type": "total_gain"})", &found,
                                &names, &dimensions, &shape, &scores));
    std::vector<double> gains(static_cast<std::size_t>(state_->width));
    for (std::size_t i = 0; i < found; ++i)  // a column is named f3
        gains[std::stoul(std::string{names[i] + 1})] = static_cast<double>(scores[i]);
    return gains;
}

}  // namespace customer_success

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/case_encoding.hpp>
#include <customer_success/count_regression.hpp>
#include <customer_success/count_trees.hpp>
#include <customer_success/records.hpp>

#include <Eigen/Core>
#include <date/date.h>

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How much work will a case be? Learned from the deals that were concluded.
namespace customer_success {

/// A concluded deal: how many emails and activities it took.
struct known_case {
    std::string id;
    case_facts facts;
    date::sys_days start, end;
    double count = 0;
};

enum class workload_model { mean, poisson, negative_binomial, boosted, forest };
inline constexpr auto workload_model_names =
    std::to_array<std::string_view>({"mean", "poisson", "negative_binomial", "boosted", "forest"});
[[nodiscard]] constexpr std::string_view name_of(workload_model model) {
    return workload_model_names[static_cast<std::size_t>(model)];
}

/// What a model expects of cases.
using workload_predictor = std::function<Eigen::VectorXd(std::span<case_facts const>)>;

/// Errors: no_convergence, std::invalid_argument if there is too little to learn from.
[[nodiscard]] workload_predictor learn(workload_model model, std::span<known_case const> known);

/// How well a model told a fold; without model, the fold had too few deals to train on.
struct fold_result {
    std::string split;  // purged or plain
    std::size_t fold = 0;
    std::optional<workload_model> model = {};
    std::size_t trained = 0, tested = 0;
    prediction_error error = {};
};
struct mean_result {
    std::string split;
    workload_model model;
    prediction_error error;  // the mean of its folds
};

/// What mattered: the mean size of what each feature adds to the logarithm of the expected count.
struct feature_importance {
    std::string feature;
    std::optional<double> boosted = {};  // of its exact SHAP values
    std::optional<double> regression = {};
    std::optional<double> gain_share = {};  // of all splits of the boosted trees
};

struct workload_study {
    std::vector<known_case> known;  // by (start, id)
    std::optional<case_encoding> encoding = {};
    std::optional<count_regression> poisson = {}, negative_binomial = {};
    std::optional<Eigen::MatrixXd> contributions = {};  // of the boosted trees, by known case
    std::optional<Eigen::VectorXd> boosted = {};        // what they expect
    std::vector<fold_result> folds = {};
    std::vector<mean_result> means = {};
    std::vector<feature_importance> importance = {};
    std::vector<workload_model> models = {};  // that could be tried
    std::vector<std::string> left_out = {};   // why others were not
    workload_model chosen = workload_model::mean;
    std::string why = {};             // it was chosen
    workload_predictor predict = {};  // empty if there is nothing to learn from
};

/// Tries the models on five folds in the order of the deals' beginnings, each trained on deals that had
/// ended before the fold began (at least 100 of them); the one with the least mean Poisson deviance is
/// chosen. The plain split in time is there for comparison: it trains on deals whose end lies in the
/// future.
///
/// Edges:  a model that cannot be fitted, to all deals or to those of a fold, is left out, and it is said
///         why; without folds, Poisson is chosen, or the mean.
[[nodiscard]] workload_study study_workload(std::vector<known_case> known, bool with_forest);

}  // namespace customer_success

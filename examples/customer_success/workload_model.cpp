// SPDX-License-Identifier: BSL-1.0
#include <customer_success/workload_model.hpp>

#include <support/ordered_folds.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <tuple>
#include <utility>

namespace customer_success {

namespace {

using Eigen::Index, Eigen::MatrixXd, Eigen::VectorXd;

constexpr std::size_t folds = 5;
constexpr std::size_t fewest_to_train = 100;

std::vector<case_facts> facts_of(std::span<known_case const> known) {
    std::vector<case_facts> facts;
    for (auto const& one : known)
        facts.push_back(one.facts);
    return facts;
}

VectorXd counts_of(std::span<known_case const> known) {
    VectorXd counts(static_cast<Index>(known.size()));
    for (std::size_t i = 0; i < known.size(); ++i)
        counts[static_cast<Index>(i)] = known[i].count;
    return counts;
}

workload_predictor regression(case_encoding encoding, count_regression learned) {
    return [encoding = std::move(encoding), learned = std::move(learned)](auto cases) {
        return learned.expected(encoding.design(cases));
    };
}

workload_predictor trees(case_encoding encoding, count_trees grown) {
    auto const shared = std::make_shared<count_trees>(std::move(grown));
    return [encoding = std::move(encoding), shared](auto cases) {
        return shared->expected(encoding.one_hot(cases));
    };
}

/// To six decimals, so that the means are those of the numbers that are shown.
prediction_error shown(prediction_error const& error) {
    auto const rounded = [](double number) { return std::round(number * 1e6) / 1e6; };
    return {rounded(error.mean_absolute), rounded(error.root_mean_square),
            rounded(error.poisson_deviance)};
}

/// What every model expects of one fold.
void try_fold(workload_study& study, std::string const& split, std::size_t number,
              examples::ordered_fold const& fold) {
    std::vector<known_case> training;
    for (auto const row : fold.training)
        training.push_back(study.known[row]);
    auto const tested =
        std::span{study.known}.subspan(fold.first_tested, fold.end_tested - fold.first_tested);
    auto const result = fold_result{
        .split = split, .fold = number, .trained = training.size(), .tested = tested.size()};
    if (training.size() < fewest_to_train) {
        study.folds.push_back(result);
        return;
    }
    auto const cases = facts_of(tested);
    for (auto const model : study.models) {
        auto tried = result;
        tried.model = model;
        try {
            tried.error = shown(error_of(counts_of(tested), learn(model, training)(cases)));
            study.folds.push_back(tried);
        } catch (std::runtime_error const& reason) {
            study.left_out.push_back(
                fmt::format("{}, {} fold {}: {}", name_of(model), split, number, reason.what()));
        }
    }
}

/// The means over the folds, by split and model: of models that no fold defeated.
std::vector<mean_result> means_of(workload_study const& study) {
    std::vector<mean_result> means;
    for (auto const* const split : {"purged", "plain"}) {
        double all = 0;  // the mean can always be had
        for (auto const model : study.models) {
            prediction_error sum;
            double tried = 0;
            for (auto const& fold : study.folds)
                if (fold.split == split && fold.model == model) {
                    sum.mean_absolute += fold.error.mean_absolute;
                    sum.root_mean_square += fold.error.root_mean_square;
                    sum.poisson_deviance += fold.error.poisson_deviance;
                    ++tried;
                }
            all = std::max(all, tried);
            if (tried > 0 && tried == all)
                means.push_back({split,
                                 model,
                                 {sum.mean_absolute / tried, sum.root_mean_square / tried,
                                  sum.poisson_deviance / tried}});
        }
    }
    return means;
}

void choose(workload_study& study) {
    auto const least = std::ranges::min_element(study.means, {}, [](mean_result const& one) {
        return std::pair{one.split != "purged", one.error.poisson_deviance};
    });
    if (least != study.means.end() && least->split == "purged") {
        study.chosen = least->model;
        study.why = fmt::format("it has the least mean Poisson deviance, {:.3f}",
                                least->error.poisson_deviance);
        return;
    }
    auto const fits = std::ranges::count(study.models, workload_model::poisson) > 0;
    study.chosen = fits ? workload_model::poisson : workload_model::mean;
    study.why = fmt::format("no fold has {} deals to train on, so that nothing could be compared",
                            fewest_to_train);
}

/// Mean sizes by feature: of the sum of its columns in each row.
std::vector<double> mean_sizes(MatrixXd const& contributions,
                               std::vector<encoded_column> const& columns,
                               std::vector<std::string> const& features) {
    std::vector<double> sizes;
    for (auto const& feature : features) {
        VectorXd sum = VectorXd::Zero(contributions.rows());
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i].feature == feature)
                sum += contributions.col(static_cast<Index>(i));
        sizes.push_back(sum.array().abs().mean());
    }
    return sizes;
}

/// The SHAP values of a sum are its terms, less their means.
MatrixXd terms_of(MatrixXd const& design, count_regression const& learned) {
    MatrixXd const centred = design.rowwise() - design.colwise().mean();
    return centred * learned.coefficients.asDiagonal();
}

void weigh_features(workload_study& study) {
    std::vector<std::string> features{"n_applicants"};
    for (auto const& category : study.encoding->categories())
        features.push_back(category.name);
    for (auto const& feature : features)
        study.importance.push_back({.feature = feature});
    auto const cases = facts_of(study.known);
    auto const& learned = study.negative_binomial ? study.negative_binomial : study.poisson;
    if (learned) {
        auto const sizes = mean_sizes(terms_of(study.encoding->design(cases), *learned),
                                      study.encoding->design_columns(), features);
        for (std::size_t i = 0; i < features.size(); ++i)
            study.importance[i].regression = sizes[i];
    }
    if (std::ranges::count(study.models, workload_model::boosted) > 0) {
        auto const features_of_all = study.encoding->one_hot(cases);
        count_trees const grown{features_of_all, counts_of(study.known), tree_settings::boosted()};
        study.contributions = grown.contributions(features_of_all);
        study.boosted = grown.expected(features_of_all);
        auto const columns = study.encoding->one_hot_columns();
        auto const sizes = mean_sizes(*study.contributions, columns, features);
        auto const gains = grown.gains();
        double all = 0;
        for (auto const gain : gains)
            all += gain;
        for (std::size_t i = 0; i < features.size(); ++i) {
            study.importance[i].boosted = sizes[i];
            double own = 0;
            for (std::size_t column = 0; column < columns.size(); ++column)
                own += columns[column].feature == features[i] ? gains[column] : 0;
            study.importance[i].gain_share = all > 0 ? own / all : 0;
        }
    }
    std::ranges::sort(study.importance, std::greater{}, [](feature_importance const& one) {
        return std::tie(one.boosted, one.regression, one.feature);
    });
}

/// The regressions of all known cases; one that does not settle is left out of all that follows.
void fit_all(workload_study& study, bool with_forest) {
    auto const design = study.encoding->design(facts_of(study.known));
    auto const counts = counts_of(study.known);
    study.models.push_back(workload_model::mean);
    auto const try_to = [&](workload_model model, auto fit, auto& into) {
        try {
            into = fit(design, counts);
            study.models.push_back(model);
        } catch (std::exception const& reason) {
            study.left_out.push_back(fmt::format("{}: {}", name_of(model), reason.what()));
        }
    };
    try_to(workload_model::poisson, poisson_regression, study.poisson);
    try_to(workload_model::negative_binomial, negative_binomial_regression,
           study.negative_binomial);
    if (!count_trees::available()) {
        study.left_out.emplace_back("boosted, forest: this program was built without XGBoost");
        return;
    }
    if (!(counts.mean() > 0)) {
        study.left_out.emplace_back("boosted, forest: no deal took any work");
        return;
    }
    study.models.push_back(workload_model::boosted);
    if (with_forest)
        study.models.push_back(workload_model::forest);
    else
        study.left_out.emplace_back("forest: not asked for");
}

}  // namespace

workload_predictor learn(workload_model model, std::span<known_case const> known) {
    auto const cases = facts_of(known);
    auto const counts = counts_of(known);
    if (model == workload_model::mean)
        return [mean = counts.mean()](auto some) {
            return VectorXd::Constant(static_cast<Index>(some.size()), mean);
        };
    case_encoding encoding{cases};
    switch (model) {
    case workload_model::poisson:
        return regression(encoding, poisson_regression(encoding.design(cases), counts));
    case workload_model::negative_binomial:
        return regression(encoding, negative_binomial_regression(encoding.design(cases), counts));
    default:
        return trees(encoding, {encoding.one_hot(cases), counts,
                                model == workload_model::forest ? tree_settings::forest()
                                                                : tree_settings::boosted()});
    }
}

workload_study study_workload(std::vector<known_case> known, bool with_forest) {
    workload_study study;
    study.known = std::move(known);
    std::ranges::sort(study.known, {},
                      [](known_case const& one) { return std::tie(one.start, one.id); });
    if (study.known.empty()) {
        study.why = "there is no concluded deal to learn from";
        return study;
    }
    study.encoding.emplace(facts_of(study.known));
    fit_all(study, with_forest);
    auto const purged =
        examples::ordered_folds(study.known.size(), folds, [&](std::size_t row, std::size_t first) {
            return study.known[row].end < study.known[first].start;
        });
    auto const plain = examples::ordered_folds(study.known.size(), folds,
                                               [](std::size_t, std::size_t) { return true; });
    for (std::size_t fold = 0; fold < purged.size(); ++fold)
        try_fold(study, "purged", fold + 1, purged[fold]);
    for (std::size_t fold = 0; fold < plain.size(); ++fold)
        try_fold(study, "plain", fold + 1, plain[fold]);
    study.means = means_of(study);
    choose(study);
    weigh_features(study);
    study.predict = learn(study.chosen, study.known);
    return study;
}

}  // namespace customer_success

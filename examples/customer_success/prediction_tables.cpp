// SPDX-License-Identifier: BSL-1.0
#include <customer_success/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace customer_success {

namespace {

using examples::report_table, examples::table_column;
using kind = examples::column_kind;
using cell = std::optional<std::string>;

template <class Number>
cell number_or_nothing(std::optional<Number> const& number, int decimals) {
    return number ? cell{number_text(*number, decimals)} : std::nullopt;
}

report_table coefficients(workload_study const& study) {
    report_table table{.name = "coefficients",
                       .title = "What raises the expected work",
                       .note = "Coefficients of the logarithm of the expected number of emails and "
                               "activities, with their standard errors (se). Levels are compared "
                               "with their reference, see the table of the fit.",
                       .section = section::prediction,
                       .columns = {{"term"},
                                   {"poisson", kind::decimal},
                                   {"poisson_se", kind::decimal},
                                   {"negative_binomial", kind::decimal},
                                   {"negative_binomial_se", kind::decimal}}};
    if (!study.encoding)
        return table;
    auto const columns = study.encoding->design_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto& row = table.rows.emplace_back(std::vector<cell>{columns[i].term});
        for (auto const* const learned : {&study.poisson, &study.negative_binomial}) {
            row.emplace_back();
            row.emplace_back();
            if (*learned) {
                row[row.size() - 2] =
                    number_text((*learned)->coefficients[static_cast<Eigen::Index>(i)], 9);
                row.back() = number_or_nothing((*learned)->standard_errors[i], 9);
            }
        }
    }
    return table;
}

report_table fit(workload_study const& study) {
    report_table table{.name = "fit",
                       .title = "How well the regressions fit",
                       .section = section::prediction,
                       .columns = {{"figure"}, {"value"}}};
    if (!study.encoding)
        return table;
    std::string references;
    for (auto const& each : study.encoding->categories())
        references += fmt::format("{}{}={}", references.empty() ? "" : "; ", each.name,
                                  each.levels[each.reference]);
    table.rows = {{"training deals", whole(study.known.size())}, {"references", references}};
    if (auto const& poisson = study.poisson) {
        auto const freedom =
            static_cast<double>(static_cast<Eigen::Index>(study.known.size()) - poisson->rank);
        table.rows.push_back({"poisson log likelihood", number_text(poisson->log_likelihood, 6)});
        table.rows.push_back({"poisson deviance", number_text(poisson->deviance, 6)});
        if (freedom > 0)
            table.rows.push_back({"pearson chi2 / df", number_text(poisson->pearson / freedom, 6)});
    }
    if (auto const& negative = study.negative_binomial; negative && study.poisson) {
        table.rows.push_back(
            {"negative binomial log likelihood", number_text(negative->log_likelihood, 6)});
        table.rows.push_back({"alpha", number_text(negative->alpha, 9)});
        table.rows.push_back(
            {"LR of alpha=0",
             number_text(2 * (negative->log_likelihood - study.poisson->log_likelihood), 6)});
    }
    return table;
}

std::vector<table_column> error_columns() {
    return {{"mae", kind::decimal, "mean absolute error"},
            {"rmse", kind::decimal, "root mean square error"},
            {"poisson_deviance", kind::decimal, "mean Poisson deviance"}};
}

void add_error(std::vector<cell>& row, prediction_error const& error) {
    row.insert(row.end(),
               {number_text(error.mean_absolute, 6), number_text(error.root_mean_square, 6),
                number_text(error.poisson_deviance, 6)});
}

report_table folds(workload_study const& study) {
    report_table table{.name = "cross_validation",
                       .title = "Each fold",
                       .note =
                           "Purged: trained on deals that had ended before the fold began. Plain: "
                           "trained on all that had begun, whose ends lie in the future.",
                       .section = section::prediction,
                       .columns = {{"split"},
                                   {"fold", kind::integer},
                                   {"model"},
                                   {"train", kind::integer},
                                   {"test", kind::integer}}};
    std::ranges::copy(error_columns(), std::back_inserter(table.columns));
    for (auto const& one : study.folds) {
        auto& row = table.rows.emplace_back(
            std::vector<cell>{one.split, whole(one.fold),
                              one.model ? std::string{name_of(*one.model)} : "too few to train",
                              whole(one.trained), whole(one.tested)});
        if (one.model)
            add_error(row, one.error);
        else
            row.resize(table.columns.size());
    }
    return table;
}

report_table fold_means(workload_study const& study) {
    report_table table{.name = "cross_validation_mean",
                       .title = "Which model tells the future best",
                       .note = "Means over the folds, the less the better. The plain split looks "
                               "better than it is: it knows the future.",
                       .section = section::prediction,
                       .columns = {{"split"}, {"model"}}};
    std::ranges::copy(error_columns(), std::back_inserter(table.columns));
    for (auto const& one : study.means)
        add_error(
            table.rows.emplace_back(std::vector<cell>{one.split, std::string{name_of(one.model)}}),
            one.error);
    return table;
}

report_table importance(workload_study const& study) {
    report_table table{.name = "importance",
                       .title = "What mattered",
                       .note = "Mean sizes of exact SHAP values: how much a feature moves the "
                               "logarithm of the expected work, on average. Gain: its share of all "
                               "that the splits of the boosted trees improved.",
                       .section = section::prediction,
                       .columns = {{"feature"},
                                   {"mean_abs_shap_boosted", kind::decimal},
                                   {"mean_abs_shap_negative_binomial", kind::decimal},
                                   {"gain_share", kind::decimal}}};
    for (auto const& one : study.importance)
        table.rows.push_back({one.feature, number_or_nothing(one.boosted, 6),
                              number_or_nothing(one.regression, 6),
                              number_or_nothing(one.gain_share, 6)});
    return table;
}

/// What the boosted trees expect of every deal they learned from, and what each term adds to its
/// logarithm. Terms are in rows: as columns of a database, levels of the data could be anything.
report_table boosted(workload_study const& study) {
    report_table table{.name = "boosted_predictions",
                       .title = "What the boosted trees expect, and why",
                       .section = section::prediction,
                       .columns = {{"deal_id", kind::text, "deal"},
                                   {"expected", kind::decimal},
                                   {"term"},
                                   {"contribution", kind::decimal}},
                       .on_page = false};
    if (!study.contributions)
        return table;
    auto columns = study.encoding->one_hot_columns();
    columns.push_back({"(in common)", ""});
    for (std::size_t i = 0; i < study.known.size(); ++i)
        for (std::size_t column = 0; column < columns.size(); ++column) {
            auto const at = static_cast<Eigen::Index>(i);
            table.rows.push_back(
                {study.known[i].id, number_text((*study.boosted)[at], 6), columns[column].term,
                 number_text((*study.contributions)(at, static_cast<Eigen::Index>(column)), 9)});
        }
    return table;
}

}  // namespace

std::string number_text(double number, int decimals) {
    auto text = fmt::format("{:.{}f}", number, decimals);
    return text.find_first_not_of("-0.") == text.npos && text.starts_with('-') ? text.substr(1)
                                                                               : text;
}

std::vector<report_table> prediction_tables(workload_study const& study) {
    return {fold_means(study), importance(study), coefficients(study),
            fit(study),        folds(study),      boosted(study)};
}

}  // namespace customer_success

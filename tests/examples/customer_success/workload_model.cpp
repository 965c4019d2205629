// SPDX-License-Identifier: BSL-1.0
#include <customer_success/workload_model.hpp>

#include "small_world.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace date::literals;
using namespace customer_success;

namespace {

/// One deal a day; each takes `length` days, and three times its applicants, more or less.
std::vector<known_case> cases(int number, int length) {
    std::vector<known_case> made;
    for (int i = 0; i < number; ++i) {
        auto const start = date::sys_days{2024_y / 1 / 1} + date::days{i};
        auto const applicants = 1 + i % 4;
        made.push_back({.id = std::to_string(10'000 + i),
                        .facts = student(applicants),
                        .start = start,
                        .end = start + date::days{length},
                        .count = static_cast<double>(3 * applicants + i % 3)});
    }
    return made;
}

}  // namespace

TEST_CASE("study_workload: only deals that had ended are trained on, a hundred of them") {
    auto const study = study_workload(cases(300, 30), false);
    // 50 are tested in each fold; those of the last 30 days had not ended when it began, nor had the one
    // of the day before those.
    for (auto const& fold : study.folds) {
        CHECK(fold.tested == 50);
        auto const begun = 50 + (fold.fold - 1) * 50;
        CHECK(fold.trained == (fold.split == "plain" ? begun : begun - 30));
        CHECK(fold.model.has_value() == (fold.trained >= 100));
    }
    CHECK(std::ranges::count(study.folds, "purged", &fold_result::split) ==
          2 + 3 * static_cast<int>(study.models.size()));
    CHECK(study.chosen != workload_model::mean);
    CHECK(
        study.left_out.back().starts_with(count_trees::available() ? "forest" : "boosted, forest"));
}

TEST_CASE("study_workload: the least mean deviance is chosen") {
    auto const study = study_workload(cases(300, 30), true);
    auto least = study.means.front();
    for (auto const& one : study.means)
        if (one.split == "purged" && one.error.poisson_deviance < least.error.poisson_deviance)
            least = one;
    CHECK(study.chosen == least.model);
}

TEST_CASE("study_workload: the order of the deals does not matter to a bit") {
    auto known = cases(240, 20);
    auto const study = study_workload(known, true);
    std::ranges::reverse(known);
    std::ranges::rotate(known, known.begin() + 77);
    auto const turned = study_workload(known, true);
    REQUIRE(study.folds.size() == turned.folds.size());
    for (std::size_t i = 0; i < study.folds.size(); ++i)
        CHECK(study.folds[i].error.poisson_deviance == turned.folds[i].error.poisson_deviance);
    CHECK(study.negative_binomial->coefficients == turned.negative_binomial->coefficients);
    CHECK(study.negative_binomial->alpha == turned.negative_binomial->alpha);
}

TEST_CASE("study_workload: little to learn from") {
    auto const few = study_workload(cases(20, 5), true);
    CHECK(few.chosen == workload_model::poisson);
    CHECK(few.predict(std::vector{student(2)})[0] > 0);
    auto const one = study_workload(cases(1, 5), true);
    CHECK(one.chosen == workload_model::mean);
    CHECK(one.predict(std::vector{student(2)})[0] == 3);
    auto const nothing = study_workload({}, true);
    CHECK_FALSE(nothing.predict);
    CHECK(nothing.models.empty());
    auto idle = cases(200, 5);
    for (auto& each : idle)
        each.count = 0;
    auto const no_work = study_workload(idle, true);
    CHECK(no_work.models == std::vector{workload_model::mean});
    CHECK(no_work.left_out.size() >= 3);
}

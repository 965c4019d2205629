// SPDX-License-Identifier: BSL-1.0
#include <customer_success/workload_plan.hpp>

#include "small_world.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

using namespace date::literals;
using namespace std::chrono_literals;
using namespace customer_success;

namespace {

constexpr date::sys_days day = 2024_y / 4 / 1;

/// Expects ten for each applicant.
workload_study study() {
    workload_study made;
    made.predict = [](std::span<case_facts const> cases) {
        Eigen::VectorXd counts(static_cast<Eigen::Index>(cases.size()));
        for (std::size_t i = 0; i < cases.size(); ++i)
            counts[static_cast<Eigen::Index>(i)] = 10.0 * static_cast<double>(*cases[i].applicants);
        return counts;
    };
    return made;
}

std::vector<specialist> const team{{"ann", {"es", "en"}, {"Student"}},
                                   {"bob", {"es"}, {"Student", "Work"}},
                                   {"cem", {"fr"}, {"Work"}}};

new_client client(std::string id, std::chrono::hours at, case_facts facts) {
    return {std::move(id), std::move(facts), examples::instant{day} + at};
}

deal open(std::string id, std::string owner, std::int64_t applicants) {
    return some_deal(std::move(id), deal_state::open, day, std::nullopt, std::move(owner),
                     applicants);
}
deal concluded(std::string id, std::string owner) {
    return some_deal(std::move(id), deal_state::concluded, day, day + date::days{9},
                     std::move(owner));
}

}  // namespace

TEST_CASE("plan_workload: to the least portfolio, which grows") {
    auto const plan = plan_workload(
        {open("D1", "ann", 1), open("D2", "bob", 2)}, team,
        {client("N2", 2h, student(1)), client("N1", 1h, student(1)), client("N3", 3h, student(1))},
        study());
    REQUIRE(plan.open.size() == 2);
    CHECK(plan.open[0].work == 10'000'000);
    CHECK(plan.before.front().name == "cem");  // carries nothing
    // ann 1.0, bob 2 applicants
    REQUIRE(plan.assignments.size() == 3);
    CHECK(plan.assignments[0].client.id == "N1");  // in the order of arrival
    CHECK(plan.assignments[0].specialist == "ann");
    CHECK(plan.assignments[0].eligible == 2);
    CHECK(plan.assignments[1].before ==
          plan.assignments[0].before + plan.assignments[0].score.tenths());
    auto const at_once = plan_workload(
        {}, team, {client("N2", 1h, student(1)), client("N1", 1h, student(1))}, study());
    CHECK(at_once.assignments[0].client.id == "N1");
}

TEST_CASE("plan_workload: ties go to fewer open deals, then to experience, then by name") {
    // Both carry as much: bob in one deal of two applicants, ann in ... the bands decide, so make one each.
    auto const even = plan_workload({open("D1", "ann", 1), open("D2", "bob", 1)}, team,
                                    {client("N1", 1h, student(1))}, study());
    CHECK(even.assignments[0].specialist == "ann");
    CHECK(even.assignments[0].because ==
          "carries 1.0 like bob, who is as good in all; the first by "
          "name");
    auto const experience =
        plan_workload({open("D1", "ann", 1), open("D2", "bob", 1), concluded("D3", "bob")}, team,
                      {client("N1", 1h, student(1))}, study());
    CHECK(experience.assignments[0].specialist == "bob");
    CHECK(experience.assignments[0].because ==
          "carries 1.0 like ann, and concluded more deals of Student: 1, not 0");
    // 2 * (0.7 + 0.3) = 0.7 * 2 + 0.3 * 2: two deals of one applicant, or one of two in the second band
    auto const fewer =
        plan_workload({open("D1", "ann", 1), open("D2", "ann", 1), open("D3", "bob", 2),
                       open("D4", "cem", 3), open("D5", "cem", 4), open("D6", "cem", 5)},
                      team, {client("N1", 1h, student(1))}, study());
    CHECK(fewer.before[0].tenths == fewer.before[1].tenths);
    CHECK(fewer.before[0].name == "bob");
    CHECK(fewer.assignments[0].specialist == "bob");
    CHECK(fewer.assignments[0].because == "carries 2.0 like ann, in fewer open deals: 1, not 2");
}

TEST_CASE("plan_workload: why nobody") {
    auto with = [](std::string language, std::string visa) {
        auto facts = student(1);
        facts.language = std::move(language);
        facts.visa = std::move(visa);
        return facts;
    };
    auto without_applicants = student(1);
    without_applicants.applicants.reset();
    auto const plan = plan_workload(
        {}, team,
        {client("N1", 1h, with("is", "Student")), client("N2", 2h, with("es", "Golden")),
         client("N3", 3h, with("fr", "Student")), client("N4", 4h, without_applicants),
         client("N5", 5h, with("fr", "Work"))},
        study());
    CHECK(plan.assignments[0].reason == "nobody speaks the language");
    CHECK(plan.assignments[1].reason == "nobody has the product scope");
    CHECK(plan.assignments[2].reason == "nobody has both language and product scope");
    CHECK(plan.assignments[3].reason == "the number of applicants is missing");
    CHECK(plan.assignments[4].because == "the only one with language and scope");
    CHECK(plan.assignments[4].specialist == "cem");
}

TEST_CASE("plan_workload: without anything learned there are no scores") {
    auto const plan =
        plan_workload({open("D1", "ann", 1)}, team, {client("N1", 1h, student(1))}, {});
    CHECK(plan.open.empty());
    CHECK(plan.borders.empty());
    CHECK(plan.assignments[0].reason == "no concluded deal tells how much work it is");
}

TEST_CASE("plan_workload: who has no skills carries, but takes nobody") {
    auto const plan = plan_workload({open("D1", "zoe", 1)}, team, {}, study());
    CHECK(plan.before.back().name == "zoe");
    CHECK_FALSE(plan.before.back().takes_clients);
}

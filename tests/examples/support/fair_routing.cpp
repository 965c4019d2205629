// SPDX-License-Identifier: BSL-1.0
#include <support/fair_routing.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using examples::route;

namespace {

struct worker {
    std::string name;
    int load;
    int jobs;
    bool able = true;
};

auto to_the_least(std::vector<worker> const& team) {
    return route(team, &worker::able, &worker::load, &worker::jobs, &worker::name);
}

}  // namespace

TEST_CASE("route: the least of the first key") {
    auto const found = to_the_least({{"ann", 5, 1}, {"bob", 3, 9}, {"cem", 4, 0}});
    CHECK(found.chosen == 1);
    CHECK(found.eligible == 3);
    CHECK(found.decided_by == 0);
    CHECK(found.runner_up == 2);
}

TEST_CASE("route: ties go to the next key, and it is said which decided") {
    auto const by_jobs = to_the_least({{"ann", 3, 2}, {"bob", 3, 1}, {"cem", 4, 0}});
    CHECK(by_jobs.chosen == 1);
    CHECK(by_jobs.decided_by == 1);
    CHECK(by_jobs.runner_up == 0);
    auto const by_name = to_the_least({{"cem", 3, 1}, {"bob", 3, 1}});
    CHECK(by_name.chosen == 1);
    CHECK(by_name.decided_by == 2);
    CHECK(by_name.runner_up == 0);
    auto const the_first = to_the_least({{"bob", 3, 1}, {"bob", 3, 1}});
    CHECK(the_first.chosen == 0);
    CHECK(the_first.decided_by == 2);
    CHECK_FALSE(the_first.runner_up);
}

TEST_CASE("route: only the eligible ones") {
    auto const found = to_the_least({{"ann", 1, 1, false}, {"bob", 3, 9}});
    CHECK(found.chosen == 1);
    CHECK(found.eligible == 1);
    CHECK_FALSE(found.decided_by);
    auto const nobody = to_the_least({{"ann", 1, 1, false}});
    CHECK_FALSE(nobody.chosen);
    CHECK(nobody.eligible == 0);
    CHECK_FALSE(to_the_least({}).chosen);
}

TEST_CASE("route: the order of the candidates does not matter") {
    std::vector<worker> team{{"ann", 3, 2}, {"bob", 3, 1}, {"cem", 3, 1}, {"dan", 2, 5, false}};
    auto const by_name = [](auto const& a, auto const& b) { return a.name < b.name; };
    do {
        auto const found = to_the_least(team);
        REQUIRE(found.chosen);
        CHECK(team[*found.chosen].name == "bob");
        CHECK(team[*found.runner_up].name == "cem");
    } while (std::next_permutation(team.begin(), team.end(), by_name));
}

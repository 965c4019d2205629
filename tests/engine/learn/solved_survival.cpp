// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/solved_survival.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;
namespace detail = attribution::detail;
using doctest::Approx;

namespace {

auto solved(std::vector<detail::observed_state> const& states, att::survival_options options) {
    return detail::solved(std::vector<std::string>{"a", "b"}, states, options, att::model_card{});
}

}  // namespace

TEST_CASE("solved survival: what each channel caused, and what nobody did") {
    // 'a' trebles the rate of 1/10, 'b' doubles it, both together do both.
    std::vector<detail::observed_state> const states{
        {{}, 6400, 10, 1000}, {{0}, 6400, 30, 600}, {{0, 8}, 6400, 60, 6}, {{8}, 6400, 20, 40}};
    using att::survival_credit;
    for (auto const how :
         {survival_credit::shapley, survival_credit::backwards, survival_credit::proportional}) {
        auto const what = solved(states, {.credit = how, .shrinkage = 0});
        CHECK(what.baseline.rate == Approx(0.1).epsilon(1e-6));
        CHECK(what.baseline.conversions == Approx(40).epsilon(1e-6));
        CHECK(what.baseline.value == Approx(1000 + 200 + 1 + 20).epsilon(1e-6));
        CHECK(what.effects[0].channel == "a");
        // Of 6 in the company of each other: 'a' adds 2 or 4, 'b' adds 1 or 3; removed backwards, 'b'
        // takes 3 away and 'a' 2; or ln 3 to ln 2.
        auto const a = how == survival_credit::shapley     ? 3
                       : how == survival_credit::backwards ? 2
                                                           : 5 * std::log(3) / std::log(6);
        CHECK(what.effects[0].conversions == Approx(20 + 10 * a).epsilon(1e-6));
        CHECK(what.effects[1].conversions == Approx(10 + 10 * (5 - a)).epsilon(1e-6));
        CHECK(what.effects[0].value == Approx(400 + a).epsilon(1e-6));
        CHECK(what.card.warnings.empty());
        using line = std::pair<std::string, std::string>;
        auto const& more = what.card.more;
        REQUIRE(more.size() == 4);
        CHECK(more[0].first == "baseline rate");
        CHECK(std::stod(more[0].second) == Approx(0.1).epsilon(1e-6));
        CHECK(more[1].first == "from the baseline");
        CHECK(std::stod(more[1].second) == Approx(40).epsilon(1e-6));
        CHECK(more[2] == line{"states", "4"});
        CHECK(more[3].first == "rounds");
    }
}

TEST_CASE("solved survival: the card says if the search was given up") {
    detail::conversion_rate_by_age rate;
    rate.rounds = 200;
    detail::learned_survival<std::string> what;
    detail::describe(rate, 3, what);
    CHECK(what.card.warnings ==
          std::vector<std::string>{"the effects had not settled when the search was given up"});
    rate.settled = true;
    detail::learned_survival<std::string> found;
    detail::describe(rate, 3, found);
    CHECK(found.card.warnings.empty());
    CHECK(found.card.more.back() == std::pair<std::string, std::string>{"rounds", "200"});
}

TEST_CASE("solved survival: a channel that prevents conversions is warned of") {
    std::vector<detail::observed_state> const states{
        {{}, 6400, 20, 0}, {{0}, 6400, 10, 0}, {{8}, 6400, 30, 0}};
    auto const what = solved(states, {});
    CHECK(what.effects[0].effect < 0);
    CHECK(what.effects[0].conversions < 0);
    REQUIRE(what.card.warnings.size() == 1);
    CHECK(what.card.warnings[0].find("negative effect") != std::string::npos);
    CHECK(what.effects[0].conversions + what.effects[1].conversions + what.baseline.conversions ==
          Approx(60).epsilon(1e-12));
}

// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/made_with.hpp>

#include "support/law.hpp"
#include "support/world.hpp"

#include <attribution/model/blend.hpp>
#include <attribution/model/fair_ties.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/full_path.hpp>
#include <attribution/model/last.hpp>
#include <attribution/model/last_non_direct.hpp>
#include <attribution/model/last_of_each.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/models.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/ranked.hpp>
#include <attribution/model/reached_at.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/model/session_sources.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/policy/after_previous_conversion.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/credited_at_most.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lifetime.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/lookback_by.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>

#include <date/date.h>

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace support;
using namespace std::chrono_literals;

namespace {

std::string model_text(auto const& m) {
    return att::made_with(m, att::always).model;
}
std::string policy_text(auto const& p) {
    return att::made_with(att::linear, p).policy;
}

auto const in_a = att::where(&touch::channel, 'a');

}  // namespace

TEST_CASE("policies are read with their values") {
    using namespace att;
    CHECK(policy_text(always) == "always");
    CHECK(policy_text(lookback(date::days{7})) == "lookback(7 days)");
    CHECK(policy_text(maximum_age(5)) == "maximum age(5)");
    CHECK(policy_text(minimum_age(90s)) == "minimum age(90 s)");
    CHECK(policy_text(calendar_lookback(date::months{1})) ==
          "calendar lookback(2629746 s, utc, false)");
    CHECK(policy_text(calendar_lookback(date::days{3}, fixed_offset{2h}).from_midnight()) ==
          "calendar lookback(3 days, fixed_offset(7200 s), true)");
    CHECK(policy_text(between(&sale::at, no_limit)) == "between(?, no limit)");
    CHECK(policy_text(last_touches(3)) == "last touches(3)");
    CHECK(policy_text(lifetime(&touch::at)) == "lifetime(?)");
    CHECK(policy_text(lookback_by(
              std::vector<lookback_row<std::chrono::hours, char, int>>{{'a', std::nullopt, 48h},
                                                                       {std::nullopt, 7, 5h}},
              &touch::channel, &touch::usage)) ==
          "lookback by table([('a', none, 2 days), (none, 7, 18000 s)], ?, ?)");
    CHECK(policy_text(credited_at_most(2)) == "credited at most(2, any action)");
    CHECK(policy_text(credited_at_most(2, &sale::region)) == "credited at most(2, ?)");
    CHECK(policy_text(since_previous_conversion) == "since the previous conversion");
    CHECK(policy_text((in_a && lookback(3)) ||
                      !named("b", where([](touch const& t) { return t.channel == 'b'; }))) ==
          "or(and(where(projected(?, 'a')), lookback(3)), not(named('b', where(?))))");
}

TEST_CASE("models are read with their values") {
    using namespace att;
    CHECK(model_text(models(first_touch, last_touch, position_decay)) ==
          "models(first_touch, last_touch, position_decay)");
    CHECK(model_text(position_based()) == "position_based(0.4, 0.4, 0.4, 0.4)");
    CHECK(model_text(0.25 * time_decay(date::days{7}) + 0.75 * stepped_time_decay(1h)) ==
          "blend([0.25, 0.75], time_decay(7 days), stepped_time_decay(3600 s))");
    CHECK(model_text(ranked({6, 2})) == "ranked([6, 2])");
    CHECK(model_text(ranked({6, 2}, &touch::usage)) == "ranked([6, 2], ?)");
    CHECK(model_text(fair_ties(usage_weighted(&touch::usage), &sale::at)) ==
          "fair_ties(usage_weighted(?), ?)");
    CHECK(model_text(full_path(in_a, reached_at(&sale::at))) ==
          "milestones(4, [9, 9, 9, 9], first_touch, where(projected(?, 'a')), reached_at(?), "
          "last_touch)");
    CHECK(model_text(over(last(3), last_non_direct(in_a))) ==
          "over(last(3), over(preferred(not(where(projected(?, 'a')))), last_touch))");
    CHECK(model_text(over(session_sources(30min, in_a), linear)) ==
          "over(session sources(sessions(1800 s, first_touch), where(projected(?, 'a'))), linear)");
    CHECK(model_text(over(first_of_each(&touch::channel), linear)) ==
          "over(first of each(?), linear)");
    CHECK(model_text(over(last_of_each(&touch::channel), linear)) ==
          "over(last of each(?), linear)");
    CHECK(model_text(over(runs(&touch::channel), linear)) == "over(runs(?), linear)");
    CHECK(model_text([](auto const&, weights) {}) == "?");
}

TEST_CASE("a policy that needs history says so") {
    using namespace att;
    auto const needs = [](auto const& p) {
        static_assert(needs_history<std::remove_cvref_t<decltype(p)>>);
        auto const how = made_with(linear, p);
        return how.more.size() == 1 ? how.more[0].first + ": " + how.more[0].second : "";
    };
    std::string const previous = "needs: the previous conversion of each customer";
    CHECK(needs(lookback(3) && after_previous_conversion) ==
          previous + ", also from before these records");
    CHECK(needs(named("since", !since_previous_conversion || in_a) && credited_at_most(1)) ==
          previous + ", and what was credited before, also from before these records");
    CHECK(needs(credited_at_most(1)) ==
          "needs: what was credited before, also from before these records");
    auto const none = lookback(3) && (last_touches(2) || !in_a);
    static_assert(!needs_history<std::remove_cvref_t<decltype(none)>>);
    CHECK(made_with(linear, none).more.empty());
    CHECK(made_with(linear, none).grouping.empty());
}

TEST_CASE("law: the texts of two lengths are equal exactly if the lengths are") {
    for_all_worlds([](random_numbers& random) {
        auto const one = std::chrono::milliseconds{random.between(0, 5) * 43'200'000};
        auto const other = std::chrono::hours{random.between(0, 5) * 12};
        holds((policy_text(att::lookback(one)) == policy_text(att::lookback(other))) ==
              (one == other));
        holds(model_text(att::linear) != model_text(att::first_touch));
    });
}

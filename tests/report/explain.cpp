// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/explain.hpp>

#include "support/records.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/policy/without_duplicates.hpp>
#include <attribution/records/cooldown.hpp>
#include <attribution/records/counted.hpp>
#include <attribution/records/once_per.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;
using att::outcome;

namespace {

struct visitor {
    std::optional<int> user;
    tick at;
    char channel = 'a';
    int id = 0;
    int usage = 1;
};

auto visits(std::vector<visitor> const& log) {
    return att::touchpoints(log, &visitor::user, &visitor::at);
}

}  // namespace

TEST_CASE("every touchpoint has its credits or its reason") {
    std::vector<visitor> const log{
        {std::nullopt, 50}, {9, 50},           {1, 101},        {1, 39},
        {1, 60, 'b', 1},    {1, 60, 'a'},      {1, 70, 'a', 1}, {1, 80, 'a', 2, 0},
        {1, 90, 'a', 3},    {1, 90, 'a', 4, 0}};
    std::vector<sale> const book{{1, 100, 1000}};
    auto const touchpoints = visits(log);
    auto const policy = att::lookback(60) &&
                        att::named("not channel b", !att::where(&visitor::channel, 'b')) &&
                        att::without_duplicates(touchpoints, &visitor::id);
    auto const audit = att::explain(att::join(sales(book), touchpoints),
                                    att::usage_weighted(&visitor::usage), policy);

    std::vector<std::string> reasons;
    for (std::size_t row = 0; row < log.size(); ++row)
        reasons.push_back(audit.touchpoint_reason(row));
    CHECK(reasons[0] == "unusable record: its key is missing");
    CHECK(reasons[1] == "no conversion has its key");
    CHECK(reasons[2] == "after the window (nothing after the conversion)");
    CHECK(reasons[3] == "before the window (lookback)");
    CHECK(reasons[4] == "refused by not channel b");
    CHECK(reasons[5] == "duplicate id (without duplicates)");  // id 0 was taken by row 0
    CHECK(reasons[6] == "duplicate id (without duplicates)");
    CHECK(reasons[7] == "the model gave it no weight");
    CHECK(reasons[8] == "credited");
    CHECK(reasons[9] == "lost a tie at the same instant");
    CHECK(audit.touchpoints()[8].amount == 1000);
    CHECK(audit.touchpoints()[8].credits == 1);
    CHECK(audit.touchpoints()[3].amount == 0);
    CHECK(audit.conversion_reason(0) == "credited");
    CHECK(audit.conversions()[0].path_length == 3);

    std::size_t counted = 0;
    for (auto const& line : audit.touchpoint_counts())
        counted += line.count;
    CHECK(counted == log.size());
    CHECK(audit.touchpoint_counts().front().text == "unusable record: its key is missing");
    CHECK(audit.touchpoint_counts().back().text == "credited");
}

TEST_CASE("the default that nothing after the conversion counts has a name too") {
    auto const log = path_at(1, 101);
    std::vector<sale> const book{{1, 100, 10}};
    auto const journeys = att::join(sales(book), touches(log));
    CHECK(att::explain(journeys, att::last_touch, att::always).touchpoint_reason(1) ==
          "after the window (nothing after the conversion)");
    auto const everything =
        att::between([](sale const&) { return tick{0}; }, [](sale const&) { return tick{200}; });
    CHECK(att::explain(journeys, att::last_touch, everything).touchpoint_reason(1) == "credited");
}

TEST_CASE("|| and ! are one part each, named after their operands") {
    auto const log = path_at(10, 50);
    std::vector<sale> const book{{1, 100, 10}};
    auto const journeys = att::join(sales(book), touches(log));
    auto const either = att::lookback(20) || att::named("b only", att::where(&touch::channel, 'b'));
    auto const audit = att::explain(journeys, att::last_touch, either && !att::lookback(70));
    CHECK(audit.parts().size() == 3);
    CHECK(audit.parts()[0] == "(lookback or b only)");
    CHECK(audit.parts()[1] == "not lookback");
    CHECK(audit.touchpoint_reason(0) == "refused by (lookback or b only)");
    CHECK(audit.conversion_reason(0) ==
          "no eligible touchpoint; the closest: refused by (lookback or b only)");
}

TEST_CASE("operands are named however deep they are") {
    auto const log = path_at(10);
    std::vector<sale> const book{{1, 100, 10}};
    auto const b = att::named("b", att::where(&touch::channel, 'b'));
    auto const old = att::named("old", !att::lookback(20));
    auto const audit = att::explain(att::join(sales(book), touches(log)), att::last_touch,
                                    !(b && (old || !(b || old))) && att::always);
    CHECK(audit.parts()[0] == "not (b and (old or not (b or old)))");
}

TEST_CASE("those of one instant lose a tie to each other only") {
    auto const log = path_at(10, 10, 10, 20, 20);
    std::vector<sale> const book{{1, 100, 10}};
    auto const audit =
        att::explain(att::join(sales(book), touches(log)), att::last_touch, att::always);
    for (std::size_t row = 0; row < 3; ++row)
        CHECK(audit.touchpoints()[row].what == outcome::zero_weight);
    CHECK(audit.touchpoints()[3].what == outcome::lost_tie);
    CHECK(audit.touchpoints()[4].what == outcome::credited);
}

TEST_CASE("a touchpoint is told by the conversion where it got furthest") {
    auto const log = path_at(50, 60);
    std::vector<sale> const book{{1, 40, 7}, {1, 500, 7}, {1, 100, 7}, {2, 100, 5}};
    auto const audit =
        att::explain(att::join(sales(book), touches(log)), att::first_touch, att::lookback(100));
    CHECK(audit.touchpoints()[0].what == outcome::credited);
    CHECK(audit.touchpoints()[0].conversion == 2);
    CHECK(audit.touchpoints()[1].what == outcome::zero_weight);
    CHECK(audit.conversion_reason(0) ==
          "no eligible touchpoint; the closest: after the window (nothing after the conversion)");
    CHECK(audit.conversion_reason(1) ==
          "no eligible touchpoint; the closest: before the window (lookback)");
    CHECK(audit.conversion_reason(3) == "no touchpoint has its key");
}

TEST_CASE("a model without weights leaves its conversion unattributed, and says so") {
    std::vector<visitor> const log{{1, 5, 'a', 0, 0}};
    std::vector<sale> const book{{1, 10, 7}};
    auto const audit = att::explain(att::join(sales(book), visits(log)),
                                    att::usage_weighted(&visitor::usage), att::always);
    CHECK(audit.conversion_reason(0) == "the model gave no weight to any touchpoint of its path");
    CHECK(audit.credits()[0] == att::credit<cents>{0, att::no_row, 7, 1.0});
}

TEST_CASE("conversions that do not count are counted by the rule that says so") {
    std::vector<touch> const log{{1, 0}};
    std::vector<sale> const book{{1, 0, 1}, {1, 3, 1}, {1, 4, 1}, {1, 30, 1, 'x'}};
    auto const audit =
        att::explain(att::counted(sales(book), att::cooldown(9), att::once_per(&sale::region)),
                     touches(log), att::last_touch, att::lookback(7));
    std::vector<std::pair<std::string, std::size_t>> reasons;
    for (auto const& line : audit.conversion_counts())
        reasons.emplace_back(line.text, line.count);
    CHECK(reasons ==
          std::vector<std::pair<std::string, std::size_t>>{
              {"credited", 1}, {"not counted (cooldown)", 2}, {"not counted (once per)", 1}});
}

TEST_CASE("nothing at all is accounted for") {
    std::vector<touch> const log;
    std::vector<sale> const book;
    auto const audit =
        att::explain(att::join(sales(book), touches(log)), att::last_touch, att::always);
    CHECK(audit.touchpoints().empty());
    CHECK(audit.conversion_counts().empty());
}

TEST_CASE("conversions are counted by reason, those without a key among them") {
    std::vector<visitor> const log{{1, 50}, {std::nullopt, 60}};
    std::vector<visitor> const book{{1, 55}, {std::nullopt, 60}, {1, 70}, {2, 70}};
    auto const audit =
        att::explain(att::join(att::conversions(book, &visitor::user, &visitor::at), visits(log)),
                     att::last_touch, att::lookback(10));
    CHECK(audit.conversion_reason(1) == "unusable record: its key is missing");
    std::vector<std::pair<std::string, std::size_t>> counted;
    for (auto const& line : audit.conversion_counts())
        counted.emplace_back(line.text, line.count);
    CHECK(counted == std::vector<std::pair<std::string, std::size_t>>{
                         {"unusable record: its key is missing", 1},
                         {"no touchpoint has its key", 1},
                         {"no eligible touchpoint; the closest: before the window (lookback)", 1},
                         {"credited", 1}});
}

TEST_CASE("a window of the policy can end, too") {
    auto const log = path_at(10, 60);
    std::vector<sale> const book{{1, 100, 10}};
    auto const trial =
        att::between([](sale const&) { return tick{0}; }, [](sale const&) { return tick{50}; });
    auto const audit = att::explain(att::join(sales(book), touches(log)), att::last_touch,
                                    att::lookback(100) && trial);
    CHECK(audit.touchpoint_reason(0) == "credited");
    CHECK(audit.touchpoint_reason(1) == "after the window (between)");
}

TEST_CASE("of two refusals the one by the later part is further, and each is counted") {
    std::vector<touch> const log{{1, 10, 'b'}, {1, 20, 'a'}, {2, 10, 'b'}};
    std::vector<sale> const book{{1, 100, 10}, {1, 200, 999}, {1, 300, 10}, {2, 100, 10}};
    auto const dear = att::named(
        "dear sales only", att::where([](touch const&, sale const& s) { return s.value > 99; }));
    auto const a = att::named("a only", att::where(&touch::channel, 'a'));
    auto const audit =
        att::explain(att::join(sales(book), touches(log)), att::last_touch, dear && a);
    CHECK(audit.touchpoint_reason(0) == "refused by a only");
    CHECK(audit.touchpoints()[0].conversion == 1);  // not told by those before and after
    CHECK(audit.touchpoint_reason(1) == "credited");
    CHECK(audit.touchpoint_reason(2) == "refused by dear sales only");
    auto const counts = audit.touchpoint_counts();  // the first part first, whoever came first
    REQUIRE(counts.size() == 3);
    CHECK(counts[0].text == "refused by dear sales only");
    CHECK(counts[1].text == "refused by a only");
    CHECK(counts[1].count == 1);
}

TEST_CASE("of conversions where it got equally far, the first is told, whatever the reason") {
    // One touchpoint for each reason, and two sales that all of them meet alike.
    std::vector<visitor> const log{{1, 10},          {1, 201},           {1, 150, 'b', 1},
                                   {1, 160, 'a', 2}, {1, 161, 'a', 2},   {1, 170, 'a', 3, 0},
                                   {1, 180, 'a', 4}, {1, 180, 'a', 5, 0}};
    std::vector<sale> const book{{2, 200, 7}, {1, 200, 1000}, {1, 200, 500}, {1, 200, 70}};
    auto const touchpoints = visits(log);
    auto const audit =
        att::explain(att::join(sales(book), touchpoints), att::usage_weighted(&visitor::usage),
                     att::lookback(60) && att::where(&visitor::channel, 'a') &&
                         att::without_duplicates(touchpoints, &visitor::id));
    constexpr outcome reasons[]{outcome::before_window, outcome::after_window, outcome::refused,
                                outcome::credited,      outcome::duplicate_id, outcome::zero_weight,
                                outcome::credited,      outcome::lost_tie};
    for (std::size_t row = 0; row < log.size(); ++row) {
        CAPTURE(row);
        CHECK(audit.touchpoints()[row].what == reasons[row]);
        CHECK(audit.touchpoints()[row].conversion == 1);
    }
}

TEST_CASE("of conversions where it got furthest, the first is told, not one before or after") {
    std::vector<touch> const log{{1, 50, 'a'}};
    std::vector<sale> const book{{1, 40, 7}, {1, 500, 7}, {1, 100, 7}, {1, 400, 7}, {1, 90, 7}};
    auto const audit =
        att::explain(att::join(sales(book), touches(log)), att::last_touch, att::lookback(100));
    CHECK(audit.touchpoints()[0].what == outcome::credited);
    CHECK(audit.touchpoints()[0].conversion == 2);
    CHECK(audit.touchpoints()[0].credits == 2);
}

TEST_CASE("no reasons for rows that are not there") {
    std::vector<touch> const log{{1, 50, 'a'}};
    std::vector<sale> const book;
    auto const audit =
        att::explain(att::join(sales(book), touches(log)), att::last_touch, att::always);
    CHECK(audit.touchpoint_reason(0) == "no conversion has its key");
    CHECK_THROWS_WITH_AS((void)audit.touchpoint_reason(1),
                         "explain: there is no touchpoint row 1 among 1", std::out_of_range);
    CHECK_THROWS_WITH_AS((void)audit.conversion_reason(0),
                         "explain: there is no conversion row 0 among 0", std::out_of_range);
}

TEST_CASE("a placeholder date far beyond the touchpoints' clock is after all of them here, too") {
    struct click {
        int user;
        date::sys_time<std::chrono::nanoseconds> at;
    };
    struct deal {
        int user;
        date::sys_days at;
    };
    std::vector<click> const log{{1, {}}, {1, date::sys_days{date::year{2026} / 1 / 1}}};
    std::vector<deal> const book{{1, date::year{9999} / 12 / 31}};
    auto const joined = att::join(att::conversions(book, &deal::user, &deal::at),
                                  att::touchpoints(log, &click::user, &click::at));
    auto const audit = att::explain(joined, att::last_touch, att::last_touches(1));
    REQUIRE(audit.credits().size() == 1);
    CHECK(audit.credits()[0].touchpoint == 1);
    CHECK(audit.touchpoints()[0].what == outcome::refused);
}

namespace {

/// A user's own policies: with a reason, and one of two parts.
struct first_of_day_policy : att::policy_tag {
    static constexpr outcome refusal = outcome::duplicate_id;
    static constexpr char const* name() { return "one a day"; }
    constexpr bool operator()(auto const& s) const { return s.touchpoint().id == 0; }
};
struct house_rules_policy : att::policy_tag {
    decltype(att::lookback(60)) window_part = att::lookback(60);
    first_of_day_policy test_part;

    template <class Visit>
    constexpr void for_each_part(Visit&& visit) const {
        visit(window_part);
        visit(test_part);
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return window_part.window(about);
    }
    constexpr bool operator()(auto const& s) const {
        return s.age() <= window_part.length && test_part(s);
    }
};

}  // namespace

TEST_CASE("a policy of your own says its name, its reason and its parts") {
    std::vector<visitor> const log{{1, 30}, {1, 50, 'a', 7}, {1, 60, 'b'}, {1, 70}};
    std::vector<sale> const book{{1, 100, 1000}};
    auto const journeys = att::join(sales(book), visits(log));
    auto const audit = att::explain(journeys, att::last_touch,
                                    house_rules_policy{} && !att::where(&visitor::channel, 'b'));
    CHECK(audit.parts().size() == 4);
    CHECK(audit.parts()[0] == "lookback");
    CHECK(audit.parts()[1] == "one a day");
    CHECK(audit.touchpoint_reason(0) == "before the window (lookback)");
    CHECK(audit.touchpoint_reason(1) == "duplicate id (one a day)");
    CHECK(audit.touchpoint_reason(2) == "refused by not where");
    CHECK(audit.touchpoint_reason(3) == "credited");
    auto const whole = att::explain(journeys, att::last_touch, !house_rules_policy{});
    CHECK(whole.parts()[0] == "not policy");
}

namespace {

/// So many parts, each of which admits everything.
struct in_parts : att::policy_tag {
    std::size_t count;

    explicit in_parts(std::size_t parts) : count{parts} {}
    template <class Step>
    constexpr bool operator()(Step const&) const {
        return true;
    }
    template <class Visit>
    void for_each_part(Visit&& visit) const {
        for (std::size_t i = 0; i < count; ++i)
            visit(att::always);
    }
};

}  // namespace

TEST_CASE("more parts than an account can number are an error") {
    std::vector<sale> const book{{1, 100, 10}};
    std::vector<touch> const log{{1, 90}, {1, 101}};
    auto const journeys = att::join(sales(book), touches(log));
    constexpr std::size_t some = 70'000;
    auto const audit = att::explain(journeys, att::last_touch, in_parts{some});
    CHECK(audit.touchpoints()[1].part == some);
    CHECK(audit.touchpoint_reason(1) == "after the window (nothing after the conversion)");
    constexpr auto most = attribution::detail::part_number::most_parts;
    CHECK_THROWS_WITH_AS((void)att::explain(journeys, att::last_touch, in_parts{most}),
                         "explain: the policy has more than 16,777,214 parts", std::length_error);
}

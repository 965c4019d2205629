// SPDX-License-Identifier: BSL-1.0
#include <customer_success/workload_plan.hpp>

#include <support/fair_routing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <tuple>
#include <utility>

namespace customer_success {

namespace {

/// Without a study that learned anything there is no expectation.
std::vector<expected_work> expected(std::vector<case_facts> const& cases,
                                    workload_study const& study) {
    std::vector<expected_work> works;
    if (!cases.empty()) {
        auto const counts = study.predict(cases);
        for (Eigen::Index i = 0; i < counts.size(); ++i)
            works.push_back(millionths(counts[i]));
    }
    return works;
}

std::vector<scored_deal> with_expected_work(std::vector<deal> const& deals,
                                            bool (deal::*wanted)() const,
                                            workload_study const& study) {
    std::vector<scored_deal> chosen;
    std::vector<case_facts> cases;
    for (auto const& one : deals)
        if ((one.*wanted)()) {
            chosen.push_back({.about = one});
            cases.push_back(one.facts);
        }
    auto const works = expected(cases, study);
    for (std::size_t i = 0; i < works.size(); ++i)
        chosen[i].work = works[i];
    std::ranges::stable_sort(chosen, {}, [](scored_deal const& one) { return one.about.id; });
    return chosen;
}

std::vector<portfolio> portfolios(std::vector<deal> const& deals,
                                  std::vector<scored_deal> const& open,
                                  std::vector<specialist> const& specialists) {
    std::map<std::string, portfolio> by_name;
    auto const of = [&](std::string const& name) -> portfolio& {
        auto& own = by_name[name];
        own.name = name;
        return own;
    };
    for (auto const& one : specialists) {
        if (!one.id)
            continue;
        auto& own = of(*one.id);
        own.languages = one.languages;
        own.scopes = one.scopes;
        own.takes_clients = true;
    }
    for (auto const& one : open) {
        auto& own = of(one.about.owner);
        ++own.open_deals;
        own.tenths += one.score.tenths();
    }
    for (auto const& one : deals)
        if (one.teaches() && by_name.contains(one.owner))
            ++by_name.at(one.owner).concluded[one.facts.visa];
    std::vector<portfolio> all;
    for (auto& [name, own] : by_name)
        all.push_back(std::move(own));
    return all;
}

bool has(std::vector<std::string> const& list, std::string const& one) {
    return std::ranges::find(list, one) != list.end();
}

std::int64_t concluded(portfolio const& who, std::string const& visa) {
    auto const found = who.concluded.find(visa);
    return found == who.concluded.end() ? 0 : found->second;
}

std::string why_nobody(std::vector<portfolio> const& team, case_facts const& facts) {
    auto const speaks = std::ranges::any_of(
        team, [&](portfolio const& who) { return has(who.languages, facts.language); });
    auto const knows = std::ranges::any_of(
        team, [&](portfolio const& who) { return has(who.scopes, facts.visa); });
    return !speaks  ? "nobody speaks the language"
           : !knows ? "nobody has the product scope"
                    : "nobody has both language and product scope";
}

/// What set the chosen one apart, in words.
std::string why_this_one(std::vector<portfolio> const& team, examples::routed const& found,
                         std::string const& visa) {
    auto const& who = team[*found.chosen];
    if (!found.decided_by)
        return "the only one with language and scope";
    auto const lead = fmt::format("carries {}", tenths_text(who.tenths));
    if (!found.runner_up)
        return lead + ", as the others do";
    auto const& other = team[*found.runner_up];
    switch (*found.decided_by) {
    case 0:
        return fmt::format("{}, the least of {}; next is {} with {}", lead, found.eligible,
                           other.name, tenths_text(other.tenths));
    case 1:
        return fmt::format("{} like {}, in fewer open deals: {}, not {}", lead, other.name,
                           who.open_deals, other.open_deals);
    case 2:
        return fmt::format("{} like {}, and concluded more deals of {}: {}, not {}", lead,
                           other.name, visa, concluded(who, visa), concluded(other, visa));
    default:
        return fmt::format("{} like {}, who is as good in all; the first by name", lead,
                           other.name);
    }
}

void assign(assignment& one, std::vector<portfolio>& team) {
    auto const& facts = one.client.facts;
    auto const found = examples::route(
        team,
        [&](portfolio const& who) {
            return who.takes_clients && has(who.languages, facts.language) &&
                   has(who.scopes, facts.visa);
        },
        &portfolio::tenths, &portfolio::open_deals,
        [&](portfolio const& who) { return -concluded(who, facts.visa); }, &portfolio::name);
    one.eligible = found.eligible;
    if (!found.chosen) {
        one.reason = why_nobody(team, facts);
        return;
    }
    auto& who = team[*found.chosen];
    one.because = why_this_one(team, found, facts.visa);
    one.specialist = who.name;
    one.before = who.tenths;
    who.tenths += one.score.tenths();
    ++who.open_deals;
}

void least_first(std::vector<portfolio>& team) {
    std::ranges::sort(team, {}, [](portfolio const& who) {
        return std::tie(who.tenths, who.open_deals, who.name);
    });
}

}  // namespace

workload_plan plan_workload(std::vector<deal> const& deals,
                            std::vector<specialist> const& specialists,
                            std::vector<new_client> clients, workload_study const& study) {
    workload_plan plan;
    std::ranges::stable_sort(clients, {},
                             [](new_client const& one) { return std::tie(one.arrived, one.id); });
    if (study.predict) {
        plan.past = with_expected_work(deals, &deal::teaches, study);
        plan.open = with_expected_work(deals, &deal::is_load, study);
    }
    std::vector<expected_work> all;
    for (auto const* const some : {&plan.past, &plan.open})
        for (auto const& one : *some)
            all.push_back(one.work);
    deal_scorer const score{std::move(all)};
    plan.borders = score.borders();
    for (auto* const some : {&plan.past, &plan.open})
        for (auto& one : *some)
            one.score = score(one.work, *one.about.facts.applicants);

    plan.before = portfolios(deals, plan.open, specialists);
    plan.after = plan.before;
    for (auto& client : clients) {
        auto& one = plan.assignments.emplace_back(assignment{.client = std::move(client)});
        if (!one.client.facts.applicants) {
            one.reason = "the number of applicants is missing";
        } else if (!study.predict) {
            one.reason = "no concluded deal tells how much work it is";
        } else {
            one.work = expected({one.client.facts}, study).front();
            one.score = score(*one.work, *one.client.facts.applicants);
            assign(one, plan.after);
        }
    }
    least_first(plan.before);
    least_first(plan.after);
    return plan;
}

}  // namespace customer_success

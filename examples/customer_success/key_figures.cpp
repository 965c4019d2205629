// SPDX-License-Identifier: BSL-1.0
#include <customer_success/key_figures.hpp>

#include <customer_success/tables.hpp>

#include <support/local_calendar.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>

namespace customer_success {

namespace {

using cards = std::vector<examples::key_figure>;

std::string spread_text(std::vector<portfolio> const& team) {
    std::vector<std::int64_t> loads;
    for (auto const& who : team)
        loads.push_back(who.tenths);
    auto const spread = coefficient_of_variation(loads);
    return spread ? number_text(*spread, 3) : "none";
}

std::string open_deals_text(portfolio const& who) {
    return examples::counted_text(static_cast<std::size_t>(who.open_deals), "open deal",
                                  "open deals");
}

void add_portfolio(cards& all, workload_plan const& plan) {
    all.push_back({"Open deals", examples::count_text(plan.open.size()),
                   "of " + examples::counted_text(plan.before.size(), "specialist", "specialists"),
                   section::portfolio});
    if (plan.open.empty())
        return;
    auto const& least = plan.before.front();
    auto const& most = plan.before.back();
    all.push_back({"Largest portfolio", fmt::format("{} {}", most.name, tenths_text(most.tenths)),
                   open_deals_text(most), section::portfolio});
    all.push_back({"Smallest portfolio",
                   fmt::format("{} {}", least.name, tenths_text(least.tenths)),
                   open_deals_text(least), section::portfolio});
    all.push_back({"Spread of the portfolios", spread_text(plan.before),
                   "standard deviation by mean: 0 if all carry the same", section::portfolio});
}

void add_clients(cards& all, std::vector<deal> const& deals) {
    std::set<std::string> clients, countries;
    std::int64_t applicants = 0, told = 0;
    for (auto const& one : deals) {
        clients.insert(one.client);
        countries.insert(one.facts.country);
        applicants += one.facts.applicants.value_or(0);
        told += one.facts.applicants ? 1 : 0;
    }
    all.push_back({"Clients", examples::count_text(clients.size()),
                   "from " + examples::counted_text(countries.size(), "country", "countries"),
                   section::clients});
    all.push_back({"Deals", examples::count_text(deals.size()), "", section::clients});
    if (told > 0)
        all.push_back({"Applicants of a deal",
                       number_text(static_cast<double>(applicants) / static_cast<double>(told), 2),
                       "on average", section::clients});
}

/// The cards that say who takes which client, of the last to arrive.
void add_distribution(cards& all, workload_plan const& plan) {
    constexpr std::size_t most = 8;
    auto const assigned = std::ranges::count_if(
        plan.assignments, [](assignment const& one) { return !one.specialist.empty(); });
    all.push_back({"New clients assigned",
                   fmt::format("{} of {}", assigned, plan.assignments.size()), "",
                   section::distribution});
    if (assigned > 0)
        all.push_back(
            {"Spread of the portfolios",
             fmt::format("{}, from {}", spread_text(plan.after), spread_text(plan.before)),
             "standard deviation by mean, after and before", section::distribution});
    auto const first = plan.assignments.size() - std::min(plan.assignments.size(), most);
    for (auto i = first; i < plan.assignments.size(); ++i) {
        auto const& one = plan.assignments[i];
        if (one.specialist.empty())
            all.push_back({fmt::format("Client {}", one.client.id.value_or("")), "nobody",
                           one.reason, section::distribution});
        else
            all.push_back(
                {fmt::format("Client {}", one.client.id.value_or("")),
                 fmt::format("assign to {}", one.specialist),
                 fmt::format("speaks {}; has {} in scope; the client scores {}; {} {}",
                             one.client.facts.language, one.client.facts.visa,
                             tenths_text(one.score.tenths()), one.specialist, one.because),
                 section::distribution});
    }
}

void add_performance(cards& all, monthly_performance const& months) {
    auto const last = last_full_month(months);
    if (!last)
        return;
    month_counts now, before;
    for (auto const& [key, counts] : months)
        if (key.second == *last)
            now += counts;
        else if (key.second == *last - date::months{1})
            before += counts;
    auto const card = [&](char const* title, std::int64_t count, std::int64_t earlier) {
        all.push_back({title, examples::count_text(static_cast<std::size_t>(count)),
                       fmt::format("in {}; {} the month before", examples::month_text(*last),
                                   examples::count_text(static_cast<std::size_t>(earlier))),
                       section::performance});
    };
    card("Deals concluded", now.concluded, before.concluded);
    card("Emails", now.emails, before.emails);
    card("Activities", now.activities, before.activities);
}

void add_prediction(cards& all, workload_study const& study) {
    auto name = std::string{name_of(study.chosen)};
    std::ranges::replace(name, '_', ' ');
    all.push_back({"Chosen model", study.predict ? name : "none", study.why, section::prediction});
    if (study.poisson && study.negative_binomial)
        all.push_back({"Overdispersion", number_text(study.negative_binomial->alpha, 3),
                       "alpha: the variance is mean + alpha * mean²; 0 for Poisson",
                       section::prediction});
    for (auto const& reason : study.left_out)
        all.push_back(
            {"Left out", reason.substr(0, reason.find(':')), reason, section::prediction});
}

}  // namespace

std::optional<date::year_month> last_full_month(monthly_performance const& months) {
    std::optional<date::year_month> last;
    for (auto const& [key, counts] : months)
        if (counts.concluded > 0 && (!last || key.second > *last))
            last = key.second;
    return last;
}

std::vector<examples::key_figure> key_figures_of(std::vector<deal> const& deals,
                                                 workload_study const& study,
                                                 workload_plan const& plan,
                                                 monthly_performance const& months) {
    cards all;
    add_portfolio(all, plan);
    add_clients(all, deals);
    add_distribution(all, plan);
    add_performance(all, months);
    add_prediction(all, study);
    return all;
}

}  // namespace customer_success

// SPDX-License-Identifier: BSL-1.0
#include <customer_success/performance.hpp>

#include <support/local_calendar.hpp>

#include <algorithm>
#include <set>

namespace customer_success {

performance performance_of(std::vector<deal> const& deals, std::vector<work> const& works,
                           date::time_zone const& zone) {
    performance all;
    for (auto const& one : deals)
        if (one.teaches())
            ++all[{one.owner, examples::month_of_day(*one.end), one.id}].concluded;
    deals_by_id const known{deals};
    for (auto const& one : works) {
        if (!known.of(one))
            continue;
        auto& counts = all[{one.specialist, examples::month_in(one.at, zone), one.deal}];
        ++(one.kind == work_kind::email ? counts.emails : counts.activities);
    }
    return all;
}

monthly_performance by_month(performance const& all) {
    monthly_performance months;
    for (auto const& [key, counts] : all)
        months[{std::get<0>(key), std::get<1>(key)}] += counts;
    return months;
}

std::vector<month_end_load> month_ends(workload_plan const& plan) {
    constexpr int most = 240;
    std::vector<scored_deal const*> deals;
    std::set<std::string> owners;
    std::set<date::year_month> months;
    for (auto const* const some : {&plan.past, &plan.open})
        for (auto const& one : *some) {
            deals.push_back(&one);
            owners.insert(one.about.owner);
            months.insert(examples::month_of_day(one.about.start));
            if (one.about.end)
                months.insert(examples::month_of_day(*one.about.end));
        }
    std::vector<month_end_load> loads;
    if (months.empty())
        return loads;
    auto const last = *months.rbegin();
    for (auto month = std::max(*months.begin(), last - date::months{most - 1}); month <= last;
         month += date::months{1}) {
        auto const end = examples::last_day(month);
        std::map<std::string, month_end_load> carried;
        for (auto const& owner : owners)
            carried.emplace(owner, month_end_load{.month = month, .specialist = owner});
        for (auto const* one : deals)
            if (one->about.start <= end && (!one->about.end || *one->about.end > end)) {
                auto& own = carried.at(one->about.owner);
                ++own.open_deals;
                own.tenths += one->score.tenths();
            }
        for (auto const& [owner, load] : carried)
            loads.push_back(load);
    }
    return loads;
}

}  // namespace customer_success

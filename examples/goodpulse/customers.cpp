// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/customers.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace goodpulse {

namespace {

using examples::on_border;
using examples::quantile_bands;

std::int64_t days_between(examples::instant earlier, examples::instant later) {
    return (date::floor<date::days>(later) - date::floor<date::days>(earlier)).count();
}

std::vector<purchase> delivered_purchases(records const& data) {
    std::vector<purchase> purchases;
    std::unordered_set<std::string> seen;
    for (std::size_t row = 0; row < data.orders.size(); ++row) {
        auto const& one = data.orders[row];
        if (!one.id || !seen.insert(*one.id).second || !one.person || one.status != "delivered")
            continue;
        auto& bought = purchases.emplace_back(purchase{.row = row});
        if (one.delivered)
            bought.delivery_days =
                std::max(std::int64_t{0}, days_between(one.bought, *one.delivered));
    }
    return purchases;
}

/// Payments and reviews by order. A review that is there twice for one order counts once.
void add_what_is_known(records const& data, std::vector<purchase>& purchases) {
    std::unordered_map<std::string_view, purchase*> by_order;
    for (auto& one : purchases)
        by_order.emplace(*data.orders[one.row].id, &one);
    auto const purchase_of = [&](text_key const& order) {
        auto const found = order ? by_order.find(*order) : by_order.end();
        return found == by_order.end() ? nullptr : found->second;
    };
    for (auto const& paid : data.payments)
        if (auto* const one = purchase_of(paid.order)) {
            one->paid += paid.cents;
            ++one->payments;
        }
    std::set<std::pair<std::string_view, purchase*>> seen;
    std::unordered_map<purchase*, std::int64_t> points;
    for (auto const& said : data.reviews)
        if (auto* const one = purchase_of(said.order))
            if (!said.id || seen.emplace(*said.id, one).second) {
                points[one] += said.score;
                ++one->reviews;
            }
    for (auto const& [one, sum] : points)
        one->score = examples::exact_number{sum, one->reviews};
}

std::vector<buyer> buyers_of(records const& data, std::vector<purchase> const& purchases) {
    std::map<std::string_view, buyer> buyers;
    for (std::size_t i = 0; i < purchases.size(); ++i) {
        auto const& bought = purchases[i];
        auto const& order = data.orders[bought.row];
        auto& who = buyers[*order.person];
        who.first = who.purchases.empty() ? order.bought : std::min(who.first, order.bought);
        who.last = who.purchases.empty() ? order.bought : std::max(who.last, order.bought);
        who.purchases.push_back(i);
        who.cents += bought.cents;
        who.paid_all = who.paid_all && bought.payments > 0;
        if (bought.delivery_days)
            who.delivery_days.add(*bought.delivery_days);
        if (bought.score)
            who.score.add(*bought.score);
    }
    std::vector<buyer> all;
    for (auto& [person, who] : buyers) {
        who.person = person;
        all.push_back(std::move(who));
    }
    return all;
}

void name_bands(shop& all, assumptions const& assumed) {
    std::vector<std::int64_t> recency, revenue;
    for (auto const& who : all.buyers) {
        recency.push_back(who.recency);
        revenue.push_back(who.cents);
    }
    std::ranges::sort(revenue);
    all.value_cents = assumed.value_cents;
    if (all.value_cents.empty())
        all.value_cents = {examples::nearest_rank(revenue, 1, 5),
                           examples::nearest_rank(revenue, 4, 5)};
    auto const state = assumed.lifecycle_days.empty()
                           ? examples::equal_bands(recency, 3, on_border::below)
                           : quantile_bands{assumed.lifecycle_days, on_border::below};
    all.lifecycle_days = state.borders();
    auto const value = quantile_bands{all.value_cents, on_border::above};
    auto const bucket = quantile_bands{assumed.recency_days, on_border::below};
    auto const frequency = quantile_bands<std::size_t>{{1, 4}, on_border::below};
    for (auto& who : all.buyers) {
        who.lifecycle = std::array{"Active", "At Risk", "Dormant"}[state(who.recency)];
        who.bucket = std::array{"Recent", "Aging", "Dormant"}[bucket(who.recency)];
        who.value = std::array{"Low Value", "Mid Value", "High Value"}[value(who.cents)];
        who.frequency =
            std::array{"One-time", "Regular", "Power User"}[frequency(who.purchases.size())];
    }
}

}  // namespace

shop open_shop(records const& data, assumptions const& assumed) {
    shop all{.purchases = delivered_purchases(data)};
    add_what_is_known(data, all.purchases);
    for (auto& one : all.purchases) {
        one.joined = one.paid * static_cast<std::int64_t>(std::max<std::size_t>(1, one.reviews));
        one.cents = assumed.joined_to_reviews ? one.joined : one.paid;
    }
    all.buyers = buyers_of(data, all.purchases);
    if (all.buyers.empty())
        return all;
    auto const last =
        date::floor<date::days>(std::ranges::max_element(all.buyers, {}, &buyer::last)->last);
    all.analysis_date = assumed.analysis_date.value_or(last);
    if (all.analysis_date < last)
        throw early_analysis_date{
            fmt::format("the last delivered purchase is of {}, give that day or a later one",
                        date::format("%F", last))};
    for (auto& who : all.buyers)
        who.recency = days_between(who.last, all.analysis_date);
    name_bands(all, assumed);
    return all;
}

std::vector<std::vector<examples::calendar_period>> activity(records const& data, shop const& all,
                                                             examples::period_length length) {
    std::vector<std::vector<examples::calendar_period>> members;
    for (auto const& who : all.buyers) {
        auto& periods = members.emplace_back();
        for (auto const bought : who.purchases)
            periods.emplace_back(data.orders[all.purchases[bought].row].bought, length);
    }
    return members;
}

}  // namespace goodpulse

// SPDX-License-Identifier: BSL-1.0
#include <krispcall/figures.hpp>

#include <support/comparison_figure.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace krispcall {

namespace {

using examples::figure;

examples::measure const number_of_accounts{"Accounts"};

std::int64_t cents(usd amount) {
    auto const units = amount.units();
    return (units + (units < 0 ? -cent : cent) / 2) / cent;
}

figure revenue_histogram(records const& data) {
    std::vector<std::int64_t> values;
    for (auto const& who : data.accounts)
        values.push_back(cents(who.net_revenue));
    auto drawn = examples::histogram("net_revenue_histogram", "Net revenue per account",
                                     {"Net revenue", "USD", 2}, number_of_accounts,
                                     std::move(values), "#56b4e9", 100);
    drawn.note = "Payments less refunds of every account, also of those without any.";
    return drawn;
}

figure users_histogram(records const& data) {
    std::vector<std::int64_t> values;
    for (auto const& who : data.accounts)
        values.push_back(who.users);
    auto drawn = examples::histogram("total_users_histogram", "Users per account",
                                     {"Users", "owner included"}, number_of_accounts,
                                     std::move(values), "#56b4e9");
    for (auto& mark : drawn.marks)
        mark.text += " users";
    drawn.across.unit.clear();
    drawn.note = "The owner of an account is one of its users.";
    return drawn;
}

figure platform_counts(records const& data) {
    constexpr std::size_t most = 10;
    std::map<std::string, std::int64_t> counts;
    for (auto const& event : data.integrations)
        if (event.connects)
            ++counts[event.platform];
    std::vector<std::pair<std::string, std::int64_t>> order(counts.begin(), counts.end());
    std::ranges::sort(order, {}, [](auto const& one) { return std::pair{-one.second, one.first}; });
    auto const all = order.size();
    order.resize(std::min(all, most));
    examples::bar_figure drawn{.name = "platform_count_plot",
                               .title = "Platforms connected most often",
                               .across = {"Platform"},
                               .value = {"Connects"},
                               .categories = {},
                               .series = {{"", "#0072b2", {}}},
                               .slanted = true};
    if (all > most)
        drawn.note = fmt::format("The first {} of {} platforms.", most, all);
    for (auto const& [platform, count] : order) {
        drawn.categories.push_back(platform);
        drawn.series[0].values.emplace_back(count);
    }
    return drawn;
}

/// How payments, refunds and their times go together, account by account.
figure correlations(records const& data) {
    std::vector<std::pair<std::string, std::vector<double>>> columns{
        {"payments", {}},      {"amount paid", {}},  {"refunds", {}}, {"amount refunded", {}},
        {"first payment", {}}, {"last payment", {}}, {"users", {}}};
    for (auto const& who : data.accounts) {
        if (who.payments == 0)
            continue;
        auto const seconds = [](date::sys_seconds at) {
            return static_cast<double>(at.time_since_epoch().count());
        };
        std::size_t i = 0;
        for (auto const value :
             {static_cast<double>(who.payments), static_cast<double>(cents(who.paid)),
              static_cast<double>(who.refunds), static_cast<double>(cents(who.refunded)),
              seconds(who.first_payment), seconds(who.last_payment),
              static_cast<double>(who.users)})
            columns[i++].second.push_back(value);
    }
    examples::heatmap_figure drawn{
        .name = "correlation_heatmap",
        .title = "How payments, refunds and times go together",
        .note =
            "Pearson correlation over the accounts that paid; a dash where a column is constant.",
        .row_title = {},
        .column_title = {},
        .rows = {},
        .columns = {},
        .shades = {},
        .texts = {}};
    if (columns[0].second.empty())
        return drawn;
    for (auto const& [name, values] : columns) {
        drawn.rows.push_back(name);
        drawn.columns.push_back(name);
        auto& shades = drawn.shades.emplace_back();
        auto& texts = drawn.texts.emplace_back();
        for (auto const& other : columns) {
            auto const r = examples::correlation(values, other.second);
            shades.push_back(r);
            auto const text = r ? fmt::format("{:+.2f}", *r) : "–";
            texts.push_back(text == "-0.00" || text == "+0.00" ? "0.00" : text);
        }
    }
    return drawn;
}

}  // namespace

std::vector<figure> figures_of(records const& data, examples::report_model const& report) {
    return {examples::comparison_figure(report, "attribution_comparison",
                                        "Net revenue by platform and model"),
            revenue_histogram(data), users_histogram(data), platform_counts(data),
            correlations(data)};
}

}  // namespace krispcall

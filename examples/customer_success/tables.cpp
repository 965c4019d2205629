// SPDX-License-Identifier: BSL-1.0
#include <customer_success/tables.hpp>

#include <support/local_calendar.hpp>
#include <support/money_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace customer_success {

namespace {

using examples::report_table, examples::table_column;
using kind = examples::column_kind;
using cell = std::optional<std::string>;

report_table portfolio_table(std::string name, std::string title, char const* where,
                             std::vector<portfolio> const& team) {
    report_table table{.name = std::move(name),
                       .title = std::move(title),
                       .note =
                           "The score of a deal is 0.7 times its band of expected work, 1 to 5, "
                           "and 0.3 times its number of applicants, which has no bound.",
                       .section = where,
                       .columns = {{"cs_name", kind::text, "specialist"},
                                   {"open_deals", kind::integer, "open deals"},
                                   {"score_portfolio", kind::decimal, "portfolio score"}}};
    for (auto const& who : team)
        table.rows.push_back({who.name, whole(who.open_deals), tenths_text(who.tenths)});
    return table;
}

report_table month_end_table(std::vector<month_end_load> const& loads) {
    report_table table{.name = "portfolio_at_month_ends",
                       .title = "Portfolios at the end of each month",
                       .note = "Deals that had begun and not ended, with the scores that they have "
                               "now.",
                       .section = section::portfolio,
                       .columns = {{"month_end", kind::date, "month end"},
                                   {"cs_name", kind::text, "specialist"},
                                   {"open_deals", kind::integer, "open deals"},
                                   {"score_portfolio", kind::decimal, "portfolio score"}},
                       .on_page = false};
    for (auto const& load : loads)
        table.rows.push_back({examples::day_text(examples::last_day(load.month)), load.specialist,
                              whole(load.open_deals), tenths_text(load.tenths)});
    return table;
}

report_table scores(workload_plan const& plan) {
    report_table table{.name = "deal_scores",
                       .title = "Every open deal",
                       .section = section::portfolio,
                       .columns = {{"deal_id", kind::text, "deal"},
                                   {"cs_owner", kind::text, "specialist"},
                                   {"y_pred", kind::decimal, "expected work"},
                                   {"score_interactions", kind::integer, "band"},
                                   {"score_family", kind::integer, "family"},
                                   {"score_deal", kind::decimal, "score"}}};
    for (auto const& one : plan.open)
        table.rows.push_back({one.about.id, one.about.owner, work_text(one.work),
                              whole(one.score.interactions), whole(one.score.family),
                              tenths_text(one.score.tenths())});
    return table;
}

report_table bands(workload_plan const& plan) {
    report_table table{.name = "bands",
                       .title = "Bands of expected work",
                       .note =
                           "Quintiles of what is expected of the deals learned from and the open "
                           "ones, by nearest rank; equal values are in one band.",
                       .section = section::portfolio,
                       .columns = {{"band", kind::integer},
                                   {"from_above", kind::decimal, "from above"},
                                   {"to", kind::decimal, "up to"}}};
    auto const text = [](expected_work border) { return cell{work_text(border) + "000"}; };
    cell from;
    for (std::size_t i = 0; !plan.borders.empty() && i <= plan.borders.size(); ++i) {
        auto const to = i < plan.borders.size() ? text(plan.borders[i]) : std::nullopt;
        table.rows.push_back({whole(i + 1), from, to});
        from = to;
    }
    return table;
}

report_table assignments(workload_plan const& plan) {
    report_table table{.name = "assignments",
                       .title = "Who takes which client",
                       .note = "In the order of arrival: each assignment counts for the next one.",
                       .section = section::distribution,
                       .columns = {{"client_id", kind::text, "client"},
                                   {"y_pred", kind::decimal, "expected work"},
                                   {"score_interactions", kind::integer, "band"},
                                   {"score_family", kind::integer, "family"},
                                   {"score_total", kind::integer, "band and family"},
                                   {"score_deal", kind::decimal, "score"},
                                   {"eligible", kind::integer},
                                   {"cs_name", kind::text, "specialist"},
                                   {"workload_before", kind::decimal, "workload before"},
                                   {"reason"}}};
    for (auto const& one : plan.assignments) {
        auto& row = table.rows.emplace_back(std::vector<cell>(table.columns.size()));
        row[0] = one.client.id;
        if (one.work) {
            row[1] = work_text(*one.work);
            row[2] = whole(one.score.interactions);
            row[3] = whole(one.score.family);
            row[4] = whole(one.score.total());
            row[5] = tenths_text(one.score.tenths());
        }
        row[6] = whole(one.eligible);
        if (!one.specialist.empty()) {
            row[7] = one.specialist;
            row[8] = tenths_text(one.before);
        }
        if (!one.reason.empty())
            row[9] = one.reason;
    }
    return table;
}

report_table reasons(workload_plan const& plan) {
    report_table table{.name = "assignment_reasons",
                       .title = "Why",
                       .section = section::distribution,
                       .columns = {{"client_id", kind::text, "client"},
                                   {"arrived_at", kind::text, "arrived"},
                                   {"client_language", kind::text, "language"},
                                   {"visa_type", kind::text, "visa type"},
                                   {"cs_name", kind::text, "specialist"},
                                   {"because"}}};
    for (auto const& one : plan.assignments)
        table.rows.push_back({one.client.id, examples::time_text(one.client.arrived),
                              one.client.facts.language, one.client.facts.visa,
                              one.specialist.empty() ? cell{} : cell{one.specialist},
                              one.specialist.empty() ? one.reason : one.because});
    return table;
}

std::vector<table_column> count_columns() {
    return {{"emails_sent", kind::integer, "emails"},
            {"activities_completed", kind::integer, "activities"},
            {"deals_concluded", kind::integer, "deals concluded"}};
}

void add_counts(std::vector<cell>& row, month_counts const& counts) {
    row.insert(row.end(),
               {whole(counts.emails), whole(counts.activities), whole(counts.concluded)});
}

report_table ranking(monthly_performance const& months, std::optional<date::year_month> ranked) {
    report_table table{
        .name = "cs_ranking",
        .title = "Ranking",
        .section = section::performance,
        .columns = {{"rank", kind::integer}, {"cs_name", kind::text, "specialist"}, {"month"}}};
    std::ranges::copy(count_columns(), std::back_inserter(table.columns));
    if (!ranked)
        return table;
    table.note = fmt::format("By deals concluded in {}, then by emails and activities.",
                             examples::month_text(*ranked));
    std::vector<std::pair<std::string, month_counts>> lines;
    for (auto const& [key, counts] : months)
        if (key.second == *ranked)
            lines.emplace_back(key.first, counts);
    std::ranges::sort(lines, {}, [](auto const& line) {
        return std::tuple{-line.second.concluded, -line.second.emails - line.second.activities,
                          line.first};
    });
    for (std::size_t i = 0; i < lines.size(); ++i)
        add_counts(table.rows.emplace_back(std::vector<cell>{whole(i + 1), lines[i].first,
                                                             examples::month_text(*ranked)}),
                   lines[i].second);
    return table;
}

report_table monthly(monthly_performance const& months) {
    report_table table{.name = "cs_monthly",
                       .title = "Every month",
                       .section = section::performance,
                       .columns = {{"cs_name", kind::text, "specialist"}, {"month"}}};
    std::ranges::copy(count_columns(), std::back_inserter(table.columns));
    for (auto const& [key, counts] : months)
        add_counts(
            table.rows.emplace_back(std::vector<cell>{key.first, examples::month_text(key.second)}),
            counts);
    return table;
}

report_table by_deal(performance const& all) {
    report_table table{.name = "cs_performance",
                       .title = "Every month and deal",
                       .section = section::performance,
                       .columns = {{"cs_name", kind::text, "specialist"},
                                   {"period_start", kind::date, "from"},
                                   {"period_end", kind::date, "to"},
                                   {"deal_id", kind::text, "deal"}},
                       .on_page = false};
    std::ranges::copy(count_columns(), std::back_inserter(table.columns));
    for (auto const& [key, counts] : all) {
        auto const& [who, month, deal_id] = key;
        add_counts(table.rows.emplace_back(
                       std::vector<cell>{who, examples::day_text(examples::first_day(month)),
                                         examples::day_text(examples::last_day(month)), deal_id}),
                   counts);
    }
    return table;
}

}  // namespace

std::vector<report_table> portfolio_tables(workload_plan const& plan,
                                           std::vector<month_end_load> const& loads) {
    return {portfolio_table("portfolio", "Who carries how much", section::portfolio, plan.before),
            scores(plan), bands(plan), month_end_table(loads)};
}

std::vector<report_table> distribution_tables(workload_plan const& plan) {
    return {reasons(plan), assignments(plan),
            portfolio_table("portfolio_after", "Who carries how much afterwards",
                            section::distribution, plan.after)};
}

std::vector<report_table> performance_tables(performance const& all,
                                             monthly_performance const& months,
                                             std::optional<date::year_month> ranked) {
    return {ranking(months, ranked), monthly(months), by_deal(all)};
}

std::vector<report_table> client_tables(std::vector<deal> const& deals,
                                        std::vector<work> const& works) {
    struct line {
        std::string client;
        std::int64_t deals = 0, works = 0, fee = 0;
    };
    std::map<std::string, line> by_client;
    for (auto const& one : deals) {
        auto& own = by_client[one.client];
        own.client = one.client;
        ++own.deals;
        own.fee += one.fee;
    }
    deals_by_id const known{deals};
    for (auto const& one : works)
        if (auto const* const its = known.of(one))
            ++by_client.at(its->client).works;
    std::vector<line> lines;
    for (auto const& [client, own] : by_client)
        lines.push_back(own);
    std::ranges::sort(lines, {}, [](line const& one) {
        return std::tuple{-one.works, one.client};
    });
    if (lines.size() > 10)
        lines.resize(10);
    report_table table{.name = "top_clients",
                       .title = "The ten clients who took most work",
                       .section = section::clients,
                       .columns = {{"client_id", kind::text, "client"},
                                   {"deals", kind::integer},
                                   {"interactions", kind::integer, "emails and activities"},
                                   {"fees", kind::amount}}};
    for (auto const& one : lines)
        table.rows.push_back(
            {one.client, whole(one.deals), whole(one.works), examples::format_decimal(one.fee, 2)});
    return {table};
}

}  // namespace customer_success

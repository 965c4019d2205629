// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/channels.hpp>

#include <goodpulse/tables.hpp>

#include <support/attribution_report.hpp>
#include <support/intervals.hpp>
#include <support/table_rows.hpp>

#include <attribution/attribute.hpp>
#include <attribution/join.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/with_intervals.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace att = attribution;

namespace goodpulse {

namespace {

using examples::cells;
using examples::report_table;
using kind = examples::column_kind;

/// One for each lead, in their order.
std::vector<seller_lead> seller_leads(records const& data) {
    std::unordered_map<std::string_view, deal const*> won;
    if (data.deals)
        for (auto const& one : *data.deals)
            if (one.lead)
                won.emplace(*one.lead, &one);
    std::vector<seller_lead> leads;
    std::unordered_set<std::string_view> seen;
    for (auto const& one : *data.leads) {
        if (one.id && !seen.insert(*one.id).second)
            continue;
        auto const deal = one.id ? won.find(*one.id) : won.end();
        auto const sold = deal != won.end();
        leads.push_back({one.id, sold ? deal->second->seller : std::nullopt, one.origin,
                         sold ? deal->second->type : "(none)", one.day});
    }
    return leads;
}

std::vector<sale> sales_of(records const& data, shop const& all) {
    std::unordered_map<std::string_view, examples::instant> bought;
    for (auto const& one : all.purchases)
        bought.emplace(*data.orders[one.row].id, data.orders[one.row].bought);
    std::vector<sale> sales;
    std::unordered_map<std::string_view, int> items;  // of each order, so far
    for (auto const& one : *data.items)
        if (auto const order = one.order ? bought.find(*one.order) : bought.end();
            order != bought.end())
            sales.push_back({fmt::format("{}/{}", *one.order, ++items[*one.order]), one.seller,
                             order->second, one.cents});
    return sales;
}

/// As published: all customers and all leads have one key, so that everybody belongs to the lead of
/// the latest day before the first purchase.
auto all_together(auto const& buyers, std::vector<seller_lead> const& leads, auto at, auto cents) {
    auto const nothing = [](auto const&) { return 0; };
    return att::join(att::conversions(buyers, nothing, at, cents),
                     att::touchpoints(leads, nothing, &seller_lead::day));
}

/// Rows of a report: what nobody earned first, then by name.
void add_rows(report_table& table, auto const& report, auto const& cells_of) {
    for (auto const attributed : {false, true})
        for (auto const& row : report)
            if (row.attributed == attributed && row.credits > 0)
                table.rows.push_back(cells_of(row));
}

report_table by_date_alone(shop const& all, std::vector<seller_lead> leads) {
    report_table table{.name = "channel_by_date_alone",
                       .title = "Lead types by date alone: no key",
                       .note =
                           "As published, and not to be used: customers and sellers' leads have "
                           "nothing in common but the calendar. The tie rule decides which of "
                           "several leads of a day gets everything; ours is the last row.",
                       .section = published_section,
                       .columns = {{"tie_rule", kind::text, "tie rule"},
                                   {"kind", kind::text, "lead type"},
                                   {"customers", kind::integer},
                                   {"revenue", kind::amount}}};
    for (auto const* const rule : {"first row of the day", "last row of the day"}) {
        std::ranges::reverse(leads);
        auto const journeys = all_together(all.buyers, leads, &buyer::first, &buyer::cents);
        add_rows(
            table,
            att::attribute(journeys, att::last_touch, att::always, att::by(&seller_lead::type)),
            [&](auto const& row) {
                return cells(rule, row.key.value_or("(no earlier lead)"), row.credits,
                             money(row.amount));
            });
    }
    return table;
}

/// First and last row of the day by the library; what any other rule could do, from the days alone.
tie_facts ties_of(shop const& all, std::vector<seller_lead> leads) {
    std::vector<buyer> once;
    std::ranges::copy_if(all.buyers, std::back_inserter(once),
                         [](buyer const& who) { return who.purchases.size() == 1; });
    tie_facts facts;
    for (auto const member : {&tie_facts::line::last_row, &tie_facts::line::first_row}) {
        auto const journeys = all_together(once, leads, &buyer::first, &buyer::cents);
        for (auto const& row :
             att::attribute(journeys, att::last_touch, att::always, att::by(&seller_lead::type)))
            if (row.credits > 0)
                facts.by_type[row.key.value_or("(no earlier lead)")].*member = row.credits;
        std::ranges::reverse(leads);
    }
    std::map<examples::instant, std::multiset<std::string>> types;
    for (auto const& lead : leads)
        types[lead.day].insert(lead.type);
    facts.leads_of_last_day = types.empty() ? 0 : types.rbegin()->second.size();
    for (auto const& who : once) {
        auto const after = types.upper_bound(who.first);
        if (after == types.begin()) {
            auto& nobody = facts.by_type["(no earlier lead)"];
            ++nobody.least;
            ++nobody.most;
            continue;
        }
        auto const& day = std::prev(after)->second;
        if (after == types.end())
            ++facts.customers_of_last_day;
        for (auto type = day.begin(); type != day.end(); type = day.upper_bound(*type)) {
            ++facts.by_type[*type].most;
            if (day.count(*type) == day.size())
                ++facts.by_type[*type].least;
        }
    }
    return facts;
}

report_table tie_table(tie_facts const& facts) {
    report_table table{.name = "channel_by_date_alone_one_time_customers",
                       .title = "What the tie rule decides, customers that bought once",
                       .note = "The same data and the same join: what lead types get by two tie "
                               "rules, and the least and the most that they could get by any.",
                       .section = published_section,
                       .columns = {{"lead_type"},
                                   {"first_row_of_the_day", kind::integer, "first row"},
                                   {"last_row_of_the_day", kind::integer, "last row"},
                                   {"least_possible", kind::integer, "at least"},
                                   {"most_possible", kind::integer, "at most"}}};
    for (auto const& [type, line] : facts.by_type)
        table.rows.push_back(cells(type, line.first_row, line.last_row, line.least, line.most));
    return table;
}

report_table by_seller(auto const& journeys) {
    report_table table{.name = "channel_by_seller",
                       .title = "Items sold, by the origin of their seller",
                       .note =
                           "What can be defended: a seller's items are credited to the lead that "
                           "brought this seller, if it came before the sale.",
                       .columns = {{"channel"},
                                   {"items", kind::integer},
                                   {"sellers", kind::integer},
                                   {"revenue", kind::amount}}};
    auto const ledger = att::attribute(journeys, att::last_touch);
    std::map<std::optional<std::string>, std::set<text_key>> sellers;
    for (auto const& credit : ledger) {
        auto const origin =
            credit.attributed() ? std::optional{ledger.touchpoint(credit).origin} : std::nullopt;
        sellers[origin].insert(ledger.conversion(credit).seller);
    }
    add_rows(table, ledger | att::by(&seller_lead::origin), [&](auto const& row) {
        return cells(row.key.value_or("(unattributed)"), row.credits, sellers[row.key].size(),
                     money(row.amount));
    });
    return table;
}

/// What became of every lead, both ways.
void write_audit(examples::csv_writer file, std::vector<seller_lead> const& leads,
                 auto const& by_date, auto const* by_key) {
    file.row("mql_id", "seller_id", "origin", "lead_type", "first_contact_date", "by_seller",
             "items", "item_revenue", "by_date_alone", "customer_revenue");
    for (std::size_t row = 0; row < leads.size(); ++row) {
        auto const& one = leads[row];
        file.row(one.id.value_or(""), one.seller.value_or(""), one.origin, one.type,
                 date::format("%F", date::floor<date::days>(one.day)),
                 by_key ? by_key->touchpoint_reason(row) : "no items",
                 by_key ? by_key->touchpoints()[row].credits : 0,
                 money(by_key ? by_key->touchpoints()[row].amount : 0),
                 by_date.touchpoint_reason(row), money(by_date.touchpoints()[row].amount));
    }
}

examples::record_columns<seller_lead, sale> columns() {
    examples::record_columns<seller_lead, sale> all;
    all.conversion = {{"item_id", kind::text, &sale::id},
                      {"seller_id", kind::text, &sale::seller},
                      {"price", kind::amount, [](sale const& one) { return money(one.cents); }},
                      {"bought_at", kind::time, &sale::at}};
    all.touchpoint = {{"mql_id", kind::text, &seller_lead::id},
                      {"channel_name", kind::text, &seller_lead::origin},
                      {"lead_type", kind::text, &seller_lead::type},
                      {"first_contact_date", kind::time, &seller_lead::day}};
    all.pairs = "item_leads";
    all.unattributed = "unattributed_items";
    all.name = &sale::id;
    all.group = [](sale const&) { return std::string{}; };
    all.step = [](seller_lead const& one) {
        return examples::path_step{"lead", one.origin, one.seller.value_or(""), one.day, {}};
    };
    return all;
}

template <class Journeys>
std::vector<examples::shown_model<Journeys>> models_of(Journeys const&,
                                                       examples::report_text const& text) {
    examples::told_models<Journeys> models{text};
    models.add("last_touch", att::last_touch);
    models.add("first_touch", att::first_touch);
    models.add("linear", att::linear);
    return std::move(models).all();
}
constexpr std::size_t linear = 2;

void describe(examples::report_model& report, examples::report_text const& text) {
    auto told = text.report(report.program);
    report.words = std::move(told.words);
    report.policy = std::move(told.policy);
}

}  // namespace

channel_results add_channels(examples::report_model& report, examples::report_text const& text,
                             records const& data, shop const& all, bool intervals,
                             examples::output_directory& out) {
    if (!data.leads)
        return {};
    auto const leads = seller_leads(data);
    channel_results results{.files = {"audit.csv"}, .ties = ties_of(all, leads)};
    report.tables.push_back(by_date_alone(all, leads));
    report.tables.push_back(tie_table(results.ties));
    // One conversion for each day is enough to account for leads, which know no time of day.
    std::map<examples::instant, std::int64_t> cents_by_day;
    for (auto const& who : all.buyers)
        cents_by_day[date::floor<date::days>(who.first)] += who.cents;
    std::vector<std::pair<examples::instant, std::int64_t>> const days(cents_by_day.begin(),
                                                                       cents_by_day.end());
    using day = std::pair<examples::instant, std::int64_t>;
    auto const by_date =
        att::explain(all_together(days, leads, &day::first, &day::second), att::last_touch);
    auto file = examples::csv_writer{out, "audit.csv"};
    if (!data.items || !data.deals) {
        write_audit(file, leads, by_date, static_cast<decltype(&by_date)>(nullptr));
        return results;
    }
    auto const sales = sales_of(data, all);
    auto const journeys =
        att::join(att::conversions(sales, &sale::seller, &sale::at, &sale::cents),
                  att::touchpoints(leads, &seller_lead::seller, &seller_lead::day));
    auto const by_key = att::explain(journeys, att::last_touch);
    write_audit(file, leads, by_date, &by_key);
    report.tables.push_back(by_seller(journeys));

    auto const models = models_of(journeys, text);
    auto const credits = credits_of(journeys, models, att::always);
    describe(report, text);
    describe_attribution(report, journeys, models, credits, by_key,
                         examples::compare_by(credits, att::by(&seller_lead::origin)), columns(),
                         credits[linear]);
    if (intervals)
        examples::add_intervals(
            report,
            examples::interval_lines(
                examples::compare_by(credits, att::with_intervals(att::by(&seller_lead::origin))),
                report.unit_decimals));
    report.reasons.front().title = report.words.touchpoints;  // without the model
    write_reconciliations({out, "reconciliation.csv"}, report, credits, {report.words.conversions});
    report.reasons.push_back(
        examples::reasons_of("leads by date alone, no key", by_date.touchpoint_counts()));
    results.files.emplace_back("reconciliation.csv");
    return results;
}

}  // namespace goodpulse

// SPDX-License-Identifier: BSL-1.0
#include <pipeline/records.hpp>

#include <support/csv.hpp>
#include <support/parse.hpp>

#include <cstddef>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace pipeline {

namespace {

namespace fs = std::filesystem;

/// The account of every contact, if it has one.
using contact_book = std::unordered_map<std::string, std::optional<std::string>>;

std::string text(examples::csv_field const& field) {
    return std::string{field.text};
}

void load_touchpoints(fs::path const& file, std::string const& type, contact_book const& accounts,
                      examples::reading& how, std::vector<touchpoint>& into) {
    auto const id = type + "_touchpoint_id";
    auto const time = type + "_touchpoint_date";
    for (auto const row :
         examples::csv_reader{file, {id, "channel_name", "contact_id", time}, how}) {
        auto const contact = key(row["contact_id"], how);
        auto const known = contact ? accounts.find(*contact) : accounts.end();
        into.push_back({.id = text(row[id]),
                        .type = type,
                        .channel = text(row["channel_name"]),
                        .contact = contact,
                        .account = known == accounts.end() ? std::nullopt : known->second,
                        .time = iso_time(row[time], how)});
    }
}

/// Their amounts are in the book, in the same order.
std::vector<opportunity> load_opportunities(fs::path const& file, examples::reading& how,
                                            examples::amount_book& amounts) {
    std::vector<opportunity> opportunities;
    for (auto const row : examples::csv_reader{file,
                                               {"opportunity_id", "account_id", "pipeline_amount",
                                                "Opportunity_Created_Date", "sales_segment"},
                                               how}) {
        auto const amount = row["pipeline_amount"];
        amounts.add(amount);
        opportunities.push_back({.id = text(row["opportunity_id"]),
                                 .account = key(row["account_id"], how),
                                 .amount = {},
                                 .amount_text = text(amount),
                                 .created = iso_time(row["Opportunity_Created_Date"], how),
                                 .segment = text(row["sales_segment"])});
    }
    return opportunities;
}

std::vector<expense> load_spend(fs::path const& file, examples::reading& how,
                                examples::amount_book& amounts) {
    std::vector<expense> spend;
    for (auto const row : examples::csv_reader{file, {"channel", "period", "spend"}, how}) {
        amounts.add(row["spend"]);
        spend.push_back(
            {.channel = text(row["channel"]), .month = iso_month(row["period"]), .amount = {}});
    }
    return spend;
}

constexpr auto file_names = {"de_hw_contact_data.csv", "de_hw_marketing_data.csv",
                             "de_hw_sales_outreach_data.csv", "de_hw_opportunity_data.csv"};

}  // namespace

std::vector<fs::path> input_files(fs::path const& directory) {
    std::vector<fs::path> files;
    for (auto const* const name : file_names)
        files.push_back(directory / name);
    return files;
}

records load(fs::path const& directory, fs::path const& spend, examples::reading how) {
    records all;
    examples::amount_book amounts;
    auto const files = input_files(directory);
    contact_book accounts;
    for (auto const row : examples::csv_reader{files[0], {"contact_id", "account_id"}, how}) {
        all.contacts.push_back({key(row["contact_id"], how), key(row["account_id"], how)});
        if (auto const& person = all.contacts.back(); person.id)
            accounts.emplace(*person.id, person.account);
    }
    load_touchpoints(files[1], "marketing", accounts, how, all.touchpoints);
    load_touchpoints(files[2], "sales", accounts, how, all.touchpoints);
    all.opportunities = load_opportunities(files[3], how, amounts);
    if (!spend.empty())
        all.spend = load_spend(spend, how, amounts);
    // Now it is known how many decimals fit.
    all.decimals = amounts.decimals();
    std::size_t place = 0;
    for (auto& sale : all.opportunities)
        std::tie(sale.amount, sale.rounded) = amounts.amount(place++, all.decimals);
    for (std::size_t i = 0; all.spend && i < all.spend->size(); ++i)
        std::tie((*all.spend)[i].amount, (*all.spend)[i].rounded) =
            amounts.amount(place++, all.decimals);
    all.input = std::move(how);
    return all;
}

}  // namespace pipeline

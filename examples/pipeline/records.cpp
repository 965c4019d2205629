// SPDX-License-Identifier: BSL-1.0
#include <pipeline/records.hpp>

#include <support/csv.hpp>
#include <support/parse.hpp>

#include <algorithm>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace pipeline {

namespace {

namespace fs = std::filesystem;

/// The account of every contact, if it has one.
using contact_book = std::unordered_map<std::string, std::optional<std::string>>;

std::string text(examples::csv_field const &field) {
    return std::string{field.text};
}

std::optional<std::string> key(examples::csv_field const &field) {
    return missing(field) ? std::nullopt : std::optional{text(field)};
}

contact_book load_contacts(fs::path const &file, faults &found) {
    contact_book accounts;
    for (auto const row : examples::csv_reader{file, {"contact_id", "account_id"}}) {
        auto const contact = key(row["contact_id"]);
        auto const account = key(row["account_id"]);
        if (!contact)
            ++found.contacts_without_id;
        else if (!accounts.emplace(*contact, account).second)
            ++found.repeated_contacts;
        else if (!account)
            ++found.contacts_without_account;
    }
    return accounts;
}

/// The account behind a touchpoint's contact; counts why there is none.
std::optional<std::string> account_of(examples::csv_field const &contact,
                                      contact_book const &accounts, faults &found) {
    if (missing(contact)) {
        ++found.touchpoints_without_contact;
        return std::nullopt;
    }
    auto const known = accounts.find(text(contact));
    if (known == accounts.end()) {
        ++found.touchpoints_of_unknown_contact;
        return std::nullopt;
    }
    if (!known->second)
        ++found.touchpoints_of_contact_without_account;
    return known->second;
}

void load_touchpoints(fs::path const &file, std::string const &type, contact_book const &accounts,
                      records &into) {
    auto const id = type + "_touchpoint_id";
    auto const time = type + "_touchpoint_date";
    for (auto const row : examples::csv_reader{file, {id, "channel_name", "contact_id", time}})
        into.touchpoints.push_back({.id = text(row[id]),
                                    .type = type,
                                    .channel = text(row["channel_name"]),
                                    .contact = text(row["contact_id"]),
                                    .account = account_of(row["contact_id"], accounts, into.found),
                                    .time = iso_seconds(row[time])});
}

void load_opportunities(fs::path const &file, records &into) {
    for (auto const row : examples::csv_reader{file,
                                               {"opportunity_id", "account_id", "pipeline_amount",
                                                "Opportunity_Created_Date", "sales_segment"}}) {
        auto const amount = row["pipeline_amount"];
        into.opportunities.push_back({.id = text(row["opportunity_id"]),
                                      .account = key(row["account_id"]),
                                      .amount = exact_amount{decimal(amount, amount_decimals)},
                                      .amount_text = text(amount),
                                      .created = iso_seconds(row["Opportunity_Created_Date"]),
                                      .segment = text(row["sales_segment"])});
        if (!into.opportunities.back().account)
            ++into.found.opportunities_without_account;
    }
}

/// How many records bear the id of an earlier one.
template <class Record>
std::size_t repeated_ids(std::vector<Record> const &records) {
    std::unordered_set<std::string_view> ids;
    for (auto const &record : records)
        ids.insert(record.id);
    return records.size() - ids.size();
}

}  // namespace

records load(fs::path const &directory) {
    records all;
    auto const accounts = load_contacts(directory / "de_hw_contact_data.csv", all.found);
    load_touchpoints(directory / "de_hw_marketing_data.csv", "marketing", accounts, all);
    load_touchpoints(directory / "de_hw_sales_outreach_data.csv", "sales", accounts, all);
    load_opportunities(directory / "de_hw_opportunity_data.csv", all);
    all.found.repeated_touchpoints = repeated_ids(all.touchpoints);
    all.found.repeated_opportunities = repeated_ids(all.opportunities);
    return all;
}

}  // namespace pipeline

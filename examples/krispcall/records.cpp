// SPDX-License-Identifier: BSL-1.0
#include <krispcall/records.hpp>

#include <support/csv.hpp>
#include <support/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace krispcall {

namespace {

namespace fs = std::filesystem;

/// The owner's email of every user, owners included: activity of members belongs to the owner.
using user_book = std::unordered_map<std::string, std::string>;

std::string text(examples::csv_field const& field) {
    return std::string{field.text};
}

std::optional<std::string> account_of(std::string const& user, user_book const& owners) {
    auto const known = owners.find(user);
    return known == owners.end() ? std::nullopt : std::optional{known->second};
}

/// Is the event the first of two names? Any other than these is an error.
bool is_first_of(examples::csv_field const& event, std::string_view first,
                 std::string_view second) {
    if (event.text != first && event.text != second)
        throw examples::input_error{
            event.where, fmt::format("{} is no event this report knows, '{}' and '{}' are",
                                     examples::in_quotes(event.text), first, second)};
    return event.text == first;
}

void add_user(user_book& owners, records& into, std::string_view user,
              examples::csv_field const& field, std::string const& owner) {
    into.users.emplace_back(user);
    if (!owners.emplace(user, owner).second)
        throw examples::input_error{field.where,
                                    fmt::format("{} already belongs to a workspace, list every "
                                                "user once",
                                                examples::in_quotes(user))};
}

user_book load_workspaces(fs::path const& file, records& into) {
    user_book owners;
    for (auto const row : examples::csv_reader{file, {"owner_email", "member_emails"}}) {
        auto const owner = text(row["owner_email"]);
        into.accounts.push_back({.owner = owner, .users = 1});
        add_user(owners, into, owner, row["owner_email"], owner);
        auto members = row["member_emails"].text;
        while (!members.empty()) {
            auto const end = std::min(members.find(','), members.size());
            add_user(owners, into, members.substr(0, end), row["member_emails"], owner);
            members.remove_prefix(std::min(end + 1, members.size()));
            ++into.accounts.back().users;
        }
    }
    return owners;
}

void load_payments(fs::path const& file, records& into) {
    std::unordered_map<std::string_view, account*> by_owner;
    for (auto& account : into.accounts)
        by_owner.emplace(account.owner, &account);
    for (auto const row : examples::csv_reader{
             file, {"event", "time", "$email", "Amount", "Refund Amount", "User Email"}}) {
        auto const pays = is_first_of(row["event"], "New Payment Made", "Refund Granted");
        auto const at = unix_seconds(row["time"]);
        auto const amount = usd{decimal(pays ? row["Amount"] : row["Refund Amount"], usd_decimals)};
        auto const& payer = into.payers.emplace_back(text(row[pays ? "$email" : "User Email"]));
        auto const known = by_owner.find(payer);
        if (known == by_owner.end())
            continue;
        auto& account = *known->second;
        if (pays) {
            account.net_revenue += amount;
            account.paid += amount;
            ++account.payments;
            account.last_payment = std::max(account.last_payment, at);
            account.first_payment = std::min(account.first_payment, at);
        } else {
            account.net_revenue -= amount;
            account.refunded += amount;
            ++account.refunds;
            account.first_refund = std::min(account.first_refund.value_or(at), at);
        }
    }
}

void load_integrations(fs::path const& file, user_book const& owners, records& into) {
    for (auto const row :
         examples::csv_reader{file, {"event", "time", "distinct_id", "Integration Platform"}}) {
        auto const user = text(row["distinct_id"]);
        into.integrations.push_back({.user = user,
                                     .account = account_of(user, owners),
                                     .platform = text(row["Integration Platform"]),
                                     .at = unix_seconds(row["time"]),
                                     .connects = is_first_of(row["event"], "Integration Connected",
                                                             "Integration Disconnected")});
    }
}

void load_usage(fs::path const& file, user_book const& owners, records& into) {
    for (auto const row : examples::csv_reader{
             file, {"event", "time", "Duration", "Email", "Platform", "Segments"}}) {
        auto const user = text(row["Email"]);
        auto const call = is_first_of(row["event"], "Outbound Calls", "Outbound SMS");
        into.usages.push_back(
            {.user = user,
             .account = account_of(user, owners),
             .platform = text(row["Platform"]),
             .at = unix_seconds(row["time"]),
             .length = call ? seconds_of(row["Duration"]) : std::chrono::milliseconds{0},
             .segments = call ? 0 : count(row["Segments"])});
    }
}

constexpr auto file_names = {"final_workspace_data.csv", "final_payment_refund_data.csv",
                             "final_integration_data.csv", "final_calls_sms_detailed_data.csv"};

}  // namespace

std::vector<fs::path> input_files(fs::path const& directory) {
    std::vector<fs::path> files;
    for (auto const* const name : file_names)
        files.push_back(directory / name);
    return files;
}

records load(fs::path const& directory) {
    records all;
    auto const files = input_files(directory);
    auto const owners = load_workspaces(files[0], all);
    load_payments(files[1], all);
    load_integrations(files[2], owners, all);
    load_usage(files[3], owners, all);
    return all;
}

}  // namespace krispcall

// SPDX-License-Identifier: BSL-1.0
#include <krispcall/records.hpp>

#include <support/checked_fields.hpp>
#include <support/key_bridge.hpp>
#include <support/record_fields.hpp>

#include <chrono>
#include <functional>
#include <utility>

namespace krispcall {

namespace {

using namespace examples;

void read_workspaces(std::filesystem::path const& file, records& all) {
    listed_once one_user{"already belongs to a workspace, list every user once"};
    for (auto const row : csv_reader{file, {"owner_email", "member_emails"}, all.input}) {
        auto const owner = key(row["owner_email"], all.input);
        auto const members = row["member_emails"];
        auto& own = all.accounts.emplace_back();
        own.owner = owner.value_or("");
        if (owner)
            all.members.push_back({one_user(row["owner_email"], *owner), owner});
        for (auto const& user : keys_in(members, ",;", all.input))
            if (!user) {
                ++own.empty_members;
            } else if (owner) {
                all.members.push_back({one_user(members, *user), owner});
                ++own.users;
            }
    }
}

}  // namespace

records load(std::filesystem::path const& directory, examples::reading how) {
    records all{.input = std::move(how)};
    record_reader tables{all.input};
    read_workspaces(directory / "final_workspace_data.csv", all);
    limited_amounts amounts{usd_decimals, "payments and refunds"};
    auto const is_refund = std::not_fn(&payment::pays);
    tables.read(directory / "final_payment_refund_data.csv",
                record_fields<payment>{
                    {"event", &payment::pays, is_first_of("New Payment Made", "Refund Granted")},
                    {"time", &payment::at, unix_seconds},
                    {"$email", &payment::payer, {}, &payment::pays},
                    {"Amount", &payment::amount, std::ref(amounts), &payment::pays},
                    {"Refund Amount", &payment::amount, std::ref(amounts), is_refund},
                    {"User Email", &payment::payer, {}, is_refund}},
                all.payments);
    // Of a row with several mistakes, that of the time is told.
    tables.read(directory / "final_integration_data.csv",
                record_fields<integration>{
                    {"time", &integration::at, unix_seconds},
                    {"event", &integration::connects,
                     is_first_of("Integration Connected", "Integration Disconnected")},
                    {"distinct_id", &integration::user},
                    {"Integration Platform", &integration::platform}},
                all.integrations);
    // What counts is limited, so that its weight fits into 64 bits.
    auto const length = up_to(std::chrono::seconds{1'000'000'000}, "a billion seconds", seconds_of);
    auto const segments = up_to(1'000'000'000, "a billion", count);
    tables.read(directory / "final_calls_sms_detailed_data.csv",
                record_fields<usage>{
                    {"event", &usage::is_call, is_first_of("Outbound Calls", "Outbound SMS")},
                    {"time", &usage::at, unix_seconds},
                    {"Duration", &usage::length, length, &usage::is_call},
                    {"Email", &usage::user},
                    {"Platform", &usage::platform},
                    {"Segments", &usage::segments, segments, std::not_fn(&usage::is_call)}},
                all.usages);
    add_payments(all.accounts, &account::owner, all.payments);
    key_bridge const account_of{all.members, &member::user, &member::account};
    account_of.lead(all.integrations, &integration::user, &integration::account);
    account_of.lead(all.usages, &usage::user, &usage::account);
    return all;
}

}  // namespace krispcall

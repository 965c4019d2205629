// SPDX-License-Identifier: BSL-1.0
#include <krispcall/records.hpp>

#include <support/checked_fields.hpp>
#include <support/key_bridge.hpp>
#include <support/record_fields.hpp>

#include <functional>
#include <utility>

namespace krispcall {

namespace {

namespace fs = std::filesystem;
using namespace examples;

record_fields<payment> payment_fields(limited_amounts& amounts) {
    auto const amount = [&](csv_field const& field) { return usd{amounts.read(field)}; };
    auto const is_refund = std::not_fn(&payment::pays);
    return {{"event", &payment::pays, is_first_of("New Payment Made", "Refund Granted")},
            {"time", &payment::at, unix_seconds},
            {"$email", &payment::payer, {}, &payment::pays},
            {"Amount", &payment::amount, amount, &payment::pays},
            {"Refund Amount", &payment::amount, amount, is_refund},
            {"User Email", &payment::payer, {}, is_refund}};
}

record_fields<usage> usage_fields() {
    auto const length = [](csv_field const& field) {
        return at_most(field, seconds_of(field), {std::chrono::seconds{1'000'000'000}},
                       "a billion seconds");
    };
    auto const segments = [](csv_field const& field) {  // their weight must fit into 64 bits
        return at_most(field, count(field), {1'000'000'000}, "a billion");
    };
    return {{"event", &usage::is_call, is_first_of("Outbound Calls", "Outbound SMS")},
            {"time", &usage::at, unix_seconds},
            {"Duration", &usage::length, length, &usage::is_call},
            {"Email", &usage::user},
            {"Platform", &usage::platform},
            {"Segments", &usage::segments, segments, std::not_fn(&usage::is_call)}};
}

/// Of a row with several mistakes, that of the time is told.
record_fields<integration> integration_fields() {
    return {{"time", &integration::at, unix_seconds},
            {"event", &integration::connects,
             is_first_of("Integration Connected", "Integration Disconnected")},
            {"distinct_id", &integration::user},
            {"Integration Platform", &integration::platform}};
}

void read_workspaces(fs::path const& file, records& all) {
    listed_once one_user{"already belongs to a workspace, list every user once"};
    for (auto const row : csv_reader{file, {"owner_email", "member_emails"}, all.input}) {
        auto const owner = key(row["owner_email"], all.input);
        auto const members = row["member_emails"];
        auto& own = all.accounts.emplace_back();
        own.owner = owner.value_or("");
        if (owner)
            all.members.push_back({one_user(row["owner_email"], *owner), owner});
        if (missing(members, all.input))
            continue;
        for (auto const user : parts_of(members.text, ",;")) {
            if (means_nothing(user, all.input.nothing)) {
                ++own.empty_members;
            } else if (owner) {
                all.members.push_back({one_user(members, user), owner});
                ++own.users;
            }
        }
    }
}

}  // namespace

records load(fs::path const& directory, examples::reading how) {
    records all{.input = std::move(how)};
    record_reader tables{all.input};
    read_workspaces(directory / "final_workspace_data.csv", all);
    limited_amounts amounts{usd_decimals, "payments and refunds"};
    tables.read(directory / "final_payment_refund_data.csv", payment_fields(amounts), all.payments);
    tables.read(directory / "final_integration_data.csv", integration_fields(), all.integrations);
    tables.read(directory / "final_calls_sms_detailed_data.csv", usage_fields(), all.usages);
    add_payments(all.accounts, &account::owner, all.payments);
    key_bridge const account_of{all.members, &member::user, &member::account};
    for (auto& one : all.integrations)
        one.account = account_of(one.user);
    for (auto& one : all.usages)
        one.account = account_of(one.user);
    return all;
}

}  // namespace krispcall

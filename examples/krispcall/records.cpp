// SPDX-License-Identifier: BSL-1.0
#include <krispcall/records.hpp>

#include <support/csv.hpp>
#include <support/money_text.hpp>
#include <support/parse.hpp>
#include <support/reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace krispcall {

namespace {

namespace fs = std::filesystem;

/// The owner's email of every user, owners included: activity of members belongs to the owner.
using user_book = std::unordered_map<std::string, std::string>;

std::string text(examples::csv_field const& field) {
    return std::string{field.text};
}

/// Who it is; a missing one is empty, and nobody.
std::string user_in(examples::csv_field const& field, examples::reading const& how) {
    return key(field, how).value_or("");
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

user_book load_workspaces(fs::path const& file, examples::reading& how, records& into) {
    user_book owners;
    for (auto const row : examples::csv_reader{file, {"owner_email", "member_emails"}, how}) {
        auto& read = into.workspaces.emplace_back(workspace{user_in(row["owner_email"], how)});
        auto const& owner = read.owner;
        into.accounts.push_back({.owner = owner, .users = 1});
        if (!owner.empty())
            add_user(owners, into, owner, row["owner_email"], owner);
        auto members = row["member_emails"].text;
        if (missing(row["member_emails"], how))
            continue;
        for (auto more = true; more;) {
            auto const end = std::min(members.find_first_of(",;"), members.size());
            auto const member = examples::trimmed(members.substr(0, end));
            if (examples::means_nothing(member, how.nothing)) {
                ++read.empty_members;
            } else if (!owner.empty()) {
                add_user(owners, into, member, row["member_emails"], owner);
                ++into.accounts.back().users;
            }
            more = end < members.size();
            members.remove_prefix(std::min(end + 1, members.size()));
        }
    }
    return owners;
}

/// An amount in dollars. All of them together take a sixteenth of 64 bits at most, so that sums,
/// and what pictures add to them, cannot overflow.
class dollars {
  public:
    usd read(examples::csv_field const& field) {
        auto const units = decimal(field, usd_decimals);
        constexpr auto limit = std::numeric_limits<std::int64_t>::max() / 16;
        // Not even the smallest amount has a magnitude that unsigned numbers lack.
        auto const magnitude =
            units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
        if (magnitude > static_cast<std::uint64_t>(limit) - sum_)
            throw examples::input_error{
                field.where,
                fmt::format("{}: with this row payments and refunds add up to more than {}, look "
                            "for a misplaced decimal point",
                            examples::in_quotes(field.text),
                            examples::format_decimal(limit, usd_decimals,
                                                     examples::decimal_style::grouped))};
        sum_ += magnitude;
        return usd{units};
    }

  private:
    std::uint64_t sum_ = 0;
};

void load_payments(fs::path const& file, examples::reading& how, records& into) {
    std::unordered_map<std::string_view, account*> by_owner;
    for (auto& account : into.accounts)
        if (!account.owner.empty())  // payments without a payer are nobody's
            by_owner.emplace(account.owner, &account);
    dollars amounts;
    for (auto const row : examples::csv_reader{
             file, {"event", "time", "$email", "Amount", "Refund Amount", "User Email"}, how}) {
        auto const pays = is_first_of(row["event"], "New Payment Made", "Refund Granted");
        auto const at = unix_seconds(row["time"]);
        auto const as_written = amounts.read(row[pays ? "Amount" : "Refund Amount"]);
        auto const amount = pays || as_written > usd{} ? as_written : -as_written;
        auto const& read = into.payments.emplace_back(
            payment{user_in(row[pays ? "$email" : "User Email"], how), pays, as_written});
        auto const known = by_owner.find(read.payer);
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

void load_integrations(fs::path const& file, user_book const& owners, examples::reading& how,
                       records& into) {
    for (auto const row : examples::csv_reader{
             file, {"event", "time", "distinct_id", "Integration Platform"}, how}) {
        auto const user = user_in(row["distinct_id"], how);
        into.integrations.push_back({.user = user,
                                     .account = account_of(user, owners),
                                     .platform = text(row["Integration Platform"]),
                                     .at = unix_seconds(row["time"]),
                                     .connects = is_first_of(row["event"], "Integration Connected",
                                                             "Integration Disconnected")});
    }
}

/// Refuses what no call and no message can be: its weight must fit into 64 bits.
template <class Number>
Number plausible(examples::csv_field const& field, Number value, Number most,
                 std::string_view what) {
    if (value > most)
        throw examples::input_error{
            field.where, fmt::format("{} is more than {}, look for another unit or a misplaced "
                                     "decimal point",
                                     examples::in_quotes(field.text), what)};
    return value;
}

void load_usage(fs::path const& file, user_book const& owners, examples::reading& how,
                records& into) {
    using namespace std::chrono_literals;
    for (auto const row : examples::csv_reader{
             file, {"event", "time", "Duration", "Email", "Platform", "Segments"}, how}) {
        auto const user = user_in(row["Email"], how);
        auto const call = is_first_of(row["event"], "Outbound Calls", "Outbound SMS");
        into.usages.push_back(
            {.user = user,
             .account = account_of(user, owners),
             .platform = text(row["Platform"]),
             .at = unix_seconds(row["time"]),
             .length =
                 call ? plausible(row["Duration"], seconds_of(row["Duration"]),
                                  std::chrono::milliseconds{1'000'000'000s}, "a billion seconds")
                      : 0ms,
             .segments = call ? 0
                              : plausible(row["Segments"], count(row["Segments"]),
                                          std::int64_t{1'000'000'000}, "a billion")});
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

records load(fs::path const& directory, examples::reading how) {
    records all;
    auto const files = input_files(directory);
    auto const owners = load_workspaces(files[0], how, all);
    load_payments(files[1], how, all);
    load_integrations(files[2], owners, how, all);
    load_usage(files[3], owners, how, all);
    all.input = std::move(how);
    return all;
}

}  // namespace krispcall

// SPDX-License-Identifier: BSL-1.0
#include <krispcall/records.hpp>

#include <support/checked_fields.hpp>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace krispcall {

namespace {

namespace fs = std::filesystem;
using namespace examples;

/// Reads the files one after the other.
class loader {
  public:
    explicit loader(records& all) : all_{all}, how_{all.input} {}

    void load_workspaces(fs::path const& file) {
        for (auto const row : csv_reader{file, {"owner_email", "member_emails"}, how_}) {
            auto& read = all_.workspaces.emplace_back(workspace{user_in(row["owner_email"])});
            auto const& owner = read.owner;
            auto& own = all_.accounts.emplace_back(account{.owner = owner, .users = 1});
            if (!owner.empty())
                add_user(owner, row["owner_email"], owner);
            auto const members = row["member_emails"];
            if (missing(members, how_))
                continue;
            for (auto const member : parts_of(members.text, ",;")) {
                if (means_nothing(member, how_.nothing)) {
                    ++read.empty_members;
                } else if (!owner.empty()) {
                    add_user(std::string{member}, members, owner);
                    ++own.users;
                }
            }
        }
    }

    void load_payments(fs::path const& file) {
        std::unordered_map<std::string_view, account*> by_owner;
        for (auto& one : all_.accounts)
            if (!one.owner.empty())  // payments without a payer are nobody's
                by_owner.emplace(one.owner, &one);
        // A sixteenth of 64 bits, so that sums, and what pictures add to them, cannot overflow.
        constexpr auto most = std::numeric_limits<std::int64_t>::max() / 16;
        limited_amounts amounts{
            usd_decimals, most,
            fmt::format("{{}}: with this row payments and refunds add up to more than {}, look for "
                        "a misplaced decimal point",
                        format_decimal(most, usd_decimals, decimal_style::grouped))};
        for (auto const row :
             csv_reader{file,
                        {"event", "time", "$email", "Amount", "Refund Amount", "User Email"},
                        how_}) {
            auto const pays = is_first_of(row["event"], "New Payment Made", "Refund Granted");
            auto const at = unix_seconds(row["time"]);
            usd const amount{amounts.read(row[pays ? "Amount" : "Refund Amount"])};
            auto const& read = all_.payments.emplace_back(
                payment{user_in(row[pays ? "$email" : "User Email"]), pays, amount});
            if (auto const known = by_owner.find(read.payer); known != by_owner.end())
                known->second->add(read, at);
        }
    }

    void load_integrations(fs::path const& file) {
        for (auto const row :
             csv_reader{file, {"event", "time", "distinct_id", "Integration Platform"}, how_}) {
            auto const user = user_in(row["distinct_id"]);
            all_.integrations.push_back(
                {.user = user,
                 .account = account_of(user),
                 .platform = std::string{row["Integration Platform"].text},
                 .at = unix_seconds(row["time"]),
                 .connects = is_first_of(row["event"], "Integration Connected",
                                         "Integration Disconnected")});
        }
    }

    void load_usage(fs::path const& file) {
        using namespace std::chrono_literals;
        constexpr std::chrono::milliseconds longest = 1'000'000'000s;
        constexpr std::int64_t most = 1'000'000'000;  // segments: its weight must fit into 64 bits
        for (auto const row : csv_reader{
                 file, {"event", "time", "Duration", "Email", "Platform", "Segments"}, how_}) {
            auto const user = user_in(row["Email"]);
            auto const call = is_first_of(row["event"], "Outbound Calls", "Outbound SMS");
            auto const length = row["Duration"], segments = row["Segments"];
            all_.usages.push_back(
                {.user = user,
                 .account = account_of(user),
                 .platform = std::string{row["Platform"].text},
                 .at = unix_seconds(row["time"]),
                 .length =
                     call ? at_most(length, seconds_of(length), longest, "a billion seconds") : 0ms,
                 .segments = call ? 0 : at_most(segments, count(segments), most, "a billion")});
        }
    }

  private:
    /// Who it is; a missing one is empty, and nobody.
    [[nodiscard]] std::string user_in(csv_field const& field) const {
        return key(field, how_).value_or("");
    }
    void add_user(std::string const& user, csv_field const& field, std::string const& owner) {
        all_.users.push_back(user);
        if (!owners_.emplace(user, owner).second)
            throw input_error{field.where,
                              fmt::format("{} already belongs to a workspace, list every user once",
                                          in_quotes(user))};
    }
    [[nodiscard]] std::optional<std::string> account_of(std::string const& user) const {
        auto const known = owners_.find(user);
        return known == owners_.end() ? std::nullopt : std::optional{known->second};
    }

    records& all_;
    reading& how_;
    std::unordered_map<std::string, std::string> owners_ = {};  // of every user, owners included
};

}  // namespace

void account::add(payment const& one, date::sys_seconds at) {
    if (one.pays) {
        net_revenue += one.amount;
        paid += one.amount;
        ++payments;
        last_payment = std::max(last_payment, at);
        first_payment = std::min(first_payment, at);
        return;
    }
    auto const taken_off = one.amount > usd{} ? one.amount : -one.amount;
    net_revenue -= taken_off;
    refunded += taken_off;
    ++refunds;
    first_refund = std::min(first_refund.value_or(at), at);
}

records load(fs::path const& directory, examples::reading how) {
    records all{.input = std::move(how)};
    loader files{all};
    files.load_workspaces(directory / "final_workspace_data.csv");
    files.load_payments(directory / "final_payment_refund_data.csv");
    files.load_integrations(directory / "final_integration_data.csv");
    files.load_usage(directory / "final_calls_sms_detailed_data.csv");
    return all;
}

}  // namespace krispcall

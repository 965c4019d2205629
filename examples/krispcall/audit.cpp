// SPDX-License-Identifier: BSL-1.0
#include <krispcall/audit.hpp>

#include <krispcall/policies.hpp>
#include <krispcall/table.hpp>

#include <support/text_table.hpp>

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <set>

namespace att = attribution;

namespace krispcall {

namespace {

/// A list of how many records there are of each kind.
class listing {
  public:
    explicit listing(std::string const &records) : table_{{records, "number"}} {}

    void line(std::string const &kind, std::size_t number) {
        table_.row({kind, count_text(number)});
    }
    [[nodiscard]] std::string text() const { return table_.text(); }

  private:
    examples::text_table table_;
};

template <class Records, class Predicate>
std::size_t number_of(Records const &records, Predicate predicate) {
    return static_cast<std::size_t>(std::ranges::count_if(records, predicate));
}

std::string accounts_text(records const &data) {
    listing accounts{"accounts"};
    auto const positive = number_of(data.accounts, has_revenue);
    accounts.line("with positive net revenue", positive);
    accounts.line("without positive net revenue: left out", data.accounts.size() - positive);
    accounts.line("all accounts", data.accounts.size());
    accounts.line("payments and refunds of others: left out", data.unknown_payers);
    return accounts.text();
}

/// Every policy admits less than the one before: what it refuses has its reason.
std::string usage_text(records const &data) {
    auto const usages = att::touchpoints(data.usages, &usage::account, &usage::at);
    auto const admitted = [&](auto const &accounts, auto const &policy) {
        std::size_t rows = 0;
        att::attribute(accounts, usages, att::linear, policy, [&](auto const &credit) {
            if (credit.attributed())
                ++rows;
        });
        return rows;
    };
    auto const everybody =
        att::conversions(data.accounts, &account::owner, &account::first_payment);
    auto const known = admitted(everybody, at_any_time);
    auto const paid = admitted(everybody, since_payment);
    auto const alive = admitted(everybody, in_life);
    auto const usable = admitted(everybody, in_life && while_connected(data));
    auto const counted = admitted(revenue_of(data), in_life && while_connected(data));
    auto const distinct = std::set<usage>(data.usages.begin(), data.usages.end()).size();

    listing rows{"calls and messages"};
    rows.line("counted", counted);
    rows.line("before the first payment", known - paid);
    rows.line("after the first refund", paid - alive);
    rows.line("platform not connected", alive - usable);
    rows.line("account without positive net revenue", usable - counted);
    rows.line("unknown user", data.usages.size() - known);
    rows.line("all calls and messages", data.usages.size());
    rows.line("of these, equal to an earlier row (they count)", data.usages.size() - distinct);
    return rows.text();
}

std::string integrations_text(records const &data) {
    auto const paired = connections_of(data);
    auto const open = [](auto const &connection) { return !connection.until; };
    listing events{"integrations"};
    events.line("connected", paired.connections.size());
    events.line("of these, never disconnected", number_of(paired.connections, open));
    events.line("disconnected", data.integrations.size() - paired.connections.size());
    events.line("of these, without a connect: no effect", paired.unmatched_disconnects.size());
    events.line("of an unknown user: no effect",
                number_of(data.integrations, [](auto const &event) { return !event.account; }));
    return events.text();
}

}  // namespace

std::string audit_text(records const &data) {
    return accounts_text(data) + '\n' + usage_text(data) + '\n' + integrations_text(data);
}

}  // namespace krispcall

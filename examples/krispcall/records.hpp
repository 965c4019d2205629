// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/instant.hpp>
#include <support/payment_history.hpp>
#include <support/reading.hpp>

#include <attribution/amount/money.hpp>

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace krispcall {

/// Dollars in units of 10^-6. Revenue is split so fine, added up, and rounded to cents only at the
/// end: cents split per account would drift by a cent or two in the sum of many accounts. A tie
/// between platforms is decided by parts of 10^-6, which need not tie as the fractions did.
using usd = attribution::money<struct us_dollar, std::int64_t>;
inline constexpr int usd_decimals = 6;

using maybe_user = std::optional<std::string>;  // here as elsewhere, who is missing is nobody

using payment = examples::payment_row<usd>;

/// A workspace, named by its owner, who alone pays. It lives from the first payment to the first
/// refund, both included. Without an owner nobody pays, and its members belong to nobody.
struct account : examples::payment_history<usd> {
    std::string owner = {};         // empty: missing
    std::size_t empty_members = 0;  // of the list of its row: they are nobody
    std::int64_t users = 1;         // its owner included

    [[nodiscard]] bool has_revenue() const { return net_revenue() > usd{}; }
};

/// Whose account a user belongs to. Owners are users, too.
struct member {
    maybe_user user, account;
};

/// What a user did with a platform. A user may be unknown, and then has no account.
struct activity {
    examples::instant at;
    maybe_user user, account;
    std::string platform;

    auto operator<=>(activity const&) const = default;
};

/// A platform connected or disconnected.
struct integration : activity {
    bool connects;

    [[nodiscard]] std::string type() const { return "connect"; }
};

/// A call or a text message, made through a platform.
struct usage : activity {
    bool is_call;
    std::chrono::milliseconds length;  // of a call
    std::int64_t segments;             // of a message

    [[nodiscard]] std::string type() const { return is_call ? "call" : "message"; }
    auto operator<=>(usage const&) const = default;
};

struct records {
    std::vector<account> accounts = {};  // in the order of the workspaces' file
    std::vector<member> members = {};    // of all accounts
    std::vector<payment> payments = {};  // and refunds; those of others than owners do not count
    std::vector<integration> integrations = {};
    std::vector<usage> usages = {};
    examples::reading input = {};  // how they were read
};

/// Reads the four files of a directory: workspaces, payments and refunds, integrations, usage.
///
/// Errors: examples::input_error, naming file, line and column.
[[nodiscard]] records load(std::filesystem::path const& directory, examples::reading how);

}  // namespace krispcall

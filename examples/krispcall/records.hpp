// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/reading.hpp>

#include <attribution/amount/money.hpp>

#include <date/date.h>

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
inline constexpr std::int64_t cent = 10'000;

/// A payment or a refund as its row has it. An amount below zero is one all the same: a refund is
/// taken off, whatever its sign.
struct payment {
    std::string payer;  // empty: missing
    bool pays;          // or is paid back
    usd amount;
};

/// A workspace, named by its owner, who alone pays. It lives from the first payment to the first
/// refund, both included.
struct account {
    std::string owner;
    usd net_revenue = {};  // payments less refunds
    date::sys_seconds first_payment = date::sys_seconds::max();
    std::optional<date::sys_seconds> first_refund = {};
    std::int64_t users = 0;  // its owner included
    std::int64_t payments = 0, refunds = 0;
    usd paid = {}, refunded = {};
    date::sys_seconds last_payment = date::sys_seconds::min();

    void add(payment const& one, date::sys_seconds at);
};

/// A workspace as its row has it, for what is wrong with it.
struct workspace {
    std::string owner;              // empty: missing; nobody pays, and its members belong to nobody
    std::size_t empty_members = 0;  // of the list: they are nobody
};

/// A platform connected or disconnected by a user, who may be unknown and then has no account. A
/// missing user is empty, and nobody.
struct integration {
    std::string user;
    std::optional<std::string> account;
    std::string platform;
    date::sys_seconds at;
    bool connects;
};

/// A call or a text message, made through a platform.
struct usage {
    std::string user;
    std::optional<std::string> account;
    std::string platform;
    date::sys_seconds at;
    std::chrono::milliseconds length;  // of a call
    std::int64_t segments;             // of a message

    auto operator<=>(usage const&) const = default;
};

struct records {
    std::vector<account> accounts = {};   // in the order of the workspaces' file
    std::vector<std::string> users = {};  // of all accounts, owners included
    std::vector<workspace> workspaces = {};
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

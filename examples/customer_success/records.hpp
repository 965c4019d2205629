// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/instant.hpp>
#include <support/reading.hpp>

#include <date/date.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace customer_success {

/// What is known of a case before anybody works on it.
struct case_facts {
    std::optional<std::int64_t> applicants = {};  // empty: the file does not say
    std::string visa = {};
    std::string contract = {};
    std::string country = {};
    std::string language = {};        // in lower case, without spaces around it
    bool language_as_written = true;  // or it was written otherwise
};

enum class deal_state {
    open,
    concluded,
    closed_early,  ///< completed while still at "New Clients": nothing came of it
    suspended,
};

struct deal {
    std::optional<std::string> id;  // without one, no work can name it
    std::string client = {};
    case_facts facts = {};
    date::sys_days start = {};
    std::optional<date::sys_days> end = {};
    deal_state state = {};
    std::string owner = {};
    std::int64_t fee = 0;  // cents
    std::string row = {};  // all that was read, to tell what repeats from what contradicts

    [[nodiscard]] bool ends_before_it_starts() const { return end && *end < start; }
    [[nodiscard]] bool has_its_days() const {
        return state == deal_state::open || (end && !ends_before_it_starts());
    }
    /// Its work can be learned from, and its owner concluded it.
    [[nodiscard]] bool teaches() const {
        return state == deal_state::concluded && has_its_days() && facts.applicants;
    }
    /// It carries a score.
    [[nodiscard]] bool is_load() const { return state == deal_state::open && facts.applicants; }
    /// It ended, and not with what the client wanted.
    [[nodiscard]] bool failed() const {
        return (state == deal_state::suspended || state == deal_state::closed_early) &&
               has_its_days();
    }
    /// Work counts from the beginning of the first day to the end of the last, in UTC.
    [[nodiscard]] examples::instant begin() const { return start; }
    [[nodiscard]] examples::instant close() const {
        return examples::instant{end.value_or(start) + date::days{1}} -
               std::chrono::microseconds{1};
    }
};

enum class work_kind { email, activity };

/// What a specialist did for a deal.
struct work {
    work_kind kind;
    std::optional<std::string> id;
    std::optional<std::string> deal;  // its id
    std::string specialist;
    examples::instant at;
    std::string type;  // of an activity: call, ...
    std::string row = {};
};

struct specialist {
    std::optional<std::string> id;       // the name
    std::vector<std::string> languages;  // in lower case
    std::vector<std::string> scopes;     // visa types
    std::string row = {};
};

struct new_client {
    std::optional<std::string> id;
    case_facts facts;
    examples::instant arrived;
    std::string row = {};
};

/// What another report of the same data counted, to check against.
struct reported {
    std::string id;  // a deal, or a specialist and a month: "Ana 2024-05"
    std::vector<std::int64_t> counts;
};

/// All rows of the files, repeated ids too.
struct records {
    std::vector<deal> deals;
    std::vector<work> emails;
    std::vector<work> activities;
    std::vector<specialist> specialists;
    std::vector<new_client> clients;
    std::optional<std::vector<reported>> interactions;  // all work, by deal
    std::optional<std::vector<reported>> crm_report;    // emails, activities, deals by month
    examples::reading input;
};

/// The files that load() reads of that directory: five, and two more if they are there.
[[nodiscard]] std::vector<std::filesystem::path>
input_files(std::filesystem::path const& directory);

/// Errors: examples::input_error, naming file, line and column.
[[nodiscard]] records load(std::filesystem::path const& directory, examples::reading how);

/// The first row of each id: what later ones say does not count. Rows without an id are rows of
/// their own.
template <class Record>
[[nodiscard]] std::vector<Record> first_of_each_id(std::vector<Record> const& rows) {
    std::unordered_set<std::string> seen;
    std::vector<Record> first;
    for (auto const& row : rows)
        if (!row.id || seen.insert(*row.id).second)
            first.push_back(row);
    return first;
}

/// Which deal was worked on; of several rows with one id, the first. The deals are borrowed.
class deals_by_id {
  public:
    explicit deals_by_id(std::vector<deal> const& deals) {
        for (auto const& one : deals)
            if (one.id)
                deals_.emplace(*one.id, &one);
    }

    /// Null if the work names no deal, or one that nobody knows.
    [[nodiscard]] deal const* of(work const& one) const {
        auto const found = one.deal ? deals_.find(*one.deal) : deals_.end();
        return found == deals_.end() ? nullptr : found->second;
    }

  private:
    std::unordered_map<std::string, deal const*> deals_;
};

}  // namespace customer_success

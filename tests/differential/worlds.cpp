// SPDX-License-Identifier: BSL-1.0
#include "differential/worlds.hpp"

#include "support/random.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

#include <date/date.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ios>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace differential {

namespace {

namespace att = attribution;
using support::random_numbers;
using text = std::optional<std::string>;

constexpr std::int64_t day = 86'400;
constexpr std::int64_t half_life = 7 * day;
constexpr std::int64_t lookback = 90 * day;

struct contact {
    text id;
    text account;
};
struct touch {
    text contact;
    std::string channel;
    std::int64_t at;
    text account = {};
};
struct opportunity {
    text account;
    std::string segment;
    std::int64_t at;
    std::int64_t cents;
};

struct world {
    std::vector<contact> contacts;
    std::vector<touch> marketing;
    std::vector<touch> outreach;
    std::vector<opportunity> opportunities;
};

/// One of so many names, or none.
text name(random_numbers& random, char kind, std::size_t names) {
    if (random.chance(8))
        return std::nullopt;
    return std::string{kind} + "'" + std::to_string(random.below(names));
}

std::int64_t amount(random_numbers& random) {
    auto const sign = random.chance(4) ? -1 : 1;
    switch (random.below(6)) {
    case 0:
        return 0;
    case 1:
        return sign;
    case 2:
        return sign * random.between(1, 12);
    default:
        return sign * random.between(1, 1'000'000);
    }
}

template <class T>
void repeat_some(random_numbers& random, std::vector<T>& all) {
    if (!all.empty() && random.chance(4))
        all.push_back(all[random.below(all.size())]);
}

world draw(std::uint64_t seed) {
    random_numbers random{seed};
    world drawn;
    for (auto n = random.below(8); n > 0; --n)
        drawn.contacts.push_back({name(random, 'c', 6), name(random, 'a', 3)});
    // Few instants, so that many records share one; sometimes all are whole half-lives apart.
    std::int64_t const units[] = {1, day, half_life};
    auto const unit = units[random.below(3)];
    std::int64_t const start = 1'700'000'000;
    for (auto* const side : {&drawn.marketing, &drawn.outreach}) {
        for (auto n = random.below(random.chance(3) ? 40 : 9); n > 0; --n)
            side->push_back({name(random, 'c', 7),
                             std::string{"channel "} + static_cast<char>('a' + random.below(4)),
                             start + random.between(0, 14) * unit});
        repeat_some(random, *side);
    }
    for (auto n = random.below(7); n > 0; --n) {
        auto at = start + random.between(0, 16) * unit;
        auto const& near = random.chance(2) ? drawn.marketing : drawn.outreach;
        if (!near.empty() && random.chance(2)) {  // at a touch or where a window or step ends
            std::int64_t const distances[] = {0, half_life, lookback};
            at = near[random.below(near.size())].at + distances[random.below(3)] +
                 random.between(-1, 1);
        }
        drawn.opportunities.push_back(
            {name(random, 'a', 4), random.chance(2) ? "SMB" : "Enterprise", at, amount(random)});
    }
    repeat_some(random, drawn.opportunities);
    if (!drawn.opportunities.empty() && random.chance(3))
        drawn.opportunities[random.below(drawn.opportunities.size())].cents =
            (random.chance(2) ? 1 : -1) * (INT64_MAX - random.between(100'000'000, 100'000'012));
    return drawn;
}

/// As large as life: some accounts and contacts have far more than others.
world draw_large(std::uint64_t touchpoints) {
    random_numbers random{touchpoints};
    world drawn;
    auto const accounts = std::max<std::uint64_t>(touchpoints / 30, 1);
    auto const contacts = 3 * accounts;
    auto const some = [&](std::uint64_t all) {  // the smaller the number, the more often
        return random.chance(3) ? random.below(1 + random.below(all)) : random.below(all);
    };
    auto const named = [](char kind, std::uint64_t number) {
        return text{kind + std::to_string(number)};
    };
    for (std::uint64_t i = 0; i < contacts; ++i)
        drawn.contacts.push_back(
            {named('c', i), random.chance(20) ? std::nullopt : named('a', some(accounts))});
    std::int64_t const start = 1'700'000'000;
    std::int64_t const year = 365 * day;
    for (std::uint64_t i = 0; i < touchpoints; ++i)
        (random.chance(3) ? drawn.outreach : drawn.marketing)
            .push_back({named('c', some(contacts + contacts / 50)),
                        "channel " + std::to_string(some(40)), start + random.between(0, year)});
    for (std::uint64_t i = 0; i < touchpoints / 10; ++i)
        drawn.opportunities.push_back({named('a', some(accounts + accounts / 50)),
                                       random.chance(4) ? "Enterprise" : "SMB",
                                       start + random.between(0, year), amount(random)});
    return drawn;
}

enum class row_form { sql, csv };

std::string quoted(std::string_view words, char quote) {
    std::string all{quote};
    for (char const one : words)
        all.append(one == quote ? 2 : 1, one);
    return all + quote;
}
std::string literal(std::int64_t number, row_form) {
    return std::to_string(number);
}
std::string literal(std::string_view words, row_form form) {
    return quoted(words, form == row_form::sql ? '\'' : '"');
}
std::string literal(text const& words, row_form form) {
    if (words)
        return literal(std::string_view{*words}, form);
    return form == row_form::sql ? "NULL" : "";
}

/// Takes the rows of tables, each of one world.
class tables {
  public:
    tables(row_form form, std::uint64_t world) : form_{form}, world_{world} {}
    tables(tables const&) = delete;
    tables& operator=(tables const&) = delete;
    virtual ~tables() = default;

    template <class... Values>
    void row(std::string_view table, Values const&... values) {
        auto cells = std::to_string(world_);
        ((cells += (form_ == row_form::sql ? ", " : ",") + literal(values, form_)), ...);
        add(table, cells);
    }

  private:
    virtual void add(std::string_view table, std::string const& cells) = 0;

    row_form form_;
    std::uint64_t world_;
};

/// As statements.
class statements : public tables {
  public:
    explicit statements(std::uint64_t world) : tables{row_form::sql, world} {}

    [[nodiscard]] std::string sql() const {
        std::string all;
        for (auto const& [table, rows] : rows_)
            all += "INSERT INTO " + table + " VALUES\n" + rows + ";\n";
        return all;
    }

  private:
    void add(std::string_view table, std::string const& cells) override {
        auto& rows = rows_[std::string{table}];
        rows += (rows.empty() ? " (" : ",\n (") + cells + ')';
    }

    std::map<std::string, std::string> rows_;
};

/// As files.
class csv_files : public tables {
  public:
    explicit csv_files(std::filesystem::path directory)
        : tables{row_form::csv, 1}, directory_{std::move(directory)} {
        std::filesystem::create_directories(directory_);
    }

    void close() {
        for (auto& [table, file] : files_)
            file.close();
    }

  private:
    void add(std::string_view table, std::string const& cells) override {
        auto found = files_.find(table);
        if (found == files_.end()) {
            found = files_.try_emplace(std::string{table}).first;
            found->second.exceptions(std::ios::failbit | std::ios::badbit);
            found->second.open(directory_ / (std::string{table} + ".csv"), std::ios::binary);
        }
        found->second << cells << '\n';
    }

    std::filesystem::path directory_;
    std::map<std::string, std::ofstream, std::less<>> files_;
};

date::sys_seconds instant(std::int64_t seconds) {
    return date::sys_seconds{std::chrono::seconds{seconds}};
}

/// The touchpoints of marketing and sales with their accounts, as `touchpoints` in pipeline.sql.
std::vector<touch> with_accounts(world const& drawn) {
    auto all = drawn.marketing;
    all.insert(all.end(), drawn.outreach.begin(), drawn.outreach.end());
    std::unordered_map<std::string_view, text const*> accounts;
    for (auto const& one : drawn.contacts)
        if (one.id)
            accounts.try_emplace(*one.id, &one.account);  // of several, the first
    for (auto& one : all)
        if (auto const known = one.contact ? accounts.find(*one.contact) : accounts.end();
            known != accounts.end())
            one.account = *known->second;
    return all;
}

void write_answers(world const& drawn, tables& into) {
    auto const touches = with_accounts(drawn);
    auto const at = [](auto const& record) { return instant(record.at); };
    auto const journeys = att::join(
        att::conversions(drawn.opportunities, &opportunity::account, at, &opportunity::cents),
        att::touchpoints(touches, &touch::account, at));
    auto const window = att::lookback(date::days{90});
    auto const linear = att::attribute(journeys, att::linear, window);
    auto const credit = [&](std::string_view model, auto const& one) {
        auto const opportunity = static_cast<std::int64_t>(one.conversion);
        if (one.attributed())
            into.row("library_ledger", model, opportunity,
                     static_cast<std::int64_t>(one.touchpoint), one.amount);
        else
            into.row("library_ledger", model, opportunity, text{}, one.amount);
    };
    auto const add = [&](std::string_view name, auto const& model) {
        auto const credits = att::attribute(journeys, model, window);
        for (auto const& one : credits)
            credit(name, one);
        for (auto const& line : credits | att::by(&opportunity::segment, &touch::channel)) {
            auto const& [segment, channel] = line.key;
            into.row("library_report", name, std::string_view{segment}, text{channel}, line.amount);
        }
    };
    add("first_touch", att::first_touch);
    add("last_touch", att::last_touch);
    add("linear", att::linear);
    add("position_based", att::position_based());
    add("stepped_time_decay", att::stepped_time_decay(date::weeks{1}));

    // Whole weights, where all ages of a path are whole half-lives.
    std::vector<bool> whole(drawn.opportunities.size(), true);
    for (auto const& one : linear)
        if (one.attributed())
            whole[one.conversion] =
                whole[one.conversion] &&
                (drawn.opportunities[one.conversion].at - touches[one.touchpoint].at) % half_life ==
                    0;
    for (auto const& one : att::attribute(journeys, att::time_decay(date::weeks{1}), window))
        if (whole[one.conversion])
            credit("time_decay", one);
}

void write(world const& drawn, tables& into) {
    std::int64_t line = 0;
    for (auto const& one : drawn.contacts)
        into.row("contacts", line++, one.id, one.account);
    line = 0;
    for (auto const& one : drawn.opportunities)
        into.row("opportunities", line++, one.account, std::string_view{one.segment}, one.at,
                 one.cents);
    auto const add = [&](std::string_view table, std::vector<touch> const& side) {
        std::int64_t number = 0;
        for (auto const& one : side)
            into.row(table, number++, one.contact, std::string_view{one.channel}, one.at);
    };
    add("marketing", drawn.marketing);
    add("outreach", drawn.outreach);
    write_answers(drawn, into);
}

}  // namespace

std::string world_as_sql(std::uint64_t seed) {
    statements all{seed};
    write(draw(seed), all);
    return all.sql();
}

void write_large_world(std::uint64_t touchpoints, std::filesystem::path const& directory) {
    csv_files files{directory};
    write(draw_large(touchpoints), files);
    files.close();
}

}  // namespace differential

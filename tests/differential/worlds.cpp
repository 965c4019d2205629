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
#include <optional>
#include <string>
#include <string_view>
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

std::string literal(std::int64_t number) {
    return std::to_string(number);
}
std::string literal(std::string_view words) {
    std::string quoted = "'";
    for (char const c : words)
        quoted += c == '\'' ? std::string{"''"} : std::string{c};
    return quoted + '\'';
}
std::string literal(text const& words) {
    return words ? literal(std::string_view{*words}) : "NULL";
}

/// Rows of one table and one world as a statement.
class insertion {
  public:
    insertion(std::string_view table, std::uint64_t seed) : table_{table}, seed_{seed} {}

    template <class... Values>
    void row(Values const&... values) {
        rows_ += (rows_.empty() ? " (" : ",\n (") + std::to_string(seed_);
        ((rows_ += ", " + literal(values)), ...);
        rows_ += ')';
    }
    [[nodiscard]] std::string sql() const {
        return rows_.empty() ? "" : "INSERT INTO " + table_ + " VALUES\n" + rows_ + ";\n";
    }

  private:
    std::string table_;
    std::uint64_t seed_;
    std::string rows_;
};

date::sys_seconds instant(std::int64_t seconds) {
    return date::sys_seconds{std::chrono::seconds{seconds}};
}

/// The touchpoints of marketing and sales with their accounts, as `touchpoints` in pipeline.sql.
std::vector<touch> with_accounts(world const& drawn) {
    auto all = drawn.marketing;
    all.insert(all.end(), drawn.outreach.begin(), drawn.outreach.end());
    for (auto& one : all) {
        auto const known =
            std::find_if(drawn.contacts.begin(), drawn.contacts.end(),
                         [&](contact const& c) { return c.id && c.id == one.contact; });
        if (known != drawn.contacts.end())
            one.account = known->account;
    }
    return all;
}

std::string answers(world const& drawn, std::uint64_t seed) {
    auto const touches = with_accounts(drawn);
    auto const at = [](auto const& record) { return instant(record.at); };
    auto const journeys = att::join(
        att::conversions(drawn.opportunities, &opportunity::account, at, &opportunity::cents),
        att::touchpoints(touches, &touch::account, at));
    auto const window = att::lookback(date::days{90});
    auto const linear = att::attribute(journeys, att::linear, window);
    insertion ledger{"library_ledger", seed};
    insertion report{"library_report", seed};
    auto const credit = [&](std::string_view model, auto const& one) {
        auto const opportunity = static_cast<std::int64_t>(one.conversion);
        if (one.attributed())
            ledger.row(model, opportunity, static_cast<std::int64_t>(one.touchpoint), one.amount);
        else
            ledger.row(model, opportunity, text{}, one.amount);
    };
    auto const add = [&](std::string_view name, auto const& model) {
        auto const credits = att::attribute(journeys, model, window);
        for (auto const& one : credits)
            credit(name, one);
        for (auto const& line : credits | att::by(&opportunity::segment, &touch::channel)) {
            auto const& [segment, channel] = line.key;
            report.row(name, std::string_view{segment}, text{channel}, line.amount);
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
    return ledger.sql() + report.sql();
}

}  // namespace

std::string world_as_sql(std::uint64_t seed) {
    auto const drawn = draw(seed);
    insertion contacts{"contacts", seed};
    insertion opportunities{"opportunities", seed};
    std::int64_t line = 0;
    for (auto const& one : drawn.contacts)
        contacts.row(line++, one.id, one.account);
    line = 0;
    for (auto const& one : drawn.opportunities)
        opportunities.row(line++, one.account, std::string_view{one.segment}, one.at, one.cents);
    auto sql = contacts.sql() + opportunities.sql();
    auto const add = [&](std::string_view table, std::vector<touch> const& side) {
        insertion rows{table, seed};
        std::int64_t number = 0;
        for (auto const& one : side)
            rows.row(number++, one.contact, std::string_view{one.channel}, one.at);
        sql += rows.sql();
    };
    add("marketing", drawn.marketing);
    add("outreach", drawn.outreach);
    return sql + answers(drawn, seed);
}

}  // namespace differential

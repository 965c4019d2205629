// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/records.hpp>

#include <support/input_findings.hpp>
#include <support/names.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/findings.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// What is wrong with the records, by rules. Rows have the numbers of the lines in their files.
namespace customer_success {

/// Rows that repeat an id, but say something else: the first one counts.
template <class Record>
[[nodiscard]] auto repeats_agree(std::string const& subject) {
    return attribution::basic_rule{
        "repeats agree(" + subject + ")", attribution::severity::error,
        "repeats the id of an earlier row, but says something else, and does not count",
        [](auto const& rows, attribution::offences& found) {
            std::unordered_map<std::string, std::string> first;
            for (std::size_t row = 0; row < rows.size(); ++row) {
                Record const& one = rows[row];
                if (one.id && first.emplace(*one.id, one.row).first->second != one.row)
                    found.row(row);
            }
        }};
}

/// The names in a column, for what looks like a slip of one of them.
template <class Records, class Text>
[[nodiscard]] std::vector<std::string> usual(Records const& rows, Text text) {
    return examples::usual_spellings(examples::texts_of(rows, text));
}

/// The rules for emails, or for activities.
[[nodiscard]] inline auto rules_of_works(records const& data, std::string const& subject) {
    using namespace examples;
    namespace att = attribution;
    auto const& nothing = data.input.nothing;
    auto const of = [&](char const* what) { return subject + ' ' + what; };
    return att::rules(
        att::unique(of("id"), &work::id).as(att::severity::warning), repeats_agree<work>(of("id")),
        att::required(of("id"), &work::id), att::required(of("deal"), &work::deal),
        att::known(of("deal"), &work::deal, data.deals, &deal::id),
        written_as_usual(of("deal"), &work::deal, usual(data.deals, &deal::id)),
        expected(of("specialist"), &work::specialist, nothing),
        att::known(of("specialist"), &work::specialist, data.specialists, &specialist::id)
            .as(att::severity::warning),
        written_as_usual(of("specialist"), &work::specialist,
                         usual(data.specialists, &specialist::id)),
        warning_unless(of("on the days of its deal"),
                       subject +
                           " is before the first day of its deal or after the last, and earns "
                           "no credit",
                       [known = deals_by_id{data.deals}](work const& one) {
                           auto const* const its = known.of(one);
                           return !its || !its->has_its_days() ||
                                  (one.at >= its->begin() && (!its->end || one.at <= its->close()));
                       }),
        written_in_full(of("id"), &work::id), written_in_full(of("deal"), &work::deal),
        real_time(of("time"), &work::at));
}

/// Levels that no concluded deal has, of what has a use for them.
template <class Record>
[[nodiscard]] auto level_is_known(std::string const& subject, records const& data,
                                  std::string case_facts::*level) {
    std::set<std::string> levels;
    for (auto const& one : data.deals)
        if (one.teaches())
            levels.insert(one.facts.*level);
    return examples::warning_unless(
        "known to concluded deals(" + subject + ")",
        subject + " is none that a concluded deal has, and counts as the reference",
        [levels = std::move(levels), level](Record const& one) {
            return levels.empty() || levels.contains(one.facts.*level);
        });
}

[[nodiscard]] inline attribution::findings validate(records const& data) {
    using namespace examples;
    namespace att = attribution;
    auto const visa = [](deal const& one) -> auto const& {
        return one.facts.visa;
    };
    auto const contract = [](deal const& one) -> auto const& {
        return one.facts.contract;
    };
    auto const country = [](deal const& one) -> auto const& {
        return one.facts.country;
    };
    file_checks checks;
    checks.check(
        data.deals, att::unique("deal id", &deal::id).as(att::severity::warning),
        repeats_agree<deal>("deal id"), att::required("deal id", &deal::id),
        att::required(
            "deal owner", &deal::owner,
            [&](std::string const& who) { return means_nothing(who, data.input.nothing); }),
        att::known("deal owner", &deal::owner, data.specialists, &specialist::id)
            .as(att::severity::warning),
        written_as_usual("deal owner", &deal::owner, usual(data.specialists, &specialist::id)),
        written_as_mostly("deal visa type", data.deals, visa),
        written_as_mostly("deal contract category", data.deals, contract),
        written_as_mostly("deal country", data.deals, country),
        error_unless(
            "deal has applicants",
            "the number of applicants is missing: nothing is learned from the deal, and it has "
            "no score",
            [](deal const& one) { return one.facts.applicants.has_value(); }),
        error_unless("deal ends after it starts", "the deal ends before it starts, and is left out",
                     [](deal const& one) { return !one.ends_before_it_starts(); }),
        error_unless("deal that is over has an end",
                     "the deal is over, but has no end, and is left out",
                     [](deal const& one) { return one.state == deal_state::open || one.end; }),
        warning_unless("deal that is open has no end", "the deal is open, but has an end",
                       [](deal const& one) { return one.state != deal_state::open || !one.end; }),
        info_unless("deal came further than New Clients",
                    "the deal was completed while at New Clients: nothing is learned from it",
                    [](deal const& one) { return one.state != deal_state::closed_early; }),
        warning_unless("deal language is in lower case",
                       "the language has capitals or spaces around it, and is read without them",
                       [](deal const& one) { return one.facts.language_as_written; }),
        written_in_full("deal id", &deal::id), real_time("deal start", &deal::start),
        real_time("deal end", &deal::end));
    checks.check(data.emails, rules_of_works(data, "email"));
    checks.check(data.activities, rules_of_works(data, "activity"),
                 rare(written_as_mostly("activity type", data.activities, &work::type)));
    checks.check(data.specialists, att::unique("specialist", &specialist::id),
                 att::required("specialist", &specialist::id),
                 warning_unless("specialist has languages and scopes",
                                "the specialist has no language or no scope, and gets no client",
                                [](specialist const& one) {
                                    return !one.languages.empty() && !one.scopes.empty();
                                }));
    checks.check(
        data.clients, att::unique("client id", &new_client::id).as(att::severity::warning),
        repeats_agree<new_client>("client id"), att::required("client id", &new_client::id),
        error_unless("client has applicants",
                     "the number of applicants is missing, so that the client cannot be assigned",
                     [](new_client const& one) { return one.facts.applicants.has_value(); }),
        level_is_known<new_client>("client visa type", data, &case_facts::visa),
        level_is_known<new_client>("client contract category", data, &case_facts::contract),
        level_is_known<new_client>("client country", data, &case_facts::country),
        written_in_full("client id", &new_client::id),
        real_time("client arrival", &new_client::arrived));
    checks.add(reading_findings(data.input));
    return checks.found();
}

/// Lines of another report that say something else than `counted`, which has their id.
[[nodiscard]] inline attribution::finding
agrees(std::string const& rule, std::vector<reported> const& lines,
       std::map<std::string, std::vector<std::int64_t>> const& counted) {
    attribution::offences found{5};
    for (std::size_t row = 0; row < lines.size(); ++row) {
        auto const own = counted.find(lines[row].id);
        auto const counts = own == counted.end()
                                ? std::vector<std::int64_t>(lines[row].counts.size())
                                : own->second;
        if (counts != lines[row].counts)
            found.row(row + 2);
    }
    return {rule,
            attribution::severity::warning,
            "says something else than the emails, activities and deals themselves",
            lines.size(),
            found.count(),
            found.rows(),
            {}};
}

/// What was counted and has no line in another report, or more than one; no finding where each has
/// one, nor of a report without lines, which says nothing.
[[nodiscard]] inline attribution::findings
has_each_once(std::string const& report, std::vector<reported> const& lines,
              std::map<std::string, std::vector<std::int64_t>> const& counted) {
    if (lines.empty())
        return {};
    attribution::offences found{5};
    std::set<std::string_view> known;
    for (std::size_t row = 0; row < lines.size(); ++row)
        if (!known.insert(lines[row].id).second)
            found.row(row + 2);
    auto count = found.count();
    std::vector<std::string> notes;
    for (auto const& [id, counts] : counted)
        if (!known.contains(id) &&
            std::ranges::any_of(counts, [](std::int64_t number) { return number != 0; }) &&
            ++count <= found.count() + 5)
            notes.push_back(examples::in_quotes(id) + " is missing");
    attribution::findings all;
    if (count > 0)
        all.add({report + " has each line once", attribution::severity::warning,
                 "a line is there again, or what was counted has none", lines.size(), count,
                 found.rows(), std::move(notes)});
    return all;
}

}  // namespace customer_success

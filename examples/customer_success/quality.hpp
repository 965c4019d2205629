// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/records.hpp>

#include <support/input_findings.hpp>
#include <support/names.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/findings.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/must.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>
#include <attribution/quality/validate.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
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
[[nodiscard]] inline attribution::findings validate_works(records const& data,
                                                          std::vector<work> const& works,
                                                          std::string const& subject,
                                                          attribution::row_naming lines) {
    namespace att = attribution;
    auto const& nothing = data.input.nothing;
    auto const of = [&](char const* what) { return subject + ' ' + what; };
    return att::validate(
        works,
        att::rules(
            att::unique(of("id"), &work::id).as(att::severity::warning),
            repeats_agree<work>(of("id")), att::required(of("id"), &work::id),
            att::required(of("deal"), &work::deal),
            att::known(of("deal"), &work::deal, data.deals, &deal::id),
            examples::written_as_usual(of("deal"), &work::deal, usual(data.deals, &deal::id)),
            examples::expected(of("specialist"), &work::specialist, nothing),
            att::known(of("specialist"), &work::specialist, data.specialists, &specialist::id)
                .as(att::severity::warning),
            examples::written_as_usual(of("specialist"), &work::specialist,
                                       usual(data.specialists, &specialist::id)),
            att::must(
                of("on the days of its deal"),
                [known = deals_by_id{data.deals}](work const& one) {
                    auto const* const its = known.of(one);
                    return !its || !its->has_its_days() ||
                           (one.at >= its->begin() && (!its->end || one.at <= its->close()));
                },
                subject + " is before the first day of its deal or after the last, and earns "
                          "no credit")
                .as(att::severity::warning)),
        lines);
}

/// Levels that no concluded deal has, of what has a use for them.
template <class Record>
[[nodiscard]] auto level_is_known(std::string const& subject, records const& data,
                                  std::string case_facts::*level) {
    std::set<std::string> levels;
    for (auto const& one : data.deals)
        if (one.teaches())
            levels.insert(one.facts.*level);
    return attribution::must(
               "known to concluded deals(" + subject + ")",
               [levels = std::move(levels), level](Record const& one) {
                   return levels.empty() || levels.contains(one.facts.*level);
               },
               subject + " is none that a concluded deal has, and counts as the reference")
        .as(attribution::severity::warning);
}

[[nodiscard]] inline attribution::findings validate(records const& data) {
    namespace att = attribution;
    constexpr auto lines = att::row_naming{.limit = 5, .first_row = 2};
    auto const visa = [](deal const& one) { return one.facts.visa; };
    auto const contract = [](deal const& one) { return one.facts.contract; };
    auto const country = [](deal const& one) { return one.facts.country; };
    auto found = att::validate(
        data.deals,
        att::rules(
            att::unique("deal id", &deal::id).as(att::severity::warning),
            repeats_agree<deal>("deal id"), att::required("deal id", &deal::id),
            att::required("deal owner", &deal::owner,
                          [&](std::string const& who) {
                              return examples::means_nothing(who, data.input.nothing);
                          }),
            att::known("deal owner", &deal::owner, data.specialists, &specialist::id)
                .as(att::severity::warning),
            examples::written_as_usual("deal owner", &deal::owner,
                                       usual(data.specialists, &specialist::id)),
            examples::written_as_usual("deal visa type", visa, usual(data.deals, visa)),
            examples::written_as_usual("deal contract category", contract,
                                       usual(data.deals, contract)),
            examples::written_as_usual("deal country", country, usual(data.deals, country)),
            att::must(
                "deal has applicants",
                [](deal const& one) { return one.facts.applicants.has_value(); },
                "the number of applicants is missing: nothing is learned from the deal, and it has "
                "no score"),
            att::must(
                "deal ends after it starts",
                [](deal const& one) { return !one.ends_before_it_starts(); },
                "the deal ends before it starts, and is left out"),
            att::must(
                "deal that is over has an end",
                [](deal const& one) { return one.state == deal_state::open || one.end; },
                "the deal is over, but has no end, and is left out"),
            att::must(
                "deal that is open has no end",
                [](deal const& one) { return one.state != deal_state::open || !one.end; },
                "the deal is open, but has an end")
                .as(att::severity::warning),
            att::must(
                "deal came further than New Clients",
                [](deal const& one) { return one.state != deal_state::closed_early; },
                "the deal was completed while at New Clients: nothing is learned from it")
                .as(att::severity::info),
            att::must(
                "deal language is in lower case",
                [](deal const& one) { return one.facts.language_as_written; },
                "the language has capitals or spaces around it, and is read without them")
                .as(att::severity::warning)),
        lines);
    found.merge(validate_works(data, data.emails, "email", lines));
    found.merge(validate_works(data, data.activities, "activity", lines));
    found.merge(att::validate(
        data.specialists,
        att::rules(
            att::unique("specialist", &specialist::id),
            att::required("specialist", &specialist::id),
            att::must(
                "specialist has languages and scopes",
                [](specialist const& one) { return !one.languages.empty() && !one.scopes.empty(); },
                "the specialist has no language or no scope, and gets no client")
                .as(att::severity::warning)),
        lines));
    found.merge(att::validate(
        data.clients,
        att::rules(
            att::unique("client id", &new_client::id).as(att::severity::warning),
            repeats_agree<new_client>("client id"), att::required("client id", &new_client::id),
            att::must(
                "client has applicants",
                [](new_client const& one) { return one.facts.applicants.has_value(); },
                "the number of applicants is missing, so that the client cannot be assigned"),
            level_is_known<new_client>("client visa type", data, &case_facts::visa),
            level_is_known<new_client>("client contract category", data, &case_facts::contract),
            level_is_known<new_client>("client country", data, &case_facts::country)),
        lines));
    found.merge(examples::file_findings(data.input));
    found.merge(examples::time_findings(data.input));
    return found;
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

}  // namespace customer_success

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/sample_data.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace customer_success {

/// What customer_success_sample() planted: exactly, nothing comes in by accident.
struct sample_faults {
    int deal_rows = 0;
    int email_rows = 0;
    int activity_rows = 0;

    int concluded = 0;  ///< deals that teach
    int open = 0;
    int suspended = 0;
    int closed_early = 0;  ///< completed while at New Clients

    int deals_repeated = 0;       ///< rows equal to an earlier one
    int deals_contradicted = 0;   ///< rows that repeat an id, but say something else
    int applicants_missing = 0;   ///< concluded deals
    int ends_before_start = 0;    ///< concluded deals
    int languages_rewritten = 0;  ///< with capitals or spaces
    int owners_unknown = 0;       ///< open deals of somebody without skills

    int emails_repeated = 0;          ///< rows equal to an earlier one
    int activities_contradicted = 0;  ///< rows that repeat an id, but name another specialist
    int emails_of_unknown_deals = 0;
    int emails_by_strangers = 0;   ///< of somebody without skills, for deals that teach
    int activities_after_end = 0;  ///< of deals that teach
    int emails_before_start = 0;   ///< of deals that teach
    int emails_at_month_ends = 0;  ///< in UTC in the next month, in São Paulo not yet

    int repeats_on_concluded = 0;  ///< of both kinds, for deals that teach

    int work_on_concluded = 0;  ///< distinct emails and activities on the days of deals that teach
    int work_elsewhere = 0;     ///< for deals that do not teach or nobody knows, repeats too

    int clients = 0;
    int clients_nobody_understands = 0;
    int clients_nobody_can_serve = 0;  ///< their visa type is in nobody's scope
    int clients_in_between = 0;        ///< one knows the language, another the visa type
    int clients_without_applicants = 0;
    int clients_from_new_countries = 0;

    int interactions_wrong = 0;  ///< rows of interactions.csv
    int crm_lines_wrong = 0;     ///< rows of crm_report.csv

    bool operator==(sample_faults const&) const = default;
};

/// True effects: how many times the work of the reference.
inline constexpr int golden_visa_percent = 170;
inline constexpr int student_percent = 70;
inline constexpr int premium_percent = 130;
inline constexpr int applicant_percent = 20;  // each more, of that for the first

/// Does most of the last work on deals of others.
inline constexpr std::string_view closer = "Hedda";

/// About 450 deals with 7,000 emails and activities, 20 new clients.
[[nodiscard]] examples::sample<sample_faults>
customer_success_sample(std::uint64_t seed = examples::default_sample_seed);

}  // namespace customer_success

// SPDX-License-Identifier: BSL-1.0

// Prints what customer_success must say about its sample data, as far as the generator knows it: where
// (a rule of validation.csv, a reason in audit.csv), what and how often.

#include <customer_success/sample.hpp>

#include <fmt/format.h>

#include <string_view>

namespace {

void rule(std::string_view name, int count) {
    fmt::print("rule\t{}\t{}\n", name, count);
}

void reason(std::string_view text, int works) {
    fmt::print("reason\t{}\t{}\n", text, works);
}

}  // namespace

int main() {
    auto const planted = customer_success::customer_success_sample().planted_faults;

    rule("unique(deal id)", planted.deals_repeated + planted.deals_contradicted);
    rule("repeats agree(deal id)", planted.deals_contradicted);
    rule("deal has applicants", planted.applicants_missing);
    rule("deal ends after it starts", planted.ends_before_start);
    rule("deal language is in lower case", planted.languages_rewritten);
    rule("deal came further than New Clients", planted.closed_early);
    rule("known(deal owner)", planted.owners_unknown);
    rule("unique(email id)", planted.emails_repeated);
    rule("unique(activity id)", planted.activities_contradicted);
    rule("repeats agree(activity id)", planted.activities_contradicted);
    rule("known(email deal)", planted.emails_of_unknown_deals);
    rule("known(email specialist)", planted.emails_by_strangers);
    rule("activity on the days of its deal", planted.activities_after_end);
    rule("email on the days of its deal", planted.emails_before_start);
    rule("client has applicants", planted.clients_without_applicants);
    rule("known to concluded deals(client country)", planted.clients_from_new_countries);
    rule("known to concluded deals(client visa type)",
         planted.clients_nobody_can_serve + planted.clients_in_between);
    rule("agrees with interactions", planted.interactions_wrong);
    rule("agrees with crm_report", planted.crm_lines_wrong);
    for (auto const* const not_planted : {"deal that is over has an end",
                                          "deal that is open has no end",
                                          "known(activity deal)",
                                          "known(activity specialist)",
                                          "known to concluded deals(client contract category)",
                                          "repeats agree(client id)",
                                          "repeats agree(email id)",
                                          "required(activity deal)",
                                          "required(activity id)",
                                          "required(activity specialist)",
                                          "required(client id)",
                                          "required(deal id)",
                                          "required(deal owner)",
                                          "required(email deal)",
                                          "required(email id)",
                                          "required(email specialist)",
                                          "required(specialist)",
                                          "specialist has languages and scopes",
                                          "unique(client id)",
                                          "unique(specialist)",
                                          "written_as_usual(activity deal)",
                                          "written_as_usual(activity specialist)",
                                          "written_as_usual(deal contract category)",
                                          "written_as_usual(deal country)",
                                          "written_as_usual(deal owner)",
                                          "written_as_usual(deal visa type)",
                                          "written_as_usual(email deal)",
                                          "written_as_usual(email specialist)",
                                          "input is UTF-8",
                                          "input has commas",
                                          "time names its zone",
                                          "time is whole microseconds"})
        rule(not_planted, 0);

    reason("credited", planted.work_on_concluded);
    reason("after the window (the days of the deal)", planted.activities_after_end);
    reason("before the window (the days of the deal)", planted.emails_before_start);
    reason("duplicate id (without duplicates)", planted.repeats_on_concluded);
    reason("no conversion has its key", planted.work_elsewhere);

    fmt::print("count\tconcluded\t{}\n", planted.concluded);
    fmt::print("count\topen\t{}\n", planted.open);
    fmt::print("count\tdifferent in Sao Paulo\t{}\n", planted.emails_at_month_ends);
    fmt::print("count\tclients\t{}\n", planted.clients);
    fmt::print("count\tnobody speaks the language\t{}\n", planted.clients_nobody_understands);
    fmt::print("count\tnobody has the product scope\t{}\n", planted.clients_nobody_can_serve);
    fmt::print("count\tnobody has both language and product scope\t{}\n",
               planted.clients_in_between);
    fmt::print("count\tthe number of applicants is missing\t{}\n",
               planted.clients_without_applicants);
}

// SPDX-License-Identifier: BSL-1.0

// Prints what a program must say about its sample data, as far as the generator knows it: where
// (a line of the summary, a rule of validation.csv, a reason in audit.csv), what and how often.

#include <support/sample_data.hpp>

#include <fmt/format.h>

#include <string_view>

namespace {

void line(std::string_view what, int number) {
    fmt::print("summary\t{}\t{}\n", what, number);
}

void rule(std::string_view name, int count) {
    fmt::print("rule\t{}\t{}\n", name, count);
}

void reason(std::string_view text, int touchpoints) {
    fmt::print("reason\t{}\t{}\n", text, touchpoints);
}

void print(examples::pipeline_faults const& planted) {
    line("only before such windows", planted.touches_before_window);
    line("only after the opportunities", planted.touches_after_creation);
    line("account without opportunity", planted.touches_without_opportunity);
    line("unusable: contact missing", planted.sales_contact_empty + planted.sales_contact_null +
                                          planted.sales_contact_upper_null);
    line("unusable: contact unknown", planted.orphan_touches);
    line("unusable: contact without account", planted.touches_without_account);
    line("all touchpoints", planted.marketing_rows + planted.sales_rows);
    line("touchpoints repeating an id (they count)", planted.duplicate_touches);
    line("opportunities repeating an id (they count)", 0);
    line("account missing", planted.opportunities_without_account);
    line("no touchpoint in the window", planted.opportunities_without_touch);
    line("contacts without id", planted.null_contacts);
    line("contacts without account", planted.contacts_without_account);
    line("contacts repeating an id (the first counts)", 0);

    auto const without_contact =
        planted.sales_contact_empty + planted.sales_contact_null + planted.sales_contact_upper_null;
    rule("required(touchpoint contact)", without_contact);
    rule("known(touchpoint contact)", planted.orphan_touches);
    rule("touchpoint contact has account", planted.touches_without_account);
    rule("unique(touchpoint id)", planted.duplicate_touches);
    rule("has_conversion(touchpoint)", planted.touches_without_opportunity);
    rule("inside_some_window(touchpoint)",
         planted.touches_before_window + planted.touches_after_creation);
    rule("required(opportunity account)", planted.opportunities_without_account);
    rule("unique(opportunity id)", 0);
    rule("opportunity amount is positive", 0);
    rule("has_touchpoint(opportunity)",
         planted.opportunities_without_account + planted.opportunities_without_touch);
    rule("required(contact id)", planted.null_contacts);
    rule("contact has account", planted.contacts_without_account);
    rule("unique(contact id)", 0);
    rule("known(spend channel)", planted.spend_rows_without_touches);
    for (auto const* const not_planted :
         {"required(touchpoint id)", "required(touchpoint channel)", "required(opportunity id)",
          "written_as_usual(touchpoint channel)", "written_as_usual(touchpoint contact)",
          "written_as_usual(opportunity account)", "written_as_usual(opportunity segment)",
          "plausible_share(touchpoint contact)", "plausible_share(opportunity account)",
          "plausible_share(contact account)", "opportunity amount is exact",
          "spend is not negative", "spend is exact", "input is UTF-8", "input has commas",
          "time names its zone", "time is whole microseconds"})
        rule(not_planted, 0);

    auto const without_account =
        without_contact + planted.orphan_touches + planted.touches_without_account;
    reason("before the window (90 days)", planted.touches_before_window);
    reason("after the window (nothing after the conversion)", planted.touches_after_creation);
    reason("no conversion has its key", planted.touches_without_opportunity);
    reason("unusable record: its key is missing", without_account);
    reason("credited", planted.marketing_rows + planted.sales_rows - without_account -
                           planted.touches_without_opportunity - planted.touches_before_window -
                           planted.touches_after_creation);
}

void print(examples::krispcall_faults const& planted) {
    line("without positive net revenue: left out",
         planted.accounts_with_zero_net + planted.accounts_with_negative_net);
    line("all accounts", planted.accounts);
    line("payments and refunds of others: left out", 0);
    line("before the first payment", planted.usage_before_payment);
    line("after the first refund", planted.usage_after_refund);
    line("platform not connected", planted.usage_not_connected);
    line("unknown user", planted.usage_of_unknown_user);
    line("all calls and messages", planted.usage_rows);
    line("of these, equal to an earlier row (they count)", planted.duplicate_usage);
    line("of these, never disconnected", planted.connects_left_open);
    line("of these, without a connect: no effect", planted.unmatched_disconnects);
    line("of an unknown user: no effect", 0);

    rule("account has revenue",
         planted.accounts_with_zero_net + planted.accounts_with_negative_net);
    rule("known(payer)", 0);
    rule("known(integration user)", 0);
    rule("known(usage user)", planted.usage_of_unknown_user);
    rule("connect while not connected", planted.overlapping_connects);
    rule("disconnect while connected", planted.unmatched_disconnects);
    rule("unique(usage)", planted.duplicate_usage);
    rule("inside_some_window(usage)", planted.usage_before_payment + planted.usage_after_refund);
    rule("account paid what it was refunded", planted.accounts_with_negative_net);
    for (auto const* const not_planted : {"account paid before it was refunded",
                                          "required(workspace owner)",
                                          "workspace members are somebody",
                                          "required(payer)",
                                          "written_as_usual(payer)",
                                          "payment is not negative",
                                          "refund is not negative",
                                          "required(integration user)",
                                          "written_as_usual(integration user)",
                                          "plausible_share(integration user)",
                                          "required(integration platform)",
                                          "written_as_usual(integration platform)",
                                          "integration platform is no line of nobody",
                                          "required(usage user)",
                                          "written_as_usual(usage user)",
                                          "plausible_share(usage user)",
                                          "required(usage platform)",
                                          "written_as_usual(usage platform)",
                                          "usage platform is no line of nobody",
                                          "input is UTF-8",
                                          "input has commas"})
        rule(not_planted, 0);

    reason("usage: before the window (first payment to first refund)",
           planted.usage_before_payment);
    reason("usage: after the window (first payment to first refund)", planted.usage_after_refund);
    reason("usage: refused by while connected", planted.usage_not_connected);
    reason("usage: unusable record: its key is missing", planted.usage_of_unknown_user);
    reason("connect: the model gave it no weight", planted.overlapping_connects);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2)
        return 1;
    if (std::string_view{argv[1]} == "pipeline")
        print(examples::pipeline_sample().planted_faults);
    else
        print(examples::krispcall_sample().planted_faults);
}

// SPDX-License-Identifier: BSL-1.0

// Prints what the summary of a program must say about its sample data, as far as the generator
// knows it: a line of the summary, its number.

#include <support/sample_data.hpp>

#include <fmt/format.h>

#include <string_view>

namespace {

void line(std::string_view what, int number) {
    fmt::print("{}\t{}\n", what, number);
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

# SPDX-License-Identifier: BSL-1.0
"""krispcall when something is wrong."""

import sys

import harness
from error_checks import ErrorTest

WORKSPACES = "final_workspace_data.csv"
PAYMENTS = "final_payment_refund_data.csv"
INTEGRATIONS = "final_integration_data.csv"
USAGE = "final_calls_sms_detailed_data.csv"


class Errors(ErrorTest):
    name = "krispcall"
    inputs = [WORKSPACES, PAYMENTS, INTEGRATIONS, USAGE]
    wrong_options = [["--report", "both"], ["--rounding", "up"], ["--segment-seconds", "-1"],
                     ["--segment-seconds", "1.5"], ["--segment-seconds", "86401"]]

    free_texts = ["member_emails"]
    bad_fields = [
        (WORKSPACES, 3, "member_emails", '"twice@x.example,twice@x.example"', "already belongs"),
        (PAYMENTS, 2, "time", "1e9", "1e9"),
        (PAYMENTS, 3, "event", "Payment", "Payment"),
        (INTEGRATIONS, 4, "time", "1700000000000", "milliseconds"),
        (INTEGRATIONS, 5, "event", "", "Integration Connected"),
        (USAGE, 6, "time", "", "time"),
        (USAGE, 7, "event", "Inbound Calls", "Outbound Calls"),
    ]

    def test_bad_number_in_a_call_or_a_message(self):
        for event, column, message in (("Outbound Calls", "Duration", "seconds"),
                                       ("Outbound SMS", "Segments", "count")):
            with self.subTest(event):
                def change(lines):
                    header = lines[0].split(",")
                    lines[1] = ",".join(
                        {"event": event, "time": "1710000000", column: "some"}.get(name, "")
                        for name in header)
                    return lines
                self.check_refused(self.changed_copy(USAGE, change),
                                   rf"{USAGE}:2: column '{column}': 'some' .*{message}")

    def test_bad_amount(self):
        for event, column in ("New Payment Made", "Amount"), ("Refund Granted", "Refund Amount"):
            with self.subTest(event):
                def change(lines):
                    header = lines[0].split(",")
                    lines[1] = ",".join(
                        {"event": event, "time": "1710000000", column: "ten"}.get(name, "")
                        for name in header)
                    return lines
                self.check_refused(self.changed_copy(PAYMENTS, change),
                                   rf"{PAYMENTS}:2: column '{column}': 'ten' ")


harness.main(Errors, sys.argv[1])

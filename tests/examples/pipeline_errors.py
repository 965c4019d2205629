# SPDX-License-Identifier: BSL-1.0
"""pipeline when something is wrong."""

import sys

import harness
from error_checks import ErrorTest

OPPORTUNITIES = "de_hw_opportunity_data.csv"
CONTACTS = "de_hw_contact_data.csv"
MARKETING = "de_hw_marketing_data.csv"
SALES = "de_hw_sales_outreach_data.csv"


class Errors(ErrorTest):
    name = "pipeline"
    inputs = [OPPORTUNITIES, CONTACTS, MARKETING, SALES]
    wrong_options = [["--amounts", "double"], ["--lookback-days", "-1"], ["--lookback-days", "36501"],
                     ["--lookback-days", "many"]]
    bad_fields = [
        (OPPORTUNITIES, 2, "pipeline_amount", "12 dollars", "12 dollars"),
        (OPPORTUNITIES, 3, "pipeline_amount", "", "decimal number"),
        (OPPORTUNITIES, 4, "pipeline_amount", "0.1234567891", "decimals"),
        (OPPORTUNITIES, 5, "pipeline_amount", "99999999999999999", "decimal point"),
        (OPPORTUNITIES, 6, "Opportunity_Created_Date", "2024-02-30T00:00:00Z", "does not exist"),
        (MARKETING, 7, "marketing_touchpoint_date", "2024-02-01", "2024-02-01"),
        (SALES, 8, "sales_touchpoint_date", "yesterday", "yesterday"),
    ]

    def test_bad_spend(self):
        data = self.sample_data()
        for text, message in (("channel,period,spend\nA,2024-13,1\n", ":2: .*'2024-13' .*month"),
                              ("channel,period,spend\nA,2024-1,1\n", ":2: .*'2024-1' .*month"),
                              ("channel,period,spend\nA,2024-12,\n", ":2: .*spend.*decimal"),
                              ("channel,spend\nA,1\n", ":1: .*period"),
                              ("", ""), (None, "")):
            with self.subTest(text):
                file = self.directory / "costs.csv"
                file.unlink(missing_ok=True)
                if text is not None:
                    file.write_text(text)
                outcome = self.run_program("--data", data, "--spend", file, "--out", self.out,
                                           status=2)
                self.assertRegex(outcome.error, rf"\Apipeline: .*costs\.csv.*{message}.*\n\Z")
                self.assertFalse(self.out.exists())


harness.main(Errors, sys.argv[1])

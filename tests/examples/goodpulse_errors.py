# SPDX-License-Identifier: BSL-1.0
"""goodpulse when something is wrong."""

import sys

import harness
from error_checks import ErrorTest

ORDERS = "olist_orders_dataset.csv"
CUSTOMERS = "olist_customers_dataset.csv"
PAYMENTS = "olist_order_payments_dataset.csv"
REVIEWS = "olist_order_reviews_dataset.csv"
ITEMS = "olist_order_items_dataset.csv"
LEADS = "olist_marketing_qualified_leads_dataset.csv"
DEALS = "olist_closed_deals_dataset.csv"


class Errors(ErrorTest):
    name = "goodpulse"
    inputs = [ORDERS, CUSTOMERS, PAYMENTS, REVIEWS]
    wrong_options = [["--lifecycle-days", "147"], ["--lifecycle-days", "281,147"],
                     ["--lifecycle-days", "many,281"], ["--value-thresholds", "1,2.345"],
                     ["--recency-days", "-1,90"], ["--joins", "both"],
                     ["--analysis-date", "yesterday"], ["--analysis-date", "2024-02-30"]]
    bad_fields = [
        (ORDERS, 2, "order_purchase_timestamp", "2024-02-30 10:00:00", "does not exist"),
        (ORDERS, 3, "order_purchase_timestamp", "2024-02-01", "without a time of day"),
        (ORDERS, 4, "order_delivered_customer_date", "soon", "'soon'"),
        (PAYMENTS, 2, "payment_value", "12 dollars", "12 dollars"),
        (PAYMENTS, 3, "payment_value", "", "decimal number"),
        (PAYMENTS, 4, "payment_value", "0.123", "decimals"),
        (PAYMENTS, 5, "payment_value", "99999999999999999", "decimal point"),
        (PAYMENTS, 6, "payment_value", "9999999999999", "misplaced decimal point"),
        (REVIEWS, 2, "review_score", "6", "'6' is not a score, write 1 to 5"),
        (REVIEWS, 3, "review_score", "0", "'0' is not a score, write 1 to 5"),
        (REVIEWS, 4, "review_score", "good", "not a count"),
        (ITEMS, 2, "price", "free", "decimal number"),
        (LEADS, 3, "first_contact_date", "31/05/2018", "write it like 2018-05-31 or 31-05-2018"),
        (LEADS, 4, "first_contact_date", "31-04-2018", "does not exist"),
        (DEALS, 2, "won_date", "later", "'later'"),
    ]

    def test_borders_are_two(self):
        for text, message in (("147", "takes two borders with a comma between them, like 90,180; '147' has 1"),
                              ("1,2,3", "takes two borders .*'1,2,3' has 3"),
                              ("[1,2]", r"'\[1' is not a count"), ("1,", "'' is not a count")):
            with self.subTest(text):
                outcome = self.run_program("--recency-days", text, "--out", self.out, status=2)
                self.assertRegex(outcome.error, rf"\Agoodpulse: --recency-days: .*{message}.*\n\Z")
                self.assertFalse(self.out.exists())

    def test_early_analysis_date(self):
        outcome = self.run_program("--data", self.sample_data(), "--out", self.out,
                                   "--analysis-date", "2024-06-29", status=2)
        self.assertRegex(outcome.error, r"\Agoodpulse: --analysis-date: .*2024-06-30.*\n\Z")
        self.assertFalse(self.out.exists())

    def test_header_only_with_all_files(self):
        data = self.directory / "headers"
        data.mkdir()
        for file in self.sample_data().iterdir():
            (data / file.name).write_bytes(file.read_bytes().split(b"\r\n")[0] + b"\r\n")
        self.run_program("--data", data, "--out", self.out)
        for name, content in harness.files_in(self.out, "*.csv").items():
            if name != "validation.csv":
                self.assertEqual(content.count(b"\n"), 1, name)
        self.assertEqual(harness.broken_rules(self.out, ["error", "warning", "info"]), {})


harness.main(Errors, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""customer_success when something is wrong."""

import sys

import harness
from error_checks import ErrorTest

DEALS, EMAILS, ACTIVITIES = "deals_base.csv", "emails.csv", "activities.csv"
SKILLS, CLIENTS = "cs_skills.csv", "new_clients.csv"


class Errors(ErrorTest):
    name = "customer_success"
    inputs = [DEALS, EMAILS, ACTIVITIES, SKILLS, CLIENTS]
    wrong_options = [["--deal-value", "two"], ["--time-zone", "Mars/Olympus"], ["--no-forest", "1"]]
    bad_fields = [
        (DEALS, 2, "start_date", "2024-02-30", "does not exist"),
        (DEALS, 3, "start_date", "01.02.2024", "write it like 2021-12-31"),
        (DEALS, 4, "end_date", "2024-1-5", "write it like 2021-12-31"),
        (DEALS, 5, "n_applicants", "two", "count"),
        (DEALS, 6, "n_applicants", "0", "1 to 1000"),
        (DEALS, 7, "n_applicants", "1001", "1 to 1000"),
        (DEALS, 8, "status", "paused", "open, completed or suspended"),
        (DEALS, 9, "fee", "a lot", "decimal number"),
        (DEALS, 10, "fee", "-1", "less than nothing"),
        (DEALS, 11, "fee", "9000000000000000", "misplaced decimal point"),
        (EMAILS, 2, "sent_at", "2024-05-01", "without a time of day"),
        (ACTIVITIES, 3, "completed_at", "noon", "noon"),
        (CLIENTS, 2, "arrived_at", "2025-13-01T00:00:00Z", "does not exist"),
        (CLIENTS, 4, "n_applicants", "-2", "count"),
    ]

    def test_bad_reports_of_others(self):
        for file, header, row, message in (
                ("interactions.csv", "deal_id,interactions", "D00001,many", ":2: .*count"),
                ("interactions.csv", "deal_id,number", "D00001,1", ":1: .*interactions"),
                ("crm_report.csv", "cs_name,month,emails_sent,activities_completed,deals_concluded",
                 "Alba,May,1,1,1", ":2: .*month")):
            with self.subTest(file=file, row=row):
                data = self.changed_copy(file, lambda lines, text=(header, row): [*text, ""])
                self.check_refused(data, rf"{file}{message}")


harness.main(Errors, sys.argv[1])

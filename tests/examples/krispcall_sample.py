# SPDX-License-Identifier: BSL-1.0
"""krispcall on its sample data: committed bytes, planted faults, and a recount."""

import sys
from pathlib import Path

import harness
from krispcall_checks import KrispcallTest

PLANTED, EXPECTED = sys.argv[2], Path(sys.argv[3])


class Sample(KrispcallTest):
    def test_committed_results(self):
        for report in "summary", "assignment":
            with self.subTest(report):
                outcome = self.run_program("--out", self.out, "--report", report)
                found = harness.files_in(self.out)
                found.pop("audit.csv")  # large; test_recount and test_planted_faults know it
                found.pop("report.html")  # large; test_page and the browser know it
                found["summary.txt"] = outcome.summary().encode()
                self.assertEqual(found, harness.files_in(EXPECTED / report))

    def test_recount(self):
        for report, chosen, seconds in (("summary", "position-based", 1),
                                        ("assignment", "linear", 60)):
            for rounding in "exact", "published":
                for options in [], ["--segment-seconds", "5"], ["--segment-seconds", "0"]:
                    with self.subTest(report=report, rounding=rounding, options=options):
                        self.run_program("--out", self.out, "--report", report,
                                         "--rounding", rounding, *options)
                        self.check_recount(self.out / "sample-data", self.out, chosen,
                                           int(options[1]) if options else seconds,
                                           rounding == "published")

    def test_planted_faults(self):
        outcome = self.run_program("--out", self.out)
        self.check_planted(harness.planted(PLANTED, "krispcall"), outcome, self.reasons())

    def test_the_reasons_add_up(self):
        outcome = self.run_program("--out", self.out)
        reasons = ("counted", "before the first payment", "after the first refund",
                   "platform not connected", "account without positive net revenue", "unknown user")
        self.assertEqual(sum(outcome.number(line) for line in reasons),
                         outcome.number("all calls and messages"))

    def test_same_bytes_again_and_from_the_files(self):
        first = self.run_program("--out", self.out)
        again = self.run_program("--data", self.out / "sample-data", "--out", "again")
        self.assertEqual(harness.files_in(self.directory / "again"), harness.files_in(self.out))
        self.assertEqual(again.summary(), first.summary())

    def check_without_effect(self, file, rows, line):
        """Rows added to a file change no table, but are counted in that line of the summary."""
        tables = "*_attribution.csv"
        self.run_program("--out", self.out)
        data = self.changed_copy(file, lambda lines: [*lines[:-1], *rows, ""])
        outcome = self.run_program("--data", data, "--out", "changed")
        self.assertEqual(outcome.number(line), len(rows))
        self.assertEqual(harness.files_in(self.directory / "changed", tables),
                         harness.files_in(self.out, tables))

    def test_only_owners_pay(self):
        workspaces = harness.read_csv(self.sample_data() / "final_workspace_data.csv")
        member = next(filter(None, (row["member_emails"] for row in workspaces))).split(",")[0]
        self.check_without_effect(
            "final_payment_refund_data.csv",
            [f"New Payment Made,1,{member},10.0,1000,,,",
             "New Payment Made,1,stranger@nowhere.example,10.0,1000,,,",
             "Refund Granted,1,,,,10.0,,stranger@nowhere.example"],
            "payments and refunds of others: left out")

    def test_integrations_of_unknown_users(self):
        self.check_without_effect(
            "final_integration_data.csv",
            ["Integration Connected,1,stranger@nowhere.example,taskharbor,",
             "Integration Disconnected,2,stranger@nowhere.example,taskharbor,"],
            "of an unknown user: no effect")

    def test_every_written_file_is_named(self):
        outcome = self.run_program("--out", self.out)
        written = outcome.out.split("\nWritten from ")[1].splitlines()[1:]
        self.assertEqual({line.strip() for line in written},
                         {str(self.out / name) for name in harness.files_in(self.out)})


harness.main(Sample, sys.argv[1])

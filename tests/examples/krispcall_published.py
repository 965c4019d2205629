# SPDX-License-Identifier: BSL-1.0
"""krispcall on the real data, compared with the published tables."""

import re
import sys
from pathlib import Path

import harness
from krispcall_checks import KrispcallTest

DATA = Path(sys.argv[2])


class Published(KrispcallTest):
    def test_published_tables(self):
        """Byte for byte."""
        self.run_program("--data", DATA, "--out", self.out, "--rounding", "published")
        published = harness.files_in(DATA / "expected" / "published")
        self.assertEqual(len(published), 3)
        self.assertEqual(harness.files_in(self.out, "*_attribution.csv"), published)

    def test_exact_tables_add_up(self):
        for report, chosen, seconds in (("summary", "position-based", 1),
                                        ("assignment", "linear", 60)):
            with self.subTest(report):
                outcome = self.run_program("--data", DATA, "--out", self.out, "--report", report)
                self.check_recount(DATA, self.out, chosen, seconds, published=False)
                for file in self.out.glob("*_attribution.csv"):
                    self.assertEqual(sum(self.read_table(file).values()), 509000, file.name)
                self.assertRegex(outcome.out, r"(?m)^total( +5,090\.00){3}$")

    def test_first_touch_is_the_same_in_both_reports(self):
        self.run_program("--data", DATA, "--out", self.out, "--report", "assignment")
        name = "first_touch_attribution.csv"
        self.assertEqual((self.out / name).read_bytes(),
                         (DATA / "expected" / "published" / name).read_bytes())

    def test_published_rounding_of_the_assignment(self):
        outcome = self.run_program("--data", DATA, "--out", self.out, "--report", "assignment",
                                   "--rounding", "published")
        self.check_recount(DATA, self.out, "linear", 60, published=True)
        self.assertTrue(re.search(r"(?m)^total +5,090\.00 +5,089\.96 +5,090\.02$", outcome.out),
                        outcome)

    def test_what_counted(self):
        outcome = self.run_program("--data", DATA, "--out", self.out)
        self.assertIn("Net revenue to attribute: 5,090.00\n", outcome.out)
        for line, number in {"with positive net revenue": 46,
                             "without positive net revenue: left out": 4,
                             "all accounts": 50,
                             "counted": 1468,
                             "before the first payment": 0,
                             "after the first refund": 0,
                             "platform not connected": 0,
                             "account without positive net revenue": 104,
                             "unknown user": 0,
                             "all calls and messages": 1572,
                             "connected": 105,
                             "of these, never disconnected": 91,
                             "disconnected": 14,
                             "of these, without a connect: no effect": 0}.items():
            with self.subTest(line):
                self.assertEqual(outcome.number(line), number)

    def test_audit(self):
        self.run_program("--data", DATA, "--out", self.out)
        self.assertEqual(self.reasons(), {
            "usage: credited": 1468,
            "usage: refused by positive net revenue": 104,
            "connect: credited": 101,
            "connect: refused by positive net revenue": 4})

    def test_no_violations(self):
        outcome = self.run_program("--data", DATA, "--out", self.out)
        self.assertEqual(harness.broken_rules(self.out), {})
        self.assertEqual(harness.broken_rules(self.out, ["info"]), {"account has revenue": 4})
        self.assertIn("usage_based_attribution.csv: 5,090.000000 in = 5,090.000000 credited "
                      "+ 0.000000 unattributed\n", outcome.out)


harness.skip_without(DATA)
harness.main(Published, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""Results of krispcall compared with a recount."""

from collections import Counter, defaultdict
from fractions import Fraction

import harness
import recount_krispcall

# Accounts are split to 10^-4 cents: a table's line is that far away, times a few hundred credits.
SPLIT = Fraction(1, 10)


class KrispcallTest(harness.ProgramTest):
    def read_table(self, file):
        """platform -> cents; checks the form: byte order, shortest decimals, LF."""
        text = file.read_bytes().decode()
        lines = text.splitlines()
        self.assertEqual(text, "\n".join(lines) + "\n")
        self.assertEqual(lines[0], "platform,revenue")
        table = dict(line.split(",") for line in lines[1:])
        self.assertEqual(list(table), sorted(table, key=str.encode))
        for revenue in table.values():
            self.assertRegex(revenue, r"^\d+\.(\d|\d[1-9])$")
        return {platform: Fraction(revenue) * 100 for platform, revenue in table.items()}

    def check_recount(self, data, out, chosen, segment_seconds, published):
        report = recount_krispcall.Report(data, chosen, segment_seconds)
        for name, expected in report.tables.items():
            table = self.read_table(out / f"{name}.csv")
            self.assertEqual(set(table), set(expected), name)
            for platform, cents in expected.items():
                distance = abs(table[platform] - cents)
                allowed = Fraction(1, 2) if published else 1
                self.assertLessEqual(distance, allowed + SPLIT / 100, (name, platform))
            if not published:
                self.assertEqual(sum(table.values()), report.total, name)
        self.check_audit(data, out, published)
        self.check_proof(out, report)
        return report

    def check_audit(self, data, out, published):
        """A line per call, message and connect, in order; its revenue is that of the tables."""
        audit = harness.read_csv(out / "audit.csv")
        usage = harness.read_csv(data / "final_calls_sms_detailed_data.csv")
        events = harness.read_csv(data / "final_integration_data.csv")
        self.assertEqual(
            [(line["touchpoint"], int(line["line"]), line["user"], line["platform"])
             for line in audit],
            [("usage", number, row["Email"], row["Platform"])
             for number, row in enumerate(usage, 2)]
            + [("connect", number, row["distinct_id"], row["Integration Platform"])
               for number, row in enumerate(events, 2) if row["event"] == "Integration Connected"])
        for touchpoint, name in ("usage", "usage_based"), ("connect", "chosen"):
            cents = defaultdict(Fraction)
            for line in audit:
                if line["touchpoint"] == touchpoint:
                    cents[line["platform"]] += Fraction(line["revenue"]) * 100
                    self.assertEqual(line["outcome"] == "credited", line["credits"] == "1", line)
            table = self.read_table(out / f"{name}_attribution.csv")
            for platform in {*cents, *table} - {"No Usage", "No Integration"}:
                self.assertLessEqual(abs(cents[platform] - table.get(platform, 0)),
                                     Fraction(1, 2) if published else 1, platform)

    def check_proof(self, out, report):
        proof = self.check_reconciliation("table")
        self.assertEqual(list(proof), [f"{name}.csv" for name in report.tables])
        audit = defaultdict(Fraction)
        for line in harness.read_csv(out / "audit.csv"):
            audit[line["touchpoint"]] += Fraction(line["revenue"])
        self.assertEqual(proof["usage_based_attribution.csv"][1], audit["usage"])
        self.assertEqual(proof["chosen_attribution.csv"][1], audit["connect"])
        for value_in, _, _ in proof.values():
            self.assertEqual(value_in * 100, report.total)

    def reasons(self):
        return Counter(f"{line['touchpoint']}: {line['reason']}"
                       for line in harness.read_csv(self.out / "audit.csv"))

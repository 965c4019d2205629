# SPDX-License-Identifier: BSL-1.0
"""Results of krispcall compared with a recount."""

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
        return report

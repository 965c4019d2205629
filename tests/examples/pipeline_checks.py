# SPDX-License-Identifier: BSL-1.0
"""Results of pipeline compared with a recount."""

import csv
import io
from fractions import Fraction

import harness
import recount_pipeline

UNIT = Fraction(1, 10**9)  # amounts are split to nine decimals


def csv_bytes(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


class PipelineTest(harness.ProgramTest):
    def read_table(self, file):
        """key columns -> amount; checks that the largest come first."""
        rows = harness.read_csv(file)
        columns = list(rows[0])
        self.assertEqual(columns[-1], "total_pipeline")
        amounts = [Fraction(row["total_pipeline"]) for row in rows]
        self.assertEqual(amounts, sorted(amounts, reverse=True), file)
        keys = [tuple(row[column] for column in columns[:-1]) for row in rows]
        self.assertEqual(len(keys), len(set(keys)), file)
        return dict(zip(keys, amounts))

    def check_table(self, file, expected, exact):
        table = self.read_table(file)
        self.assertEqual(set(table), set(expected), file)
        for key, (amount, parts) in expected.items():
            # No part of an integer split is a unit or more away; doubles decay to 13 digits.
            allowed = parts * UNIT + (0 if exact else amount / 10**13)
            self.assertLessEqual(abs(table[key] - amount), allowed, (file, key))

    def check_recount(self, data, out, days=90):
        report = recount_pipeline.Report(data, days)
        unattributed = sum(Fraction(sale["pipeline_amount"]) for sale in report.unattributed)
        for model, table in report.tables.items():
            exact = model != "time_decay"
            self.check_table(out / f"{model}_by_segment_and_channel.csv", table, exact)
            self.check_table(out / f"{model}_by_channel.csv", report.by_channel(model), exact)
            for name in "by_channel", "by_segment_and_channel":
                found = self.read_table(out / f"{model}_{name}.csv")
                self.assertEqual(sum(found.values()) + unattributed, report.total, (model, name))
        self.assertEqual(
            (out / "opportunity_touchpoints.csv").read_bytes(),
            b"opportunity_id,account_id,pipeline_amount,opportunity_created_date,sales_segment,"
            b"touchpoint_id,touchpoint_type,channel_name,contact_id,touchpoint_date\n"
            + csv_bytes(report.pairs))
        self.assertEqual([row["opportunity_id"] for row in
                          harness.read_csv(out / "unattributed.csv")],
                         [sale["opportunity_id"] for sale in report.unattributed])
        return report

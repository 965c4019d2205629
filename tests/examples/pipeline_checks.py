# SPDX-License-Identifier: BSL-1.0
"""Results of pipeline compared with a recount."""

import csv
import io
from collections import Counter, defaultdict
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

    def check_table(self, file, expected, off):
        table = self.read_table(file)
        self.assertEqual(set(table), set(expected), file)
        for key, (amount, parts) in expected.items():
            # No part of an integer split is a unit or more away; weights may have fewer digits.
            allowed = parts * UNIT + amount * off
            self.assertLessEqual(abs(table[key] - amount), allowed, (file, key))

    def check_recount(self, data, out, days=90):
        report = recount_pipeline.Report(data, days)
        unattributed = sum(Fraction(sale["pipeline_amount"]) for sale in report.unattributed)
        for model, table in report.tables.items():
            off = {"time_decay": Fraction(1, 10**13), "markov": Fraction(1, 10**10)}.get(model, 0)
            self.check_table(out / f"{model}_by_segment_and_channel.csv", table, off)
            self.check_table(out / f"{model}_by_channel.csv", report.by_channel(model), off)
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
        self.check_audit(data, out, report)
        self.check_proof(report, unattributed)
        return report

    def check_audit(self, data, out, report):
        """A line per touchpoint, in order; credits and amounts are those of the other files."""
        audit = harness.read_csv(out / "audit.csv")
        columns = "touchpoint_type", "touchpoint_id", "channel_name", "touchpoint_date"
        self.assertEqual(
            [tuple(line[column] for column in columns) for line in audit],
            [(kind, row[f"{kind}_touchpoint_id"], row["channel_name"],
              row[f"{kind}_touchpoint_date"])
             for kind, name in (("marketing", "marketing"), ("sales", "sales_outreach"))
             for row in harness.read_csv(data / f"de_hw_{name}_data.csv")])
        credits, by_channel = Counter(), defaultdict(Fraction)
        for line in audit:
            earned = Fraction(line["linear_pipeline"])
            self.assertEqual(line["outcome"] == "credited", int(line["credits"]) > 0, line)
            self.assertEqual(line["opportunity_id"] == "",
                             line["reason"].startswith(("unusable", "no conversion")), line)
            self.assertTrue(line["credits"] != "0" or earned == 0, line)
            credits[line["touchpoint_id"]] += int(line["credits"])
            by_channel[line["channel_name"],] += earned
        self.assertEqual(+credits, Counter(pair[5] for pair in report.pairs))
        self.assertEqual({channel: earned for channel, earned in by_channel.items() if earned},
                         self.read_table(out / "linear_by_channel.csv"))

    def check_proof(self, report, unattributed):
        proof = self.check_reconciliation("model")
        self.assertEqual(list(proof), list(report.tables))
        for totals in proof.values():
            self.assertEqual(totals, [report.total, report.total - unattributed, unattributed])

    def reasons(self):
        return Counter(line["reason"] for line in harness.read_csv(self.out / "audit.csv"))

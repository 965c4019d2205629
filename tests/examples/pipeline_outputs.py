# SPDX-License-Identifier: BSL-1.0
"""Pictures, page, summary, database and manners of pipeline."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import harness
from output_checks import OutputTest

EXAMPLES = Path(sys.argv[2])


class Outputs(OutputTest):
    name = "pipeline"
    committed = EXAMPLES / "pipeline" / "channels_by_model.png"
    pictures = ["channels_by_model", "segment_by_channel_heatmap", "time_to_conversion_histogram",
                "monthly_sourced_pipeline"]
    hostile_file, hostile_text = "de_hw_marketing_data.csv", "Podcast"
    channel, pairs, credits = "channel", "opportunity_touchpoints", "opportunity_credits"
    proof_column, units = "model", 10**9
    amount_file = "de_hw_opportunity_data.csv"
    model_texts = ["40 20"]

    def proof_name(self, model):
        return model

    def reason_counts(self):
        opportunities = Counter(row["reason"] for row in
                                harness.read_csv(self.out / "unattributed.csv"))
        audit = harness.read_csv(self.out / "audit.csv")
        return [Counter(line["reason"] for line in audit), opportunities,
                *self.path_reasons(audit)]

    def path_reasons(self, audit):
        """Opportunities by how far their touchpoints came."""
        order = ["no conversion", "after the window", "before the window", "credited"]
        furthest = {}
        for line in audit:
            if line["opportunity_id"]:
                furthest.setdefault(line["account_id"], set()).add(line["reason"].split(" (")[0])
        counts = Counter()
        credited = {row["opportunity_id"] for row in
                    harness.read_csv(self.out / "opportunity_touchpoints.csv")}
        counts["credited"] = len(credited)
        for row in harness.read_csv(self.out / "unattributed.csv"):
            if row["account_id"] in ("", "null", "NULL"):
                counts["no account"] += 1
            else:
                reasons = furthest.get(row["account_id"], set())
                counts[max(reasons, key=order.index) if reasons else "no touchpoint"] += 1
        return [counts]

    def conversion_counts(self):
        unattributed = len(harness.read_csv(self.out / "unattributed.csv"))
        pairs = harness.read_csv(self.out / "opportunity_touchpoints.csv")
        return [unattributed, unattributed + len({row["opportunity_id"] for row in pairs})]

    @staticmethod
    def more_money(lines):
        """Every opportunity is worth a little more."""
        changed = [lines[0]]
        for number, line in enumerate(lines[1:]):
            fields = line.split(",")
            if len(fields) == 5 or len(fields) == 6:
                fields[2] = f"{float(fields[2]) * 1.0137 + 10 + number / 100:.5f}"
            changed.append(",".join(fields))
        return changed

    def queries(self):
        return (EXAMPLES / "pipeline" / "queries.sql").read_text().split("\n\n")

    def test_queries(self):
        """The README's questions and their answers."""
        file = self.directory / "report.sqlite"
        self.run_program("--out", self.out, "--database", file)
        answers = [subprocess.run(["sqlite3", "-header", "-column", file], input=sql, check=True,
                                  capture_output=True, text=True).stdout for sql in self.queries()]
        answers = "\n".join(answers)
        answers = "".join(line.rstrip() + "\n" for line in answers.splitlines())
        self.assertEqual(answers, (EXAMPLES / "pipeline" / "queries.out").read_text())

    def test_intervals(self):
        for row in self.check_intervals(["--data", self.sample_data()], "channel"):
            if row["channel"]:
                credited = harness.read_csv(self.out / f"{row['model']}_by_channel.csv")
                self.assertIn({"channel_name": row["channel"], "total_pipeline": row["amount"]},
                              credited)

    def check_queries(self, query):
        """Both kinds of database give the same answers."""
        def plain(rows):
            return [[round(float(cell), 2) if re.fullmatch(r"-?[\d.]+", str(cell)) else cell
                     for cell in row] for row in rows]
        file = self.directory / "compared.sqlite"
        self.run_program("--out", self.out, "--database", file)
        for sql in self.queries():
            self.assertEqual(plain(query(sql)), plain(map(list, self.query(file, sql))), sql)

    def check_extra(self, query):
        self.check_queries(query)
        columns = ("opportunity_id, account_id, pipeline_amount, opportunity_created_date, "
                   "sales_segment, touchpoint_id, touchpoint_type, channel_name, contact_id, "
                   "touchpoint_date")
        pairs = query(f"SELECT {columns} FROM opportunity_touchpoints ORDER BY pair")
        expected = harness.read_csv(self.out / "opportunity_touchpoints.csv")
        self.assertEqual(len(pairs), len(expected))
        for found, row in zip(pairs, expected):
            for value, (column, text) in zip(found, row.items()):
                if column == "pipeline_amount":
                    self.assertAlmostEqual(float(value), float(text), places=6)
                elif column.endswith("_date"):
                    self.assertEqual(value[:10], text[:10])
                else:
                    self.assertEqual(value, text)
        by_segment = query("SELECT sum(units) FROM by_segment_and_channel GROUP BY model")
        by_channel = query("SELECT sum(units) FROM by_channel GROUP BY model")
        self.assertEqual({int(row[0]) for row in by_segment}, {int(row[0]) for row in by_channel})


harness.main(Outputs, sys.argv[1])

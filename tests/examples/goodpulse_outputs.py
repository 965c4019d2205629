# SPDX-License-Identifier: BSL-1.0
"""Pictures, page, summary, database and manners of goodpulse."""

import json
import re
import sqlite3
import sys
from collections import Counter
from pathlib import Path

import harness
from output_checks import OutputTest

EXAMPLES = Path(sys.argv[2])
LEADS = "olist_marketing_qualified_leads_dataset.csv"


class Outputs(OutputTest):
    name = "goodpulse"
    committed = EXAMPLES / "goodpulse" / "cohorts.png"
    pictures = ["by_frequency", "by_value", "by_lifecycle", "by_segment", "value_by_recency",
                "revenue", "cohorts", "retention", "score_by_delivery_days", "channels_by_model",
                "funnel"]
    hostile_file, hostile_text = LEADS, "paid_search"
    channel, pairs, credits = "channel", "item_leads", "item_credits"
    proof_column, units = "model", 100
    amount_file = "olist_order_items_dataset.csv"
    model_texts = []

    def proof_name(self, model):
        return model

    def rows(self, sql):
        file = self.directory / "counts.sqlite"
        self.run_program("--data", self.sample_data(), "--out", "counts", "--database", file)
        with sqlite3.connect(file) as connection:
            return connection.execute(sql).fetchall()

    def reason_counts(self):
        audit = harness.read_csv(self.out / "audit.csv")
        items = Counter(reason for reason, in self.rows("SELECT reason FROM unattributed_items"))
        items["credited"] = self.credited_items()
        return [Counter(line["by_seller"] for line in audit),
                Counter(line["by_date_alone"] for line in audit), items]

    def conversion_counts(self):
        unattributed = self.rows("SELECT count(*) FROM unattributed_items")[0][0]
        return [unattributed, unattributed + self.credited_items()]

    def credited_items(self):
        return self.rows("SELECT count(DISTINCT item_id) FROM item_leads")[0][0]

    def test_intervals(self):
        self.check_intervals(["--data", self.sample_data()], "channel")

    def known_numbers(self, result):
        """Those of the attribution, and those of the program's own tables and key figures."""
        numbers = super().known_numbers(result)
        numbers |= {f"{table['rows']:,}" for table in result["tables"]}
        self.of_customers = {number for one in result["key_figures"] for number in
                             re.findall(r"\d[\d,]*(?:\.\d+)?", one["value"] + " " + one["note"])}
        return numbers | self.of_customers

    def check_summary(self, *options):
        """The money of customers is in another file than that of items, which changes."""
        text, amounts = super().check_summary(*options)
        return text, amounts - self.of_customers

    @staticmethod
    def more_money(lines):
        """Every item costs a little more."""
        changed = [lines[0]]
        for number, line in enumerate(lines[1:]):
            fields = line.split(",")
            if len(fields) == 4:
                fields[3] = f"{float(fields[3]) * 1.0137 + 10 + number / 100:.2f}"
            changed.append(",".join(fields))
        return changed

    @staticmethod
    def plain(cell):
        try:
            return float(cell)
        except (TypeError, ValueError):
            return cell or ""

    def check_extra(self, query):
        """Tables of the program's own are in the database as they are in the files."""
        for name in "by_segment", "cohorts_by_month", "customers", "score_by_delivery_days":
            rows = harness.read_csv(self.out / f"{name}.csv")
            found = query("SELECT " + ", ".join(f'"{column}"' for column in rows[0]) + f" FROM {name}")
            self.assertEqual(len(found), len(rows), name)
            self.assertEqual(Counter(tuple(map(self.plain, row)) for row in found),
                             Counter(tuple(map(self.plain, row.values())) for row in rows), name)

    def test_own_tables_and_key_figures(self):
        result = json.loads(self.run_program("--out", self.out, "--json").out)
        figures = {one["title"]: one["value"] for one in result["key_figures"]}
        self.assertEqual(figures["Came back"], "8.00 %")
        page = self.check_page(self.out)
        for value in figures.values():
            self.assertIn(value, page.text)
        for row in harness.read_csv(self.out / "published_report.csv"):
            self.assertIn(row["why"], page.text)
        self.assertIn("by date alone: no key", page.text.lower())
        for table in result["tables"]:
            rows = harness.read_csv(self.out / f"{table['table']}.csv")
            self.assertEqual(len(rows), table["rows"])


harness.main(Outputs, sys.argv[1])

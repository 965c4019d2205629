# SPDX-License-Identifier: BSL-1.0
"""goodpulse on its own sample data: what was planted is found, and a recount gives the same."""

import csv
import io
import random
import sys
from collections import Counter
from fractions import Fraction

import harness
import recount_goodpulse

PLANTED = sys.argv[2]


class Sample(harness.ProgramTest):
    def table(self, name):
        return harness.read_csv(self.out / f"{name}.csv")

    def check_recount(self, data, **assumed):
        report = recount_goodpulse.Recount(data, **assumed)
        for name, rows in report.tables().items():
            with self.subTest(table=name):
                text = io.StringIO()
                csv.writer(text, lineterminator="\n").writerows(rows)
                self.assertEqual((self.out / f"{name}.csv").read_bytes().decode(), text.getvalue())
        return report

    def test_recount(self):
        self.run_program("--out", self.out)
        self.check_recount(self.out / "sample-data")
        self.run_program("--data", self.out / "sample-data", "--out", self.out, "--joins",
                         "published", "--recency-days", "30,200")
        self.check_recount(self.out / "sample-data", joined=True, recency=(30, 200))
        self.run_program("--data", self.out / "sample-data", "--out", self.out, "--recency-days",
                         "90,90", "--lifecycle-days", "120,120", "--value-thresholds", "50.00,50")
        rows = self.table("customers")
        for column, where, names in (("lifecycle", 120, {"Active", "Dormant"}),
                                     ("bucket", 90, {"Recent", "Dormant"})):
            self.assertEqual({row[column] for row in rows}, names)
            for row in rows:
                self.assertEqual(row[column] == "Dormant", int(row["recency_days"]) > where, row)
        for row in rows:
            self.assertEqual(row["value"], "High Value" if float(row["revenue"]) >= 50
                             else "Low Value", row)

    def test_planted_faults(self):
        self.run_program("--out", self.out, "--value-thresholds", "50.00,200.00")
        planted = harness.planted(PLANTED, "goodpulse")
        self.assertGreater(len(planted), 50)
        rules = {rule: int(row["count"]) for rule, row in harness.findings(self.out).items()}
        figures = {row["figure"]: row["value"] for row in self.table("figures")}
        counted = self.counted()
        self.assertEqual({what for where, what in planted if where == "rule"},
                         set(rules) - {"time names its zone"})
        self.assertEqual({what for where, what in planted if where == "counted"}, set(counted))
        for (where, what), number in planted.items():
            with self.subTest(where=where, what=what):
                self.assertEqual({"rule": rules, "figure": {
                    name: int(value) for name, value in figures.items() if value.isdigit()},
                    "counted": counted}[where][what], number)

    def counted(self):
        """What the files say, counted here."""
        data = self.out / "sample-data"

        def rows(name):
            return harness.read_csv(data / f"olist_{name}_dataset.csv")
        customers = self.table("customers")
        frequency = Counter(row["frequency"] for row in customers)
        cohorts = self.table("cohorts_by_month")
        alone = {row["cohort"] for row in cohorts if row["cohort_size"] == "1"}
        recency = Counter((row["recency_days"], row["bucket"]) for row in customers)
        audit = self.table("audit")
        unattributed = self.reasons_of_items()
        by_date = {(row["tie_rule"], row["kind"]): int(row["customers"])
                   for row in self.table("channel_by_date_alone")}
        said = {row["published"]: row["these_data"] for row in self.table("published_report")}
        last_day = said["channels of customers"].split()
        items = {row["channel"]: Fraction(int(row["items"]), int(row["sellers"]))
                 for row in self.table("channel_by_seller") if row["channel"] != "(unattributed)"}
        self.assertEqual(items.pop("email"), 2 * items["social"])
        self.assertEqual(len(set(items.values())), 1)
        return {
            "regular": frequency["Regular"], "power": frequency["Power User"],
            "order rows": len(rows("orders")), "payment rows": len(rows("order_payments")),
            "review rows": len(rows("order_reviews")), "item rows": len(rows("order_items")),
            "lead rows": len(audit),
            "line breaks": sum("\n" in row["review_comment_message"]
                               for row in rows("order_reviews")),
            "cohorts of one": sum(row["cohort"] in alone and row["index"] == "1"
                                  and row["retention_percent"] == "100.0" for row in cohorts),
            "low value border": sum(row["revenue"] == "50.00" and row["value"] == "Mid Value"
                                    for row in customers),
            "high value border": sum(row["revenue"] == "200.00" and row["value"] == "High Value"
                                     for row in customers),
            "recency border": recency["90", "Recent"] + recency["180", "Aging"],
            "past recency border": recency["91", "Aging"] + recency["181", "Dormant"],
            "before leads": by_date["last row of the day", "(no earlier lead)"],
            "last day": int(last_day[0]), "after leads": int(last_day[-2]),
            "without deal": sum(row["seller_id"] == "" for row in audit),
            "before lead": unattributed["after the window (nothing after the conversion)"],
            "strangers": unattributed["no touchpoint has its key"],
            "per seller": int(items["social"])}

    def reasons_of_items(self):
        """From the database, which has a row for each item that nobody earned."""
        import sqlite3
        file = self.directory / "reasons.sqlite"
        self.run_program("--data", self.out / "sample-data", "--out", self.out, "--database", file,
                         "--value-thresholds", "50.00,200.00")
        with sqlite3.connect(file) as connection:
            reasons = Counter(reason for reason, in connection.execute(
                "SELECT reason FROM unattributed_items"))
        return Counter({reason.split("closest: ")[-1]: number
                        for reason, number in reasons.items()})

    def test_planted_truth(self):
        outcome = self.run_program("--out", self.out)
        self.assertRegex(outcome.out, r"Came back +8\.00 %")
        scores = [float(row["mean_score"]) for row in self.table("score_by_delivery_days")]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertEqual(set(scores), {1.0, 2.0, 3.0, 4.0, 5.0})
        figures = {row["figure"]: row["value"] for row in self.table("delivery_and_score")}
        self.assertLess(float(figures["pearson"]), -0.95)

    def test_money_adds_up(self):
        self.run_program("--out", self.out)
        revenue = Fraction(next(row["value"] for row in self.table("figures")
                                if row["figure"] == "revenue"))
        for name in ("by_frequency", "by_value", "by_lifecycle", "by_segment",
                     "by_value_and_recency", "revenue_by_month", "revenue_by_quarter",
                     "customers"):
            self.assertEqual(sum(Fraction(row["revenue"]) for row in self.table(name)), revenue)
        for rule in "first row of the day", "last row of the day":
            self.assertEqual(sum(Fraction(row["revenue"])
                                 for row in self.table("channel_by_date_alone")
                                 if row["tie_rule"] == rule), revenue)
        items = sum(Fraction(row["revenue"]) for row in self.table("channel_by_seller"))
        proof = self.check_reconciliation("model")
        self.assertEqual(list(proof), ["last_touch", "first_touch", "linear"])
        self.assertEqual({totals[0] for totals in proof.values()}, {items})
        self.assertEqual(sum(Fraction(row["item_revenue"]) for row in self.table("audit")),
                         proof["last_touch"][1])

    def test_audit_of_ties(self):
        """Of the leads of one day only the last row earns by date alone; the others say why not."""
        self.run_program("--out", self.out)
        by_day = {}
        for row in self.table("audit"):
            by_day.setdefault(row["first_contact_date"], []).append(row)
        lost = 0
        for rows in by_day.values():
            for row in rows[:-1]:
                self.assertEqual(row["customer_revenue"], "0.00", row)
                lost += "tie" in row["by_date_alone"]
        self.assertGreater(lost, 3)

    def test_the_order_of_rows_does_not_matter(self):
        """But for that of leads, of which the last of a day counts."""
        self.run_program("--out", self.out)
        names = {"validation.csv", "audit.csv", "reconciliation.csv", "report.html",
                 "analysis_summary.md"}
        expected = harness.files_in(self.out, "*.csv")
        draw = random.Random(7)
        data = self.directory / "data"
        shuffled = False
        for name in "orders", "customers", "order_payments", "order_items":
            def change(lines):
                rows = [line for line in lines[1:] if line]
                draw.shuffle(rows)
                return [lines[0], *rows, ""]
            file = f"olist_{name}_dataset.csv"
            source = data if shuffled else self.sample_data()
            text = (source / file).read_bytes().decode("utf-8-sig").split("\r\n")
            if not shuffled:
                data = self.changed_copy(file, change)
            else:
                (data / file).write_bytes("\r\n".join(change(text)).encode())
            shuffled = True
        self.run_program("--data", data, "--out", "again")
        again = harness.files_in(self.directory / "again", "*.csv")
        self.assertEqual({name: content for name, content in again.items() if name not in names},
                         {name: content for name, content in expected.items()
                          if name not in names})

    def test_same_bytes_again_and_from_the_files(self):
        first = self.run_program("--out", self.out)
        again = self.run_program("--data", self.out / "sample-data", "--out", "again")
        self.assertEqual(harness.files_in(self.directory / "again"), harness.files_in(self.out))
        self.assertEqual(again.summary(), first.summary())

    def test_every_written_file_is_named(self):
        outcome = self.run_program("--out", self.out)
        written = outcome.out.split("\nWritten from ")[1].splitlines()[1:]
        self.assertEqual({line.strip() for line in written},
                         {str(self.out / name) for name in harness.files_in(self.out)})

    def test_without_the_optional_files(self):
        """Customers alone are a report; leads without items are set against customers only."""
        data = self.changed_copy("olist_orders_dataset.csv", lambda lines: lines)
        (data / "olist_order_items_dataset.csv").unlink()
        self.run_program("--data", data, "--out", self.out)
        self.assertTrue((self.out / "channel_by_date_alone.csv").exists())
        self.assertFalse((self.out / "channel_by_seller.csv").exists())
        (data / "olist_marketing_qualified_leads_dataset.csv").unlink()
        self.run_program("--data", data, "--out", "customers")
        names = set(harness.files_in(self.directory / "customers"))
        self.assertIn("by_segment.csv", names)
        self.assertFalse(names & {"audit.csv", "channel_by_date_alone.csv", "reconciliation.csv"})

    def test_analysis_date(self):
        self.run_program("--out", self.out)
        before = {row["customer_unique_id"]: int(row["recency_days"])
                  for row in self.table("customers")}
        self.run_program("--data", self.out / "sample-data", "--out", self.out, "--analysis-date",
                         "2024-07-10")
        after = {row["customer_unique_id"]: int(row["recency_days"])
                 for row in self.table("customers")}
        self.assertEqual({who: days + 10 for who, days in before.items()}, after)


harness.main(Sample, sys.argv[1])

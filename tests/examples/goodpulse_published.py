# SPDX-License-Identifier: BSL-1.0
"""goodpulse on the real data, compared with what an independent program made of them."""

import sys
from pathlib import Path

import harness

DATA = Path(sys.argv[2])
THRESHOLDS = ["--lifecycle-days", "147,281", "--value-thresholds", "55.58,204.07"]


class Published(harness.ProgramTest):
    def check_tables(self, data, expected, *options):
        """Every expected file, byte for byte."""
        self.run_program("--data", DATA / data, "--out", self.out, "--quiet", *options)
        files = sorted((DATA / "expected" / expected).glob("*.csv"))
        self.assertGreaterEqual(len(files), 13)
        for file in files:
            with self.subTest(file=f"{expected}/{file.name}"):
                self.assertEqual((self.out / file.name).read_bytes(), file.read_bytes())

    def test_sample(self):
        self.check_tables("sample", "sample")
        self.check_tables("sample", "sample/joined_to_reviews", "--joins", "published")

    def test_whole(self):
        self.check_tables("whole", "whole/joined_to_reviews", "--joins", "published")
        self.check_tables("whole", "whole")
        self.check_tie_rule()

    def test_published_thresholds(self):
        name = "whole_published_thresholds"
        self.check_tables("whole", f"{name}/joined_to_reviews", "--joins", "published", *THRESHOLDS)
        self.check_tables("whole", name, *THRESHOLDS)
        self.check_well_known_figures()

    def figures(self):
        return {row["figure"]: row["value"] for row in harness.read_csv(self.out / "figures.csv")}

    def rows(self, table, key):
        return {row[key]: row for row in harness.read_csv(self.out / f"{table}.csv")}

    def check_well_known_figures(self):
        figures = self.figures()
        for name, value in {"customers": "93358", "orders": "96478", "revenue": "15422461.77",
                            "repeat_rate_percent": "3.0003", "average_order_value": "159.8547",
                            "mean_customer_order_value": "160.316648"}.items():
            self.assertEqual(figures[name], value, name)
        self.assertEqual([self.rows("by_frequency", "frequency")[name]["customers"]
                          for name in ("One-time", "Regular", "Power User")],
                         ["90557", "2782", "19"])
        for table, shares in (("value", {"High Value": 54.49, "Mid Value": 40.66,
                                         "Low Value": 4.85}),
                              ("lifecycle", {"Dormant": 35.09, "Active": 34.09,
                                             "At Risk": 30.81})):
            rows = self.rows(f"by_{table}", table)
            for name, share in shares.items():
                self.assertEqual(round(float(rows[name]["revenue_percent"]), 2), share, name)
        # Regulars spend 1.9 times and power users 4.9 times what a one-time buyer does.
        said = {row["published"]: row["these_data"] for row in
                harness.read_csv(self.out / "published_report.csv")}
        self.assertEqual(said["regulars spend 3 times, power users 11 times as much"],
                         "Regular: 1.9 times, Power User: 4.9 times a one-time buyer")
        self.assertIn("2018Q2", said["revenue keeps growing"])
        self.assertEqual(said["0.03 % came back"], "3.00 % (2,801 of 93,358)")
        self.assertEqual(said["lead types earn revenue"],
                         "online_medium: 1,034 customers by the first row of a day, 1,643 by the "
                         "last, 0 to 48,078 by any rule")
        self.assertEqual(said["channels of customers"],
                         "26 leads of the last day with leads for 17,900 customers")
        self.assertNotIn("34 % are active", said)  # not thirds: the borders were given

    def check_tie_rule(self):
        """What lead types get by two rules, and at least and at most by any."""
        name = "channel_by_date_alone_one_time_customers"
        found = harness.read_csv(self.out / f"{name}.csv")
        expected = {row["lead_type"]: row for row in
                    harness.read_csv(DATA / "expected" / "rebuilt" / f"{name}.csv")}
        self.assertEqual({row["lead_type"] for row in found}, set(expected))
        for row in found:
            for column, value in row.items():
                self.assertEqual(value, expected[row["lead_type"]][column], row)

    def test_unattributed_items_are_shown(self):
        outcome = self.run_program("--data", DATA / "sample", "--out", self.out)
        rows = self.rows("channel_by_seller", "channel")
        total = sum(float(row["revenue"]) for row in rows.values())
        self.assertEqual(round(100 * float(rows["(unattributed)"]["revenue"]) / total, 1), 94.7)
        self.assertIn("(unattributed)", outcome.out)

    def cohort_data(self):
        """Orders of as many customers in the same months as the published cohorts; nothing else about
        them is known."""
        data = self.directory / "cohorts"
        data.mkdir()
        tables = {"orders": ["order_id,customer_id,order_status,order_purchase_timestamp,"
                             "order_delivered_customer_date"],
                  "customers": ["customer_id,customer_unique_id"],
                  "order_payments": ["order_id,payment_value"],
                  "order_reviews": ["review_id,order_id,review_score"]}
        number = 0
        for row in harness.read_csv(DATA / "published" / "cohort_retention_monthly.csv"):
            year, month = map(int, row["cohort_month"].split("-"))
            month += year * 12 - 1 + int(row["cohort_index"])
            for member in range(int(row["active_customers"])):
                number += 1
                tables["orders"].append(f"o{number},c{number},delivered,"
                                        f"{month // 12}-{month % 12 + 1:02}-15 12:00:00,")
                tables["customers"].append(f"c{number},{row['cohort_month']}/{member}")
                tables["order_payments"].append(f"o{number},1.00")
        for name, lines in tables.items():
            (data / f"olist_{name}_dataset.csv").write_text("\n".join(lines) + "\n")
        return data

    def test_cohorts(self):
        self.run_program("--data", self.cohort_data(), "--out", self.out)
        rebuilt = DATA / "expected" / "rebuilt"
        found = harness.read_csv(self.out / "retention_pooled.csv")
        expected = harness.read_csv(rebuilt / "retention_pooled.csv")
        last = max(int(row["month_index"]) for row in expected)
        self.assertEqual([row for row in found if int(row["month_index"]) <= last], expected)
        # Months that are not in the published table at all: nobody came back.
        self.assertEqual({row["returned"] for row in found if int(row["month_index"]) > last}, {"0"})
        second = [row for row in found if row["month_index"] == "1"]
        self.assertEqual(sum(int(row["returned"]) for row in second), 421)
        self.assertEqual(sum(int(row["customers_at_risk"]) for row in second), 87214)

        as_published = harness.read_csv(self.out / "heatmap_as_published.csv")
        expected = harness.read_csv(rebuilt / "heatmap_as_published.csv")
        self.assertEqual(len(as_published), len(expected))
        for row, other in zip(as_published, expected):
            self.assertEqual([row["quarter"], row["cohort_index"]],
                             [other["quarter"], other["cohort_index"]])
            # The published rates had been rounded to four decimals before.
            self.assertAlmostEqual(float(row["retention_percent"]),
                                   float(other["retention_percent"]), delta=0.00011)


harness.skip_without(DATA)
harness.main(Published, sys.argv[1])

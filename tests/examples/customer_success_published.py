# SPDX-License-Identifier: BSL-1.0
"""customer_success on generated data, compared with the results of independent solvers."""

import math
import sys
from pathlib import Path

import harness
from customer_success_checks import needs_trees

DATA = Path(sys.argv[2])
SAME_BYTES = ["assignments", "bands", "coefficients", "cross_validation", "cross_validation_mean",
              "cs_monthly", "cs_performance", "deal_scores", "fit", "importance", "portfolio",
              "portfolio_after"]


class Published(harness.ProgramTest):
    def run_data(self, *options):
        self.run_program("--data", DATA / "data", "--out", self.out, "--quiet", *options)

    def check_credit(self):
        """The rule-based models; the two that are learned are not among the expected columns."""
        found = harness.read_csv(self.out / "credit_by_cs.csv")
        expected = harness.read_csv(DATA / "expected" / "credit_by_cs.csv")
        self.assertEqual([{column: row[column] for column in expected[0]} for row in found], expected)
        for model in "markov", "shapley":
            self.assertAlmostEqual(sum(float(row[model]) for row in found), 913, delta=1e-6)

    @needs_trees(sys.argv[1])
    def test_every_table(self):
        self.run_data()
        for name in SAME_BYTES:
            with self.subTest(name):
                self.assertEqual((self.out / f"{name}.csv").read_bytes(),
                                 (DATA / "expected" / f"{name}.csv").read_bytes())
        self.check_credit()

    @needs_trees(sys.argv[1])
    def test_another_time_zone(self):
        """Months differ, and nothing else."""
        self.run_data("--time-zone", "America/Sao_Paulo")
        for name in SAME_BYTES:
            with self.subTest(name):
                expected = DATA / ("expected_sao_paulo" if name.startswith("cs_") else "expected")
                self.assertEqual((self.out / f"{name}.csv").read_bytes(),
                                 (expected / f"{name}.csv").read_bytes())
        self.check_credit()

    @needs_trees(sys.argv[1])
    def test_boosted_trees_and_their_shap_values(self):
        """To the seven digits that 32 bits have; a row adds up to the logarithm of what is expected."""
        self.run_data()
        expected = list(harness.csv_rows(
            (DATA / "expected" / "boosted_predictions.csv").read_text()))
        rows = harness.read_csv(self.out / "boosted_predictions.csv")
        terms = len(expected[0]) - 1
        self.assertEqual(len(rows), len(expected) * terms)
        for number, (whole, *parts) in enumerate(expected):
            own = rows[number * terms:(number + 1) * terms]
            for text, value in [(own[0]["expected"], whole)] + [
                    (row["contribution"], part) for row, part in zip(own, parts)]:
                self.assertAlmostEqual(float(text), float(value),
                                       delta=1e-6 * max(1e-3, abs(float(value))))
            total = sum(float(row["contribution"]) for row in own)
            self.assertAlmostEqual(math.exp(total), float(whole), delta=1e-5 * float(whole))

    def test_faults_are_found(self):
        self.run_data()
        planted = [row["fault"] for row in harness.read_csv(DATA / "data" / "planted_faults.csv")]
        found = {rule: int(row["count"]) for rule, row in harness.findings(self.out).items()}
        for rule, fault in {"unique(email id)": "email repeated",
                            "repeats agree(activity id)":
                                "activity id used twice by different specialists",
                            "known(email specialist)": "email by somebody without skills",
                            "known(email deal)": "email of an unknown deal",
                            "activity on the days of its deal": "activity after the end",
                            "deal has applicants": "applicants missing",
                            "deal ends after it starts": "ends before it starts",
                            "deal language is in lower case": "language written differently",
                            "unique(deal id)": "deal repeated"}.items():
            with self.subTest(fault):
                self.assertGreater(planted.count(fault), 0)
                self.assertEqual(found[rule], planted.count(fault))

    def test_key_figures(self):
        outcome = self.run_program("--data", DATA / "data", "--out", self.out)
        for text in ("negative binomial  it has the least mean Poisson deviance, 3.430",
                     "38 of 40", "0.256, from 0.474",
                     "913.0 in = 913.0 credited + 0.0 unattributed"):
            self.assertIn(text, outcome.out)

    @needs_trees(sys.argv[1])
    def test_without_the_forest(self):
        self.run_data("--no-forest")
        rows = harness.read_csv(self.out / "cross_validation_mean.csv")
        expected = harness.read_csv(DATA / "expected" / "cross_validation_mean.csv")
        self.assertEqual(rows, [row for row in expected if row["model"] != "forest"])

    def test_fees(self):
        """Every deal counts for its fee, and the owners get what is in the file."""
        self.run_data("--deal-value", "fee")
        deals = {}
        for row in harness.read_csv(DATA / "data" / "deals_base.csv"):
            deals.setdefault(row["deal_id"], row)
        fees = {}
        for row in deals.values():
            if (row["status"] == "completed" and row["stage_closed"] != "New Clients"
                    and row["n_applicants"] and row["end_date"] >= row["start_date"]):
                fees[row["cs_owner"]] = fees.get(row["cs_owner"], 0) + float(row["fee"])
        found = {row["cs_name"]: float(row["owner"])
                 for row in harness.read_csv(self.out / "credit_by_cs.csv") if float(row["owner"])}
        self.assertEqual(found, fees)


harness.skip_without(DATA)
harness.main(Published, sys.argv[1])

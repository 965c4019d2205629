# SPDX-License-Identifier: BSL-1.0
"""Pictures, page, summary, database and manners of customer_success."""

import json
import re
import sys
from pathlib import Path

import harness
from output_checks import OutputTest

EXAMPLES = Path(sys.argv[2])


class Outputs(OutputTest):
    name = "customer_success"
    committed = EXAMPLES / "customer_success" / "credit_by_model.png"
    pictures = ["portfolio_scores", "portfolio_trend", "country_by_visa_heatmap",
                "family_size_by_visa", "portfolio_before_and_after", "concluded_by_month",
                "work_by_month", "prediction_errors", "credit_by_model"]
    hostile_file, hostile_text = "emails.csv", "Boris"
    channel, pairs, credits = "specialist", "deal_touchpoints", "deal_credits"
    proof_column = "model"
    units = 10**14

    def proof_name(self, model):
        return model

    # --- Page

    def test_sections(self):
        """Each part of the page has its figures, tables and cards."""
        self.run_program("--out", self.out)
        page = self.check_page(self.out)
        for title in ("Portfolio", "Clients", "Distribution", "Monthly performance",
                      "How the work is predicted"):
            self.assertIn(title, page.text)
        last = harness.read_csv(self.out / "assignments.csv")[-1]
        self.assertIn(f"Client {last['client_id']}", page.text)
        self.assertIn(f"assign to {last['cs_name']}", page.text)
        self.assertIn(f"carries {last['workload_before']}", page.text)
        for row in harness.read_csv(self.out / "portfolio_after.csv"):
            self.assertIn(row["cs_name"], page.text)
            self.assertIn(row["score_portfolio"], page.text)

    # --- Summary

    def test_summary(self):
        """The amounts in it are those of the run, and fees change them."""
        amounts = []
        for options in [], ["--deal-value", "fee"]:
            result = json.loads(self.run_program("--out", self.out, "--json", *options).out)
            text = (self.out / "analysis_summary.md").read_text(encoding="utf-8").replace("\\", "")
            for figure in result["key_figures"]:
                self.assertIn(figure["value"], text)
            for model in result["models"]:
                first = max((line for line in model["credits"] if line["attributed"]),
                            key=lambda line: float(line["amount"]))
                self.assertRegex(text, rf"puts {first['specialist']} first with "
                                       rf"{float(first['amount']):,.2f}")
            findings = text.split("\n## Findings by model\n")[1].split("\n## ")[0]
            known = {f"{float(line['amount']):,.2f}" for model in result["models"]
                     for line in model["credits"]} | {"0.00"}
            found = set(re.findall(r"[\d,]+\.\d\d(?!\d)", findings))
            self.assertEqual(found - known, set())
            self.assertGreater(len(found), 10)
            amounts.append(found)
        self.assertEqual(amounts[0] & amounts[1], {"0.00"})

    def test_intervals(self):
        self.check_intervals(["--data", self.sample_data(), "--no-forest"], "specialist", words=1600)

    # --- Database

    def check_extra(self, query):
        """The tables are those of the files."""
        for name, columns in {
                "assignments": "client_id, cs_name, eligible",
                "cs_monthly": "cs_name, month, emails_sent, activities_completed, deals_concluded",
                "deal_scores": "deal_id, cs_owner, score_interactions, score_family"}.items():
            rows = query(f"SELECT {columns} FROM {name} ORDER BY number")
            expected = [[row[column] for column in columns.split(", ")]
                        for row in harness.read_csv(self.out / f"{name}.csv")]
            self.assertEqual([["" if cell is None else str(cell) for cell in row] for row in rows],
                             expected, name)
        kinds = {row[0] for row in query("SELECT DISTINCT touchpoint_type FROM deal_touchpoints")}
        self.assertEqual(kinds, {"owner", "email", "call", "appointment", "document check"})


harness.main(Outputs, sys.argv[1])

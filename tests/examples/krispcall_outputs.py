# SPDX-License-Identifier: BSL-1.0
"""Pictures, page, summary, database and manners of krispcall."""

import sys
from collections import Counter
from pathlib import Path

import harness
from output_checks import OutputTest

EXAMPLES = Path(sys.argv[2])


class Outputs(OutputTest):
    name = "krispcall"
    committed = EXAMPLES / "krispcall" / "attribution_comparison.png"
    pictures = ["correlation_heatmap", "total_users_histogram", "platform_count_plot",
                "net_revenue_histogram", "attribution_comparison"]
    hostile_file, hostile_text = "final_integration_data.csv", "taskharbor"
    channel, pairs, credits = "platform", "account_touchpoints", "account_credits"
    proof_column, units = "table", 10**6
    amount_file = "final_payment_refund_data.csv"
    model_texts = ["40 20 60"]

    def proof_name(self, model):
        return {"first_touch": "first_touch_attribution.csv",
                "usage_based": "usage_based_attribution.csv"}.get(model, "chosen_attribution.csv")

    def reason_counts(self):
        audit = harness.read_csv(self.out / "audit.csv")
        return [Counter(line["reason"] for line in audit if line["touchpoint"] == kind)
                for kind in ("usage", "connect")]

    def test_intervals(self):
        self.check_intervals(["--data", self.sample_data()], "platform")

    def conversion_counts(self):
        """Accounts with revenue, and those that a table credits to nobody."""
        proof = harness.read_csv(self.out / "reconciliation.csv")
        tables = {row["table"] for row in proof}
        return ([sum(row["table"] == table for row in proof) for table in tables]
                + [sum(row["table"] == table and row["credited"] == "0.0" for row in proof)
                   for table in tables])

    @staticmethod
    def more_money(lines):
        """Every payment is a few cents more."""
        changed = [lines[0]]
        for number, line in enumerate(lines[1:]):
            fields = line.split(",")
            if fields[0] == "New Payment Made":
                fields[3] = f"{float(fields[3]) + 1.37 + number / 100:.2f}"
            changed.append(",".join(fields))
        return changed

    def check_extra(self, query):
        self.assertEqual(query("SELECT count(*) FROM account_touchpoints WHERE touchpoint_type "
                               "NOT IN ('connect', 'call', 'message')")[0][0] in (0, "0"), True)


harness.main(Outputs, sys.argv[1])

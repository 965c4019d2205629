# SPDX-License-Identifier: BSL-1.0
"""attribution on the real data of pipeline, by options alone: the six published tables, and what
pipeline itself makes of it."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import harness

DATA, PIPELINE = Path(sys.argv[2]), sys.argv[3]
MODELS = ["first_touch", "last_touch", "linear"]


class Published(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program(
            "--touchpoints", DATA / "de_hw_marketing_data.csv",
            "--touchpoints", DATA / "de_hw_sales_outreach_data.csv",
            "--bridge", DATA / "de_hw_contact_data.csv",
            "--conversions", DATA / "de_hw_opportunity_data.csv",
            "--key", "contact_id", "--conversion-key", "account_id",
            "--time", "marketing_touchpoint_date,sales_touchpoint_date,Opportunity_Created_Date",
            "--channel", "channel_name", "--value", "pipeline_amount",
            "--order-id", "opportunity_id", "--segment", "sales_segment", "--lookback", "90d",
            "--models", "first,last,linear,position:40:20:40,decay:7d", "--out", self.out)

    def table(self, name):
        return {tuple(row.values())[:-1]: Fraction(row["value"])
                for row in harness.read_csv(self.out / name)}

    def test_published_tables(self):
        """The published amounts were stored in 32 bits: each may be off by 2^-24 of itself."""
        tables = sorted((DATA / "expected").glob("*.csv"))
        self.assertEqual(len(tables), 6)
        for file in tables:
            with self.subTest(file.name):
                published = {tuple(row.values())[:-1]: Fraction(row["total_pipeline"])
                             for row in harness.read_csv(file)}
                found = self.table(file.name)
                self.assertEqual(set(found), set(published))
                for key, amount in published.items():
                    self.assertLessEqual(abs(found[key] - amount), amount / 2**24, key)

    def test_as_pipeline_to_the_last_digit(self):
        subprocess.run([PIPELINE, "--data", DATA, "--out", self.directory / "pipeline",
                        "--no-pictures", "--quiet"], check=True, cwd=self.directory)
        for model in [*MODELS, "position_based", "time_decay"]:
            for groups in "channel", "segment_and_channel":
                with self.subTest(model=model, groups=groups):
                    name = f"{model}_by_{groups}.csv"
                    expected = (self.directory / "pipeline" / name).read_text().splitlines()[1:]
                    self.assertEqual((self.out / name).read_text().splitlines()[1:], expected)
        reasons = [[row["reason"] for row in harness.read_csv(out / "audit.csv")]
                   for out in (self.out, self.directory / "pipeline")]
        self.assertEqual(*reasons)

    def test_what_was_unusable(self):
        self.assertEqual(harness.broken_rules(self.out),
                         {"required(touchpoint key)": 2925, "touchpoint key is in the bridge": 1})
        self.assertEqual(len(harness.read_csv(self.out / "unattributed.csv")), 190)


harness.skip_without(DATA)
harness.main(Published, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""pipeline on the real data, compared with the published tables."""

import sys
from pathlib import Path

import harness
from pipeline_checks import PipelineTest

DATA = Path(sys.argv[2])


class Published(PipelineTest):
    def test_published_tables(self):
        """13 significant digits, with amounts stored as the published report stored them."""
        self.run_program("--data", DATA, "--out", self.out, "--amounts", "float32")
        tables = sorted((DATA / "expected").glob("*.csv"))
        self.assertEqual(len(tables), 6)
        for file in tables:
            with self.subTest(file.name):
                published = {tuple(row.values())[:-1]: float(row["total_pipeline"])
                             for row in harness.read_csv(file)}
                found = self.read_table(self.out / file.name)
                self.assertEqual(set(found), set(published))
                self.assertEqual(harness.read_csv(file)[0].keys(),
                                 harness.read_csv(self.out / file.name)[0].keys())
                for key, amount in published.items():
                    self.assertLessEqual(abs(float(found[key]) - amount), 1e-13 * amount, key)

    def test_exact_amounts(self):
        outcome = self.run_program("--data", DATA, "--out", self.out)
        report = self.check_recount(DATA, self.out)
        self.assertEqual(len(report.pairs), 5185)
        totals = {
            "first_touch": ["Outbound,33789883.99112525", "Website,4729442.33442857",
                            "Adwords,4363999.30560366", "Webinar,3598587.264421688",
                            "Event,2058049.9203897"],
            "last_touch": ["Outbound,38355745.57414074", "Website,4097326.17183514",
                           "Adwords,3525333.2674778", "Webinar,1964799.3343542",
                           "Event,596758.468160988"]}
        for model, lines in totals.items():
            text = (self.out / f"{model}_by_channel.csv").read_text()
            self.assertEqual(text.splitlines()[1:], lines, model)
        self.assertIn("Unattributed, whatever the model: 2,915,623.0954214\n", outcome.out)

    def test_what_was_unusable(self):
        outcome = self.run_program("--data", DATA, "--out", self.out)
        for line, number in {"all unattributed": 190,
                             "in the window of an opportunity": 4964,
                             "only before such windows": 13063,
                             "only after the opportunities": 4538,
                             "account without opportunity": 2341,
                             "unusable: contact missing": 2925,
                             "unusable: contact unknown": 0,
                             "unusable: contact without account": 1,
                             "all touchpoints": 27832,
                             "touchpoints repeating an id (they count)": 0,
                             "contacts without id": 1}.items():
            with self.subTest(line):
                self.assertEqual(outcome.number(line), number)

    def test_why_touchpoints_earned_nothing(self):
        self.run_program("--data", DATA, "--out", self.out)
        self.assertEqual(self.reasons(), {
            "credited": 4964,
            "before the window (90 days)": 13063,
            "after the window (nothing after the conversion)": 4538,
            "no conversion has its key": 2341,
            "unusable record: its key is missing": 2926})
        self.assertFalse((self.out / "returns_by_channel.csv").exists())

    def test_validation(self):
        self.run_program("--data", DATA, "--out", self.out)
        self.assertEqual(harness.broken_rules(self.out),
                         {"required(touchpoint contact)": 2925,
                          "touchpoint contact has account": 1,
                          "required(contact id)": 1,
                          "contact has account": 1})
        self.assertEqual(harness.broken_rules(self.out, ["info"]),
                         {"has_conversion(touchpoint)": 2341,
                          "inside_some_window(touchpoint)": 17601,
                          "has_touchpoint(opportunity)": 190})


harness.skip_without(DATA)
harness.main(Published, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""pipeline on its sample data: committed bytes, planted faults, and a recount."""

import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import harness
from pipeline_checks import PipelineTest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks" / "end_to_end"))
import copies  # noqa: E402

PLANTED, EXPECTED = sys.argv[2], Path(sys.argv[3])


class Sample(PipelineTest):
    def test_committed_results(self):
        outcome = self.run_program("--out", self.out)
        found = harness.files_in(self.out)
        found.pop("opportunity_touchpoints.csv")  # large; test_recount knows every byte of it
        found.pop("audit.csv")  # likewise, and test_planted_faults its reasons
        found.pop("report.html")  # large; test_page and the browser know it
        found["summary.txt"] = outcome.summary().encode()
        self.assertEqual(found, harness.files_in(EXPECTED))

    def test_recount(self):
        self.run_program("--out", self.out)
        self.check_recount(self.out / "sample-data", self.out)

    def test_planted_faults(self):
        outcome = self.run_program("--out", self.out)
        self.check_planted(harness.planted(PLANTED, "pipeline"), outcome, self.reasons())

    def test_rules_name_the_rows(self):
        """Rows of touchpoints are lines of audit.csv, others lines of their own file."""
        self.run_program("--out", self.out)
        sample = self.out / "sample-data"
        found = harness.findings(self.out)

        def rows(rule, file):
            lines = [None, None, *harness.read_csv(file)]
            numbers = list(map(int, found[rule]["first_rows"].split()))
            self.assertEqual(len(numbers), min(5, int(found[rule]["count"])), rule)
            return [(lines[:number], lines[number]) for number in numbers]
        audit = self.out / "audit.csv"
        for _, line in rows("required(touchpoint contact)", audit):
            self.assertEqual(line["contact_id"], "")
        for rule in "known(touchpoint contact)", "touchpoint contact has account":
            for _, line in rows(rule, audit):
                self.assertNotEqual(line["contact_id"], "")
                self.assertEqual(line["account_id"], "")
        for before, line in rows("unique(touchpoint id)", audit):
            self.assertIn(line, before)
        for _, line in rows("inside_some_window(touchpoint)", audit):
            self.assertIn("the window", line["outcome"])
        for _, line in rows("required(opportunity account)",
                            sample / "de_hw_opportunity_data.csv"):
            self.assertIn(line["account_id"], ("", "null", "NULL"))
        for _, line in rows("required(contact id)", sample / "de_hw_contact_data.csv"):
            self.assertEqual(line["contact_id"], "null")

    def test_returns(self):
        """Spend and earnings by channel and month of the touchpoints; all of both are there."""
        self.run_program("--out", self.out)
        spend, earned = defaultdict(Fraction), defaultdict(Fraction)
        for row in harness.read_csv(self.out / "sample-data" / "de_hw_spend_data.csv"):
            spend[row["channel"], row["period"]] += Fraction(row["spend"])
        for line in harness.read_csv(self.out / "audit.csv"):
            if line["outcome"] == "credited":
                earned[line["channel_name"], line["touchpoint_date"][:7]] += (
                    Fraction(line["linear_pipeline"]))
        *lines, nobody = harness.read_csv(self.out / "returns_by_channel.csv")
        self.assertEqual([(line["channel_name"], line["period"]) for line in lines],
                         sorted({*spend, *earned}))
        spent = set(spend)
        undefined = 0
        for line in lines:
            key = line["channel_name"], line["period"]
            cost, value, number = spend[key], earned[key], float(line["conversions"])
            self.assertEqual(Fraction(line["spend"]), cost)
            self.assertEqual(Fraction(line["linear_pipeline"]), value)
            self.check_ratio(line["roi"], (value - cost) / cost if cost else None)
            self.check_ratio(line["roas"], value / cost if cost else None)
            self.check_ratio(line["cost_per_conversion"],
                             float(cost) / number if number and key in spent else None)
            undefined += line["roi"] == "undefined"
        self.assertEqual(undefined, sum(not spend[key] for key in {*spend, *earned}))
        self.assertGreaterEqual(undefined, 2)
        self.assertEqual((nobody["channel_name"], nobody["period"]), ("", ""))
        self.assertEqual(nobody["conversions"], "30")

    def check_ratio(self, text, expected):
        if expected is None:
            self.assertEqual(text, "undefined")
        else:
            self.assertAlmostEqual(float(text), float(expected),
                                   delta=1e-9 * max(1, abs(float(expected))))

    def test_spend_is_optional(self):
        self.run_program("--data", self.sample_data(), "--out", self.out)
        self.assertFalse((self.out / "returns_by_channel.csv").exists())

    def test_own_spend_beside_the_sample(self):
        """It takes the place of the sample's."""
        file = self.directory / "spend.csv"
        file.write_text("channel,period,spend\nSearch,2024-05,7\n")
        self.run_program("--spend", file, "--out", self.out)
        spent = [(row["channel_name"], row["period"], row["spend"])
                 for row in harness.read_csv(self.out / "returns_by_channel.csv")
                 if Fraction(row["spend"] or 0)]
        self.assertEqual(spent, [("Search", "2024-05", "7.0")])

    def test_amounts_as_floats_reconcile(self):
        self.run_program("--out", self.out, "--amounts", "float32")
        for row in harness.read_csv(self.out / "reconciliation.csv"):
            self.assertLessEqual(abs(float(row["difference"])), 1e-9 * float(row["value_in"]), row)

    def test_same_bytes_again_and_from_the_files(self):
        first = self.run_program("--out", self.out)
        sample = self.out / "sample-data"
        again = self.run_program("--data", sample, "--spend", sample / "de_hw_spend_data.csv",
                                 "--out", "again")
        self.assertEqual(harness.files_in(self.directory / "again"), harness.files_in(self.out))
        self.assertEqual(again.summary(), first.summary())

    def test_lookback(self):
        for days in 0, 1, 30, 100, 36_500:
            with self.subTest(days=days):
                self.run_program("--out", self.out, "--lookback-days", days)
                self.check_recount(self.out / "sample-data", self.out, days)

    def test_the_first_row_of_a_contact_counts(self):
        contacts = "de_hw_contact_data.csv"

        def repeat_the_first(lines):
            contact = next(line for line in lines[1:] if "null" not in line).split(",")[0]
            other = lines[-2].split(",")[1]
            return [*lines[:-1], f"{contact},{other}", f"{contact},{other}", ""]
        self.run_program("--data", self.sample_data(), "--out", self.out)
        outcome = self.run_program("--data", self.changed_copy(contacts, repeat_the_first),
                                   "--out", "changed")
        self.assertEqual(outcome.number("contacts repeating an id (the first counts)"), 2)
        changed = harness.files_in(self.directory / "changed")
        original = harness.files_in(self.out)
        for name in "validation.csv", "report.html", "analysis_summary.md":
            self.assertNotEqual(changed.pop(name), original.pop(name))
        self.assertEqual(changed, original)

    def test_repeated_opportunities_count(self):
        data = self.changed_copy("de_hw_opportunity_data.csv", lambda lines: [*lines, lines[1]])
        outcome = self.run_program("--data", data, "--out", self.out)
        self.assertEqual(outcome.number("opportunities repeating an id (they count)"), 1)
        self.check_recount(data, self.out)
        self.assertEqual(harness.broken_rules(self.out)["unique(opportunity id)"], 1)

    def test_copies_meet_nothing_of_each_other(self):
        """What the benchmark from end to end is made of: three copies earn three times as much."""
        self.run_program("--out", self.out)
        data = self.directory / "copies"
        copies.write_copies(self.out / "sample-data", 3, data)
        self.run_program("--data", data, "--out", "three")
        for model in "linear", "last_touch", "time_decay":
            once, three = ({row["channel_name"]: Fraction(row["total_pipeline"])
                            for row in harness.read_csv(out / f"{model}_by_channel.csv")}
                           for out in (self.out, self.directory / "three"))
            self.assertEqual(three, {channel: 3 * amount for channel, amount in once.items()})

    def test_every_written_file_is_named(self):
        outcome = self.run_program("--out", self.out)
        written = outcome.out.split("\nWritten from ")[1].splitlines()[1:]
        self.assertEqual({line.strip() for line in written},
                         {str(self.out / name) for name in harness.files_in(self.out)})


harness.main(Sample, sys.argv[1])

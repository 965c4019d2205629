# SPDX-License-Identifier: BSL-1.0
"""pipeline --against: one change of the sample data each, and what both runs' tables say of it."""

import sys
from collections import Counter, defaultdict
from fractions import Fraction

import harness

OPPORTUNITIES = "de_hw_opportunity_data.csv"
CONTACTS = "de_hw_contact_data.csv"
MARKETING = "de_hw_marketing_data.csv"
RULES = ["first_touch", "last_touch", "linear", "position_based", "time_decay"]
RULE, ANEW = "changed model or policy", "model learned anew"


class Against(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.before = self.directory / "before"
        self.run_program("--data", self.sample_data(), "--out", self.before)
        pairs = harness.read_csv(self.before / "opportunity_touchpoints.csv")
        paths, accounts = defaultdict(list), Counter()
        for row in pairs:
            paths[row["opportunity_id"]].append(row)
        lost = harness.read_csv(self.before / "unattributed.csv")
        for rows in [path[:1] for path in paths.values()] + [[row] for row in lost]:
            accounts[rows[0]["account_id"]] += 1
        # The only opportunity of its account, and a touchpoint of marketing, which others follow.
        path = next(path for path in paths.values() if path[0]["touchpoint_type"] == "marketing" and
                    len({row["touchpoint_id"] for row in path}) == len(path) >= 2 and
                    len({row["channel_name"] for row in path}) == len(path) and
                    accounts[path[0]["account_id"]] == 1)
        self.sale = self.touch = path[0]

    def restated(self, data, *options):
        self.outcome = self.run_program("--data", data, "--out", self.out, "--against", self.before,
                                        *options)
        restated = self.check_restated(self.before, self.out)
        for model, _, why in restated:
            self.assertTrue(why != ANEW or model in ("markov", "shapley"), (model, why))
        return restated

    def changed(self, file, key, column, text):
        """The sample with another text where the row has this key in its first column."""
        def change(lines):
            place = lines[0].split(",").index(column)
            rows = [i for i, line in enumerate(lines) if line.startswith(key + ",")]
            self.assertEqual(len(rows), 1, key)
            fields = next(harness.csv_rows(lines[rows[0]]))
            fields[place] = text
            lines[rows[0]] = ",".join(f'"{field}"' for field in fields)
            return lines
        return self.changed_copy(file, change)

    def check_reason(self, restated, reason, total=0):
        for model in RULES:
            self.assertLessEqual({why for one, _, why in restated if one == model}, {reason}, model)
        self.assertEqual(sum((amount for (model, _, _), amount in restated.items()
                              if model == "linear"), Fraction(0)), total)
        self.assertIn(reason, {why for model, _, why in restated if model == "linear"})

    def test_nothing_changed(self):
        self.assertEqual(self.restated(self.sample_data()), {})
        self.assertIn("Nothing moved: by every model", self.outcome.out)
        without = harness.files_in(self.before, "*.csv")
        found = harness.files_in(self.out, "*.csv")
        self.assertEqual({name: found[name] for name in without}, without)
        # In place, too.
        self.run_program("--data", self.sample_data(), "--out", self.out, "--against", self.out)
        self.assertEqual(harness.files_in(self.out, "*.csv"), found)

    def test_records(self):
        sale, touch = self.sale, self.touch
        with self.subTest("late touchpoint"):
            restated = self.restated(self.changed_copy(MARKETING, lambda lines: [
                *lines[:1], f"LATE,Radio,{touch['contact_id']},{sale['opportunity_created_date']}",
                *lines[1:]]))
            self.check_reason(restated, "late touchpoint")
            self.assertEqual(restated["last_touch", "Radio", "late touchpoint"],
                             Fraction(sale["pipeline_amount"]))
        with self.subTest("removed touchpoint"):
            self.check_reason(self.restated(self.changed_copy(MARKETING, lambda lines: [
                line for line in lines if not line.startswith(touch["touchpoint_id"] + ",")])),
                "removed touchpoint")
        with self.subTest("corrected channel"):
            restated = self.restated(self.changed(MARKETING, touch["touchpoint_id"], "channel_name",
                                                  "Radio"))
            self.check_reason(restated, "changed record")
        with self.subTest("corrected value"):
            value = Fraction(sale["pipeline_amount"])
            self.check_reason(self.restated(self.changed(
                OPPORTUNITIES, sale["opportunity_id"], "pipeline_amount", "1000.000000001")),
                "corrected value", Fraction("1000.000000001") - value)
        with self.subTest("new conversion"):
            self.check_reason(self.restated(self.changed_copy(OPPORTUNITIES, lambda lines: [
                *lines[:1], f"NEW,{sale['account_id']},12.5,{sale['opportunity_created_date']},x",
                *lines[1:]])), "new conversion", Fraction("12.5"))
        with self.subTest("removed conversion"):
            self.check_reason(self.restated(self.changed_copy(OPPORTUNITIES, lambda lines: [
                line for line in lines if not line.startswith(sale["opportunity_id"] + ",")])),
                "removed conversion", -Fraction(sale["pipeline_amount"]))
        with self.subTest("merged identity"):
            self.check_reason(self.restated(self.changed(CONTACTS, touch["contact_id"],
                                                         "account_id", "another")),
                              "merged identity")

    def test_rules(self):
        restated = self.restated(self.sample_data(), "--lookback-days", "30")
        self.assertEqual({why for _, _, why in restated}, {RULE})
        self.assertEqual({model for model, _, _ in restated}, {*RULES, "markov", "shapley"})

    def test_held_wrong(self):
        self.run_program("--against", self.before, "--amounts", "float32", "--out", self.out, status=2)
        outcome = self.run_program("--against", "gone", "--out", self.out, status=2)
        self.assertRegex(outcome.error, r"\Apipeline: gone: is not there; .* had as --out\n\Z")
        self.assertFalse(self.out.exists())
        rounded = self.directory / "rounded"
        self.run_program("--data", self.sample_data(), "--out", rounded, "--amounts", "float32")
        outcome = self.run_program("--against", rounded, "--out", self.out, status=2)
        self.assertIn("it takes --amounts exact", outcome.error)
        self.assertFalse(self.out.exists())
        (self.before / "audit.csv").write_text("")
        outcome = self.run_program("--data", self.sample_data(), "--against", self.before, "--out",
                                   self.out, status=2)
        self.assertRegex(outcome.error, r"audit.csv: is empty.*pipeline --out .*\n\Z")
        self.assertFalse(self.out.exists())


harness.main(Against, sys.argv[1])

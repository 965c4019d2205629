# SPDX-License-Identifier: BSL-1.0
"""pipeline on its sample data: committed bytes, planted faults, and a recount."""

import subprocess
import sys
from pathlib import Path

import harness
from pipeline_checks import PipelineTest

PLANTED, EXPECTED = sys.argv[2], Path(sys.argv[3])


class Sample(PipelineTest):
    def test_committed_results(self):
        outcome = self.run_program("--out", self.out)
        found = harness.files_in(self.out)
        found.pop("opportunity_touchpoints.csv")  # large; test_recount knows every byte of it
        found["summary.txt"] = outcome.summary().encode()
        self.assertEqual(found, harness.files_in(EXPECTED))

    def test_recount(self):
        self.run_program("--out", self.out)
        self.check_recount(self.out / "sample-data", self.out)

    def test_planted_faults(self):
        outcome = self.run_program("--out", self.out)
        lines = subprocess.run([PLANTED, "pipeline"], capture_output=True, text=True, check=True)
        planted = dict(line.split("\t") for line in lines.stdout.splitlines())
        self.assertGreater(len(planted), 10)
        for line, number in planted.items():
            with self.subTest(line):
                self.assertEqual(outcome.number(line), int(number))

    def test_same_bytes_again_and_from_the_files(self):
        first = self.run_program("--out", self.out)
        again = self.run_program("--data", self.out / "sample-data", "--out", "again")
        self.assertEqual(harness.files_in(self.directory / "again"), harness.files_in(self.out))
        self.assertEqual(again.summary(), first.summary())

    def test_lookback(self):
        for days in 0, 1, 30, 100:
            with self.subTest(days=days):
                self.run_program("--out", self.out, "--lookback-days", days)
                self.check_recount(self.out / "sample-data", self.out, days)

    def test_the_first_row_of_a_contact_counts(self):
        contacts = "de_hw_contact_data.csv"

        def repeat_the_first(lines):
            contact = next(line for line in lines[1:] if "null" not in line).split(",")[0]
            other = lines[-2].split(",")[1]
            return [*lines[:-1], f"{contact},{other}", f"{contact},{other}", ""]
        self.run_program("--out", self.out)
        outcome = self.run_program("--data", self.changed_copy(contacts, repeat_the_first),
                                   "--out", "changed")
        self.assertEqual(outcome.number("contacts repeating an id (the first counts)"), 2)
        self.assertEqual(harness.files_in(self.directory / "changed"), harness.files_in(self.out))

    def test_repeated_opportunities_count(self):
        data = self.changed_copy("de_hw_opportunity_data.csv", lambda lines: [*lines, lines[1]])
        outcome = self.run_program("--data", data, "--out", self.out)
        self.assertEqual(outcome.number("opportunities repeating an id (they count)"), 1)
        self.check_recount(data, self.out)

    def test_every_written_file_is_named(self):
        outcome = self.run_program("--out", self.out)
        written = outcome.out.split("\nWritten from ")[1].splitlines()[1:]
        self.assertEqual({line.strip() for line in written},
                         {str(self.out / name) for name in harness.files_in(self.out)})


harness.main(Sample, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""Runs an example program and looks at what it leaves behind."""

import csv
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

SKIPPED = 77  # the exit status that ctest takes for a skipped test


class Outcome:
    def __init__(self, run):
        self.status = run.returncode
        self.out = run.stdout
        self.error = run.stderr

    def __str__(self):
        return f"status {self.status}\n{self.out}{self.error}"

    def summary(self):
        """What is printed, without the paths."""
        return self.out.split("\nWritten from ")[0]

    def number(self, line):
        """The number at the end of that line of the summary."""
        found = re.findall(rf"^{re.escape(line)} +([\d,]+)$", self.out, re.MULTILINE)
        assert len(found) == 1, f"{len(found)} lines '{line}' in:\n{self.out}"
        return int(found[0].replace(",", ""))


class ProgramTest(unittest.TestCase):
    program = None  # path of the built program

    def setUp(self):
        self.directory = Path(tempfile.mkdtemp(prefix="attribution-test-"))
        self.addCleanup(shutil.rmtree, self.directory)
        self.out = self.directory / "out"

    def run_program(self, *arguments, status=0, pictures=False, environment=None):
        """Without pictures, which take long, unless they are asked for."""
        outcome = Outcome(
            subprocess.run(
                [self.program, *([] if pictures else ["--no-pictures"]), *map(str, arguments)],
                cwd=self.directory, capture_output=True, text=True, check=False,
                env={**os.environ, **(environment or {})}))
        self.assertEqual(outcome.status, status, outcome)
        return outcome

    def reading(self, data):
        """The options by which the program reads the files of a directory."""
        return ["--data", data]

    def sample_data(self):
        """The program's own sample data, in a directory of the test."""
        data = self.directory / "sample" / "sample-data"
        if not data.exists():
            self.run_program("--out", data.parent)
        return data

    def check_planted(self, planted, outcome, reasons):
        """`reasons`: how many touchpoints of audit.csv have which."""
        rules = {rule: int(row["count"]) for rule, row in findings(self.out).items()}
        self.assertEqual({what for where, what in planted if where == "rule"}, set(rules))
        self.assertGreater(len(planted), 20)
        for (where, what), number in planted.items():
            with self.subTest(where=where, what=what):
                found = {"summary": outcome.number, "rule": rules.get,
                         "reason": reasons.get}[where](what)
                self.assertEqual(found, number)

    def check_reconciliation(self, group):
        """(table or model) -> [value in, credited, unattributed]; every line and group adds up."""
        totals = defaultdict(lambda: [Fraction(0)] * 3)
        for row in read_csv(self.out / "reconciliation.csv"):
            amounts = [Fraction(row[column]) for column in ("value_in", "credited", "unattributed")]
            self.assertEqual(amounts[0], amounts[1] + amounts[2], row)
            self.assertEqual(Fraction(row["difference"]), 0, row)
            totals[row[group]] = [a + b for a, b in zip(totals[row[group]], amounts)]
        return totals

    def check_intervals(self, options, channel, words=1000):
        """A run with --intervals: its table, page and summary have them, its other tables are those of
        a run without. Returns the rows of intervals.csv."""
        self.run_program(*options, "--out", "without")
        result = json.loads(self.run_program(*options, "--intervals", "--json", "--out",
                                             self.out).out)
        rows = read_csv(self.out / "intervals.csv")
        self.assertEqual(list(rows[0]), ["model", channel, "amount", "lower", "upper"])
        table = next(one for one in result["tables"] if one["table"] == "intervals")
        self.assertEqual([[cell or "" for cell in row] for row in table["values"]],
                         [list(row.values()) for row in rows])
        page = (self.out / "report.html").read_text(encoding="utf-8")
        for row in rows:
            lower, amount, upper = (Fraction(row[key]) for key in ("lower", "amount", "upper"))
            self.assertTrue(lower <= amount <= upper, row)
            self.assertTrue(lower < upper, row)
            low, high = math.floor(lower * 100), math.ceil(upper * 100)
            shown = (f"({low / 100:,.2f} \u2013 {high / 100:,.2f})" if max(-low, high) < 100_000
                     else f"({low // 100:,} \u2013 {-(-high // 100):,})")
            self.assertIn(f"<br><small>{shown}</small>", page)
        for model in result["models"]:
            self.assertLess(1, sum(row["model"] == model["model"] for row in rows))
        without = files_in(self.directory / "without", "*.csv")
        self.assertEqual({**without, "intervals.csv": (self.out / "intervals.csv").read_bytes()},
                         files_in(self.out, "*.csv"))
        summary = (self.out / "analysis_summary.md").read_text(encoding="utf-8")
        self.assertIn("their intervals overlap", summary)
        self.assertLessEqual(len(re.findall(r"[\w'-]+(?:[.,]\d+)*", summary)), words)
        return rows

    def changed_copy(self, file, change):
        """The sample data with one file changed; `change` takes and gives its lines."""
        data = self.directory / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.sample_data(), data)
        lines = (data / file).read_bytes().decode("utf-8-sig").split("\r\n")
        (data / file).write_bytes("\r\n".join(change(lines)).encode())
        return data


def read_csv(file):
    """The rows of a file as dictionaries, and the file as bytes for a strict look at its form."""
    with open(file, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def csv_rows(text):
    return csv.reader(io.StringIO(text, newline=""), strict=True)


def csv_dicts(header, lines):
    return list(csv.DictReader([header, *lines], strict=True))


def files_in(directory, pattern="*"):
    return {path.name: path.read_bytes() for path in directory.glob(pattern) if path.is_file()}


def findings(out):
    """rule -> its row of validation.csv."""
    return {row["rule"]: row for row in read_csv(out / "validation.csv")}


def broken_rules(out, severities=("error", "warning")):
    return {rule: int(row["count"]) for rule, row in findings(out).items()
            if row["severity"] in severities and int(row["count"])}


def planted(program_that_knows, name):
    """(where, what) -> how often."""
    lines = subprocess.run([program_that_knows, name], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in lines.stdout.splitlines()]
    return {(where, what): int(number) for where, what, number in rows}


def main(test_case, program):
    test_case.program = str(Path(program).resolve())
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromTestCase(test_case)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)


def skip_without(data):
    if not Path(data).is_dir():
        print(f"SKIPPED: there is no third-party data in {data}; "
              "set ATTRIBUTION_DATA_DIR to compare with the published reports")
        sys.exit(SKIPPED)

# SPDX-License-Identifier: BSL-1.0
"""Runs an example program and looks at what it leaves behind."""

import csv
import io
import json
import math
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pinned

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


def new_directory():
    """Its name is always as long, and without what Markdown escapes: runs print it, and pinned.py leaves it out."""
    directory = Path(tempfile.gettempdir()) / f"attribution-test-{secrets.token_hex(4)}"
    directory.mkdir(mode=0o700)
    return directory


class ProgramTest(unittest.TestCase):
    program = None  # path of the built program
    pins = pinned.Pins(sys.argv[0])

    def setUp(self):
        self.directory = new_directory()
        self.addCleanup(shutil.rmtree, self.directory)
        self.out = self.directory / "out"

    def check_empty_values(self):
        """No option takes an empty value, but --nothing, whose help says what that means."""
        help_text = self.run_program("--help").out
        self.assertIn("--nothing '' none", help_text)
        options = set(re.findall(r"^  (--[a-z-]+) (?!Excludes)\S", help_text, re.MULTILINE))
        self.assertGreater(options, {"--out", "--nothing", "--database"})
        for option in sorted(options - {"--nothing"}):
            with self.subTest(option):
                outcome = self.run_program(option, "", status=2)
                self.assertIn(f": {option}: is empty: write a value after it, or leave the option out (",
                              outcome.error)
        self.assertFalse((self.directory / "out").exists())

    def run_program(self, *arguments, status=0, pictures=False, environment=None):
        """Without pictures, which take long, unless they are asked for."""
        outcome = Outcome(
            subprocess.run(
                [self.program, *([] if pictures else ["--no-pictures"]), *map(str, arguments)],
                cwd=self.directory, capture_output=True, text=True, check=False,
                env={**os.environ, **(environment or {})}))
        self.assertEqual(outcome.status, status, outcome)
        if self.pins.wanted:
            self.pins.add(self.id().split(".", 1)[1],
                          pinned.seen(self.directory, arguments, outcome))
        return outcome

    def ask_for_pictures(self, *arguments):
        """A run with a gnuplot that only notes what it is asked to draw."""
        programs, noted = self.directory / "programs", self.directory / "noted"
        programs.mkdir(exist_ok=True)
        noted.unlink(missing_ok=True)
        gnuplot = programs / "gnuplot"
        gnuplot.write_text(f"#!/bin/sh\ncat >> '{noted}'\nprintf '\\211PNG\\r\\n\\032\\n'\n")
        gnuplot.chmod(0o755)
        self.run_program(*arguments, pictures=True,
                         environment={"PATH": f"{programs}:{os.environ['PATH']}"})
        asked = noted.read_text(encoding="utf-8")
        self.pins.add(self.id().split(".", 1)[1],
                      {"pictures": pinned.digest_of(asked)})
        return asked

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

    def check_restated(self, before, after, channel="channel"):
        """What restatement.csv of the run in `after` says of that in `before`: by every model, the reasons
        of a channel add up to what the tables of both say. Returns (model, channel or None, reason) ->
        amount."""
        rows = read_csv(after / "restatement.csv")
        self.assertEqual((after / "restatement.csv").read_text(encoding="utf-8").splitlines()[0],
                         f"model,{channel},reason,amount,conversions")
        then, now = published(before), published(after)
        then, now = then or dict.fromkeys(now, {}), now or dict.fromkeys(then, {})  # no conversions
        sums = defaultdict(Fraction)
        restated = {}
        for row in rows:
            key = (row["model"], channel_of(row, channel), row["reason"])
            self.assertNotIn(key, restated)
            restated[key] = Fraction(row["amount"])
            sums[key[:2]] += restated[key]
            self.assertIn(row["model"], then)
            self.assertIn(row["model"], now)
            self.assertEqual(row["conversions"] == "", row["reason"] == "changed model or policy", row)
        for model in set(then) & set(now):
            for name in set(then[model]) | set(now[model]):
                self.assertEqual(sums.pop((model, name), 0),
                                 now[model].get(name, 0) - then[model].get(name, 0), (model, name))
        self.assertEqual(set(sums.values()) - {0}, set())
        self.check_bridge(after, channel, restated, then, now)
        return restated

    def check_bridge(self, after, channel, restated, then, now):
        """restated_by_channel.csv: of one model what every channel had, why, and what it has."""
        bridge = read_csv(after / "restated_by_channel.csv")
        page = (after / "report.html").read_text(encoding="utf-8")
        self.assertIn("What changed since ", page)
        models = [model for model in now if model in then and all(
            (Fraction(row["was"]), Fraction(row["is_now"])) ==
            tuple(side[model].get(channel_of(row, channel), 0) for side in (then, now))
            for row in bridge)]
        self.assertNotEqual(models, [])
        for row in bridge:
            reasons = {why.replace("_", " "): Fraction(row[why]) for why in list(row)[2:-1] if row[why]}
            self.assertEqual(Fraction(row["was"]) + sum(reasons.values()), Fraction(row["is_now"]), row)
            name = channel_of(row, channel)
            self.assertTrue(any(reasons == {why: amount for (one, where, why), amount in
                                            restated.items() if (one, where) == (model, name)}
                                for model in models), row)
            for amount in reasons.values():
                self.assertIn(f'>{amount_for_people(amount)}</td>', page)

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


def published(out):
    """model -> {channel, None for what is unattributed: amount}"""
    models = {}
    for row in read_csv(out / "reconciliation.csv"):
        amounts = models.setdefault(row["model"], {None: Fraction(0)})
        amounts[None] += Fraction(row["unattributed"])
    for model, amounts in models.items():
        for row in read_csv(out / f"{model}_by_channel.csv"):
            name, amount = row.values()
            amounts[name] = Fraction(amount)
    return models


def channel_of(row, channel):
    return None if row[channel] == "(unattributed)" else row[channel]


def amount_for_people(amount):
    """1,234.50: all decimals, but two at least."""
    digits = f"{abs(amount.numerator) * 10**9 // amount.denominator:010d}"
    decimals = digits[-9:].rstrip("0").ljust(2, "0")
    return f"{'-' if amount < 0 else ''}{int(digits[:-9]):,}.{decimals}"


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
    pins = getattr(test_case, "pins", None)
    differences = pins.differences() if pins and result.wasSuccessful() else []
    if differences:
        print("Not what these runs came to before; see pinned.py:", *differences, sep="\n")
    sys.exit(0 if result.wasSuccessful() and result.testsRun and not differences else 1)


def skip_without(data):
    if not Path(data).is_dir():
        print(f"SKIPPED: there is no third-party data in {data}; "
              "set ATTRIBUTION_DATA_DIR to compare with the published reports")
        sys.exit(SKIPPED)

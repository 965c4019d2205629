# SPDX-License-Identifier: BSL-1.0
"""Small worlds drawn by lot, in which much is equal, missing, negative, odd or long: whatever a run shows of
them agrees with the rest, and is what it was before (see pinned.py). Samples hardly have ties; these have little
else."""

import csv
import json
import random
import sqlite3
from datetime import datetime, timedelta
from fractions import Fraction

import harness

SEED = 20261130
NAMES = ["Search", "Search", "search ", "TV, radio", "TV, radio", "Mail|x", "unattributed", "", "Ümlaut*",
         "Long " + "name " * 120]
WORDS = ["", "NULL", "-", "(not set)"]


class Lot:
    """What rows are drawn from."""

    def __init__(self, number):
        self.draw = random.Random(SEED + number)
        self.names = self.one_of([NAMES[:5], NAMES[:4], NAMES, [f"N{i}" for i in range(9)], NAMES[:1]])
        self.days = self.one_of([1, 2, 30, 400])
        self.start = datetime(*self.one_of([(2024, 2, 28), (2023, 12, 31), (2014, 3, 1)]))

    def one_of(self, what):
        return what[self.draw.randrange(len(what))]

    def chance(self, part):
        return self.draw.random() < part

    def some(self, most, row):
        return [row(i) for i in range(self.draw.randrange(most + 1))]

    def name(self):
        return quoted(self.one_of(self.names))

    def key(self, letter, most=6, missing=0.1):
        return self.one_of(WORDS) if self.chance(missing) else f"{letter}{self.draw.randrange(most)}"

    def id(self, letter, number):
        """Now and then that of the row before, or none."""
        return "" if self.chance(0.05) else f"{letter}{number - self.chance(0.1)}"

    def time(self, form="%Y-%m-%dT%H:%M:%SZ"):
        """At few times of few days, so that many are equal."""
        return (self.start + timedelta(days=self.draw.randrange(self.days + 1),
                                       seconds=self.one_of([0, 0, 36_000, 36_000, 86_399]))).strftime(form)

    def amount(self, decimals=2, negative=True):
        return self.one_of(["100", "100", "10.5", "0", "33.33", "0.01", "1234567.5",
                            *(["-100", "-20.25"] if negative else []),
                            *(["0.333333333", "0.0000005"] if decimals > 2 else [])])

    def options(self, *pools):
        """Of each pool one, or none of it."""
        return [word for pool in pools for word in self.one_of([[], *pool])]


def quoted(text):
    return '"' + text + '"' if "," in text else text


class ByLot:
    """Tests of a program that has `world(lot)`, which gives the files of a world and options for a run of it."""

    worlds = 12

    def test_worlds_by_lot(self):
        for number in range(self.worlds):
            with self.subTest(world=number):
                files, options = self.world(Lot(number))
                database = self.directory / f"{number}.sqlite"
                result = json.loads(self.run_odd("--json", "--database", database.name, *options, **files).out)
                check_agreement(self, result, database)
                printed = self.run_odd(*options, **files)
                self.assertIn("\nWritten from ", printed.out)
                if number % 3 == 0:
                    self.ask_for_pictures("--data", self.directory / "odd", "--out", self.out, *options)


def check_agreement(test, result, database):
    """What a run of a test came to: its JSON, its files, and the database, if there is one."""
    test.assertEqual({file for file in map(str, test.out.glob("*")) if not file.endswith(".png")},
                     {str(test.out / file.rsplit("/", 1)[-1]) for file in result["files"]})
    by_itself = result["options"].get("rounding") == "published"
    for model in result.get("models", []):
        test.assertTrue(by_itself or model["total"] == result["models"][0]["total"], model["model"])
        test.assertEqual(sum(Fraction(line["amount"]) for line in model["credits"]),
                         Fraction(model["total"]), model["model"])
    floats = result["options"].get("amounts") == "float32"
    for row in harness.read_csv(test.out / "reconciliation.csv"):
        value, *parts = (Fraction(row[name]) for name in ("value_in", "credited", "unattributed"))
        test.assertLessEqual(abs(value - sum(parts)), abs(value) / 10**9 if floats else 0, row)
    for table in result.get("tables", []):
        with open(test.out / table["file"], encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        test.assertEqual(header, table["columns"])
        test.assertEqual(len(rows), table["rows"])
        test.assertEqual(rows, [[cell or "" for cell in row] for row in table["values"]])
    if database is None:
        return
    with sqlite3.connect(database) as connection:
        test.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
        test.assertEqual(dict(connection.execute("SELECT option, value FROM run_options").fetchall()),
                         result["options"])
        for table in result.get("tables", []):
            count, = connection.execute(f"SELECT count(*) FROM {table['table']}").fetchone()
            test.assertEqual(count, table["rows"])

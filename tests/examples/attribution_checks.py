# SPDX-License-Identifier: BSL-1.0
"""What the tests of attribution share: its two tables, and a recount."""

import atexit
import random
import shutil
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import harness

# touches.csv and orders.csv, in a directory whose name is as long in every checkout: runs print it.
TABLES = harness.new_directory()
atexit.register(shutil.rmtree, TABLES)
for file in Path(sys.argv[2]).glob("*.csv"):
    shutil.copy(file, TABLES)
TOUCHES, ORDERS = TABLES / "touches.csv", TABLES / "orders.csv"
SEED = 2026


class AttributionTest(harness.ProgramTest):
    def reading(self, data):
        return ["--touchpoints", data / "touches.csv", "--conversions", data / "orders.csv"]

    def sample_data(self):
        """The bundled tables, with the line ends that changed_copy() splits by."""
        data = self.directory / "sample"
        if not data.exists():
            data.mkdir()
            for file in TOUCHES, ORDERS:
                text = file.read_text().replace("\n", "\r\n")
                (data / file.name).write_bytes(text.encode())
        return data

    def run_bundled(self, *options, status=0):
        return self.run_program(*self.reading(TABLES), "--out", self.out, *options, status=status)

    def tables(self, touches=(), orders=(), touch_columns="user_id,ts,channel",
               order_columns="user_id,ts,revenue"):
        """A directory with two small tables."""
        data = self.directory / "small"
        data.mkdir(exist_ok=True)
        for name, columns, rows in (("touches.csv", touch_columns, touches),
                                    ("orders.csv", order_columns, orders)):
            (data / name).write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
        return data

    def run_small(self, *options, touches=(), orders=(), status=0, **columns):
        data = self.tables(touches, orders, **columns)
        return self.run_program(*self.reading(data), "--out", self.out, *options, status=status)

    def check_refused(self, outcome, *words):
        """One line that has these words, and no results."""
        self.assertEqual(outcome.status, 2, outcome)
        self.assertEqual(outcome.out, "")
        self.assertRegex(outcome.error, r"\Aattribution: [^\n]+\n\Z")
        for word in words:
            self.assertIn(word, outcome.error)
        self.assertFalse(self.out.exists())

    def by_channel(self, model):
        return {row["channel"]: Fraction(row["value"])
                for row in harness.read_csv(self.out / f"{model}_by_channel.csv")}

    def by_segment(self, model):
        return {(row["segment"], row["channel"]): Fraction(row["value"]) for row in
                harness.read_csv(self.out / f"{model}_by_segment_and_channel.csv")}

    def outcomes(self):
        """outcome -> how many touchpoints of audit.csv"""
        counts = defaultdict(int)
        for row in harness.read_csv(self.out / "audit.csv"):
            counts[row["outcome"]] += 1
        return dict(counts)


def mixed_rows(customers, seed=SEED):
    """Touchpoints and orders of so many customers, sorted by them, with all that rows may have: no key, no
    channel, ids that are there twice, other spellings, refunds, other currencies, many decimals."""
    draw = random.Random(seed)

    def when():
        return f"2025-{draw.randrange(1, 7):02}-{draw.randrange(1, 29):02}T{draw.randrange(24):02}:00:00Z"
    touches, orders = [], []
    for customer in range(customers):
        key = f"u{customer:07}"
        if draw.random() < 0.02:
            key = draw.choice(["", "NULL", "(not set)"])
        for _ in range(draw.choice([0, 1, 2, 3, 9])):
            number = len(touches) - (draw.random() < 0.01)
            touches.append([f"t{number}", key, when(), draw.choice(["Search", "search ", "TV", "Mail", ""]),
                            draw.choice(["lead", "Deal", "click", "view"])])
        for _ in range(draw.choice([0, 0, 1, 2])):
            number, value = len(orders), draw.choice(["10", "0.333333333", "25.5", "0"])
            country, money = draw.choice(["France", "Spain", "france"]), draw.choice(["EUR", "EUR", "USD"])
            orders.append([f"o{number}", key, when(), value, country, money])
            if draw.random() < 0.1 and key.startswith("u"):
                orders.append([f"o{number}", key, when(), draw.choice(["-0.1", "-30"]), country, money])
    return touches, orders


def write(directory, touches, orders):
    directory.mkdir(exist_ok=True)
    for name, header, rows in (("touches.csv", "event_id,user_id,ts,channel,kind", touches),
                               ("orders.csv", "order_id,user_id,ts,revenue,country,money", orders)):
        (directory / name).write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n",
                                      encoding="utf-8")
    return directory


def time(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def shares(model, number):
    """What each touchpoint of a path gets."""
    if number == 0:
        return []
    if model == "first_touch":
        return [1] + [0] * (number - 1)
    if model == "last_touch":
        return [0] * (number - 1) + [1]
    if model == "linear":
        return [Fraction(1, number)] * number
    if number <= 2:  # position_based
        return [Fraction(1, number)] * number
    return [Fraction(2, 5)] + [Fraction(1, 5) / (number - 2)] * (number - 2) + [Fraction(2, 5)]


def recount(model, days=30, refunds=False):
    """(country, channel) -> value, None for the channel of what nobody earned; from the bundled
    tables, the slow way."""
    touches = sorted(((time(row["ts"]), place, row) for place, row in
                      enumerate(harness.read_csv(TOUCHES))), key=lambda one: one[:2])
    orders = harness.read_csv(ORDERS)
    values = {place: Fraction(row["revenue"]) for place, row in enumerate(orders)}
    if refunds:
        sold = {row["order_id"]: place for place, row in enumerate(orders)
                if Fraction(row["revenue"]) > 0}
        for place, row in enumerate(orders):
            if values[place] < 0:
                values[sold[row["order_id"]]] += values[place]
                del values[place]
    earned = defaultdict(Fraction)
    for place, value in values.items():
        order = orders[place]
        at = time(order["ts"])
        path = [row for when, _, row in touches if row["user_id"] == order["user_id"]
                and at - timedelta(days=days) <= when <= at]
        if not path:
            earned[order["country"], None] += value
        for row, share in zip(path, shares(model, len(path))):
            earned[order["country"], row["channel"]] += value * share
    return earned

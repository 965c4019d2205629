# SPDX-License-Identifier: BSL-1.0
"""The pipeline report once more, slowly, exactly and without the library."""

import bisect
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from harness import read_csv

MISSING = ("", "null", "NULL")


def seconds(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def shares(model, ages):
    """Shares of the touchpoints of a path, given their ages in seconds, oldest first."""
    n = len(ages)
    if model == "first_touch":
        weights = [1] + [0] * (n - 1)
    elif model == "last_touch":
        weights = [0] * (n - 1) + [1]
    elif model == "linear":
        weights = [1] * n
    elif model == "position_based":
        weights = {1: [1], 2: [1, 1]}.get(n) or [2] + [Fraction(1, n - 2)] * (n - 2) + [2]
    else:
        weights = [Fraction(0.5 ** (age / (7 * 86400))) for age in ages]
    return [Fraction(weight) / sum(weights) for weight in weights]


class Report:
    """pairs: rows of opportunity_touchpoints.csv; unattributed: rows of opportunities;
    tables[model][segment, channel]: the exact amount and its number of parts."""

    def __init__(self, data, days=90):
        account_of = {}
        for row in read_csv(data / "de_hw_contact_data.csv"):
            if row["contact_id"] not in MISSING and row["account_id"] not in MISSING:
                account_of[row["contact_id"]] = row["account_id"]
        touches = defaultdict(list)
        for kind, name in ("marketing", "marketing"), ("sales", "sales_outreach"):
            for row in read_csv(data / f"de_hw_{name}_data.csv"):
                account = account_of.get(row["contact_id"])
                if account is not None:
                    touches[account].append(
                        (seconds(row[f"{kind}_touchpoint_date"]), len(touches[account]), kind, row))
        for account in touches.values():
            account.sort(key=lambda touch: touch[:2])

        self.pairs = []
        self.unattributed = []
        self.total = Fraction(0)
        self.tables = {model: defaultdict(lambda: [Fraction(0), 0]) for model in
                       ("first_touch", "last_touch", "linear", "position_based", "time_decay")}
        for sale in read_csv(data / "de_hw_opportunity_data.csv"):
            created = seconds(sale["Opportunity_Created_Date"])
            amount = Fraction(Decimal(sale["pipeline_amount"]))
            self.total += amount
            own = [] if sale["account_id"] in MISSING else touches[sale["account_id"]]
            times = [touch[0] for touch in own]
            path = own[bisect.bisect_left(times, created - days * 86400):
                       bisect.bisect_right(times, created)]
            if not path:
                self.unattributed.append(sale)
            for at, _, kind, touch in path:
                self.pairs.append(
                    [sale["opportunity_id"], sale["account_id"], sale["pipeline_amount"],
                     sale["Opportunity_Created_Date"], sale["sales_segment"],
                     touch[f"{kind}_touchpoint_id"], kind, touch["channel_name"],
                     touch["contact_id"], touch[f"{kind}_touchpoint_date"]])
            for model, table in self.tables.items():
                for (at, _, _, touch), share in zip(
                        path, shares(model, [created - touch[0] for touch in path]) if path else []):
                    if share:
                        cell = table[sale["sales_segment"], touch["channel_name"]]
                        cell[0] += amount * share
                        cell[1] += 1

    def by_channel(self, model):
        table = defaultdict(lambda: [Fraction(0), 0])
        for (_, channel), (amount, parts) in self.tables[model].items():
            table[channel,][0] += amount
            table[channel,][1] += parts
        return table

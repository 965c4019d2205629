# SPDX-License-Identifier: BSL-1.0
"""The pipeline report once more, slowly, exactly and without the library."""

import bisect
from collections import Counter, defaultdict
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


def shares_of_channels(worth, channels):
    """What a channel is worth, split evenly over its touchpoints in the path."""
    weights = [Fraction(worth[channel]) / channels.count(channel) for channel in channels]
    return [weight / sum(weights) for weight in weights]


def removal_effects(converting, others):
    """Of a Markov chain of order 1 over paths of channels, repeats collapsed, exactly."""
    hops = defaultdict(Counter)
    for path, end in [(path, "conversion") for path in converting] + [
            (path, "null") for path in others]:
        states = ["start"] + [channel for i, channel in enumerate(path)
                              if i == 0 or path[i - 1] != channel] + [end]
        for state, following in zip(states, states[1:]):
            hops[state][following] += 1

    def conversion_without(removed):
        states = [state for state in hops if state != removed]
        # p = arrived + sum(hop * p), solved by Gauss-Jordan elimination
        system = []
        for state in states:
            total = sum(hops[state].values())
            row = [Fraction(int(state == other)) - Fraction(hops[state][other], total)
                   for other in states]
            system.append(row + [Fraction(hops[state]["conversion"], total)])
        for i in range(len(states)):
            pivot = next(j for j in range(i, len(states)) if system[j][i])
            system[i], system[pivot] = system[pivot], system[i]
            system[i] = [value / system[i][i] for value in system[i]]
            for j in range(len(states)):
                if j != i and system[j][i]:
                    factor = system[j][i]
                    system[j] = [a - factor * b for a, b in zip(system[j], system[i])]
        return system[states.index("start")][-1]

    whole = conversion_without(None)
    return {channel: 1 - conversion_without(channel) / whole
            for channel in hops if channel != "start"}


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
        latest = max(seconds(row[f"{kind}_touchpoint_date"])
                     for kind, name in (("marketing", "marketing"), ("sales", "sales_outreach"))
                     for row in read_csv(data / f"de_hw_{name}_data.csv"))
        converting = []
        sold = set()
        for sale in read_csv(data / "de_hw_opportunity_data.csv"):
            sold.add(sale["account_id"])
            created = seconds(sale["Opportunity_Created_Date"])
            amount = Fraction(Decimal(sale["pipeline_amount"]))
            self.total += amount
            own = [] if sale["account_id"] in MISSING else touches[sale["account_id"]]
            times = [touch[0] for touch in own]
            path = own[bisect.bisect_left(times, created - days * 86400):
                       bisect.bisect_right(times, created)]
            latest = max(latest, created)
            if not path:
                self.unattributed.append(sale)
            else:
                converting.append((sale, amount, [touch[3]["channel_name"] for touch in path]))
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

        self.learn(converting, [
            [touch[3]["channel_name"] for touch in own if latest - days * 86400 <= touch[0]]
            for account, own in touches.items() if account not in sold])

    def learn(self, converting, others):
        """The two models that paths teach; without paths there are none."""
        if not converting:
            return
        channels = {channel for _, _, path in converting for channel in path}
        worth = {"markov": removal_effects([path for _, _, path in converting],
                                           [path for path in others if path]),
                 "shapley": dict.fromkeys(channels, 1)}
        for model, of_channel in worth.items():
            table = self.tables[model] = defaultdict(lambda: [Fraction(0), 0])
            for sale, amount, path in converting:
                for channel, share in zip(path, shares_of_channels(of_channel, path)):
                    cell = table[sale["sales_segment"], channel]
                    cell[0] += amount * share
                    cell[1] += 1

    def by_channel(self, model):
        table = defaultdict(lambda: [Fraction(0), 0])
        for (_, channel), (amount, parts) in self.tables[model].items():
            table[channel,][0] += amount
            table[channel,][1] += parts
        return table

# SPDX-License-Identifier: BSL-1.0
"""The KrispCall reports once more, slowly, exactly and without the library."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from harness import read_csv

ALWAYS_CONNECTED = ("web", "mobile")


def shares(model, n):
    if model == "first touch":
        return [Fraction(1)] + [Fraction(0)] * (n - 1)
    if model == "linear":
        return [Fraction(1, n)] * n
    if n <= 2:
        return [Fraction(1)] if n == 1 else [Fraction(60, 100), Fraction(40, 100)]
    return [Fraction(2, 5)] + [Fraction(1, 5 * (n - 2))] * (n - 2) + [Fraction(2, 5)]


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.cents = Fraction(0)
        self.payments = []
        self.refunds = []
        self.connects = []
        self.usage = defaultdict(Fraction)

    def is_alive(self, at):
        return (self.payments and min(self.payments) <= at
                and not (self.refunds and at > min(self.refunds)))

    def platforms(self):
        return list(dict.fromkeys(platform for _, _, platform in sorted(self.connects)))


class Report:
    """tables[name][platform]: cents, exactly."""

    def __init__(self, data, chosen, segment_seconds):
        accounts = {}
        account_of = {}
        for row in read_csv(data / "final_workspace_data.csv"):
            account = accounts[row["owner_email"]] = Account(row["owner_email"])
            for user in [row["owner_email"], *filter(None, row["member_emails"].split(","))]:
                account_of[user] = account
        for row in read_csv(data / "final_payment_refund_data.csv"):
            if row["event"] == "New Payment Made":
                account = accounts[row["$email"]]
                account.payments.append(int(row["time"]))
                account.cents += 100 * Fraction(Decimal(row["Amount"]))
            else:
                account = accounts[row["User Email"]]
                account.refunds.append(int(row["time"]))
                account.cents -= 100 * Fraction(Decimal(row["Refund Amount"]))

        events = defaultdict(list)
        for number, row in enumerate(read_csv(data / "final_integration_data.csv")):
            connects = row["event"] == "Integration Connected"
            at, user, platform = int(row["time"]), row["distinct_id"], row["Integration Platform"]
            events[user, platform].append((at, number, connects))
            if connects:
                account_of[user].connects.append((at, number, platform))
        connections = {}
        for who, of_user in events.items():
            open_since, intervals = [], []
            for at, _, connects in sorted(of_user):
                if connects:
                    open_since.append(at)
                elif open_since:
                    intervals.append((open_since.pop(0), at))
            connections[who] = intervals + [(since, float("inf")) for since in open_since]

        for row in read_csv(data / "final_calls_sms_detailed_data.csv"):
            account, platform, at = account_of.get(row["Email"]), row["Platform"], int(row["time"])
            connected = platform in ALWAYS_CONNECTED or any(
                since <= at <= until
                for since, until in connections.get((row["Email"], platform), []))
            if account and account.is_alive(at) and connected:
                call = row["event"] == "Outbound Calls"
                account.usage[platform] += (Fraction(row["Duration"].removesuffix(" seconds"))
                                            if call else segment_seconds * int(row["Segments"]))

        kept = [account for account in accounts.values() if account.cents > 0]
        self.total = sum(account.cents for account in kept)
        self.tables = {name: defaultdict(Fraction) for name in
                       ("first_touch_attribution", "usage_based_attribution", "chosen_attribution")}
        for account in kept:
            for name, model in (("first_touch_attribution", "first touch"),
                                ("chosen_attribution", chosen)):
                platforms = account.platforms() or ["No Integration"]
                for platform, share in zip(platforms, shares(model, len(platforms))):
                    self.add(name, platform, account.cents * share)
            used = sum(account.usage.values())
            for platform, usage in (account.usage.items() if used else [("No Usage", 1)]):
                self.add("usage_based_attribution", platform,
                         account.cents * usage / (used or 1))

    def add(self, table, platform, cents):
        if cents:
            self.tables[table][platform] += cents

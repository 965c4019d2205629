# SPDX-License-Identifier: BSL-1.0
"""The tables of goodpulse once more, slowly, exactly and without the library."""

from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import datetime
from fractions import Fraction

from harness import read_csv


def rounded(number, digits):
    """Half away from zero, without the zeros at the end."""
    units = abs(number) * 10**digits
    units = (2 * units.numerator + units.denominator) // (2 * units.denominator) \
        if isinstance(units, Fraction) else units
    text = f"{units:0{digits + 1}}"
    text = f"{text[:-digits]}.{text[-digits:]}".rstrip("0")
    return ("-" if number < 0 and units else "") + text + ("0" if text.endswith(".") else "")


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


def cents(text):
    amount = Fraction(text) * 100
    assert amount.denominator == 1
    return int(amount)


def day(text):
    return datetime.strptime(text[:10], "%d-%m-%Y" if text[2] == "-" else "%Y-%m-%d").date()


def mean(numbers):
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def nearest_rank(values, part, parts):
    values = sorted(values)
    return next(v for v in values if sum(w <= v for w in values) * parts >= part * len(values))


def period(at, months):
    return (at.year * 12 + at.month - 1) // months


def period_text(number, months):
    year, place = divmod(number, 12 // months)
    return f"{year:04}-{place + 1:02}" if months == 1 else f"{year:04}Q{place + 1}"


class Recount:
    def __init__(self, data, joined=False, recency=(90, 180)):
        def table(name):
            return read_csv(data / f"olist_{name}_dataset.csv")
        people = {}
        for row in table("customers"):
            people.setdefault(row["customer_id"], row["customer_unique_id"])
        self.orders = {}
        seen = set()
        for row in table("orders"):
            person = people.get(row["customer_id"])
            if row["order_id"] not in seen and person and row["order_status"] == "delivered":
                self.orders[row["order_id"]] = {
                    "person": person, "at": row["order_purchase_timestamp"], "paid": [],
                    "reviews": {}, "delivered": row["order_delivered_customer_date"]}
            seen.add(row["order_id"])
        for row in table("order_payments"):
            if row["order_id"] in self.orders:
                self.orders[row["order_id"]]["paid"].append(cents(row["payment_value"]))
        for row in table("order_reviews"):
            if row["order_id"] in self.orders:
                self.orders[row["order_id"]]["reviews"].setdefault(row["review_id"],
                                                                   int(row["review_score"]))
        for order in self.orders.values():
            times = max(1, len(order["reviews"]))
            order["joined"] = sum(order["paid"]) * times
            order["cents"] = order["joined"] if joined else sum(order["paid"])
            order["days"] = max(0, (day(order["delivered"]) - day(order["at"])).days) \
                if order["delivered"] else None
            order["score"] = mean(list(order["reviews"].values()))
        self.buyers = defaultdict(list)
        for order in self.orders.values():
            self.buyers[order["person"]].append(order)
        self.total = sum(order["cents"] for order in self.orders.values())
        self.date = max(day(order["at"]) for order in self.orders.values())
        self.name_customers(recency)
        self.table = table

    def name_customers(self, recency):
        age = {who: (self.date - day(max(order["at"] for order in orders))).days
               for who, orders in self.buyers.items()}
        worth = {who: sum(order["cents"] for order in orders)
                 for who, orders in self.buyers.items()}
        self.days = [nearest_rank(age.values(), part, 3) for part in (1, 2)]
        self.values = [nearest_rank(worth.values(), part, 5) for part in (1, 4)]
        self.customers = {}
        for who, orders in sorted(self.buyers.items()):
            count = len(orders)
            self.customers[who] = {
                "orders": count, "cents": worth[who], "recency": age[who],
                "lifecycle": ["Active", "At Risk", "Dormant"][sum(age[who] > t for t in self.days)],
                "bucket": ["Recent", "Aging", "Dormant"][sum(age[who] > t for t in recency)],
                "frequency": ("One-time" if count == 1 else "Regular" if count <= 4
                              else "Power User"),
                "value": ["Low Value", "Mid Value", "High Value"][
                    sum(worth[who] >= t for t in self.values)],
                "days": mean([order["days"] for order in orders if order["days"] is not None]),
                "score": mean([order["score"] for order in orders if order["score"] is not None])}
            one = self.customers[who]
            one["segment"] = f"{one['lifecycle']} | {one['value']} | {one['frequency']}"

    def tables(self):
        """name -> rows of texts, header first."""
        tables = {"customers": self.customer_rows(), "figures": self.figures(),
                  "delivery_and_score": self.delivery()}
        for names in ("frequency",), ("value",), ("lifecycle",), ("segment",), ("value", "bucket"):
            name = "value_and_recency" if len(names) == 2 else names[0]
            tables[f"by_{name}"] = self.groups(names)
        for name, months in ("month", 1), ("quarter", 3):
            tables[f"revenue_by_{name}"] = self.revenue(name, months)
            tables[f"cohorts_by_{name}"] = self.cohorts(months)
        tables["score_by_delivery_days"] = self.scores()
        tables["channel_by_seller"] = self.by_seller()
        tables["channel_by_date_alone"] = self.by_date_alone()
        return tables

    def customer_rows(self):
        def number(value):
            return "" if value is None else repr(float(value))
        rows = [("customer_unique_id,orders,revenue,first,last,recency_days,delivery_days,score,"
                 "lifecycle,bucket,frequency,value").split(",")]
        for who, one in self.customers.items():
            times = [order["at"] for order in self.buyers[who]]
            rows.append([who, one["orders"], money(one["cents"]), min(times), max(times),
                         one["recency"], number(one["days"]), number(one["score"]),
                         one["lifecycle"], one["bucket"], one["frequency"], one["value"]])
        return rows

    def figures(self):
        orders = self.orders.values()
        repeat = sum(one["orders"] > 1 for one in self.customers.values())
        paid = [Fraction(one["cents"], 100 * one["orders"]) for who, one in self.customers.items()
                if all(order["paid"] for order in self.buyers[who])]
        days = sorted(order["days"] for order in orders if order["days"] is not None)
        median = Fraction(days[(len(days) - 1) // 2] + days[len(days) // 2], 2)
        return [["figure", "value"], ["customers", len(self.customers)], ["orders", len(orders)],
                ["revenue", money(self.total)],
                ["orders_without_payment", sum(not order["paid"] for order in orders)],
                ["average_order_value", rounded(Fraction(self.total, 100 * len(orders)), 6)],
                ["mean_customer_order_value", rounded(sum(paid) / len(paid), 6)],
                ["repeat_customers", repeat],
                ["repeat_rate_percent", rounded(Fraction(100 * repeat, len(self.customers)), 4)],
                ["analysis_date", self.date],
                ["lifecycle_days", ",".join(map(str, self.days))],
                ["value_cents", ",".join(map(str, self.values))],
                ["orders_with_several_reviews", sum(len(order["reviews"]) > 1 for order in orders)],
                ["revenue_if_joined_to_reviews", money(sum(order["joined"] for order in orders))],
                ["mean_review_score_per_order", rounded(mean(
                    [order["score"] for order in orders if order["score"] is not None]), 6)],
                ["median_delivery_days", rounded(median, 1)]]

    def with_both(self):
        return [order for order in self.orders.values()
                if order["days"] is not None and order["score"] is not None]

    def delivery(self):
        both = self.with_both()
        x, y = [order["days"] for order in both], [order["score"] for order in both]
        mx, my = mean(x), mean(y)
        top = sum((a - mx) * (b - my) for a, b in zip(x, y))
        square = top**2 / (sum((a - mx)**2 for a in x) * sum((b - my)**2 for b in y))
        by_days = defaultdict(list)
        for one in self.customers.values():
            if one["days"] is not None and one["score"] is not None:
                by_days[one["days"]].append(one["score"])
        return [["figure", "value"], ["orders", f"{len(both)}.0"], ["mean_score", rounded(my, 6)],
                ["pearson", rounded(Fraction(float(square)**0.5 * (1 if top > 0 else -1)), 6)],
                ["mean_over_distinct_customer_delivery_days",
                 rounded(mean([mean(scores) for scores in by_days.values()]), 6)]]

    def groups(self, names):
        found = defaultdict(list)
        for one in self.customers.values():
            found[tuple(one[name] for name in names)].append(one["cents"])
        rows = [[*names, "customers", "revenue", "per_customer", "revenue_percent",
                 "customers_percent"]]
        for key, worth in sorted(found.items(), key=lambda group: (-len(group[1]), group[0])):
            rows.append([*key, len(worth), money(sum(worth)),
                         rounded(Fraction(sum(worth), 100 * len(worth)), 4),
                         rounded(Fraction(100 * sum(worth), self.total), 4),
                         rounded(Fraction(100 * len(worth), len(self.customers)), 4)])
        return rows

    def revenue(self, name, months):
        found = defaultdict(list)
        for order in self.orders.values():
            found[period(day(order["at"]), months)].append(order["cents"])
        return [[name, "orders", "revenue"]] + [
            [period_text(number, months), len(worth), money(sum(worth))]
            for number, worth in sorted(found.items())]

    def cohorts(self, months):
        found = defaultdict(Counter)
        for orders in self.buyers.values():
            active = {period(day(order["at"]), months) for order in orders}
            for number in active:
                found[min(active)][number - min(active)] += 1
        rows = [["cohort", "index", "cohort_size", "customers", "retention_percent"]]
        for cohort, active in sorted(found.items()):
            for index in range(period(self.date, months) - cohort + 1):
                rows.append([period_text(cohort, months), index, active[0], active[index],
                             rounded(Fraction(100 * active[index], active[0]), 4)])
        return rows

    def scores(self):
        found = defaultdict(list)
        for order in self.with_both():
            found[order["days"]].append(order["score"])
        return [["days", "orders", "mean_score"]] + [
            [days, len(scores), rounded(mean(scores), 6)] for days, scores in sorted(found.items())]

    def leads(self):
        deals = {}
        for row in self.table("closed_deals"):
            deals.setdefault(row["mql_id"], row)
        leads = {}
        for row in self.table("marketing_qualified_leads"):
            leads.setdefault(row["mql_id"], row)
        for row in leads.values():
            deal = deals.get(row["mql_id"], {})
            yield (day(row["first_contact_date"]), row["origin"] or "unknown",
                   deal.get("lead_type") or "(none)", deal.get("seller_id"))

    def by_seller(self):
        of_seller = defaultdict(list)
        for at, origin, _, seller in self.leads():
            if seller:
                of_seller[seller].append((at, len(of_seller[seller]), origin))
        found = defaultdict(list)
        for row in self.table("order_items"):
            order = self.orders.get(row["order_id"])
            if order:
                before = [lead for lead in of_seller[row["seller_id"]] if lead[0] <= day(order["at"])]
                channel = max(before)[2] if before else "(unattributed)"
                found[channel].append((row["seller_id"], cents(row["price"])))
        return [["channel", "items", "sellers", "revenue"]] + [
            [channel, len(items), len({seller for seller, _ in items}),
             money(sum(price for _, price in items))] for channel, items in sorted(found.items())]

    def by_date_alone(self):
        first, last = {}, {}
        for at, _, kind, _ in self.leads():
            first.setdefault(at, kind)
            last[at] = kind
        days = sorted(first)
        rows = [["tie_rule", "kind", "customers", "revenue"]]
        for rule, kinds in ("first row of the day", first), ("last row of the day", last):
            found = defaultdict(list)
            for orders in self.buyers.values():
                before = bisect_right(days, day(min(order["at"] for order in orders)))
                kind = kinds[days[before - 1]] if before else "(no earlier lead)"
                found[kind].append(sum(order["cents"] for order in orders))
            rows += [[rule, kind, len(worth), money(sum(worth))]
                     for kind, worth in sorted(found.items())]
        return rows

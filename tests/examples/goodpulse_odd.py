# SPDX-License-Identifier: BSL-1.0
"""goodpulse on odd files."""

import sys

import harness
from by_lot import ByLot
from odd_checks import OddTest


def lines(*rows):
    return "".join(row + "\n" for row in rows)


class Odd(ByLot, OddTest):
    name = "goodpulse"
    files = {name: f"olist_{name}_dataset.csv" for name in (
        "orders", "customers", "order_payments", "order_reviews", "order_items",
        "marketing_qualified_leads", "closed_deals")}
    columns = {"orders": "order_status", "customers": "customer_unique_id",
               "order_payments": "payment_value", "order_reviews": "review_score",
               "order_items": "seller_id", "marketing_qualified_leads": "origin",
               "closed_deals": "won_date"}

    def small(self, **tables):
        """One order of one customer, with an item of a seller who came by email."""
        return {"orders": lines("order_id,customer_id,order_status,order_purchase_timestamp,"
                                "order_delivered_customer_date",
                                *tables.get("orders", ["o1,c1,delivered,2024-05-02 10:00:00,"
                                                       "2024-05-04 09:00:00"])),
                "customers": lines("customer_id,customer_unique_id",
                                   *tables.get("customers", ["c1,p1"])),
                "order_payments": lines("order_id,payment_value",
                                        *tables.get("payments", ["o1,10.50"])),
                "order_reviews": lines("review_id,order_id,review_score",
                                       *tables.get("reviews", ["r1,o1,4"])),
                "order_items": lines("order_id,seller_id,price",
                                     *tables.get("items", ["o1,s1,9.00"])),
                "marketing_qualified_leads": lines("mql_id,first_contact_date,origin", *tables.get(
                    "leads", ["l1,2024-04-01,email"])),
                "closed_deals": lines("mql_id,seller_id,won_date,lead_type", *tables.get(
                    "deals", ["l1,s1,2024-04-09 10:00:00,industry"]))}

    def world(self, lot):
        def clock():
            return lot.time("%Y-%m-%d %H:%M:%S")
        files = self.small(
            orders=lot.some(25, lambda i: f"{lot.id('o', i)},{lot.key('c', 12)},"
                                          f"{lot.one_of(['delivered', 'delivered', 'Delivered', 'canceled'])},"
                                          f"{clock()},{clock() if lot.chance(0.8) else ''}"),
            customers=[f"c{i},{lot.key('p', 7, 0.05)}" for i in range(12)],
            payments=lot.some(30, lambda i: f"{lot.key('o', 25)},{lot.amount()}"),
            reviews=lot.some(20, lambda i: f"{lot.id('r', i)},{lot.key('o', 25)},{lot.one_of([1, 4, 5, 5])}"),
            items=lot.some(30, lambda i: f"{lot.key('o', 25)},{lot.key('s', 4)},{lot.amount()}"),
            leads=lot.some(9, lambda i: f"{lot.id('l', i)},{clock()[:10]},{lot.name()}"),
            deals=lot.some(6, lambda i: f"{lot.key('l', 9)},{lot.key('s', 4)},{clock()},"
                                        f"{lot.one_of(['industry', 'online_medium', '', 'shop'])}"))
        return files, lot.options([["--joins", "published"]], [["--intervals"]], [["--lifecycle-days", "1,1"]],
                                  [["--value-thresholds", "10.5,100"]], [["--recency-days", "0,30"]])

    def run_small(self, **tables):
        return self.run_odd(**self.small(**tables))

    def table(self, name):
        return harness.read_csv(self.out / f"{name}.csv")

    def figures(self):
        return {row["figure"]: row["value"] for row in self.table("figures")}

    def test_one_order(self):
        self.run_small()
        self.assertEqual((self.out / "by_segment.csv").read_text().splitlines()[1],
                         "Active | High Value | One-time,1,10.50,10.5,100.0,100.0")
        self.assertEqual(self.table("channel_by_seller"), [
            {"channel": "email", "items": "1", "sellers": "1", "revenue": "9.00"}])
        self.assertEqual([row["value"] for row in self.table("delivery_and_score")],
                         ["1.0", "4.0", "", "4.0"])  # no correlation of one order

    def test_missing_keys_join_nothing(self):
        """An order, a customer and a seller without id are not each other's."""
        self.run_small(orders=[",c1,delivered,2024-05-02 10:00:00,",
                               "o2,null,delivered,2024-05-02 10:00:00,",
                               "o3,c3,delivered,2024-05-03 10:00:00,"],
                       customers=["c1,p1", "null,p2", "c3,"], payments=[",5.00", "null,6.00"],
                       reviews=[",,5"], items=["o1,,9.00", ",s1,9.00"], deals=["l1,,2024-04-09 "
                                                                              "10:00:00,industry"])
        self.assertEqual(self.table("customers"), [])
        self.assertEqual(self.table("figures"), [])
        self.assertEqual(self.table("channel_by_seller"), [])
        self.assertEqual([self.count(rule) for rule in (
            "required(order id)", "required(order customer)", "order customer is known",
            "required(customer id)", "required(customer person)", "required(payment order)",
            "required(review order)", "required(deal seller)")], [1, 1, 1, 1, 1, 2, 1, 1])

    def test_a_person_with_several_customer_ids(self):
        self.run_small(orders=["o1,c1,delivered,2024-05-02 23:59:59,2024-05-03 00:00:01",
                               "o2,c2,delivered,2024-03-01 00:00:00,2024-02-28 10:00:00"],
                       customers=["c1,p1", "c2,p1", "c2,p9"],
                       payments=["o1,10.50", "o2,0.01", "o2,0.02"])
        row, = self.table("customers")
        self.assertEqual((row["orders"], row["revenue"], row["delivery_days"]), ("2", "10.53", "0.5"))
        self.assertEqual(self.count("unique(customer id)"), 1)
        self.assertEqual([(row["index"], row["customers"]) for row in
                          self.table("cohorts_by_month")], [("0", "1"), ("1", "0"), ("2", "1")])

    def test_negative_payments_and_nothing_paid(self):
        self.run_small(payments=["o1,10.00", "o1,-10.00"])
        self.assertEqual(self.figures()["revenue"], "0.00")
        row, = self.table("by_value")
        self.assertEqual((row["revenue_percent"], row["customers_percent"]), ("", "100.0"))
        self.assertEqual(self.count("payment is not negative"), 1)
        self.run_small(payments=["o1,10.00", "o1,-30.00"])
        row, = self.table("by_value")
        self.assertEqual((row["revenue"], row["revenue_percent"]), ("-20.00", "100.0"))

    def test_a_score_of_thirds(self):
        self.run_small(reviews=["r1,o1,5", "r2,o1,4", "r3,o1,4", "r3,o1,4"])
        self.assertEqual(self.figures()["mean_review_score_per_order"], "4.333333")
        self.assertEqual(self.figures()["revenue_if_joined_to_reviews"], "31.50")
        row, = self.table("customers")
        self.assertEqual(row["score"], "4.333333333333333")

    def test_leads_of_one_seller(self):
        """The last lead before the sale; not one of the days after it, but one of the same day."""
        self.run_small(leads=["l1,01-04-2024,email", "l2,2024-05-02,social", "l3,2024-05-03,display"],
                       deals=[f"l{i},s1,2024-05-09 10:00:00,industry" for i in (1, 2, 3)])
        self.assertEqual([row["channel"] for row in self.table("channel_by_seller")], ["social"])
        audit = {row["mql_id"]: row for row in self.table("audit")}
        self.assertEqual(audit["l2"]["item_revenue"], "9.00")
        self.assertIn("no weight", audit["l1"]["by_seller"])
        self.assertIn("after the window", audit["l3"]["by_seller"])
        self.assertEqual(self.count("unique(deal seller)"), 2)

    def test_leads_and_deals_that_are_there_twice(self):
        """The first row of each counts."""
        self.run_small(leads=["l1,2024-04-01,email", "l1,2024-04-02,social", ",2024-04-03,search", ",2024-04-03,paid"],
                       deals=["l1,s1,2024-04-09 10:00:00,industry", "l1,s2,2024-04-10 10:00:00,online_big"])
        self.assertEqual(self.table("channel_by_seller"), [
            {"channel": "email", "items": "1", "sellers": "1", "revenue": "9.00"}])
        self.assertEqual([(row["mql_id"], row["seller_id"], row["origin"], row["lead_type"])
                          for row in self.table("audit")],
                         [("l1", "s1", "email", "industry"), ("", "", "search", "(none)"), ("", "", "paid", "(none)")])

    def test_a_status_in_capitals(self):
        self.run_small(orders=["o1,c1,delivered,2024-05-02 10:00:00,",
                               "o2,c1,Delivered,2024-05-02 10:00:00,",
                               "o3,c1,delivered,2024-05-02 10:00:00,"])
        self.assertEqual(self.count("written_as_usual(order status)"), 1)
        self.assertEqual(self.figures()["orders"], "2")

    # --- What hardly any file has

    def test_times_that_stand_for_nothing(self):
        """A purchase is refused: its cohorts would be those of centuries. Other times are only told."""
        for year in "0001", "9999":
            self.check_odd_refused(
                "olist_orders_dataset.csv:2: column 'order_purchase_timestamp'", "correct it",
                **self.small(orders=[f"o1,c1,delivered,{year}-12-31 00:00:00,"]))
        self.run_small(orders=["o1,c1,delivered,1970-01-01 00:00:00,9999-12-31 00:00:00"],
                       leads=["l1,0001-01-01,email"],
                       deals=["l1,s1,1970-01-01 00:00:00,industry"])
        for rule in "purchase", "delivery", "lead time", "deal time":
            self.assertEqual(self.count(f"{rule} is real"), 1, rule)

    def test_keys_that_a_spreadsheet_rounded(self):
        self.run_small(orders=["1.2E+10,4E+11,delivered,2024-05-02 10:00:00,"],
                       customers=["4E+11,5.5E+11"], payments=["1.2E+10,5"], reviews=["r1,1.2E+10,4"],
                       items=["1.2E+10,6.25E+11,5"], leads=["7E+12,2024-04-01,email"],
                       deals=["7E+12,6.25E+11,2024-04-09 10:00:00,industry"])
        for key in ("order id", "order customer", "customer id", "customer person", "payment order",
                    "review order", "item order", "item seller", "lead id", "deal lead",
                    "deal seller"):
            self.assertEqual(self.count(f"{key} is written in full"), 1, key)

    def test_leads_prices_and_names_that_are_odd(self):
        self.run_small(items=["o1,s1,-9.00"],
                       leads=["l1,2024-04-10,email", "l2,2024-04-01,email", "l3,2024-04-01,Email"],
                       deals=["l1,s1,2024-04-09 10:00:00,industry",
                              "l2,s2,2024-04-01 00:00:00,industry",
                              "l3,s3,2024-04-09 10:00:00,Industry"])
        for rule in ("item price is not negative", "deal is won after the first contact",
                     "written_as_usual(lead origin)", "written_as_usual(deal lead type)"):
            self.assertEqual(self.count(rule), 1, rule)


harness.main(Odd, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""krispcall on odd files."""

import sys
from datetime import datetime, timedelta
from fractions import Fraction

import harness
from by_lot import ByLot
from odd_checks import OddTest


def lines(*rows):
    return "".join(row + "\n" for row in rows)


class Odd(ByLot, OddTest):
    name = "krispcall"
    files = {"workspaces": "final_workspace_data.csv", "payments": "final_payment_refund_data.csv",
             "integrations": "final_integration_data.csv",
             "usage": "final_calls_sms_detailed_data.csv"}
    columns = {"workspaces": "owner_email", "payments": "$email", "integrations": "distinct_id",
               "usage": "Segments"}

    def small(self, workspaces=("own@x,bob@x",), payments=("pay,100,own@x,100",), connects=(),
              usage=()):
        """Rows: owner and members; pay or back, time, who and amount; user, platform; user, platform
        and segments."""
        payment = {"pay": "New Payment Made,{1},{2},{3},,", "back": "Refund Granted,{1},,,{3},{2}"}
        return {
            "workspaces": lines("owner_email,member_emails", *workspaces),
            "payments": lines("event,time,$email,Amount,Refund Amount,User Email",
                              *(payment[row.split(",")[0]].format(*row.split(",", 3))
                                for row in payments)),
            "integrations": lines("event,time,distinct_id,Integration Platform",
                                  *(f"Integration Connected,50,{row}" for row in connects)),
            "usage": lines("event,time,Duration,Email,Platform,Segments",
                           *("Outbound SMS,200,,{},{},{}".format(*row.split(","))
                             for row in usage))}

    def world(self, lot):
        def seconds():
            return (datetime.fromisoformat(lot.time("%Y-%m-%dT%H:%M:%S")) - datetime(1970, 1, 1)) // timedelta(seconds=1)

        def user():
            return lot.key("u", 6) + "@x"

        def pay(i):
            who, amount = lot.key("u", 3) + "@x", lot.amount()
            return (f"Refund Granted,{seconds()},,,{amount},{who}" if lot.chance(0.2)
                    else f"New Payment Made,{seconds()},{who},{amount},,")

        def use(i):
            who = f"{user()},{lot.name()}"
            return (f"Outbound Calls,{seconds()},{lot.one_of([0, 1, 90.5])} seconds,{who},"
                    if lot.chance(0.5) else f"Outbound SMS,{seconds()},,{who},{lot.one_of([0, 1, 3])}")
        own = ["u0@x,u3@x", "u1@x,u4@x;u5@x", "u2@x,"]
        files = {
            "workspaces": lines("owner_email,member_emails", *own[:lot.draw.randrange(4)]),
            "payments": lines("event,time,$email,Amount,Refund Amount,User Email", *lot.some(8, pay)),
            "integrations": lines("event,time,distinct_id,Integration Platform", *lot.some(
                15, lambda i: f"Integration {lot.one_of(['Connected', 'Connected', 'Disconnected'])},"
                              f"{seconds()},{user()},{lot.name()}")),
            "usage": lines("event,time,Duration,Email,Platform,Segments", *lot.some(20, use))}
        return files, lot.options([["--report", "assignment"]], [["--rounding", "published"]], [["--intervals"]],
                                  [["--segment-seconds", number] for number in (0, 7)])

    def revenue(self):
        return sum(Fraction(row["value_in"]) for row in
                   harness.read_csv(self.out / "reconciliation.csv")
                   if row["table"] == "chosen_attribution.csv")

    def by_usage(self):
        return {row["platform"]: Fraction(row["revenue"]) for row in
                harness.read_csv(self.out / "usage_based_attribution.csv")}

    # --- Refunds

    def test_a_refund_below_zero(self):
        for amount in "-30.00", "30.00", "+30":
            self.run_odd(**self.small(payments=["pay,100,own@x,100", f"back,200,own@x,{amount}"]))
            self.assertEqual(self.revenue(), 70)
            self.assertEqual(self.count("refund is not negative"), amount[0] == "-")

    def test_a_refund_of_more_than_was_paid(self):
        for payments, more, before in (
                (["pay,100,own@x,100", "back,200,own@x,100"], 0, 0),
                (["pay,100,own@x,100", "back,200,own@x,100.01"], 1, 0),
                (["pay,100,own@x,100", "back,99,own@x,10"], 0, 1),
                (["back,200,own@x,10"], 1, 1),
                (["back,200,own@x,-10"], 1, 1)):
            self.run_odd(**self.small(payments=payments))
            self.assertEqual(self.count("account paid what it was refunded"), more, payments)
            self.assertEqual(self.count("account paid before it was refunded"), before, payments)

    def test_a_payment_below_zero(self):
        self.run_odd(**self.small(payments=["pay,100,own@x,100", "pay,200,own@x,-20"]))
        self.assertEqual(self.revenue(), 80)
        self.assertEqual(self.count("payment is not negative"), 1)

    # --- People

    def test_an_empty_member_is_nobody(self):
        for members in '"bob@x,,cid@x"', '" bob@x , cid@x,"', "bob@x; ;cid@x", '"bob@x,null,cid@x"':
            self.run_odd(**self.small(
                workspaces=["own@x," + members], payments=["pay,100,own@x,70"],
                usage=["bob@x,web,1", "cid@x,mobile,1", ",web,19", "\\N,web,19", " ,web,19"]))
            self.assertEqual(self.by_usage(), {"mobile": 35, "web": 35}, members)
            self.assertEqual(self.count("workspace members are somebody"), 1)
            self.assertEqual(self.count("required(usage user)"), 3)
            self.assertEqual(self.count("known(usage user)"), 0)

    def test_two_workspaces_with_empty_members(self):
        self.run_odd(**self.small(workspaces=['own@x,"bob@x,"', 'two@x,",cid@x"', "three@x,\\N"]))
        self.assertEqual(self.count("workspace members are somebody"), 2)

    def test_an_owner_who_is_nobody(self):
        self.run_odd(**self.small(
            workspaces=[",bob@x", "null,", "own@x,"],
            payments=["pay,100,,100", "pay,100,null,100", "pay,100,own@x,10"],
            connects=[",zoho", "bob@x,zoho"], usage=["bob@x,web,1"]))
        self.assertEqual(self.revenue(), 10)
        self.assertEqual(self.count("required(workspace owner)"), 2)
        self.assertEqual(self.count("required(payer)"), 2)
        self.assertEqual(self.count("known(payer)"), 0)
        self.assertEqual(self.count("required(integration user)"), 1)
        self.assertEqual(self.count("known(integration user)"), 1)
        self.assertEqual(self.count("known(usage user)"), 1)

    def test_people_and_platforms_in_another_case(self):
        self.run_odd(**self.small(
            workspaces=["own@x,bob@x"], payments=["pay,100,own@x,10", "pay,100,Own@x,10"],
            connects=["bob@x,zoho", "Bob@x,zoho", "bob@x,zoho "],
            usage=["bob@x,web,1", "bob@x ,web,1", "bob@x,Web,1"]))
        self.assertEqual(self.revenue(), 10)
        for rule in "payer", "integration user", "integration platform", "usage user", \
                    "usage platform":
            self.assertEqual(self.count(f"written_as_usual({rule})"), 1, rule)

    def test_a_user_with_an_implausible_share(self):
        users = [f"u{i}@x" for i in range(60)]
        self.run_odd(**self.small(
            workspaces=['own@x,"' + ",".join(users) + '"'],
            usage=[f"{user},web,1" for user in users] + ["u7@x,web,1"] * 40))
        self.assertIn('"u7@x" stands on 41 of 100 rows', self.notes("plausible_share(usage user)"))

    # --- Numbers

    def test_amounts_and_counts_that_fit_nowhere(self):
        self.check_odd_refused(
            "final_payment_refund_data.csv:3: column 'Refund Amount'", "decimal point",
            **self.small(payments=["pay,100,own@x,500000000000", "back,200,own@x,-500000000000"]))
        self.check_odd_refused(
            "final_payment_refund_data.csv:2: column 'Amount'", "64 bits",
            **self.small(payments=["pay,100,own@x,99999999999999"]))
        self.check_odd_refused(
            "final_calls_sms_detailed_data.csv:2: column 'Segments'", "more than a billion",
            **self.small(usage=["bob@x,web,9223372036854775807"]))
        files = self.small()
        files["usage"] += "Outbound Calls,200,9000000000.0 seconds,bob@x,web,\n"
        self.check_odd_refused("final_calls_sms_detailed_data.csv:2: column 'Duration'",
                               "more than a billion seconds", **files)

    def test_large_amounts(self):
        self.run_odd("--segment-seconds", "86400", "--database", self.directory / "x.sqlite",
                     **self.small(payments=["pay,100,own@x,500000000000", "back,200,own@x,0.01"],
                                  usage=["bob@x,web,1000000000", "bob@x,mobile,1000000000"]))
        self.assertEqual(self.revenue(), Fraction("499999999999.99"))

    def test_the_largest_that_fits(self):
        files = self.small(payments=["pay,100,own@x,576460752303.423487", "back,200,own@x,0"])
        files["usage"] += "Outbound Calls,200,1000000000.0 seconds,bob@x,web,\n"
        self.run_odd(**files)
        self.assertEqual(self.revenue(), Fraction("576460752303.423487"))
        self.assertEqual(self.by_usage(), {"web": Fraction("576460752303.42")})
        self.check_odd_refused("final_payment_refund_data.csv:3: column 'Refund Amount'",
                               "decimal point", **self.small(payments=[
                                   "pay,100,own@x,576460752303.423487", "back,200,own@x,0.000001"]))

    def test_the_ends_of_a_life(self):
        """Usage at the first payment and at the first refund counts; a refund at the first payment
        is not before it."""
        files = self.small(payments=["pay,120,own@x,40", "pay,100,own@x,60", "back,300,own@x,1",
                                     "back,400,own@x,1"],
                           usage=[f"bob@x,web,{segments}" for segments in (1, 2, 4, 8)])
        for time in 99, 100, 300, 301:
            files["usage"] = files["usage"].replace("SMS,200,", f"SMS,{time},", 1)
        self.run_odd(**files)
        self.assertEqual([row["outcome"] for row in harness.read_csv(self.out / "audit.csv")],
                         ["before the window", "credited", "credited", "after the window"])
        self.run_odd(**self.small(payments=["pay,100,own@x,0", "back,100,own@x,0"]))
        for rule in ("account paid before it was refunded", "account paid what it was refunded",
                     "payment is not negative", "refund is not negative"):
            self.assertEqual(self.count(rule), 0, rule)
        self.assertEqual(self.count("account has revenue"), 1)

    def test_parts_of_cents(self):
        """Pictures and tables round half a cent away from zero."""
        accounts = "0.005", "0.014999", "-0.005", "0.025"
        self.run_odd(**self.small(
            workspaces=[f"own{i}@x," for i in range(4)],
            payments=[f"pay,100,own{i}@x,{amount}" for i, amount in enumerate(accounts)],
            connects=[f"own{i}@x,{name}" for i, name in enumerate(("a", "b", "c", "d"))]))
        self.assertEqual(self.revenue(), Fraction("0.044999"))
        self.run_odd("--rounding", "published", **self.small(
            workspaces=[f"own{i}@x," for i in range(4)],
            payments=[f"pay,100,own{i}@x,{amount}" for i, amount in enumerate(accounts)],
            connects=[f"own{i}@x,{name}" for i, name in enumerate(("a", "b", "c", "d"))]))
        self.assertEqual({row["platform"]: row["revenue"] for row in
                          harness.read_csv(self.out / "first_touch_attribution.csv")},
                         {"a": "0.01", "b": "0.01", "d": "0.03"})

    # --- Text and times

    def test_names_in_windows_1252(self):
        database = self.directory / "x.sqlite"
        files = self.small(connects=["bob@x,Caf\xe9", "bob@x,Caf\xea"])
        files["integrations"] = files["integrations"].encode("cp1252")
        self.run_odd("--database", database, **files)
        self.assertEqual(self.rows_in(database, "SELECT DISTINCT platform_name FROM by_platform "
                                                "WHERE model = 'position_based' ORDER BY 1"),
                         [("Caf\xe9",), ("Caf\xea",)])

    def test_a_platform_named_like_the_line_of_nobody(self):
        database = self.directory / "x.sqlite"
        self.run_odd("--database", database, **self.small(
            workspaces=["own@x,", "two@x,"], payments=["pay,100,own@x,10", "pay,100,two@x,5"],
            connects=["own@x,No Integration"]))
        self.assertEqual(self.rows_in(database, "SELECT attributed, amount FROM by_platform WHERE "
                                                "model = 'first_touch' ORDER BY 1"),
                         [(0, 5.0), (1, 10.0)])
        self.assertEqual(self.count("integration platform is no line of nobody"), 1)

    def test_times(self):
        files = self.small(usage=["bob@x,web,1"])
        files["usage"] = files["usage"].replace(",200,", ",200.000,")
        self.run_odd(**files)
        self.assertEqual(self.by_usage(), {"web": 100})
        for time in "200.5", "1e3", "2024-05-01T00:00:00Z", "1750000000000", "":
            files["usage"] = self.small(usage=["bob@x,web,1"])["usage"].replace(",200,", f",{time},")
            self.check_odd_refused("final_calls_sms_detailed_data.csv:2: column 'time'", "", **files)

    def test_a_long_text(self):
        longest = "x" * 10_000_000
        outcome = self.run_odd(**self.small(connects=[f"bob@x,{longest}", f"bob@x,{longest}y"]))
        self.assertLess((self.out / "report.html").stat().st_size, 600_000)
        self.assertLess(len(outcome.out), 30_000)
        self.assertIn("Too long to be shown here whole: 2 texts",
                      (self.out / "report.html").read_text())
        self.assertIn(longest, (self.out / "chosen_attribution.csv").read_text())

    # --- What hardly any file has

    def test_keys_and_times_of_a_spreadsheet(self):
        self.run_odd(**self.small(
            workspaces=["1.2E+10,4.5E+11"], payments=["pay,0,1.2E+10,10", "pay,1,1.2E+10,10"],
            connects=["4.5E+11,zoho"], usage=["4.5E+11,web,1"]))
        for key in "workspace owner", "integration user", "usage user":
            self.assertEqual(self.count(f"{key} is written in full"), 1, key)
        self.assertEqual(self.count("payer is written in full"), 2)
        self.assertEqual(self.count("payment time is real"), 1)

    def test_payments_that_are_there_twice(self):
        """They count, as equal rows of usage do, and it is said."""
        self.run_odd(**self.small(payments=["pay,100,own@x,100", "pay,100,own@x,100",
                                            "pay,101,own@x,100", "back,100,own@x,100"]))
        self.assertEqual(self.revenue(), 200)
        self.assertEqual(self.count("unique(payment)"), 1)


harness.main(Odd, sys.argv[1])

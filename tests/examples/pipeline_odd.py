# SPDX-License-Identifier: BSL-1.0
"""pipeline on odd files."""

import sys
from fractions import Fraction

import harness
from by_lot import ByLot
from odd_checks import OddTest
from output_checks import Server

OPPORTUNITIES = "opportunity_id,account_id,pipeline_amount,Opportunity_Created_Date,sales_segment"
MARKETING = "marketing_touchpoint_id,channel_name,contact_id,marketing_touchpoint_date"
SALES = "sales_touchpoint_id,channel_name,contact_id,sales_touchpoint_date"
CONTACTS = "contact_id,account_id"


def lines(*rows):
    return "".join(row + "\n" for row in rows)


class Odd(ByLot, OddTest):
    name = "pipeline"
    files = {"contacts": "de_hw_contact_data.csv", "marketing": "de_hw_marketing_data.csv",
             "sales": "de_hw_sales_outreach_data.csv",
             "opportunities": "de_hw_opportunity_data.csv"}
    columns = {"contacts": "contact_id", "marketing": "channel_name", "sales": "contact_id",
               "opportunities": "pipeline_amount"}

    def small(self, contacts=("C1,A1",), marketing=("M1,Search,C1,2024-05-01T10:00:00Z",), sales=(),
              opportunities=("O1,A1,100,2024-05-02T10:00:00Z,Big",)):
        return {"contacts": lines(CONTACTS, *contacts), "marketing": lines(MARKETING, *marketing),
                "sales": lines(SALES, *sales),
                "opportunities": lines(OPPORTUNITIES, *opportunities)}

    def world(self, lot):
        def touch(letter):
            return lambda i: f"{lot.id(letter, i)},{lot.name()},{lot.key('C')},{lot.time()}"
        files = self.small(
            contacts=lot.some(9, lambda i: f"{lot.key('C')},{lot.key('A', 4)}"),
            marketing=lot.some(30, touch("M")), sales=lot.some(9, touch("S")),
            opportunities=lot.some(9, lambda i: f"{lot.id('O', i)},{lot.key('A', 4)},{lot.amount(9)},"
                                                f"{lot.time()},{lot.one_of(['Big', 'big', 'Small', ''])}"))
        spend = self.directory / "spend.csv"
        spend.write_text(lines("channel,period,spend", *lot.some(
            5, lambda i: f"{lot.name()},{lot.time('%Y-%m')},{lot.amount()}")))
        return files, lot.options([["--lookback-days", days] for days in (0, 1, 30, 400)], [["--intervals"]],
                                  [["--spend", spend]], [["--amounts", "float32"]])

    def earned(self, model="linear"):
        return {row["channel_name"]: Fraction(row["total_pipeline"])
                for row in harness.read_csv(self.out / f"{model}_by_channel.csv")}

    # --- Keys

    def test_words_for_nothing_join_nothing(self):
        words = ["\\N", "NULL", "null", "None", "nan", "N/A", "-", "", "  ", "(not set)", "<NA>"]
        self.run_odd(**self.small(
            contacts=[f"C{i},{word}" for i, word in enumerate(words)] + [f"{word},A1" for word in
                                                                         words],
            marketing=[f"M{i},Search,C{i},2024-05-01T10:00:00Z" for i in range(len(words))]
            + [f"N{i},Search,{word},2024-05-01T10:00:00Z" for i, word in enumerate(words)],
            opportunities=[f"O{i},{word},100,2024-05-02T10:00:00Z,Big"
                           for i, word in enumerate([*words, "A1"])]))
        self.assertEqual(self.earned(), {})
        self.assertEqual(self.count("required(opportunity account)"), len(words))
        self.assertEqual(self.count("required(touchpoint contact)"), len(words))
        self.assertEqual(self.count("required(contact id)"), len(words))
        self.assertEqual(self.count("touchpoint contact has account"), len(words))
        self.run_odd("--nothing", "0", **self.small(
            contacts=["C1,\\N"], opportunities=["O1,\\N,100,2024-05-02T10:00:00Z,Big",
                                                "O2,0,100,2024-05-02T10:00:00Z,Big"]))
        self.assertEqual(self.earned(), {"Search": 100})
        self.assertEqual(self.count("required(opportunity account)"), 1)

    def test_a_key_in_an_implausible_share_of_rows(self):
        self.run_odd(**self.small(
            contacts=[f"C{i},{'0' if i % 3 == 0 else f'A{i}'}" for i in range(90)]))
        self.assertIn('"0" stands on 30 of 90 rows', self.notes("plausible_share(contact account)"))

    def test_keys_and_names_that_differ_in_case_or_spaces(self):
        self.run_odd(**self.small(
            contacts=["C1,A1"],
            marketing=["M1,Search,C1,2024-05-01T10:00:00Z", "M2,Search,c1,2024-05-01T10:00:00Z",
                       "M3,search ,C1,2024-05-01T10:00:00Z"],
            opportunities=["O1,A1,100,2024-05-02T10:00:00Z,Big",
                           "O2,a1 ,100,2024-05-02T10:00:00Z,big",
                           "O3,A1,100,2024-05-02T10:00:00Z,Big"]))
        self.assertEqual(self.earned(), {"Search": 100, "search ": 100})
        for rule in "touchpoint contact", "touchpoint channel", "opportunity account", \
                    "opportunity segment":
            self.assertEqual(self.count(f"written_as_usual({rule})"), 1, rule)

    def test_missing_ids_do_not_repeat_each_other(self):
        self.run_odd(**self.small(marketing=[",,C1,2024-05-01T10:00:00Z",
                                             "\\N,Search,C1,2024-05-01T10:00:00Z"],
                                  opportunities=[",A1,1,2024-05-02T10:00:00Z,Big"] * 2))
        self.assertEqual(self.count("unique(touchpoint id)"), 0)
        self.assertEqual(self.count("required(touchpoint id)"), 2)
        self.assertEqual(self.count("required(touchpoint channel)"), 1)
        self.assertEqual(self.count("unique(opportunity id)"), 0)
        self.assertEqual(self.count("required(opportunity id)"), 2)

    def test_keys_that_a_spreadsheet_rounded(self):
        self.run_odd(**self.small(
            contacts=["1.2E+10,4.5E+11"], marketing=["7E+12,Search,1.2E+10,2024-05-01T10:00:00Z"],
            opportunities=["8E+12,4.5E+11,100,2024-05-02T10:00:00Z,Big"]))
        for key in ("touchpoint id", "touchpoint contact", "opportunity id", "opportunity account",
                    "contact id", "contact account"):
            self.assertEqual(self.count(f"{key} is written in full"), 1, key)

    def test_accounts_that_never_meet(self):
        """As when a spreadsheet took the zeros in front of one column."""
        self.run_odd(**self.small(contacts=["C1,0071"], opportunities=[
            "O1,71,100,2024-05-02T10:00:00Z,Big", "O2,,100,2024-05-02T10:00:00Z,Big"]))
        self.assertEqual(self.count("accounts of both files meet"), 1)

    # --- Text

    def test_names_in_windows_1252_in_a_database(self):
        database = self.directory / "x.sqlite"
        files = self.small(marketing=["M1,Caf\xe9,C1,2024-05-01T10:00:00Z",
                                      "M2,Caf\xea,C1,2024-05-01T10:00:00Z"])
        files["marketing"] = files["marketing"].encode("cp1252")
        for options in [], ["--encoding", "windows-1252"]:
            self.run_odd("--database", database, *options, **files)
            self.assertEqual(self.earned(), {"Caf\xe9": 50, "Caf\xea": 50})
            self.assertEqual(self.rows_in(database, "SELECT channel_name FROM by_channel WHERE "
                                                    "model = 'linear' ORDER BY 1"),
                             [("Caf\xe9",), ("Caf\xea",)])
            self.assertEqual(self.notes("input is UTF-8"),
                             "de_hw_marketing_data.csv is Windows-1252")
        self.check_odd_refused("de_hw_marketing_data.csv:2: column 'channel_name'",
                               r"'Caf\\xE9'.*--encoding", "--encoding", "utf-8", **files)
        files["marketing"] += "M3,Caf\xe9,C1,2024-05-01T10:00:00Z\n".encode()
        self.check_odd_refused("de_hw_marketing_data.csv:4: column 'channel_name'",
                               "save the whole file as UTF-8", **files)

    def test_names_that_look_alike_never_meet(self):
        names = ["Caf\xe9", "Cafe\u0301", "caf\xe9", "Caf\xe9 ", " Caf\xe9", "CAF\xc9", "Cafe",
                 "unattributed", "(unattributed)", "\ufffd", "Caf\ufffd", "total"]
        database = self.directory / "x.sqlite"
        self.run_odd("--database", database, **self.small(
            marketing=[f"M{i},{name},C1,2024-05-01T10:00:00Z" for i, name in enumerate(names)]))
        self.assertEqual(set(self.earned()), set(names))
        self.assertEqual(self.rows_in(database, "SELECT count(*) FROM by_channel WHERE "
                                                "model = 'linear'"), [(len(names),)])

    def test_names_in_postgresql(self):
        names = ["Caf\xe9", "Cafe\u0301", "caf\xe9", "Caf\xe9 ", "\ufffd", "A\\tB", "x" * 50_000,
                 "x" * 50_000 + "y", "\u20ac" * 50_000]
        with Server(self.directory) as server:
            self.run_odd("--database", server.url, **self.small(
                marketing=[f"M{i},{name},C1,2024-05-01T10:00:00.5+02:00"
                           for i, name in enumerate(names)],
                opportunities=["O1,A1,+9000000000.25,2024-05-02T10:00:00Z," + "z" * 50_000]))
            found = server.query("SELECT channel_name FROM by_channel WHERE model = 'linear'")
            self.assertEqual(len(found), len(names))
            self.assertEqual({row[0] for row in found} & set(names), set(names[:5]) | {"A\\tB"})
            self.assertEqual(server.query("SELECT DISTINCT pipeline_amount, touchpoint_date AT TIME "
                                          "ZONE 'UTC' FROM opportunity_touchpoints"),
                             [["9000000000.250000000", "2024-05-01 08:00:00.5"]])

    def test_nul_bytes(self):
        self.check_odd_refused("de_hw_marketing_data.csv:2: column 'channel_name'", "NUL byte",
                               **self.small(marketing=["M1,A\0B,C1,2024-05-01T10:00:00Z"]))

    def test_a_long_text(self):
        """The page stays small, and says so; results have it whole."""
        self.run_odd(**self.small())
        usual = (self.out / "report.html").stat().st_size
        longest = "x" * 10_000_000
        outcome = self.run_odd(**self.small(
            marketing=[f"M1,{longest},C1,2024-05-01T10:00:00Z",
                       f"M2,{longest}y,C1,2024-05-01T10:00:00Z"],
            opportunities=["O1,A1,100,2024-05-02T10:00:00Z," + longest + "z"]))
        self.assertLess((self.out / "report.html").stat().st_size, usual + 30_000)
        self.assertLess((self.out / "analysis_summary.md").stat().st_size, 30_000)
        self.assertLess(len(outcome.out), 30_000)
        self.assertIn("Too long to be shown here whole: 3 texts", (self.out / "report.html")
                      .read_text())
        self.assertRegex(outcome.out, r"Texts that are cut .*: 3\n")
        text = (self.out / "linear_by_channel.csv").read_text()
        self.assertEqual(text.count(longest), 2)

    # --- Amounts

    def test_ten_opportunities_of_a_billion(self):
        header, *rows = self.sample_text("opportunities").split("\r\n")
        for number in range(10):
            rows[number] = f"X{number},A1,1000000000,2024-05-02T10:00:00Z,Big"
        database = self.directory / "x.sqlite"
        self.run_odd("--database", database, opportunities="\r\n".join([header, *rows]))
        total = sum(Fraction(row["value_in"]) for row in
                    harness.read_csv(self.out / "reconciliation.csv") if row["model"] == "linear")
        self.assertLess(abs(total - sum(Fraction(row["pipeline_amount"]) for row in
                                        harness.csv_dicts(header, rows))), Fraction(1, 10**4))
        self.assertGreater(self.count("opportunity amount is exact"), 0)
        self.assertEqual(self.rows_in(database, "SELECT unit_decimals FROM runs"), [(7,)])
        self.run_odd("--amounts", "float32", opportunities="\r\n".join([header, *rows]))

    def test_large_amounts_that_need_no_rounding(self):
        for amount, count in ("1000000000.01", 10), ("99999999999", 3), ("-5000000000.5", 20):
            self.run_odd(**self.small(opportunities=[
                f"O{i},A1,{amount},2024-05-02T10:00:00Z,Big" for i in range(count)]))
            self.assertEqual(self.earned(), {"Search": Fraction(amount) * count})
            self.assertEqual(self.count("opportunity amount is exact"), 0)

    def test_amounts_that_fit_nowhere(self):
        for amount, line in (("1" + "0" * 16, 2), ("4" + "0" * 15, 3), ("9" * 40, 2)):
            self.check_odd_refused(
                f"de_hw_opportunity_data.csv:{line}: column 'pipeline_amount'", "decimal point",
                **self.small(opportunities=[f"O{i},A1,{amount},2024-05-02T10:00:00Z,Big"
                                            for i in range(3)]))
        spend = self.directory / "spend.csv"
        spend.write_text("channel,period,spend\nSearch,2024-05,1\nSearch,2024-05,1" + "0" * 16)
        self.check_odd_refused("spend.csv:3: column 'spend'", "decimal point", "--spend", spend,
                               **self.small())

    def test_decimal_commas(self):
        for amount in '"1.234,56"', '"1234,5"', '"1,234.56"':
            self.check_odd_refused(
                "de_hw_opportunity_data.csv:2: column 'pipeline_amount'",
                "with a point before the decimals, and nothing between thousands",
                **self.small(opportunities=[f"O1,A1,{amount},2024-05-02T10:00:00Z,Big"]))

    def test_signs(self):
        database = self.directory / "x.sqlite"
        self.run_odd("--database", database, **self.small(
            opportunities=["O1,A1,+100.5,2024-05-02T10:00:00Z,Big"]))
        self.assertEqual(self.rows_in(database, "SELECT pipeline_amount FROM "
                                                "opportunity_touchpoints"), [(100.5,)])

    # --- Times

    def test_times(self):
        self.run_odd(**self.small(
            marketing=["M1,Fraction,C1,2024-05-02T09:59:59.999Z",
                       "M2,Offset,C1,2024-05-02T15:30:00+05:30",
                       "M3,Space,C1,2024-05-02 10:00:00Z",
                       "M4,Late,C1,2024-05-02T10:00:00.001Z",
                       "M5,Later,C1,2024-05-02T09:00:01-01:00",
                       "M6,Midnight,C1,2024-05-01T24:00:00Z",
                       "M7,Nowhere,C1,2024-05-02T10:00:00"],
            opportunities=["O1,A1,100,2024-05-02T10:00:00.000Z,Big"]))
        self.assertEqual(set(self.earned()), {"Fraction", "Offset", "Space", "Midnight", "Nowhere"})
        self.assertEqual(self.count("time names its zone"), 1)
        self.assertEqual(self.notes("time names its zone"), "first in de_hw_marketing_data.csv:8")
        audit = {row["channel_name"]: row["touchpoint_date"]
                 for row in harness.read_csv(self.out / "audit.csv")}
        self.assertEqual(audit["Fraction"], "2024-05-02T09:59:59.999Z")
        self.assertEqual(audit["Offset"], "2024-05-02T10:00:00Z")
        self.assertEqual(audit["Midnight"], "2024-05-02T00:00:00Z")

    def test_times_that_stand_for_nothing(self):
        times = ("0001-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "1970-01-01T00:00:00Z",
                 "9999-12-31T23:59:59Z", "1970-01-01T00:00:01Z", "2199-12-31T23:59:59Z")
        self.run_odd(**self.small(
            marketing=[f"M{i},Search,C1,{time}" for i, time in enumerate(times)],
            opportunities=[f"O{i},A1,1,{time},Big" for i, time in enumerate(times)]))
        for rule in "touchpoint time is real", "opportunity time is real":
            self.assertEqual(self.count(rule), 4, rule)

    def test_times_in_a_database(self):
        database = self.directory / "x.sqlite"
        self.run_odd("--database", database, **self.small(
            marketing=["M1,Search,C1,2024-05-02T09:59:59.250Z"]))
        self.assertEqual(self.rows_in(database, "SELECT touchpoint_date FROM "
                                                "opportunity_touchpoints"),
                         [("2024-05-02T09:59:59.25Z",)])

    # --- Spend

    def spend(self, *rows):
        file = self.directory / "spend.csv"
        file.write_text(lines("channel,period,spend", *rows))
        return ["--spend", file]

    def test_spend_of_a_channel_that_nobody_has(self):
        outcome = self.run_odd(*self.spend("Search,2024-05,10", "Serach,2024-05,10",
                                           "search ,2024-05,10", "Billboard,2024-05,-1"),
                               **self.small())
        self.assertEqual(self.count("known(spend channel)"), 3)
        self.assertEqual(findings_rows(self.out, "known(spend channel)"), "3 4 5")
        notes = self.notes("known(spend channel)")
        self.assertIn("'Serach' may be misspelt for 'Search'", notes)
        self.assertIn("'search ' may be misspelt for 'Search'", notes)
        self.assertIn("'Billboard'", notes)
        self.assertIn("misspelt", outcome.out)
        self.assertIn("misspelt", (self.out / "report.html").read_text())
        self.assertEqual(self.count("spend is not negative"), 1)

    def test_spend_that_is_rounded(self):
        """Where amounts are so large that fewer decimals fit, those of the spend are fewer, too."""
        rows = [f"O{i},A1,1000000000,2024-05-02T10:00:00Z,Big" for i in range(10)]
        self.run_odd(*self.spend("Search,2024-05,0.123456789", "Search,2024-05,0.1234567", "Search,2024-05,0"),
                     **self.small(opportunities=rows))
        self.assertEqual(self.count("spend is exact"), 1)
        self.assertEqual(findings_rows(self.out, "spend is exact"), "2")
        self.assertEqual(self.count("spend is not negative"), 0)

    def test_spend_that_is_there_twice(self):
        """It counts, and it is said; two sums of one month are fine."""
        self.run_odd(*self.spend("Search,2024-05,10", "Search,2024-05,10.0", "Search,2024-05,7",
                                 "Search,2024-06,7"), **self.small())
        self.assertEqual(findings_rows(self.out, "unique(spend of a month)"), "3")
        row = harness.read_csv(self.out / "returns_by_channel.csv")[0]
        self.assertEqual(row["spend"], "27.0")

    def test_spend_named_like_an_input(self):
        folder = self.directory / "other"
        folder.mkdir()
        file = folder / self.files["contacts"]
        file.write_text("channel,period,spend\nSearch,2024-05,10\n")
        self.run_odd("--spend", file, "--database", self.directory / "x.sqlite", **self.small())


def findings_rows(out, rule):
    return harness.findings(out)[rule]["first_rows"]


harness.main(Odd, sys.argv[1])

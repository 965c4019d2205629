# SPDX-License-Identifier: BSL-1.0
"""attribution held wrong: one line that says what, where and what to do, and nothing written."""

import sqlite3
import sys

import harness
from attribution_checks import ORDERS, TABLES, TOUCHES, AttributionTest

TOUCH = "ann,2024-05-01T10:00:00Z,Search"
ORDER = "ann,2024-05-02T10:00:00Z,100"


class Errors(AttributionTest):
    def check_small(self, *words, options=(), **tables):
        self.check_refused(self.run_small(*options, status=2, **{
            "touches": [TOUCH], "orders": [ORDER], **tables}), *words)

    def test_without_tables(self):
        command = "attribution --touchpoints touches.csv --conversions orders.csv"
        self.check_refused(self.run_program(status=2), "--touchpoints", command, "--help")
        self.check_refused(self.run_program("--touchpoints", TOUCHES, status=2), "--conversions",
                           command)

    def test_missing_columns(self):
        """The message lists those that there are."""
        for option, value in (("--key", "customer"), ("--time", "when"), ("--channel", "source"),
                              ("--id", "number"), ("--kind", "way"), ("--last-non", "way=x")):
            with self.subTest(option):
                self.check_refused(self.run_bundled(option, value, status=2), "touches.csv",
                                   option, value.split("=")[0], "ts, user_id, channel")
        for option in ("--value", "--segment", "--order-id", "--currency", "--conversion-key",
                       "--conversion-time"):
            with self.subTest(option):
                self.check_refused(self.run_bundled(option, "else,other", status=2), "orders.csv",
                                   "else or other", "order_id, user_id, ts, revenue, country")
        self.check_refused(self.run_bundled("--segment", "Country", status=2),
                           "perhaps country is meant")

    def test_nothing_to_guess(self):
        self.check_small("touches.csv", "no column looks like the channel", "--channel COLUMN",
                         "user_id, ts, x", touch_columns="user_id,ts,x")
        self.check_small("orders.csv", "no column looks like the time", "user_id, x, revenue",
                         order_columns="user_id,x,revenue")
        self.check_small("touches.csv", "no column looks like the key", "my_user_id, your_user_id",
                         touch_columns="my_user_id,your_user_id,ts,channel")  # which of them?

    def test_bad_fields(self):
        for text, what in (("yesterday", "'yesterday' is not a time"), ("", "'' is not a time"),
                           ("2024-02-30", "'2024-02-30' is not a time"),
                           ("2024-05-01T25:00:00Z", "is not a time")):
            self.check_small("touches.csv:2: column 'ts'", what, touches=[f"ann,{text},Search"])
        self.check_small("touches.csv:3: column 'ts'", "'31.05.2024' is not a time written as ISO",
                         touches=[TOUCH, "ann,31.05.2024,Search"])
        for text in "1.234,56", "12,50", "+12,50", "-12,50":
            self.check_small("--decimal comma", orders=[f'ann,2024-05-02T10:00:00Z,"{text}"'])
        for text in "12,50", "ten", "1e5", "", "ten " * 10:
            self.check_small("orders.csv:2: column 'revenue'", f"'{text}' is not a decimal number",
                             orders=[f'ann,2024-05-02T10:00:00Z,"{text}"'])

    def test_decimal_commas(self):
        for text in "12.34,5", "1234.56,7", "1,234.5", "1.2345":
            self.check_small("orders.csv:2: column 'revenue'", f"'{text}'", "write it like 1.234,56",
                             options=["--decimal", "comma"], orders=[f'ann,2024-05-02T10:00:00Z,"{text}"'])

    def test_days_and_months_that_nobody_can_tell_apart(self):
        self.check_small("touches.csv: column 'ts'", "--date-format dmy or mdy",
                         touches=["ann,03/04/2024,Search", "ann,05/06/2024,Search"])

    def test_wrong_options(self):
        for options, words in (
                (["--models", "frist"], ["'frist' is no model", "first, last, linear"]),
                (["--models", "position:50:50"], ["add up to 100"]),
                (["--models", "position:40:40:40"], ["add up to 100"]),
                (["--models", "decay:0d"], ["half-life"]),
                (["--models", "decay:soon"], ["'soon' is no length"]),
                (["--models", "markov:0"], ["order between 1 and 5"]),
                (["--models", "markov:6"], ["order between 1 and 5"]),
                (["--models", "survival:0h"], ["survival:0 has no unit"]),
                (["--models", "additive_hazard:1x"], ["'1x' is no length"]),
                (["--models", "bagged_logistic:2"], ["is no model"]),
                (["--models", "ranked"], ["1 to 5 whole weights"]),
                (["--models", "ranked:0:0"], ["as in ranked:6:2"]),
                (["--models", "ranked:9999:1"], ["together 1 to 9999"]),
                (["--models", "ranked:1:1:1:1:1:1"], ["is no model"]),
                (["--models", "position:50:50:0:0"], ["is no model"]),
                (["--models", "ranked:6:-2"], ["as in ranked:6:2"]),
                (["--models", "w_shaped:lead"], ["w_shaped:lead:opportunity"]),
                (["--models", "full_path:lead:deal"], ["full_path needs --kind COLUMN"]),
                (["--models", "last,last"], ["'last' is there twice"]),
                (["--models", ""], ["--models: is empty", "leave the option out"]),
                (["--lookback", "30"], ["'30' is no length", "30d"]),
                (["--lookback", "99999999999w"], ["is no length"]),
                (["--lookback", "366001d"], ["of at most a thousand years"]),
                (["--lookback", "-1d"], ["is no length"]),
                (["--lookback", "d"], ["is no length"]),
                (["--lookback", "36h", "--calendar-days"], ["in days"]),
                (["--click-lookback", "7d"], ["--kind"]),
                (["--last-non", "direct"], ["column and a value"]),
                (["--encoding", "macroman"], ["macroman not in {auto,utf-16be"]),
                (["--time-zone", "Mars/Olympus"], ["no time zone 'Mars/Olympus'"]),
                (["--date-format", "dym"], ["'dym' is no format", "dmy"]),
                (["--conversion-date-format", "dym"], ["'dym' is no format", "dmy"]),
                (["--exclude-channels", "Serach"], ["'Serach'", "perhaps Search is meant",
                                                    "Newsletter"]),
                (["--currency", "country=Peru"], ["no conversion is in Peru", "France ("]),
                (["--currency", "country="], ["no conversion is in ''", "France ("]),
                (["--currency", "=EUR"], ["needs a column before it"]),
                (["--last-non", "channel=Serach"], ["no touchpoint has the channel 'Serach'",
                                                    "perhaps Search is meant", "Newsletter"]),
                (["--last-non", "channel="], ["no touchpoint has the channel ''"]),
                (["--kind", "channel", "--click-lookback", "60d"], ["60 days", "longer --lookback"]),
                (["--kind", "channel", "--view-lookback", "31d"], ["31 days", "longer --lookback"]),
                (["--lookback", "3d", "--lookback", "5d"], ["--lookback: is there more than once"]),
                (["--bridge", TOUCHES, "--bridge-columns", "user_id"], ["two columns"]),
                (["--bridge", TOUCHES, "--bridge-columns", "user_id,ts,channel"], ["two columns"]),
                (["--bridge", TOUCHES, "--bridge-columns", "user_id,user_id"], ["to itself"]),
                (["--conversions", "-", "--touchpoints", "-"], ["one table only"]),
                (["--conversions", "-", "--bridge", "-"], ["one table only"]),
                (["stray"], []), (["--nonsense"], [])):
            with self.subTest(options=options):
                self.check_refused(self.run_bundled(*options, status=2), *words)

    def test_empty_values(self):
        self.check_empty_values()

    def test_a_file_whose_name_is_in_brackets(self):
        (self.directory / "[a,b]").write_bytes(TOUCHES.read_bytes())
        table = self.run_program("--touchpoints", "[a,b]", "--conversions", ORDERS, "--only", "terminal").out
        self.assertIn("[a,b]: ", table)

    def test_currencies_are_never_added(self):
        outcome = self.run_bundled("--currency", "country", status=2)
        self.check_refused(outcome, "Germany (", "France (", "Spain (", "do not add up",
                           "--currency country=")

    def test_currencies_that_nobody_named(self):
        columns = "user_id,ts,revenue,Currency"
        self.check_small("EUR (1), USD (1)", "do not add up", "--currency Currency=USD",
                         order_columns=columns, orders=[ORDER + ",EUR", ORDER + ",USD"])
        self.check_small("EUR (1), USD (1)", "do not add up", options=["--sorted-by-key"],
                         order_columns=columns, orders=[ORDER + ",EUR", ORDER + ",USD"])

    def test_numbers_that_a_time_may_be_or_not(self):
        """Web analytics writes hours without a mark; as seconds since 1970 they are in 2034."""
        for text, other in ("2024050110", "unix"), ("202405011030", "unix-ms"), ("20240501103000", "unix-ms"):
            self.check_small("touches.csv: column 'ts'", f"--date-format ymd or {other}",
                             touches=[f"ann,{text},Search"])

    def test_first_lines_that_are_no_header(self):
        self.check_small("touches.csv", "line 1 is taken for the header", touch_columns="Report\n\nuser_id,ts,channel")

    def test_tables_that_are_none(self):
        missing = self.directory / "gone.csv"
        database = self.directory / "shop.db"
        with sqlite3.connect(database) as connection:
            connection.execute("CREATE TABLE clicks (user_id, ts, channel)")
            connection.execute("INSERT INTO clicks VALUES ('a' || char(0), '2024-05-01', 'x')")
        connection.close()
        for source, words in ((missing, ["gone.csv", "cannot be opened"]),
                              (self.directory, ["is a directory"]),
                              (database, ["a database of SQLite"]),
                              (f"sqlite:{database}", ["needs a query", "?SELECT"]),
                              ("postgresql://server/shop", ["needs a query"]),
                              (f"sqlite:{missing}?SELECT 1", ["gone.csv", "is not there"]),
                              (f"sqlite:{database}?SELECT * FROM klicks", ["no such table: klicks"]),
                              (f"sqlite:{database}?SELECT 1; SELECT 2", ["more than one statement"]),
                              (f"sqlite:{database}?SELECT * FROM clicks", ["'a\\x00' has a NUL byte"]),
                              (f"sqlite:{database}?SELECT * FROM clicks WHERE ts < ?", ["has a parameter"]),
                              (f"sqlite:{database}?SELECT 'a' AS user_id, '2024-05-01' AS ts, "
                               "CAST(x'43E9' AS TEXT) AS channel", ["'C\\xE9' is no text in UTF-8"]),
                              (f"sqlite:{database}?SELECT user_id, ts FROM clicks",
                               ["no column looks like the channel", "user_id, ts"]),
                              ("postgresql://a:secret@localhost:1/x?SELECT 1", ["localhost"])):
            with self.subTest(source=str(source)):
                outcome = self.run_program("--touchpoints", source, "--conversions", ORDERS, "--out",
                                           self.out, status=2)
                self.check_refused(outcome, *words)
                self.assertNotIn("secret", outcome.error)
        self.assertFalse(missing.exists())

    def test_refunds_of_several_conversions(self):
        self.check_small("2 conversions have the id 'O1' of a refund", "--order-id",
                         options=["--order-id", "order_id"],
                         order_columns="order_id,user_id,ts,revenue",
                         orders=["O1," + ORDER, "O1," + ORDER, "O1,ann,2024-05-03T10:00:00Z,-100"])

    def test_damaged_tables(self):
        for name, file in (("touches", TOUCHES), ("orders", ORDERS)):
            text = file.read_bytes()
            for what, content in (("is empty", b""), ("quote", text.replace(b"u", b'u"', 1)),
                                  ("fields", text + b"a,b,c,d,e,f\n"),
                                  ("a ZIP archive", b"PK\x03\x04" + text),
                                  ("NUL", text.replace(b"2025", b"20\x005", 1))):
                with self.subTest(name=name, what=what):
                    data = self.tables([TOUCH], [ORDER])
                    (data / f"{name}.csv").write_bytes(content)
                    outcome = self.run_program(*self.reading(data), "--out", self.out, status=2)
                    self.check_refused(outcome, f"{name}.csv", what)

    def test_configuration(self):
        file = self.directory / "wrong.toml"
        for text in "lookbak = \"30d\"\n", "lookback = \"soon\"\n":
            file.write_text(text)
            self.check_refused(self.run_bundled("--config", file, status=2), "lookba")
        file.write_text("# mine\nlookbak = \"30d\"\n")
        self.check_refused(self.run_bundled("--config", file, status=2), "wrong.toml:2: 'lookbak'",
                           "perhaps lookback is meant")
        self.check_refused(self.run_bundled("--config", self.directory / "gone.toml", status=2),
                           "gone.toml")

    def test_old_results_stay(self):
        self.run_bundled()
        before = harness.files_in(self.out)
        self.run_bundled("--key", "nobody", status=2)
        self.assertEqual(harness.files_in(self.out), before)

    def test_results_that_cannot_be_written(self):
        (self.directory / "file").write_text("in the way")
        outcome = self.run_program(*self.reading(TABLES), "--out", self.directory / "file" / "out",
                                   status=1)
        self.assertRegex(outcome.error, r"\Aattribution: .*file.*\n\Z")

    def test_help(self):
        outcome = self.run_program("--help")
        for text in ("--touchpoints", "--models", "markov", "sqlite:", "Exit status", "Columns"):
            self.assertIn(text, outcome.out)
        self.assertLessEqual(max(map(len, outcome.out.splitlines())), 100)


harness.main(Errors, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""attribution --sorted-by-key: part by part it writes the bytes that it writes of all rows at once, in
memory that does not grow, or one line that says why not."""

import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import harness
from attribution_checks import ORDERS, SEED, TOUCHES, AttributionTest, mixed_rows, write
from output_checks import Server

ALL_RULES = ("first,last,linear,position:30:30:40,j,inverse_j,decay:3d,stepped:2d,position_decay,ranked:6:2,"
             "w_shaped:Lead:Deal,full_path:lead:deal")
NOT_ALIKE = {"validation.csv", "attribution.toml"}  # what is checked and asked for is another
MIXED = ["--segment", "country", "--kind", "kind"]


class Sorted(AttributionTest):
    def results(self, directory):
        return {name: content for name, content in harness.files_in(directory, "*.csv").items()
                if name not in NOT_ALIKE}

    def mixed(self, customers=5000):
        """More rows than one part has."""
        data = self.directory / "mixed"
        if not data.exists():
            touches, orders = mixed_rows(customers)
            self.assertGreater(len(touches) + len(orders), 16_384)
            write(data, touches, orders)
        return data

    def check_alike(self, read, *options):
        """Both ways write the same tables, and summaries that differ in the rules only. Returns what was
        printed."""
        whole, parts = self.directory / "whole", self.directory / "parts"
        models = [] if "--models" in options else ["--models", ALL_RULES.split(",w_shaped")[0]]
        printed = [self.run_program(*read, *options, *models, *more, "--out", out)
                   for out, more in ((whole, []), (parts, ["--sorted-by-key"]))]
        expected, found = self.results(whole), self.results(parts)
        self.assertEqual(set(expected), set(found))
        for name, content in expected.items():
            self.assertEqual(content, found[name], name)
        tables = [outcome.summary().split("\nrule ")[0].split("\nNot checked")[0] for outcome in printed]
        self.assertEqual(*tables)
        self.check_page(whole, parts)
        self.check_rules(whole, parts)
        return printed[1]

    def check_page(self, whole, parts):
        """Pages are alike but for the rules and what is said of the method; so are the numbers of the
        summaries."""
        pages = [dict(re.findall(r'<section id="([a-z]+)">(.*?)</section>', text, re.DOTALL)) |
                 {"data": re.search(r'<script type="application/json" id="report-data">(.*?)</script>', text,
                                    re.DOTALL)[1]}
                 for text in ((out / "report.html").read_text() for out in (whole, parts))]
        for page in pages:
            self.assertTrue({"overview", "findings", "method", "audit", "paths"} <= set(page), set(page))
            del page["findings"], page["method"]
            page["overview"], cards = re.subn(r"<dd>[\d,]+<small>and [\d,]+ warnings?</small></dd>", "",
                                              page["overview"])
            self.assertEqual(cards, 1)
        for name in set(pages[0]) | set(pages[1]):
            self.assertEqual(pages[0].get(name), pages[1].get(name), name)
        told = [[line for line in (out / "analysis_summary.md").read_text().splitlines()
                 if line.startswith(("**In short", "- **"))] for out in (whole, parts)]
        self.assertGreater(len(told[0]), 3)
        self.assertEqual(*told)

    def check_rules(self, whole, parts):
        """Every rule but those for all rows is there, with the same counts and rows."""
        expected, found = harness.findings(whole), harness.findings(parts)
        left_out = {rule for rule in expected if rule.startswith(("plausible_share", "unique", ))}
        left_out.add("written_as_usual(conversion key)")
        within = {f"unique({what} id within its key)" for what in ("touchpoint", "conversion")}
        self.assertEqual(set(found) - set(expected), within)
        self.assertEqual(set(expected) - set(found), left_out)
        for rule in set(expected) & set(found):
            self.assertEqual(expected[rule], found[rule], rule)
        for what in "touchpoint", "conversion":
            self.assertLessEqual(int(found[f"unique({what} id within its key)"]["count"]),
                                 int(expected[f"unique({what} id)"]["count"]))

    # --- The same bytes

    def test_bundled(self):
        data = self.directory / "bundled"
        data.mkdir()
        for file in TOUCHES, ORDERS:
            header, *rows = file.read_text().splitlines()
            place = header.split(",").index("user_id")
            rows.sort(key=lambda row, place=place: row.split(",")[place])
            (data / file.name).write_text("\n".join([header, *rows]))
        self.check_alike(self.reading(data), "--segment", "country", "--order-id", "order_id")
        outcome = self.check_alike(self.reading(data))
        self.assertIn("\nNot checked, for it takes all rows at once: ids on rows of several keys", outcome.out)
        for more, out in ([], "whole"), (["--sorted-by-key"], "parts"):
            self.run_program(*self.reading(data), "--models", "last,linear", *more, "--out", out, pictures=True)
        self.assertEqual(*(harness.files_in(self.directory / out, "*.png") for out in ("whole", "parts")))

    def test_every_option(self):
        read = self.reading(self.mixed())
        money = ["--currency", "money=EUR"]
        for options in ([*MIXED, *money, "--models", ALL_RULES, "--order-id", "order_id"],
                        [*MIXED, "--models", "linear,w_shaped:lead:gone"],
                        [*money, "--lookback", "5d", "--sessions", "30m"],
                        [*money, "--models", "linear,decay", "--intervals", "--order-id", "order_id"],
                        ["--kind", "kind", "--click-lookback", "7d", "--view-lookback", "24h",
                         "--last-non", "kind=view", "--once-per-channel"],
                        ["--time-zone", "Europe/Berlin", "--lookback", "9d", "--calendar-days",
                         "--exclude-channels", "TV,Mail", "--nothing", "null,(not set)"]):
            with self.subTest(options=options):
                self.check_alike(read, *options)

    def test_it_is_more_than_one_part(self):
        """What was said of the rules above was also found."""
        self.run_program(*self.reading(self.mixed()), *MIXED, "--sorted-by-key", "--out", self.out)
        rules = harness.broken_rules(self.out, ["info", "warning", "error"])
        for rule in ("required(touchpoint key)", "unique(touchpoint id within its key)",
                     "written_as_usual(touchpoint channel)", "written_as_usual(conversion segment)",
                     "has_touchpoint(conversion)", "conversion value is positive"):
            self.assertGreater(rules[rule], 0, rule)

    def test_no_rows(self):
        data = self.tables()
        self.check_alike(self.reading(data))
        self.check_alike(self.reading(self.tables(["ann,2024-05-01T10:00:00Z,TV"])))
        self.check_alike(self.reading(self.tables([], ["ann,2024-05-01T10:00:00Z,5"])))
        # Of no touchpoints, none has a channel that is misspelt.
        self.check_alike(self.reading(self.tables([], ["ann,2024-05-01T10:00:00Z,5"])), "--exclude-channels", "TV")

    def test_segments_that_are_empty(self):
        """Nothing is no usual segment, from which a blank one differs."""
        orders = [f"ann,2024-05-02T10:00:00Z,1,{segment}" for segment in [""] * 5 + [" ", "US"]]
        self.check_alike(self.reading(self.tables(["ann,2024-05-01T10:00:00Z,TV"], orders,
                                                  order_columns="user_id,ts,revenue,country")), "--segment", "country")

    def test_parts_without_touchpoints(self):
        """What is wrong with the first is told, too."""
        orders = [f"u{number},2024-05-02T10:00:00Z,-1" for number in range(10_000, 27_000)]
        self.check_alike(self.reading(self.tables(["zoe,2024-05-01T10:00:00Z,TV"],
                                                  [*orders, "zoe,2024-05-02T10:00:00Z,5"])), "--models", "linear")

    def test_other_forms_of_tables(self):
        data = self.tables(["9;30.05.2024;TV", "10;31.05.2024;Mail"], ["9;31.05.2024;1.234,56",
                                                                       "10;31.05.2024;-7"],
                           touch_columns="user_id;ts;channel", order_columns="user_id;ts;revenue")
        outcome = self.check_alike(self.reading(data), "--decimal", "comma")
        self.assertIn("day.month.year, days without a time: their end counts", outcome.out)
        self.check_alike(self.reading(self.tables(["ann,2024-05-01T10:00:00Z,TV"],
                                                  ["ann,2024-05-02T10:00:00Z"] * 2,
                                                  order_columns="user_id,ts")))

    def test_huge_customer(self):
        """All rows of a customer are in one part, however many there are."""
        data = write(self.directory / "huge",
                     [["t", "ann", "2025-01-01T00:00:00Z", "TV", "click"]] * 20_000 +
                     [["t", "bob", "2025-01-01T00:00:00Z", "TV", "click"]],
                     [["o", key, "2025-01-02T00:00:00Z", "3", "Spain", "EUR"] for key in ("ann", "bob")])
        self.check_alike(self.reading(data))

    # --- From elsewhere

    def sorted_by_number(self, touches, orders):
        for row in (*touches, *orders):
            row[1] = row[1].lstrip("u0") if row[1].startswith("u") else ""
        for rows in touches, orders:
            rows.sort(key=lambda row: int(row[1] or -1))
        return touches, orders

    def test_sqlite(self):
        """Whole numbers are sorted as such, and a NULL comes first."""
        touches, orders = self.sorted_by_number(*mixed_rows(1200))
        data = write(self.directory / "numbers", touches, orders)
        database = self.directory / "shop.db"
        with closing(sqlite3.connect(database)) as connection:
            for table, columns, rows in (
                    ("clicks", "event_id, user_id INTEGER, ts, channel, kind", touches),
                    ("orders", "order_id, user_id INTEGER, ts, revenue TEXT, country, money", orders)):
                connection.execute(f"CREATE TABLE {table} ({columns})")
                connection.executemany(
                    f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})",
                    [(row[0], row[1] or None, *row[2:]) for row in sorted(rows)])
            connection.commit()
        options = [*MIXED, "--currency", "money=EUR", "--models", "linear,last"]
        self.check_alike(self.reading(data), *options)
        expected = self.results(self.directory / "parts")
        order = "ORDER BY user_id, CAST(substr({}, 2) AS INTEGER)"
        self.run_program(
            "--touchpoints", f"sqlite:{database}?SELECT * FROM clicks {order.format('event_id')}",
            "--conversions", f"sqlite:{database}?SELECT * FROM orders {order.format('order_id')}",
            *options, "--sorted-by-key", "--out", self.out)
        # Rows of one id may have changed places: what counts is by channel and by segment.
        found = self.results(self.out)
        for name, content in expected.items():
            if "_by_" in name or name == "reconciliation.csv":
                self.assertEqual(content, found[name], name)
        self.assertEqual(sorted(expected["audit.csv"].splitlines()),
                         sorted(found["audit.csv"].splitlines()))

    def test_postgresql(self):
        touches, orders = mixed_rows(600)
        data = write(self.directory / "few", touches, orders)
        options = [*MIXED, "--currency", "money=EUR", "--models", "linear"]
        self.run_program(*self.reading(data), *options, "--out", self.out)
        values = ", ".join("(" + ", ".join(f"'{cell}'" for cell in (*row, f"{place:08}")) + ")"
                           for place, row in enumerate(touches))
        with Server(self.directory) as server:
            server.query("CREATE TABLE clicks (event_id text, user_id text, ts text, channel text, kind text, "
                         f"place text); INSERT INTO clicks VALUES {values} RETURNING 1")
            self.run_program("--touchpoints", f"{server.url}?SELECT * FROM clicks ORDER BY place",
                             "--conversions", data / "orders.csv", *options, "--sorted-by-key", "--out",
                             "parts")
        self.assertEqual(self.results(self.out), self.results(self.directory / "parts"))

    def test_standard_input(self):
        data = self.mixed()
        self.run_program(*self.reading(data), "--models", "linear", "--out", self.out)
        command = (f"{self.program} --touchpoints - --conversions {data / 'orders.csv'} --models linear "
                   f"--sorted-by-key --out piped --json < {data / 'touches.csv'}")
        run = subprocess.run(["bash", "-c", command], cwd=self.directory, capture_output=True, check=True)
        self.assertEqual(self.results(self.directory / "piped"), self.results(self.out))
        result = json.loads(run.stdout)
        self.assertEqual(result["inputs"][0]["bytes"], (data / "touches.csv").stat().st_size)
        self.assertEqual([model["model"] for model in result["models"]], ["linear"])
        self.assertEqual(result["options"]["sorted-by-key"], "yes")

    def test_a_run_says_how_to_repeat_it(self):
        self.run_program(*self.reading(self.mixed()), "--sorted-by-key", "--out", self.out)
        before = harness.files_in(self.out)
        file = self.directory / "again.toml"
        file.write_bytes(before["attribution.toml"])
        self.run_program("--config", file, "--out", self.out)
        self.assertEqual(harness.files_in(self.out), before)

    def test_models_that_nobody_asked_for(self):
        outcome = self.run_program(*self.reading(self.mixed()), "--sorted-by-key", "--out", self.out)
        said = "Left out, for it is learned from all rows at once: markov, shapley."
        self.assertIn(f"\n{said}\n", outcome.out)
        self.assertIn(said, (self.out / "report.html").read_text())
        self.assertFalse((self.out / "markov_by_channel.csv").exists())

    # --- Memory

    # A small process, whose own memory does not count: a child begins with the memory of its parent.
    MEASURED = ("import os, sys; _, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], "
                "{**os.environ, 'ASAN_OPTIONS': 'quarantine_size_mb=1:detect_leaks=0'}), 0); "
                "print(status, used.ru_maxrss)")

    def peak(self, customers):
        """KiB that are needed at most for so many customers with 4 touchpoints and an order each."""
        draw = random.Random(SEED)
        data = self.directory / f"customers-{customers}"
        data.mkdir()
        with open(data / "touches.csv", "w", encoding="utf-8") as touches, \
                open(data / "orders.csv", "w", encoding="utf-8") as orders:
            touches.write("id,user_id,ts,channel\n")
            orders.write("order_id,user_id,ts,revenue,country\n")
            for customer in range(customers):
                whose = f"{customer},u{customer:07},2025-01"
                for day in range(4):
                    touches.write(f"t{whose}-{draw.randrange(10, 28)}T0{day}:00:00Z,{draw.choice('ABCDE')}\n")
                orders.write(f"o{whose}-20T12:00:00Z,12.5,{draw.choice('XYZ')}\n")
        run = subprocess.run(
            [sys.executable, "-S", "-c", self.MEASURED, self.program, *map(str, self.reading(data)),
             "--segment", "country", "--order-id", "order_id", "--quiet", "--no-pictures", "--sorted-by-key",
             "--out", self.directory / "measured"], capture_output=True, text=True, check=True)
        status, kibibytes = map(int, run.stdout.split())
        self.assertEqual(status, 0, run.stderr)
        return kibibytes

    def test_memory_does_not_grow(self):
        once, often = self.peak(6_000), self.peak(16 * 6_000)
        print(f"peak: {once} KiB, of 16 times the rows {often} KiB", file=sys.stderr)
        self.assertLess(often, once * 1.25)

    # --- Held wrong

    def check_small(self, touches, orders, *words, options=(), **columns):
        def rows(names, last):
            return [f"{name},2024-05-0{number % 9 + 1}T10:00:00Z,{last}" for number, name in enumerate(names)]
        self.check_refused(self.run_small("--sorted-by-key", *options, touches=rows(touches, "TV"),
                                          orders=rows(orders, "5"), status=2, **columns), *words)

    def test_rows_that_are_not_sorted(self):
        remedy = ["LC_ALL=C sort", "ORDER BY", "leave out --sorted-by-key"]
        self.check_small(["bob", "ann"], ["ann"], "touches.csv:3: column 'user_id'",
                         "'ann' comes after 'bob'", *remedy)
        self.check_small(["ann"], ["ann", "bob", "ann"], "orders.csv:4: column 'user_id'",
                         "'ann' comes after 'bob'", *remedy)
        self.check_small(["ann", "bob", "bob", "", "bob"], [], "touches.csv:6", "'bob' comes after 'bob'",
                         "rows without a key are not between")
        # Each is sorted, but not as the other is.
        self.check_small(["9", "10"], ["10", "9"], "orders.csv:3", "'9' comes after '10'", "as whole numbers")
        self.check_small(["10", "9"], ["9", "10"], "orders.csv:3", "'10' comes after '9'", "byte by byte")
        self.check_small(["9", "10", "ann"], [], "touches.csv:4", "'ann' comes after '10'",
                         "as whole numbers")
        self.check_small(["a", "B"], [], "'B' comes after 'a'", "by this column")

    def test_options_that_need_all_rows(self):
        for options, words in ((["--database", "a.db"], ["--database takes", "load the CSV files"]),
                               (["--against", "."], ["--against compares", "_by_channel.csv of both"]),
                               (["--bridge", "b.csv"], ["--bridge leads", "join it to the table of touchpoints"]),
                               (["--models", "linear,markov:2"],
                                ["markov is learned from all", "leave it out of --models"]),
                               (["--touchpoints", "more.csv"], ["one table of touchpoints"]),
                               (["--conversions", "more.csv"], ["and one of conversions"])):
            with self.subTest(options=options):
                self.check_small(["ann"], ["ann"], "--sorted-by-key", *words, options=options)

    def test_bad_fields_late_in_a_table(self):
        touches, orders = mixed_rows(3500)
        for rows, file, column, text, what in (
                (touches, "touches.csv", 2, "soon", "column 'ts': 'soon' is not a time"),
                (orders, "orders.csv", 3, "much", "column 'revenue': 'much' is not a decimal")):
            kept, rows[-1][column] = rows[-1][column], text
            data = write(self.directory / "bad", touches, orders)
            self.check_refused(self.run_program(*self.reading(data), "--sorted-by-key", "--out", self.out,
                                                status=2), f"{file}:{len(rows) + 1}", what)
            rows[-1][column] = kept
        cut = (self.directory / "bad" / "touches.csv")
        write(self.directory / "bad", touches, orders)
        cut.write_bytes(cut.read_bytes()[:-12])
        self.check_refused(self.run_program(*self.reading(self.directory / "bad"), "--sorted-by-key", "--out",
                                            self.out, status=2), "touches.csv:")

    def refunds(self, *orders, status=0):
        return self.run_small("--sorted-by-key", "--order-id", "order_id", touches=[
            "ann,2024-05-01T10:00:00Z,TV", "bob,2024-05-01T10:00:00Z,Mail"], orders=orders, status=status,
                              order_columns="order_id,user_id,ts,revenue")

    def test_refunds_of_another_key(self):
        self.refunds("1,ann,2024-05-02T10:00:00Z,100", "1,ann,2024-05-03T10:00:00Z,-30",
                     "9,bob,2024-05-03T10:00:00Z,-5")
        self.assertEqual(self.by_channel("linear"), {"TV": 70, "Mail": -5})
        # What takes nothing back is no refund, whosever it is.
        self.out = self.directory / "alone"
        self.refunds("9,ann,2024-05-03T10:00:00Z,-4", "9,bob,2024-05-03T10:00:00Z,-5")
        self.assertEqual(self.by_channel("linear"), {"TV": -4, "Mail": -5})
        self.out = self.directory / "refused"
        self.check_refused(self.refunds("1,ann,2024-05-02T10:00:00Z,100", "1,bob,2024-05-03T10:00:00Z,-30",
                                        status=2), "refund with the id '1'", "not of the same key")
        self.check_refused(self.refunds("1,,2024-05-02T10:00:00Z,100", "1,,2024-05-03T10:00:00Z,-30",
                                        status=2), "refund with the id '1'", "not of the same key")
        self.check_refused(self.refunds("1,ann,2024-05-02T10:00:00Z,100", "1,ann,2024-05-03T10:00:00Z,-30",
                                        "1,bob,2024-05-02T10:00:00Z,7", status=2),
                           "2 conversions have the id '1' of a refund")

    def test_ids_that_no_refund_names_may_be_there_twice(self):
        data = self.tables(["ann,2024-05-01T10:00:00Z,TV"], [
            "1,ann,2024-05-02T10:00:00Z,100", "1,ann,2024-05-03T10:00:00Z,-30", "2,ann,2024-05-02T10:00:00Z,7",
            "2,ann,2024-05-03T10:00:00Z,8"], order_columns="order_id,user_id,ts,revenue")
        self.check_alike(self.reading(data), "--order-id", "order_id", "--models", "linear")
        self.out = self.directory / "parts"
        self.assertEqual(self.by_channel("linear"), {"TV": 85})

    def test_a_table_that_changes(self):
        """Queries that give more rows, fewer, or the same in another order when they are asked again: by lot, and
        so often that each is among them."""
        database = self.directory / "shop.db"
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("CREATE TABLE rows (user_id, ts, channel, revenue)")
            connection.executemany("INSERT INTO rows VALUES (?, ?, 'TV', 5)",
                                   [(f"u{number:03}", "2024-05-01" + ("T10:00:00Z" if number > 9 else ""))
                                    for number in range(20)])
            connection.commit()
        data = self.tables()
        some = "SELECT * FROM rows ORDER BY user_id LIMIT (SELECT 10 + 10 * (abs(random()) % 2))"
        turned = ("SELECT CASE lot WHEN 0 THEN user_id ELSE substr(user_id, 4) || user_id END AS user_id, ts, channel, "
                  "revenue FROM rows, (SELECT abs(random()) % 2 AS lot LIMIT 1) ORDER BY rows.user_id")
        for query in some, turned:
            for option in "--touchpoints", "--conversions":
                tables = self.reading(data)
                tables[tables.index(option) + 1] = f"sqlite:{database}?{query}"
                changed = 0
                for _ in range(16 if query == some else 40):
                    run = subprocess.run([self.program, *map(str, tables), "--sorted-by-key", "--only", "terminal"],
                                         cwd=self.directory, capture_output=True, text=True, check=False)
                    changed += run.returncode == 2 and "has changed while it was read" in run.stderr
                    if query == some and run.returncode == 0:  # what was read first is what was read then
                        self.assertEqual("days without a time" in run.stdout,
                                         bool(re.search("Computed from .*10 ", run.stdout)), run.stdout)
                self.assertGreater(changed, 0)

    def test_killed_at_any_moment(self):
        """The old results or the new ones, and the next run clears away what was left."""
        data = self.mixed()
        command = [self.program, *map(str, self.reading(data)), "--sorted-by-key", "--quiet",
                   "--no-pictures", "--out", str(self.out), "--models"]

        def run(models):
            begin = time.monotonic()
            subprocess.run([*command, models], check=True, cwd=self.directory)
            return time.monotonic() - begin, harness.files_in(self.out)
        _, old = run("linear")
        took, new = run("last,linear")
        run("linear")
        draw, killed = random.Random(SEED), 0
        for number in range(10):
            process = subprocess.Popen([*command, "last,linear"], cwd=self.directory)
            time.sleep(took * draw.uniform(0, 1))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            for name, content in harness.files_in(self.out).items():
                self.assertIn(content, (old.get(name), new.get(name)), (number, name))
            run("linear")
            self.assertEqual([path.name for path in self.out.glob(".*")], [])
        self.assertGreater(killed, 2)


harness.main(Sorted, sys.argv[1])

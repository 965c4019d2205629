# SPDX-License-Identifier: BSL-1.0
"""attribution on its bundled tables and on small ones: planted truth, a recount, every option."""

import json
import random
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from fractions import Fraction

import harness
from attribution_checks import ORDERS, TABLES, TOUCHES, AttributionTest, recount
from output_checks import Server

SEGMENT = ["--segment", "country"]
RULES = ["first_touch", "last_touch", "linear", "position_based"]


def total(amounts):
    return sum(amounts.values(), Fraction(0))


class Bundled(AttributionTest):
    def test_planted_truth(self):
        """18 x 120 by way of Social, Search, Newsletter; 14 x 45.50 by Search; 12 x 80 by
        Newsletter, Direct; 6 x 200 by Social, Display, Search, Direct; 3 x 30 by nothing, 2 x 60
        by a Display that was too long ago; 120 and 20 were paid back."""
        self.run_bundled("--order-id", "order_id", *SEGMENT)
        social, search, newsletter, display = 17 * 120, 14 * Fraction(91, 2), 12 * 80, 1180
        self.assertEqual(self.by_channel("first_touch"), {
            "Social": social + display, "Newsletter": newsletter, "Search": search})
        self.assertEqual(self.by_channel("last_touch"), {
            "Newsletter": social, "Direct": newsletter + display, "Search": search})
        third, quarter = Fraction(social, 3), Fraction(display, 4)
        self.assertEqual(self.by_channel("linear"), {
            "Social": third + quarter, "Search": third + quarter + search,
            "Newsletter": third + Fraction(newsletter, 2), "Display": quarter,
            "Direct": Fraction(newsletter, 2) + quarter})
        rows = harness.read_csv(self.out / "unattributed.csv")
        self.assertEqual(sorted(row["value"] for row in rows), ["30.0"] * 3 + ["60.0"] * 2)
        self.assertEqual(sum("before the window (30 days)" in row["reason"] for row in rows), 2)
        self.assertEqual(self.outcomes(), {"credited": 116, "before the window": 2,
                                           "no conversion has its key": 80})
        self.assertEqual(harness.broken_rules(self.out), {})

    def test_recount(self):
        for refunds in False, True:
            self.run_bundled(*SEGMENT, *(["--order-id", "order_id"] if refunds else []))
            for model in RULES:
                with self.subTest(model=model, refunds=refunds):
                    expected = recount(model, refunds=refunds)
                    found = self.by_segment(model)
                    for (country, channel), value in expected.items():
                        if channel and value:
                            self.assertLess(abs(found.pop((country, channel)) - value),
                                            Fraction(1, 10**6), (country, channel))
                    self.assertEqual(set(found.values()) - {0}, set())
            for model, (value, credited, nobody) in self.check_reconciliation("model").items():
                self.assertEqual(value, 5167 - 140, model)
                self.assertEqual(nobody, 210, model)

    def test_intervals(self):
        """The amounts are those of the tables, and a run that is repeated has the same intervals."""
        read = self.reading(TABLES)
        rows = self.check_intervals([*read, "--models", "first,last,linear,markov"], "channel")
        for row in rows:
            if row["channel"]:
                self.assertEqual(Fraction(row["amount"]), self.by_channel(row["model"])[row["channel"]])
        self.run_program("--config", self.out / "attribution.toml", "--out", "again")
        self.assertEqual(rows, harness.read_csv(self.directory / "again" / "intervals.csv"))

    def test_what_gnuplot_is_asked_for(self):
        read = [*self.reading(TABLES), "--out", self.out, *SEGMENT]
        for options in [], ["--intervals", "--models", "last,markov", "--order-id", "order_id"]:
            asked = self.ask_for_pictures(*read, *options)
            self.assertGreater(asked.count("set terminal pngcairo "), 1)

    def test_lengths_and_parameters_at_their_limits(self):
        for length, text in (("366000d", "366000 days"), ("0d", "0 days"), ("0s", "0 days"),
                             ("1s", "1 second"), ("90s", "90 seconds"), ("60s", "1 minute"),
                             ("120m", "2 hours"), ("23h", "23 hours"), ("1d", "1 day"),
                             ("2w", "14 days"), ("none", "without end")):
            result = json.loads(self.run_bundled("--lookback", length, "--models", "linear",
                                                 "--json").out)
            self.assertEqual(result["options"]["lookback"], text)
        for length, text in ("1d", "1 calendar day"), ("2d", "2 calendar days"):
            result = json.loads(self.run_bundled("--lookback", length, "--calendar-days", "--models",
                                                 "linear", "--json").out)
            self.assertEqual(result["options"]["lookback"], text)
        self.run_bundled("--models", "markov:1,markov:5,ranked:9999,ranked:9998:1,ranked:1:1:1:1:1,"
                                     "position:0:100:0,decay:1s,stepped:1s")
        ranked = self.by_channel("ranked_9999")
        self.run_bundled("--models", "last")
        self.assertEqual(ranked, self.by_channel("last_touch"))

    def test_those_who_never_bought_count(self):
        """Display was seen by 50 people who bought nothing: without them Markov gives it more."""
        self.run_bundled()
        with_all = self.by_channel("markov")
        buyers = {row["user_id"] for row in harness.read_csv(ORDERS)}
        header, *rows = TOUCHES.read_text().splitlines()
        data = self.tables([row for row in rows if row.split(",")[1] in buyers], [],
                           touch_columns=header)
        (data / "orders.csv").write_bytes(ORDERS.read_bytes())
        self.run_program(*self.reading(data), "--out", self.out)
        self.assertLess(with_all["Display"], self.by_channel("markov")["Display"])
        self.assertEqual(total(with_all), total(self.by_channel("markov")))

    def test_models_that_learn(self):
        """Whoever saw Display seldom bought: all that compare buyers with others give it less."""
        names = ["ordered_shapley", "shapley_rates", "probabilistic", "bagged_logistic",
                 "additive_hazard", "survival"]
        self.run_bundled("--models", "linear," + ",".join(names).replace("hazard", "hazard:2h"))
        linear = self.by_channel("linear")
        for model in names[1:]:
            with self.subTest(model):
                self.assertLess(self.by_channel(model).get("Display", 0), linear["Display"] / 2)
                self.assertGreater(self.by_channel(model)["Search"], 0)
        self.assertEqual(self.by_channel("ordered_shapley"), linear)  # no path has a channel twice
        self.assertEqual({value for value, _, _ in self.check_reconciliation("model").values()}, {5027})
        # With a unit of an hour nothing counts that is older than 128.
        self.run_bundled("--models", "survival:1h,survival:2d", "--once-per-channel")
        sums = self.check_reconciliation("model")
        self.assertEqual(sums["survival_2d"][2], 210)
        self.assertGreater(sums["survival_1h"][2], 1000)

    def test_everything_is_written(self):
        outcome = self.run_bundled(*SEGMENT, "--last-non", "channel=Direct")
        written = outcome.out.split("\nWritten from ")[1].splitlines()[1:]
        self.assertEqual({line.strip() for line in written},
                         {str(self.out / name) for name in harness.files_in(self.out)})
        for model in (*RULES, "time_decay", "markov", "shapley", "last_non"):
            self.assertEqual(total(self.by_channel(model)), total(self.by_segment(model)), model)
        page = (self.out / "report.html").read_text()
        for text in ("user_id (guessed)", "Social", "Germany", "30 days"):
            self.assertIn(text, page)
        self.assertIn("key is user_id (guessed)", outcome.out)

    def test_a_refund_whose_conversion_has_no_key(self):
        """There is no other key that it could have."""
        self.run_small("--order-id", "order_id", touches=["ann,2024-05-01T10:00:00Z,TV"],
                       orders=["o1,,2024-05-02T10:00:00Z,10", "o1,ann,2024-05-03T10:00:00Z,-3"],
                       order_columns="order_id,user_id,ts,revenue")
        self.assertEqual(harness.findings(self.out)["refund has the key of its conversion"]["count"], "0")

    def test_refunds_of_many_conversions(self):
        """They come in another order than their conversions, which are shown a part at a time."""
        values = {0: 90, 4999: 100}
        orders = [f"o{i},u{i},2024-05-02T10:00:00Z,{values.get(i, 10)}" for i in range(5000)]
        orders += ["o4999,u4999,2024-05-03T10:00:00Z,-4", "o0,u0,2024-05-03T10:00:00Z,-3"]
        self.run_small("--order-id", "order_id", "--models", "last", orders=orders,
                       touches=[f"u{i},2024-05-01T10:00:00Z,TV" for i in range(5000)],
                       order_columns="order_id,user_id,ts,revenue")
        page = (self.out / "report.html").read_text()
        shown = [re.search(rf'"at":"[^"]*","cents":(\d+),"group":"","name":"{name}"', page)
                 or re.search(rf'"name":"{name}","group":"","at":"[^"]*","cents":(\d+)', page)
                 for name in ("o4999", "o0")]
        self.assertEqual([found[1] for found in shown], ["9600", "8700"])

    def test_names_of_columns_with_other_marks(self):
        outcome = self.run_small("--models", "last", touches=["ann,2024-05-01T10:00:00Z,TV"],
                                 orders=["ann,2024-05-02T10:00:00Z,5"],
                                 touch_columns="User.ID,Event Time,UTM-Source",
                                 order_columns="user id,Created.At,Order-Value")
        for said in ("key is User.ID (guessed), time is Event Time (guessed), channel is UTM-Source (guessed)",
                     "key is user id (guessed), time is Created.At (guessed), value is Order-Value (guessed)"):
            self.assertIn(said, outcome.out)
        self.assertEqual(self.by_channel("last_touch"), {"TV": 5})

    def test_json(self):
        result = json.loads(self.run_bundled("--json").out)
        self.assertEqual(result["program"], "attribution")
        self.assertEqual([file["file"] for file in result["inputs"]], ["touches.csv", "orders.csv"])
        self.assertEqual(len({model["total"] for model in result["models"]}), 1)

    def test_a_run_says_how_to_repeat_it(self):
        options = [*SEGMENT, "--order-id", "order_id", "--models", "last,position:30:40:30,markov:2",
                   "--lookback", "20d", "--exclude-channels", "Display,Direct", "--nothing", "x,y",
                   "--time-zone", "Europe/Berlin", "--once-per-channel"]
        self.run_bundled(*options)
        before = harness.files_in(self.out)
        file = self.directory / "again.toml"
        file.write_bytes(before["attribution.toml"])
        self.run_program("--config", file, "--out", self.out)
        self.assertEqual(harness.files_in(self.out), before)
        # Not where results went besides; and what is said beside a file is what counts.
        self.run_program("--config", file, "--out", self.out, "--lookback", "30d", "--database", "x.sqlite",
                         "--database-runs", "keep")
        text = (self.out / "attribution.toml").read_text()
        self.assertNotIn("database", text)
        self.assertIn('lookback="30d"', text)

    def test_the_order_of_rows_makes_no_difference(self):
        options = [*SEGMENT, "--models", "linear,markov,shapley,bagged_logistic,additive_hazard,survival"]
        self.run_bundled(*options)
        before = harness.files_in(self.out, "*_by_*.csv")
        header, *rows = TOUCHES.read_text().splitlines()
        random.Random(18).shuffle(rows)
        data = self.tables(rows, [], touch_columns=header)
        header, *rows = ORDERS.read_text().splitlines()
        random.Random(19).shuffle(rows)
        (data / "orders.csv").write_text("\n".join([header, *rows]))
        self.run_program(*self.reading(data), "--out", self.out, *options)
        self.assertEqual(harness.files_in(self.out, "*_by_*.csv"), before)

    # --- The same rows from elsewhere

    def results(self):
        return {name: content for name, content in harness.files_in(self.out, "*.csv").items()
                if name != "validation.csv"}

    def test_standard_input_and_pipes(self):
        self.run_bundled()
        before = self.results()
        for command in (f"cat {TOUCHES} | {self.program} --touchpoints - --conversions {ORDERS}",
                        f"{self.program} --touchpoints <(cat {TOUCHES}) --conversions {ORDERS}"):
            with self.subTest(command):
                run = subprocess.run(["bash", "-c", f"{command} --no-pictures --json --out piped"],
                                     cwd=self.directory, capture_output=True, check=True)
                self.out = self.directory / "piped"
                self.assertEqual(self.results(), before)
                inputs = json.loads(run.stdout)["inputs"]
                self.assertEqual(inputs[0]["bytes"], TOUCHES.stat().st_size)

    def test_sqlite(self):
        self.run_bundled()
        before = self.results()
        database = self.directory / "shop.db"
        with closing(sqlite3.connect(database)) as connection:
            for table, file in (("clicks", TOUCHES), ("orders", ORDERS)):
                rows = harness.read_csv(file)
                columns = list(rows[0])
                connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
                connection.executemany(
                    f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})",
                    [tuple(row.values()) for row in rows])
            connection.commit()
        content = database.read_bytes()
        self.run_program("--touchpoints", f"sqlite:{database}?SELECT * FROM clicks",
                         "--conversions", f"sqlite:{database}?SELECT * FROM orders WHERE 1 = 1",
                         "--out", self.out)
        self.assertEqual(self.results(), before)
        self.assertEqual(database.read_bytes(), content)
        # What a run writes, the next may read.
        self.run_program("--config", self.out / "attribution.toml", "--out", self.out)
        self.assertEqual(self.results(), before)


    def test_files_that_are_read(self):
        """Each once, however many tables are in it; those of one name are called by their paths."""
        data = self.tables(["ann,2024-05-01T10:00:00Z,TV"], ["ann,2024-05-02T10:00:00Z,5"])
        shop = self.directory / "shop.db"
        with closing(sqlite3.connect(shop)) as connection:
            connection.execute("CREATE TABLE clicks AS SELECT 'ann' AS user_id, '2024-05-01' AS ts, 'TV' AS channel")
            connection.execute("CREATE TABLE orders AS SELECT 'ann' AS user_id, '2024-05-02' AS ts, 5 AS revenue")
            connection.commit()
        queries = [f"sqlite:shop.db?SELECT * FROM {table}" for table in ("clicks", "orders")]
        for read, names in (
                ([*self.reading(TABLES), *self.reading(data)],
                 [str(place / name) for name in ("touches.csv", "orders.csv") for place in (TABLES, data)]),
                ([*self.reading(data), "--touchpoints", data / "touches.csv"], ["touches.csv", "orders.csv"]),
                (["--touchpoints", queries[0], "--conversions", queries[1]], ["query of shop.db"])):
            for only in [], ["--only", "page"], ["--only", "tables", "--models", "last"]:
                stored = [] if only else ["--database", "x.sqlite"]
                outcome = self.run_program(*read, "--json", "--out", self.out, *only, *stored)
                self.assertEqual([file["file"] for file in json.loads(outcome.out)["inputs"]], names)
            with closing(sqlite3.connect(self.directory / "x.sqlite")) as connection:
                found = connection.execute("SELECT file FROM run_inputs").fetchall()
            self.assertEqual(sorted(name for name, in found), sorted(names))

    def test_postgresql(self):
        self.run_bundled()
        before = self.results()
        with Server(self.directory) as server:
            for table, file in (("clicks", TOUCHES), ("orders", ORDERS)):
                rows = harness.read_csv(file)
                columns = ", ".join(
                    f"{name} {'timestamptz' if name == 'ts' else 'text'}" for name in rows[0])
                values = ", ".join("(" + ", ".join(f"'{cell}'" for cell in row.values()) + ")"
                                   for row in rows)
                server.query(f"CREATE TABLE {table} ({columns}); INSERT INTO {table} VALUES "
                             f"{values} RETURNING 1")
            url = server.url.replace("reports@", "reports:secret@")
            outcome = self.run_program("--touchpoints", f"{url}?SELECT * FROM clicks ORDER BY ts",
                                       "--conversions", f"{url}?SELECT * FROM orders ORDER BY ts",
                                       "--out", self.out)
            for name, content in harness.files_in(self.out).items():
                self.assertNotIn(b"secret", content, name)
            self.assertNotIn("secret", outcome.out)
            self.assertEqual(self.by_channel("linear"), {
                row["channel"]: Fraction(row["value"]) for row in
                harness.csv_dicts(*(lambda lines: (lines[0], lines[1:]))(
                    before["linear_by_channel.csv"].decode().splitlines()))})
            outcome = self.run_program("--touchpoints", f"{server.url}?SELECT * FROM klicks",
                                       "--conversions", ORDERS, "--out", self.out, status=2)
            self.assertIn('relation "klicks" does not exist', outcome.error)

    def test_forms_of_csv(self):
        self.run_bundled()
        before = self.results()
        touches, orders = TOUCHES.read_text(), ORDERS.read_text()
        german = re.sub(r"(\d+)\.(\d+)$|(\d+)\.(\d+)(?=,)", lambda found: found[0].replace(".", "#"),
                        orders, flags=re.MULTILINE).replace(",", ";").replace("#", ",")
        for name, options, texts in (
                ("tabs", [], (touches.replace(",", "\t"), orders)),
                ("semicolons", ["--decimal", "comma"], (touches.replace(",", ";"), german)),
                ("UTF-16", [], (touches.encode("utf-16"), orders)),
                ("named", ["--delimiter", "bar"], (touches.replace(",", "|"),
                                                   orders.replace(",", "|")))):
            with self.subTest(name):
                data = self.tables()
                for file, text in zip(("touches.csv", "orders.csv"), texts):
                    (data / file).write_bytes(text if isinstance(text, bytes) else text.encode())
                self.run_program(*self.reading(data), "--out", self.out, *options)
                self.assertEqual(self.results(), before)


class Small(AttributionTest):
    """Each world is one order and a few touchpoints."""

    ORDER = "ann,2024-05-31T12:00:00Z,100"

    def earned(self, touches, *options, model="linear", orders=(ORDER,), **columns):
        self.run_small(*options, "--models", "last,linear", touches=touches, orders=orders, **columns)
        return {name: value for name, value in self.by_channel(model).items() if value}

    def test_lookback(self):
        touches = ["ann,2024-05-24T12:00:00Z,Edge", "ann,2024-05-24T11:59:59Z,Early",
                   "ann,2024-05-31T12:00:00Z,Now", "ann,2024-05-31T12:00:01Z,Late"]
        self.assertEqual(self.earned(touches, "--lookback", "7d"), {"Edge": 50, "Now": 50})
        self.assertEqual(self.earned(touches, "--lookback", "1w"), {"Edge": 50, "Now": 50})
        self.assertEqual(self.earned(touches, "--lookback", "0d"), {"Now": 100})
        self.assertEqual(set(self.earned(touches, "--lookback", "none")), {"Edge", "Early", "Now"})

    def test_calendar_days(self):
        """On 31 March 2024 clocks were set forward in Berlin: the day had 23 hours."""
        touches = ["ann,2024-03-30 12:00:00,Same hour", "ann,2024-03-30 11:59:00,Before"]
        orders = ["ann,2024-03-31 12:00:00,100"]
        zone = ["--time-zone", "Europe/Berlin", "--lookback", "1d"]
        self.assertEqual(set(self.earned(touches, *zone, orders=orders)), {"Same hour", "Before"})
        self.assertEqual(set(self.earned(touches, *zone, "--calendar-days", orders=orders)),
                         {"Same hour"})
        self.assertEqual({row["touchpoint_time"] for row in
                          harness.read_csv(self.out / "audit.csv")},
                         {"2024-03-30T11:00:00Z", "2024-03-30T10:59:00Z"})

    def test_ranks_and_milestones(self):
        touches = [f"ann,2024-05-{day}T12:00:00Z,{channel},{kind}" for day, channel, kind in
                   ((25, "A", "click"), (26, "B", "Lead"), (27, "C", "click"), (28, "D", "deal"),
                    (29, "E", "click"))]
        models = "linear,ranked:6:2,ranked:1,w_shaped:lead:deal,full_path:lead:deal"
        outcome = self.run_small("--models", models + ",last", "--kind", "how", touches=touches,
                                 orders=[self.ORDER], touch_columns="user_id,ts,channel,how")
        self.assertNotIn("Left out", outcome.out)
        for model, expected in (
                ("ranked_6_2", {"E": 75, "D": 25}), ("ranked_1", {"E": 100}),
                ("w_shaped", {"A": 30, "B": 30, "D": 30, "C": 5, "E": 5}),
                ("full_path", {"A": 22.5, "B": 22.5, "D": 22.5, "E": 22.5, "C": 10})):
            found = {name: value for name, value in self.by_channel(model).items() if value}
            self.assertEqual(found, {name: Fraction(value) for name, value in expected.items()})
        self.out = self.directory / "misspelt"
        self.run_small("--models", "linear,w_shaped:lead:daal", "--kind", "how", touches=touches,
                       orders=[self.ORDER], touch_columns="user_id,ts,channel,how")
        self.assertFalse((self.out / "w_shaped_by_channel.csv").exists())
        self.assertIn("w_shaped: no touchpoint is of kind 'daal'", (self.out / "report.html").read_text())

    def test_kinds(self):
        touches = ["ann,2024-05-28T12:00:00Z,A,click", "ann,2024-05-28T12:00:00Z,B,View",
                   "ann,2024-05-31T00:00:00Z,C,impression", "ann,2024-05-20T12:00:00Z,D,mail",
                   "ann,2024-05-20T12:00:00Z,E,click"]
        options = ["--kind", "how", "--click-lookback", "7d", "--view-lookback", "24h"]
        self.assertEqual(set(self.earned(touches, *options,
                                         touch_columns="user_id,ts,channel,how")), {"A", "C", "D"})
        reasons = {row["channel_name"]: row["reason"] for row in
                   harness.read_csv(self.out / "audit.csv")}
        self.assertIn("views within 1 day", reasons["B"])
        self.assertIn("clicks within 7 days", reasons["E"])
        self.assertEqual(harness.broken_rules(self.out, ["info"])["touchpoint kind is known"], 1)
        for day, outside, words in (("2024-05-30", "views", ["view", "views", "Impression", "impressions"]),
                                    ("2024-05-23", "clicks", ["click", "Clicks"])):
            self.earned([f"ann,{day}T00:00:00Z,{word},{word}" for word in words], *options,
                        touch_columns="user_id,ts,channel,how")
            for row in harness.read_csv(self.out / "audit.csv"):
                self.assertIn(f"{outside} within", row["reason"], row)
            self.assertEqual(harness.findings(self.out)["touchpoint kind is known"]["count"], "0")

    def test_excluded_channels(self):
        touches = ["ann,2024-05-30T12:00:00Z,A", "ann,2024-05-31T11:00:00Z,Spam"]
        self.assertEqual(self.earned(touches, "--exclude-channels", "Spam", model="last_touch"),
                         {"A": 100})
        self.assertIn("excluded channels", (self.out / "audit.csv").read_text())
        # Nor does it teach models what those did who bought nothing.
        self.run_bundled("--models", "survival,shapley_rates", "--exclude-channels", "Display")
        excluded = [self.by_channel(model) for model in ("survival", "shapley_rates")]
        header, *rows = TOUCHES.read_text().splitlines()
        data = self.tables([row for row in rows if "Display" not in row], [], touch_columns=header)
        (data / "orders.csv").write_bytes(ORDERS.read_bytes())
        self.run_program(*self.reading(data), "--models", "survival,shapley_rates", "--out", self.out)
        self.assertEqual(excluded, [self.by_channel(model) for model in ("survival", "shapley_rates")])

    def test_last_non(self):
        touches = ["ann,2024-05-30T12:00:00Z,A,x", "ann,2024-05-31T11:00:00Z,B,direct",
                   "bob,2024-05-31T11:00:00Z,B,direct"]
        self.earned(touches, "--last-non", "source=direct", "--channel", "channel",
                    orders=[self.ORDER, "bob,2024-05-31T12:00:00Z,10"],
                    touch_columns="user_id,ts,channel,source")
        self.assertEqual(self.by_channel("last_non"), {"A": 100, "B": 10})

    def test_once_per_channel_and_sessions(self):
        touches = ["ann,2024-05-31T09:00:00Z,A", "ann,2024-05-31T09:10:00Z,B",
                   "ann,2024-05-31T10:00:00Z,A", "ann,2024-05-31T11:00:00Z,C"]
        self.assertEqual(self.earned(touches), {"A": 50, "B": 25, "C": 25})
        third = {"A": Fraction("33.333333334"), "B": Fraction("33.333333333"),
                 "C": Fraction("33.333333333")}
        self.assertEqual(self.earned(touches, "--once-per-channel"), third)
        found = self.earned(touches, "--sessions", "30m")
        self.assertEqual(set(found), {"A", "C"})
        self.assertLess(abs(found["A"] - Fraction(200, 3)), Fraction(1, 10**6))
        self.assertEqual(self.earned(touches, "--sessions", "30m", "--once-per-channel"),
                         {"A": 50, "C": 50})

    def test_bridge(self):
        data = self.tables(["c1,2024-05-30T12:00:00Z,A", "c2,2024-05-30T12:00:00Z,B",
                            "c3,2024-05-30T12:00:00Z,C"], ["acme,2024-05-31T12:00:00Z,100"],
                           touch_columns="contact_id,ts,channel",
                           order_columns="account_id,ts,revenue")
        (data / "bridge.csv").write_text("contact_id,account_id\nc1,acme\nc2,acme\nc1,other\n")
        self.run_program(*self.reading(data), "--bridge", data / "bridge.csv", "--out", self.out)
        self.assertEqual(self.by_channel("linear"), {"A": 50, "B": 50})
        self.assertEqual(harness.broken_rules(self.out), {"touchpoint key is in the bridge": 1})

    def test_currencies(self):
        orders = [self.ORDER + ",EUR", "ann,2024-05-31T12:00:00Z,7,USD", "ann,2024-05-31T12:00:00Z,9,"]
        for currency, value in ("EUR", 100), ("USD", 7):
            self.assertEqual(self.earned(["ann,2024-05-30T12:00:00Z,A"], "--currency",
                                         f"money={currency}", orders=orders,
                                         order_columns="user_id,ts,revenue,money"), {"A": value})
            self.assertEqual(harness.broken_rules(self.out)["conversion currency"], 2)
            self.assertIn(currency, (self.out / "report.html").read_text())

    def test_spaces_do_not_make_another_currency(self):
        orders = [self.ORDER + ", EUR", "ann,2024-05-31T12:00:00Z,7,EUR "]
        self.assertEqual(self.earned(["ann,2024-05-30T12:00:00Z,A"], "--currency", "money=EUR", orders=orders,
                                     order_columns="user_id,ts,revenue,money"), {"A": 107})

    def test_an_id_that_means_nothing_refunds_nothing(self):
        orders = ["ann,2024-05-31T12:00:00Z,100,NULL", "bob,2024-05-31T12:00:00Z,-30,NULL"]
        touches = ["ann,2024-05-30T12:00:00Z,A", "bob,2024-05-30T12:00:00Z,B"]
        self.assertEqual(self.earned(touches, "--order-id", "order_id", "--nothing", "NULL", orders=orders,
                                     order_columns="user_id,ts,revenue,order_id"), {"A": 100, "B": -30})

    def test_a_column_of_currencies_is_found(self):
        columns = {"order_columns": "user_id,ts,revenue,Currency"}
        self.assertEqual(self.earned(["ann,2024-05-30T12:00:00Z,A"], orders=[self.ORDER + ",EUR"], **columns),
                         {"A": 100})
        self.assertIn("currency is Currency (guessed)",
                      (self.out / "report.html").read_text())
        # Where every conversion counts 1, there is nothing to add.
        self.assertEqual(self.earned(["ann,2024-05-30T12:00:00Z,A"], orders=["ann,2024-05-31T12:00:00Z,EUR",
                                                                             "ann,2024-05-31T12:00:00Z,USD"],
                                     order_columns="user_id,ts,Currency"), {"A": 2})

    def test_refunds_that_do_not_fit_their_conversions(self):
        touches = ["ann,2024-05-30T12:00:00Z,A"]
        sold = "ann,2024-05-31T12:00:00Z,100,O1"
        for refunds, earned, rules in (
                (["ann,2024-06-01T12:00:00Z,-100,O1"], 0, {}),
                ([",2024-06-01T12:00:00Z,-40,O1"], 60, {}),
                (["ann,2024-06-01T12:00:00Z,-60,O1", "ann,2024-06-02T12:00:00Z,-60,O1"], 0,
                 {"refund is of what was paid": 1}),
                (["ann,2024-05-31T12:00:00Z,-40,O1"], 60, {}),  # at the same instant
                (["ann,2024-05-31T11:59:59Z,-40,O1"], 60, {"refund is after its conversion": 1}),
                (["bob,2024-06-01T12:00:00Z,-40,O1"], 60, {"refund has the key of its conversion": 1})):
            with self.subTest(refunds=refunds):
                self.run_small("--order-id", "order_id", "--models", "last", touches=touches,
                               orders=[sold, *refunds], order_columns="user_id,ts,revenue,order_id")
                self.assertEqual(self.by_channel("last_touch")["A"], earned)
                self.assertEqual(harness.broken_rules(self.out), rules)

    def test_points_that_may_stand_between_thousands(self):
        touches, rule = ["ann,2024-05-30T12:00:00Z,A"], "conversion value has no thousands"
        for values, options, broken in (
                (["1.234", "5", "-12.500"], [], 3), (["1.234", "5.00"], [], 0), (["0.125"], [], 0),
                (["1234.500"], [], 0), (["1.234"], ["--decimal", "point"], 0), (["1.234"], ["--decimal", "comma"], 0),
                (["1.234"], ["--sorted-by-key"], 1)):
            with self.subTest(values=values, options=options):
                self.run_small(*options, "--models", "last", "--only", "validation", touches=touches,
                               orders=[f"ann,2024-05-31T12:00:00Z,{value}" for value in values])
                self.assertEqual(harness.broken_rules(self.out).get(rule, 0), broken)

    def test_keys_that_never_meet_or_were_rounded(self):
        for options in [], ["--sorted-by-key"]:
            def rules(touch, order):
                self.run_small(*options, "--models", "last", "--only", "validation",
                               touches=[f"{touch},2024-05-30T12:00:00Z,A"], orders=[f"{order},2024-05-31T12:00:00Z,5"])
                return {rule: count for rule, count in harness.broken_rules(self.out).items()
                        if "meet" in rule or "full" in rule}
            self.assertEqual(rules("007", "7"), {"keys of both tables meet": 1})
            self.assertEqual(rules("", "7"), {})
            self.assertEqual(rules("7", "7"), {})
            self.assertEqual(rules("1.23457E+12", "1.23457E+12"), {"touchpoint key is written in full": 1,
                                                                   "conversion key is written in full": 1})
            self.assertEqual(rules("1E+5 Ltd", "1E+5 Ltd"), {})

    def test_times_that_stand_for_nothing(self):
        for options in [], ["--sorted-by-key"]:
            def rules(touch, order):
                self.run_small(*options, "--models", "last", "--only", "validation", touches=[f"ann,{touch},A"],
                               orders=[f"ann,{order},5"])
                return {rule: count for rule, count in harness.broken_rules(self.out).items() if "real" in rule}
            self.assertEqual(rules("1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z"),
                             {"touchpoint time is real": 1, "conversion time is real": 1})
            self.assertEqual(rules("1970-01-01T00:00:01Z", "2199-12-31T23:59:59Z"), {})

    def test_refunds_that_stand_alone(self):
        orders = ["ann,2024-05-31T12:00:00Z,100,O1", "ann,2024-06-03T12:00:00Z,-30,O1",
                  "ann,2024-06-03T12:00:00Z,-5,O9"]
        touches = ["ann,2024-05-30T12:00:00Z,A", "ann,2024-06-01T12:00:00Z,B"]
        columns = {"order_columns": "user_id,ts,revenue,order_id"}
        self.assertEqual(self.earned(touches, orders=orders, model="last_touch", **columns),
                         {"A": 100, "B": -35})
        self.assertEqual(self.earned(touches, "--order-id", "order_id", orders=orders,
                                     model="last_touch", **columns), {"A": 70, "B": -5})
        earned = {row["channel_name"]: Fraction(row["linear_value"]) for row in
                  harness.read_csv(self.out / "audit.csv")}
        self.assertEqual(earned, {"A": Fraction("67.5"), "B": Fraction("-2.5")})

    def test_money_is_exact(self):
        orders = [f"ann,2024-05-31T12:00:0{i}Z,0.{'1' * 9}" for i in range(9)]
        self.assertEqual(self.earned(["ann,2024-05-30T12:00:00Z,A"], orders=orders),
                         {"A": Fraction("0.999999999")})

    def test_without_values_every_conversion_counts_one(self):
        outcome = self.run_small(touches=["ann,2024-05-30T12:00:00Z,A"],
                                 orders=["ann,2024-05-31T12:00:00Z"] * 3,
                                 order_columns="user_id,ts")
        self.assertEqual(self.by_channel("linear"), {"A": 3})
        self.assertIn("every conversion counts 1", outcome.out)

    def test_forms_of_times(self):
        for early, order, late, title in (
                ("30/05/2024 11:00", "30/05/2024 12:00", "30/05/2024 13:00", "day.month.year"),
                ("5/30/2024 11:00 AM", "5/30/2024 12:00 PM", "5/30/2024 1:00 PM",
                 "month/day/year"),
                ("2024/05/30 11:00:00", "2024/05/30 12:00:00", "2024/05/30 13:00:00",
                 "year/month/day"),
                ("1717066800", "1717070400", "1717074000.5", "seconds since 1970"),
                ("1717066800000", "1717070400000", "1717074000000", "milliseconds since 1970"),
                ("2024-05-30T13:00+02:00", "2024-05-30T12:00:00Z", "2024-05-30 13:00:00.5",
                 "ISO 8601")):
            with self.subTest(title):
                outcome = self.run_small(touches=[f"ann,{early},A", f"ann,{late},B"],
                                         orders=[f"ann,{order},100"])
                self.assertEqual(self.by_channel("linear"), {"A": 100})
                self.assertIn(f"times are {title}", outcome.out)
                self.assertIn("2024-05-30T11:00:00Z", (self.out / "audit.csv").read_text())
        for more in [], ["--sorted-by-key"]:
            self.run_small(*more, touches=["ann,2024-05-30T11:00:00.1234567Z,A", "ann,2024-05-30T11:00:00.123Z,B"],
                           orders=["ann,2024-05-30T12:00:00.0000001Z,100"])
            self.assertEqual(harness.findings(self.out)["time is whole microseconds"]["count"], "2")
        self.run_small("--date-format", "%d %b %Y %H:%M", touches=["ann,30 May 2024 11:00,A"],
                       orders=["ann,30 May 2024 12:00,100"])
        self.assertEqual(self.by_channel("linear"), {"A": 100})
        self.run_small("--date-format", "dmy", touches=["ann,03/04/2024,A"],
                       orders=["ann,04/04/2024,100"])
        self.assertIn("2024-04-03T00:00:00Z", (self.out / "audit.csv").read_text())

    def test_times_of_conversions_in_another_form(self):
        touches, orders = ["ann,03/04/2024,A", "ann,04/04/2024,B"], ["ann,04/03/2024,100"]
        for formats, channel in ((["--date-format", "dmy"], set()),
                                 (["--date-format", "mdy"], {"A"}),
                                 (["--date-format", "mdy", "--conversion-date-format", "dmy"], {"A"}),
                                 (["--date-format", "dmy", "--conversion-date-format", "mdy"], {"A"})):
            with self.subTest(formats=formats):
                self.assertEqual(set(self.earned(touches, *formats, "--lookback", "40d", orders=orders)),
                                 channel)

    def test_days_without_a_time(self):
        """The clicks of the day of the order count."""
        outcome = self.run_small(touches=["ann,2024-05-31T23:59:59Z,A"],
                                 orders=["ann,2024-05-31,100"])
        self.assertEqual(self.by_channel("linear"), {"A": 100})
        self.assertIn("their end counts", outcome.out)

    def test_words_for_nothing_join_nothing(self):
        self.assertEqual(self.earned(["null,2024-05-30T12:00:00Z,A", ",2024-05-30T12:00:00Z,A"],
                                     orders=["null,2024-05-31T12:00:00Z,100", self.ORDER]), {})
        self.assertEqual(harness.broken_rules(self.out),
                         {"required(touchpoint key)": 2, "required(conversion key)": 1})

    def test_nothing_at_all(self):
        outcome = self.run_small()
        self.assertIn("Nothing to reconcile.", outcome.out)
        for name, content in harness.files_in(self.out, "*.csv").items():
            if name != "validation.csv":
                self.assertEqual(content.count(b"\n"), 1, name)

    def test_names_that_mean_something_elsewhere(self):
        names = ["unattributed", "(unattributed)", "total", "<b>x</b>", "a|b", "Caf\xe9"]
        self.run_small("--models", "linear", touches=[f"ann,2024-05-30T12:00:0{i}Z,{name}" for
                                                      i, name in enumerate(names)],
                       orders=[self.ORDER])
        self.assertEqual(set(self.by_channel("linear")), set(names))
        self.assertNotIn("<b>x</b>", (self.out / "report.html").read_text())


class Sample(Bundled, Small):
    pass


harness.main(Sample, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""attribution --only: some of the results are, to the byte, those of a run for all of them, and nothing else
is written; what is wrong is refused in the same words."""

import json
import random
import re
import shutil
import sys

import by_lot
import harness
from attribution_checks import ORDERS, SEED, TABLES, TOUCHES, AttributionTest, mixed_rows, write

FILES = {"conversions": {"conversion_touchpoints.csv", "unattributed.csv", "refunds.csv"},
         "audit": {"audit.csv"}, "validation": {"validation.csv"}, "reconciliation": {"reconciliation.csv"},
         "settings": {"attribution.toml"}, "summary": {"analysis_summary.md"}, "page": {"report.html"}}
OF_KINDS = ["--kind", "kind", "--models", "linear,w_shaped:Lead:Deal,full_path:lead:gone"]


MODELS = ["first", "last", "linear", "position:50:10:40", "j", "inverse_j", "decay:3d", "stepped:1d", "position_decay",
          "ranked:6:2", "ranked:1"]
LEARNED = ["markov", "markov:2", "shapley", "shapley_rates", "probabilistic"]


class Only(AttributionTest):
    def compare(self, read, *options, only="tables"):
        """Runs for all results and for some; returns the files of both, by name, and what the second
        printed."""
        whole, part = self.directory / "whole", self.directory / "part"
        self.run_program(*read, *options, "--out", whole)
        outcome = self.run_program(*read, *options, "--only", only, "--out", part)
        found = harness.files_in(part), harness.files_in(whole), outcome
        for directory in part, whole:
            shutil.rmtree(directory)
        return found

    def check_tables(self, read, *options):
        some, every, outcome = self.compare(read, *options)
        tables = {name: content for name, content in every.items() if "_by_" in name}
        self.assertGreater(len(tables), 0)
        self.assertEqual(set(some), set(tables))
        for name, content in tables.items():
            self.assertEqual(some[name], content, name)
        return outcome

    def world(self, shuffled=True):
        touches, orders = mixed_rows(400)
        if shuffled:
            for rows in touches, orders:
                random.Random(SEED).shuffle(rows)
        return self.reading(write(self.directory / "world", touches, orders))

    # --- The same results

    def test_tables(self):
        """With what may leave out touchpoints that nobody needs, and with what needs all of them."""
        read, money = self.world(), ["--currency", "money=EUR"]
        for options in ([*money, "--models", "first,last,linear,position,decay:3d,ranked:6:2"],
                        [*money, "--models", "linear,markov:2,shapley,survival"],
                        [*money, "--segment", "country", "--order-id", "order_id", "--models", "last,j"],
                        OF_KINDS,
                        ["--kind", "kind", "--click-lookback", "7d", "--last-non", "kind=view"],
                        ["--kind", "kind", "--view-lookback", "3d", "--models", "last"],
                        ["--kind", "kind", "--click-lookback", "3d", "--models", "last"],
                        ["--exclude-channels", "TV", "--models", "last"],
                        ["--sessions", "30m", "--once-per-channel", "--models", "linear"],
                        ["--time-zone", "Europe/Berlin", "--lookback", "9d", "--calendar-days",
                         "--exclude-channels", "TV,Mail", "--nothing", "null,(not set)"],
                        ["--models", "linear", "--intervals"]):
            with self.subTest(options=options):
                if "--intervals" in options:
                    some, every, _ = self.compare(read, *options)
                    self.assertEqual(set(some), {"linear_by_channel.csv", "intervals.csv"})
                    for name in some:
                        self.assertEqual(some[name], every[name])
                else:
                    self.check_tables(read, *options)

    def test_a_channel_of_nobody_who_converted(self):
        """It may be excluded, though none of its touchpoints is kept."""
        data = self.tables(["ann,2024-05-01T10:00:00Z,TV", "bob,2024-05-01T10:00:00Z,Radio"],
                           ["ann,2024-05-02T10:00:00Z,100"])
        for option in ["--exclude-channels", "Radio"], ["--last-non", "channel=Radio"]:
            self.check_tables(self.reading(data), *option, "--models", "last")

    def test_tables_that_are_sorted(self):
        read = self.world(shuffled=False)
        for options in ["--models", "first,linear"], [*OF_KINDS, "--segment", "country"]:
            self.check_tables(read, *options, "--sorted-by-key")
        for word, files in FILES.items():
            if word not in ("page", "summary"):
                some, every, _ = self.compare(read, "--models", "linear", "--sorted-by-key", only=word)
                self.assertEqual(set(some), files)
                self.assertTrue(word == "settings" or all(some[name] == every[name] for name in files), word)

    def test_tables_through_a_bridge(self):
        data = self.tables(["ann,2024-05-01T10:00:00Z,TV", "bob,2024-05-01T10:00:00Z,Mail",
                            "eve,2024-05-01T10:00:00Z,TV", "NULL,2024-05-01T10:00:00Z,TV"],
                           ["acme,2024-05-02T10:00:00Z,100", "ann,2024-05-02T10:00:00Z,7"],
                           touch_columns="contact,ts,channel", order_columns="account,ts,revenue")
        (data / "bridge.csv").write_text("contact,account\nann,acme\nbob,nobody\nNULL,acme\n")
        self.check_tables([*self.reading(data), "--bridge", data / "bridge.csv", "--key", "contact",
                           "--conversion-key", "account"], "--models", "linear")
        (data / "bridge.csv").write_text("contact,account\nann,acme\nbob,acme\n")
        self.check_tables([*self.reading(data), "--bridge", data / "bridge.csv", "--key", "contact",
                           "--conversion-key", "account"], "--models", "first,linear")

    def test_several_tables(self):
        """They are said in the same order."""
        more = ["--touchpoints", TOUCHES, "--conversions", ORDERS]
        outcome = self.check_tables([*self.reading(TABLES), *more], "--models", "last")
        whole = self.run_program(*self.reading(TABLES), *more, "--models", "last", "--out", self.out)
        said = [re.findall(r"^  \S*/(\w+\.csv): key is", one.out, re.MULTILINE) for one in (outcome, whole)]
        self.assertEqual(said, [["touches.csv", "touches.csv", "orders.csv", "orders.csv"]] * 2)
        read = [json.loads(self.run_program(*self.reading(TABLES), *more, "--models", "last", "--json", "--out",
                                            self.out, *only).out)["inputs"]
                for only in ([], ["--only", "tables"])]
        self.assertEqual(*([(file["file"], file["bytes"]) for file in files] for files in read))

    def test_each_result(self):
        options = ["--segment", "country", "--order-id", "order_id"]
        for word, files in FILES.items():
            with self.subTest(word):
                some, every, outcome = self.compare(self.reading(TABLES), *options, only=word)
                self.assertEqual(set(some), files)
                for name in files - {"attribution.toml"}:
                    self.assertEqual(some[name], every[name], name)
                left_out = outcome.out.splitlines()[-1]
                self.assertTrue(left_out.startswith("Left out by --only: tables, "), left_out)
                self.assertNotIn(f" {word}", left_out)
        some, _, outcome = self.compare(self.reading(TABLES), *options, only="page, audit")
        self.assertEqual(set(some), FILES["page"] | FILES["audit"])
        for options in options, [*options, "--intervals"]:
            asked = [self.ask_for_pictures(*self.reading(TABLES), *options, "--out", self.out, *only)
                     for only in ([], ["--only", "pictures"])]
            self.assertEqual(*asked)

    def test_an_earlier_run(self):
        self.run_bundled("--models", "linear", "--lookback", "20d")
        earlier = ["--models", "linear", "--against", self.out]
        some, every, outcome = self.compare(self.reading(TABLES), *earlier)
        self.assertEqual(set(some), {"linear_by_channel.csv", "restatement.csv", "restated_by_channel.csv"})
        for name, content in some.items():
            self.assertEqual(content, every[name], name)
        self.assertIn("changed model or policy", outcome.out)

    # --- Worlds by lot

    def lot_rows(self, lot, in_order):
        """Touchpoints and orders, sorted by customer. No two sales have one id, or a refund could be of either."""
        touches = sorted(lot.some(40, lambda i: [lot.id("t", i), lot.key("u"), lot.time(), lot.name(),
                                                 lot.one_of(["click", "view", "Lead", "deal", ""])]),
                         key=lambda row: row[1])
        orders = lot.some(12, lambda i: [f"o{i}", lot.key("u"), lot.time(), lot.amount(9),
                                         lot.one_of(["France", "Spain", "france", ""]), lot.one_of(["EUR", "EUR", "USD"])])
        orders[:1] = [[*row[:3], "100", row[4], "EUR"] for row in orders[:1]]
        for row in orders:
            if row[3].startswith("-") and lot.chance(0.7):  # of the first, which is none itself
                row[0] = "o0"
                if in_order:  # refunds have the key of their sale there
                    row[1] = orders[0][1] = "u0"
        return touches, sorted(orders, key=lambda row: row[1])

    def lot_options(self, lot, touches, orders, learned=True):
        pools = [[["--lookback", length] for length in ("none", "12h", "0s", "400d")]
                 + [["--lookback", "2d", "--calendar-days"]],
                 [["--kind", "kind"]], [["--segment", "country"]], [["--order-id", "order_id"]],
                 [["--once-per-channel"]], [["--sessions", "1d"]],
                 [["--time-zone", "Europe/Berlin"]], [["--nothing", "null,u1"]],
                 [["--exclude-channels", row[3]] for row in touches[:2] if row[3] in ("Search", "N1", "N2")],
                 [["--last-non", f"kind={row[4]}"] for row in touches[:1]]]
        options = lot.options(*[pool for pool in pools if pool])
        if orders:
            options += ["--currency", "money=EUR"]
        models = MODELS + (LEARNED if learned else [])
        models = list(dict.fromkeys(lot.one_of(models) for _ in range(lot.draw.randrange(1, 4))))
        if "--kind" in options:
            models += lot.one_of([[], ["w_shaped:Lead:Deal"], ["full_path:lead:view"]])
            if "--lookback" not in options:
                options += lot.options([["--click-lookback", "1d"]], [["--view-lookback", "12h"]])
        return [*options, "--models", ",".join(models)]

    def test_any_results_by_lot(self):
        """Of small worlds in which much is equal, by any options: all results agree, some of them are the same as
        all of them, and what a run writes repeats it."""
        for number in range(32):
            with self.subTest(world=number):
                lot = by_lot.Lot(number)
                in_order = lot.chance(0.25)
                touches, orders = self.lot_rows(lot, in_order)
                read = self.reading(write(self.directory / "lot", touches, orders))
                if not in_order and lot.chance(0.4):
                    read += self.more_tables(lot, touches, orders)
                options = self.lot_options(lot, touches, orders, not in_order)
                options += ["--sorted-by-key"] if in_order else lot.options([["--intervals"]])
                if not in_order and lot.chance(0.3):
                    before = self.lot_options(lot, touches, orders)
                    before[-1] = options[options.index("--models") + 1]
                    if "--kind" in options and "--kind" not in before:
                        before += ["--kind", "kind"]
                    self.run_program(*read, *before, "--out", "earlier")
                    options += ["--against", "earlier"]
                self.check_by_lot(number, read, options, lot)

    def more_tables(self, lot, touches, orders):
        """A part of the rows in other tables, of touchpoints without ids."""
        touches, orders = ([[*row, number] for number, row in enumerate(rows) if lot.chance(0.5)]
                           for rows in (touches, orders))
        data = self.tables([",".join(row[1:5]) for row in touches],
                           [",".join([f"more{row[-1]}", *row[1:6]]) for row in orders],
                           touch_columns="user_id,ts,channel,kind",
                           order_columns="order_id,user_id,ts,revenue,country,money")
        return self.reading(data)

    def check_by_lot(self, number, read, options, lot):
        whole, some = self.directory / "whole", self.directory / "some"
        for directory in whole, some:
            shutil.rmtree(directory, ignore_errors=True)
        self.out = whole
        database = self.directory / f"{number}.sqlite"
        stored = [] if "--sorted-by-key" in options else ["--database", database.name]
        every = json.loads(self.run_program(*read, *options, *stored, "--json", "--out", whole).out)
        by_lot.check_agreement(self, every, database if stored else None)
        words = lot.one_of([["tables"], [lot.one_of([*FILES])],
                            [word for word in [*FILES, "tables"] if lot.chance(0.3)] or ["tables"]])
        if "--intervals" in options and not {"tables", "page"} & set(words):
            words.append("tables")
        part = json.loads(self.run_program(*read, *options, "--only", ",".join(words), "--json", "--out", some).out)
        for what in "models", "options", "data":
            self.assertEqual(part[what], every[what], words)
        self.assertEqual(*([(file["file"], file["bytes"]) for file in one["inputs"]] for one in (part, every)))
        found, expected = harness.files_in(some), harness.files_in(whole)
        for name in set(found) - {"attribution.toml"}:
            self.assertEqual(found[name], expected[name], (name, words))
        for word in words:
            self.assertLessEqual(FILES.get(word, set()), set(found))
        self.assertEqual({name for name in expected if "_by_" in name} <= set(found), "tables" in words)
        if "--against" not in options:
            self.run_program("--config", whole / "attribution.toml", "--out", "again")
            self.assertEqual(harness.files_in(self.directory / "again"), expected)
            shutil.rmtree(self.directory / "again")

    # --- On the terminal

    def test_terminal(self):
        whole = self.run_bundled("--segment", "country").out
        outcome = self.run_program(*self.reading(TABLES), "--segment", "country", "--only", "terminal")
        self.assertEqual(outcome.out.split("\nRead:\n")[0].rstrip(),
                         whole.split("\ntouchpoints, ")[0].rstrip())
        self.assertRegex(outcome.out, r"\nunattributed +210\.00 ")
        proof = "\nReconciled, model by model and segment by segment:\n5,027.0 in = 4,817.0 credited + 210.0"
        self.assertIn(proof, whole)
        self.assertIn(proof, outcome.out)
        self.assertIn("\nComputed from 198 touchpoints and 57 conversions.\n", outcome.out)
        self.assertIn("Left out by --only: tables, conversions, audit, ", outcome.out)
        self.assertEqual({path.name for path in self.directory.iterdir()}, {"out"})

    def test_columns_that_nobody_needs_are_not_read(self):
        data = self.tables(["t1,ann,2024-05-01T10:00:00Z,TV"], ["1,ann,2024-05-02T10:00:00Z,5"],
                           touch_columns="event_id,user_id,ts,channel",
                           order_columns="order_id,user_id,ts,revenue")
        text = (data / "touches.csv").read_bytes()
        (data / "touches.csv").write_bytes(text.replace(b"t1", b"t\x00"))
        only = self.run_program(*self.reading(data), "--models", "last", "--only", "terminal")
        self.assertNotIn("event_id", only.out)
        self.check_refused(self.run_program(*self.reading(data), "--out", self.out, status=2),
                           "touches.csv:2: column 'event_id'", "NUL")

    def test_json(self):
        def run(*options):
            return json.loads(self.run_bundled("--json", *options).out)
        whole, table, checked = run(), run("--only", "terminal,tables"), run("--only", "page,validation")
        for result in table, checked:
            self.assertEqual(result["models"], whole["models"])
        self.assertEqual([len(result.get("findings", ())) for result in (table, checked)],
                         [0, len(whole["findings"])])
        self.assertEqual(checked["inputs"], whole["inputs"])
        self.assertEqual([file["bytes"] for file in table["inputs"]],
                         [file["bytes"] for file in whole["inputs"]])
        self.assertNotIn("sha256", table["inputs"][0])

    def test_it_can_be_repeated(self):
        self.run_bundled("--only", "tables,settings", "--models", "linear")
        before = harness.files_in(self.out)
        self.run_program("--config", self.out / "attribution.toml", "--out", "again")
        self.assertEqual(harness.files_in(self.directory / "again"), before)
        self.assertEqual(set(before), {"linear_by_channel.csv", "attribution.toml"})

    # --- Held wrong

    def test_options_that_contradict(self):
        for only, options, words in (
                ("tabels", [], ["'tabels' is no result, perhaps tables is meant", "terminal, tables, "]),
                (" , ", [], ["names no result", "page, pictures"]),
                ("tables", ["--database", "a.db"], ["--database takes all"]),
                ("audit", ["--intervals"], ["--intervals"]),
                ("terminal", ["--quiet"], ["--quiet prints nothing"]),
                ("terminal", [], ["--out is a directory of files"]),
                ("pictures", [], ["--no-pictures leaves out"])):
            with self.subTest(only=only, options=options):
                self.check_refused(self.run_bundled("--only", only, *options, status=2), "--only", *words)

    def test_the_same_is_refused(self):
        """By the same words, whatever is wrong, also if much is."""
        touch, order = "ann,2024-05-01T10:00:00Z,TV", "ann,2024-05-02T10:00:00Z,5"
        bad = "ann,soon,TV"
        for touches, orders, options in (
                ([touch, bad], [order], []), ([touch], [order, "ann,2024-05-02T10:00:00Z,much"], []),
                ([touch, bad], ["ann,later,5"], []), ([touch, "ann,x"], [order, "ann"], []),
                (['an"n,2024-05-01T10:00:00Z,TV'], [order], []), ([touch], ['ann,"2024'], []),
                (["bob,03/04/2024,TV"] * 2, [order], []), ([touch], [order], ["--id", "number"]),
                ([touch], [order], ["--kind", "way"]), ([touch], [order], ["--order-id", "number"]),
                ([touch], [order], ["--exclude-channels", "TW"]), ([bad], [order], ["--segment", "country"]),
                ([bad], [order], ["--key", "whose"]), ([touch], [order, order.replace("-02", "-03")], ["--currency", "ts"]),
                ([touch], ["ann,2024-05-02T10:00:00Z,9" + "9" * 16] * 2, [])):
            with self.subTest(touches=touches, orders=orders, options=options):
                errors = [self.run_small(*options, *only, touches=touches, orders=orders, status=2)
                          for only in ([], ["--only", "tables"])]
                self.assertEqual(*(outcome.error for outcome in errors))
                self.check_refused(errors[1])


harness.main(Only, sys.argv[1])

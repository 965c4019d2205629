# SPDX-License-Identifier: BSL-1.0
"""attribution --against: records, rules and models that changed since an earlier run, and what a
recount of both runs' tables says of the reasons."""

import json
import shutil
import sqlite3
import sys
from collections import defaultdict
from fractions import Fraction

import harness
from attribution_checks import ORDERS, TABLES, TOUCHES, AttributionTest

MODELS = "first,last,linear,position,decay,markov,shapley"
RULES = ["first_touch", "last_touch", "linear", "position_based", "time_decay"]
BUT_FIRST, BUT_LAST = RULES[1:], [model for model in RULES if model != "last_touch"]
LEARNED = ["markov", "shapley"]
TOUCH_COLUMNS = "touch_id,user_id,ts,channel,kind,source"
ORDER_COLUMNS = "order_id,user_id,ts,revenue"
RULE, ANEW = "changed model or policy", "model learned anew"


class World:
    """Ten customers with two to four touchpoints each, of which two never bought."""

    CHANNELS = ["Search", "Mail", "Social", "Direct"]

    def __init__(self):
        self.touches, self.orders = [], []
        for who in range(10):
            for place in range(2 + who % 3):
                self.touches.append([f"t{len(self.touches)}", f"u{who}",
                                     f"2024-05-{10 + 3 * place + who % 2:02}T0{who % 10}:00:00Z",
                                     self.CHANNELS[(who + 3 * place) % 4],
                                     "view" if (who + place) % 3 == 0 else "click",
                                     "direct" if place == 1 else "paid"])
            if who < 8:
                self.orders.append([f"O{who}", f"u{who}", f"2024-05-25T0{who}:30:00Z",
                                    f"{100 + 7 * who}.{who}1"])

    def write(self, directory):
        directory.mkdir(exist_ok=True)
        for name, columns, rows in (("touches.csv", TOUCH_COLUMNS, self.touches),
                                    ("orders.csv", ORDER_COLUMNS, self.orders)):
            (directory / name).write_text("\n".join([columns, *map(",".join, rows)]) + "\n")


class Against(AttributionTest):
    def setUp(self):
        super().setUp()
        self.before, self.world = self.directory / "before", World()
        self.options = ["--id", "touch_id", "--order-id", "order_id", "--models", MODELS]

    def attribute(self, world, out, *options, status=0):
        world.write(self.directory / "data")
        return self.run_program(*self.reading(self.directory / "data"), *self.options, "--out", out,
                                *options, status=status)

    def restated(self, changed, then=(), now=()):
        """A run of the world as it was with the options `then`, and one of the changed one."""
        self.attribute(self.world, self.before, *then)
        self.outcome = self.attribute(changed, self.out, *now, "--against", self.before)
        return self.check_restated(self.before, self.out)

    def check_reasons(self, restated, *reasons, rules=RULES):
        """These and no others, by models without learning; others may have been learned anew."""
        for model in rules:
            self.assertEqual({why for one, _, why in restated if one == model}, set(reasons), model)
        for model, _, why in restated:
            if model not in rules:
                self.assertIn(why, (*reasons, ANEW))
                self.assertIn(model, LEARNED)
        return restated

    def total(self, restated, model, reason):
        return sum((amount for (one, _, why), amount in restated.items()
                    if (one, why) == (model, reason)), Fraction(0))

    # --- One change each

    def test_nothing_changed(self):
        self.assertEqual(self.restated(World()), {})
        said = "Nothing moved: by every model, every channel has what it had in"
        self.assertIn(said, self.outcome.out)
        self.assertIn(said, (self.out / "report.html").read_text())
        self.assertIn(said, (self.out / "analysis_summary.md").read_text())
        without = harness.files_in(self.before, "*.csv")
        found = harness.files_in(self.out, "*.csv")
        self.assertEqual(set(found) - set(without), {"restatement.csv", "restated_by_channel.csv"})
        self.assertEqual({name: found[name] for name in without}, without)

    def test_the_bundled_tables(self):
        """Touchpoints without ids, orders whose refunds repeat ids, conversions that nothing earned."""
        for options in ([], ["--order-id", "order_id"], ["--segment", "country", "--sessions", "2d"]):
            with self.subTest(options=options):
                shutil.rmtree(self.before, ignore_errors=True)
                read = [*self.reading(TABLES), *options]
                self.run_program(*read, "--out", self.before)
                self.run_program(*read, "--out", self.out, "--against", self.before)
                self.assertEqual(self.check_restated(self.before, self.out), {})

    def test_late_touchpoint(self):
        self.world.touches.append(["late", "u3", "2024-05-24T00:00:00Z", "Podcast", "click", "paid"])
        changed, self.world = self.world, World()
        restated = self.check_reasons(self.restated(changed), "late touchpoint", rules=BUT_FIRST)
        self.assertEqual(restated["last_touch", "Podcast", "late touchpoint"], Fraction("121.31"))
        for model in RULES:
            self.assertEqual(self.total(restated, model, "late touchpoint"), 0)
        self.assertEqual(restated["linear", "Podcast", "late touchpoint"], Fraction("121.31") / 3 -
                         Fraction("121.31") / 3 % Fraction(1, 10**9))

    def test_removed_touchpoint(self):
        changed = World()
        del changed.touches[0]
        restated = self.restated(changed)
        self.check_reasons(restated, "removed touchpoint", rules=BUT_LAST)
        self.assertEqual(self.total(restated, "linear", "removed touchpoint"), 0)

    def test_merged_identity(self):
        """u9, who never bought, is u0."""
        changed = World()
        for row in changed.touches:
            row[1] = "u0" if row[1] == "u9" else row[1]
        restated = self.check_reasons(self.restated(changed), "merged identity", rules=BUT_FIRST)
        self.assertEqual(self.total(restated, "linear", "merged identity"), 0)

    def test_corrected_value(self):
        changed = World()
        changed.orders[4][3] = "200.41"
        restated = self.check_reasons(self.restated(changed), "corrected value")
        for model in RULES + LEARNED:
            self.assertEqual(self.total(restated, model, "corrected value"), 200 - 128)

    def test_new_and_removed_conversion(self):
        changed = World()
        changed.orders.append(["O9", "u9", "2024-05-26T00:00:00Z", "50"])
        changed.orders.append(["O10", "nobody", "2024-05-26T00:00:00Z", "3.5"])
        restated = self.check_reasons(self.restated(changed), "new conversion")
        self.assertEqual(restated["linear", None, "new conversion"], Fraction("3.5"))
        for model in RULES + LEARNED:
            self.assertEqual(self.total(restated, model, "new conversion"), Fraction("53.5"))
        # The other way round.
        shutil.rmtree(self.before)
        self.world = changed
        restated = self.check_reasons(self.restated(World()), "removed conversion")
        for model in RULES + LEARNED:
            self.assertEqual(self.total(restated, model, "removed conversion"), Fraction("-53.5"))

    def test_refund(self):
        changed = World()
        changed.orders.append(["O2", "u2", "2024-05-29T00:00:00Z", "-14.21"])
        restated = self.check_reasons(self.restated(changed), "refund")
        for model in RULES + LEARNED:
            self.assertEqual(self.total(restated, model, "refund"), Fraction("-14.21"))
        # A run with refunds is read again, and a part of them more is a refund, too.
        more = World()
        more.orders = [*changed.orders, ["O2", "u2", "2024-05-30T00:00:00Z", "-1"],
                       ["O5", "u5", "2024-05-30T00:00:00Z", "-135.51"]]
        self.world = changed
        shutil.rmtree(self.before)
        self.assertEqual(self.restated(changed), {})
        restated = self.check_reasons(self.restated(more), "refund")
        self.assertEqual(self.total(restated, "linear", "refund"), Fraction("-136.51"))

    def test_refunds_are_refunds_by_a_rule(self):
        """Without --order-id they were conversions of their own, and the ids are guessed."""
        changed = World()
        changed.orders.append(["O2", "u2", "2024-05-29T00:00:00Z", "-14.21"])
        self.world, options = changed, self.options
        self.options = ["--id", "touch_id", "--models", MODELS, "--lookback", "13d"]
        self.attribute(self.world, self.before)
        self.options = [*options, "--lookback", "13d"]
        self.attribute(self.world, self.out, "--against", self.before)
        self.check_reasons(self.check_restated(self.before, self.out), RULE, rules=BUT_LAST)

    def test_changed_channel_time_and_kind(self):
        for column, text, models in ((3, "Letter", BUT_LAST),
                                     (2, "2024-05-24T00:00:00Z",
                                      ["first_touch", "last_touch", "time_decay"])):
            changed = World()
            changed.touches[0][column] = text
            restated = self.check_reasons(self.restated(changed), "changed record", rules=models)
            for model in RULES:
                self.assertEqual(self.total(restated, model, "changed record"), 0)
        kinds = ["--kind", "kind", "--view-lookback", "6d"]
        changed = World()
        self.assertEqual(changed.touches[0][4], "view")
        changed.touches[0][4] = "click"
        restated = self.restated(changed, kinds, kinds)
        self.check_reasons(restated, "changed record", rules=BUT_LAST)
        # A column that only one of the runs has says nothing of what changed.
        self.options[-1] = "linear"
        late = World()
        late.touches.append(["late", "u1", "2024-05-24T00:00:00Z", "Podcast", "click", "paid"])
        for column in ["--kind", "kind"], ["--last-non", "source=direct"]:
            for then, now in ([], column), (column, []):
                self.assertEqual({why for _, _, why in self.restated(late, then, now)}, {"late touchpoint"})

    # --- Other rules

    def test_changed_rules(self):
        for then, now in (([], ["--lookback", "10d"]), (["--lookback", "10d"], []),
                          ([], ["--exclude-channels", "Mail"]), ([], ["--once-per-channel"]),
                          ([], ["--sessions", "5d"]),
                          ([], ["--kind", "kind", "--view-lookback", "8d"]),
                          (["--kind", "kind", "--click-lookback", "10d"], [])):
            with self.subTest(then=then, now=now):
                shutil.rmtree(self.before, ignore_errors=True)
                self.options[-1] = "linear,last,markov"
                restated = self.restated(World(), then, now)
                self.assertEqual({why for _, _, why in restated} | {RULE}, {RULE})
                if now != ["--once-per-channel"]:
                    self.assertNotEqual(restated, {})
                self.assertEqual(self.total(restated, "linear", RULE), 0)

    def test_changed_model(self):
        self.options[-1] = "decay:7d,linear,last,first"
        self.attribute(self.world, self.before)
        self.options[-1] = "decay:14d,linear,markov,last"
        outcome = self.attribute(self.world, self.out, "--against", self.before)
        restated = self.check_restated(self.before, self.out)
        self.assertEqual({(model, why) for model, _, why in restated}, {("time_decay", RULE)})
        self.assertIn("Not compared, because that run does not have it: markov.", outcome.out)
        self.assertIn("That run also has first_touch.", outcome.out)
        self.assertIn("By linear, every channel has what it had in", outcome.out)
        self.assertIn("not so by time decay", outcome.out)

    def test_last_non(self):
        rule = ["--last-non", "source=direct"]
        late = World()
        late.touches.append(["late", "u1", "2024-05-24T00:00:00Z", "Podcast", "click", "direct"])
        self.assertEqual({key for key in self.restated(late, rule, rule) if key[0] == "last_non"},
                         set())
        changed = World()
        changed.touches[1][5] = "paid"
        restated = {key: amount for key, amount in self.restated(changed, rule, rule).items()
                    if key[0] == "last_non"}
        self.assertEqual({why for _, _, why in restated}, {"changed record"})
        self.assertEqual(len(restated), 2)
        # Another value, another column: what is known now of the same touchpoints counts.
        for other in ["--last-non", "source=paid"], ["--last-non", "kind=click"]:
            restated = {why for model, _, why in self.restated(World(), rule, other)
                        if model == "last_non"}
            self.assertEqual(restated, {RULE})

    def test_rules_and_records(self):
        """Everything at once: reasons add up, and each change is told."""
        changed = World()
        changed.touches.append(["late", "u3", "2024-05-24T00:00:00Z", "Podcast", "click", "paid"])
        changed.touches[-2][1] = "u2"  # of u9
        del changed.touches[16]
        changed.orders[6][3] = "1000"
        changed.orders.append(["O9", "u9", "2024-05-26T00:00:00Z", "50"])
        changed.orders.append(["O1", "u1", "2024-05-29T00:00:00Z", "-7"])
        del changed.orders[7]
        restated = self.restated(changed, now=["--lookback", "12d"])
        reasons = {why for model, _, why in restated if model == "linear"}
        self.assertLessEqual({"late touchpoint", "merged identity", "corrected value", "refund",
                              "new conversion", "removed conversion", RULE}, reasons)
        self.assertEqual(self.total(restated, "linear", "refund"), -7)
        self.assertEqual(self.total(restated, "linear", "corrected value"), 1000 - Fraction("142.61"))
        self.assertEqual(self.total(restated, "linear", RULE), 0)

    def test_the_rules_come_first(self):
        """What the rules did is what they would have done to the earlier records."""
        self.attribute(World(), self.before)
        self.attribute(World(), self.directory / "between", "--lookback", "10d")
        changed = World()
        changed.orders[3][3] = "1"
        changed.touches.append(["late", "u1", "2024-05-24T00:00:00Z", "Podcast", "click", "paid"])
        self.attribute(changed, self.out, "--lookback", "10d", "--against", self.before)
        restated = self.check_restated(self.before, self.out)
        then, between = (harness.published(one) for one in (self.before, self.directory / "between"))
        expected = defaultdict(Fraction)
        for model in then:
            for name in set(then[model]) | set(between[model]):
                expected[model, name] = between[model].get(name, 0) - then[model].get(name, 0)
        self.assertEqual({key[:2]: amount for key, amount in restated.items() if key[2] == RULE},
                         {key: amount for key, amount in expected.items() if amount})

    # --- What tells records apart

    def without_ids(self, world):
        for rows in world.touches, world.orders:
            for row in rows:
                row[0] = ""
        return world

    def test_without_ids(self):
        self.world = self.without_ids(World())
        self.world.touches += [list(self.world.touches[5]), list(self.world.touches[5])]
        self.world.orders.append(list(self.world.orders[1]))
        self.options = ["--models", "linear,last,first"]

        def restated(change):
            changed = self.without_ids(World())
            changed.touches, changed.orders = ([list(row) for row in rows] for rows in
                                               (self.world.touches, self.world.orders))
            change(changed)
            shutil.rmtree(self.before, ignore_errors=True)
            return {why for model, _, why in self.restated(changed) if model == "linear"}

        self.assertEqual(restated(lambda world: None), set())
        self.assertEqual(restated(lambda world: world.touches.append(world.touches[5])),
                         {"late touchpoint"})
        self.assertEqual(restated(lambda world: world.touches.pop()), {"removed touchpoint"})
        self.assertEqual(restated(lambda world: world.orders.pop(3)), {"removed conversion"})
        self.assertEqual(restated(lambda world: world.orders.append(world.orders[1])),
                         {"new conversion"})
        self.assertEqual(restated(lambda world: world.orders[2].__setitem__(3, "1")),
                         {"corrected value"})
        self.assertEqual(restated(lambda world: world.touches[4].__setitem__(3, "Letter")),
                         {"changed record"})
        self.assertEqual(restated(lambda world: world.touches[5].__setitem__(3, "Letter")),
                         {"late touchpoint"})  # of three that say the same
        self.assertIn("Without ids in both runs, touchpoints and conversions are compared by what "
                      "they say", self.outcome.out)

        def merge(world):
            for row in world.touches:
                row[1] = "u2" if row[1] == "u9" else row[1]
        self.assertEqual(restated(merge), {"merged identity"})

    def test_ids_that_mean_nothing(self):
        self.world = World()
        changed = World()
        for row in (*self.world.touches, *self.world.orders, *changed.touches, *changed.orders):
            row[0] = "NULL"
        changed.touches[4][3] = "Letter"
        changed.orders[2][3] = "1"
        self.options[-1] = "linear"
        nothing = ["--nothing", "NULL"]
        self.assertEqual({why for _, _, why in self.restated(changed, nothing, nothing)},
                         {"changed record", "corrected value"})
        self.assertIn("Without ids in both runs, touchpoints and conversions are compared", self.outcome.out)

    def test_rows_that_have_no_ids_are_not_known_by_their_numbers(self):
        touches = [f"u{who},2024-05-0{who}T00:00:00Z,Channel {who}" for who in range(1, 5)]
        orders = [f"u{who},2024-05-20T00:00:00Z,{who}0" for who in range(1, 5)]
        self.run_small("--models", "linear", touches=touches, orders=orders[1:])
        shutil.move(self.out, self.before)
        self.run_small("--models", "linear", "--against", self.before, touches=touches, orders=orders)
        self.assertEqual([tuple(row.values()) for row in harness.read_csv(self.out / "restatement.csv")],
                         [("linear", "Channel 1", "new conversion", "10.0", "1")])

    def test_ids_that_begin_like_the_number_of_a_row(self):
        self.world = World()
        changed = World()
        for row in (*self.world.orders, *changed.orders):
            row[0] = f"row {row[0]}"
        changed.orders[2][1], changed.orders[2][2] = "u1", "2024-05-21T00:00:00Z"
        self.options[-1] = "linear"
        self.assertEqual({why for _, _, why in self.restated(changed)}, {"merged identity"})

    def test_repeated_ids(self):
        self.world.touches += [["t3", "u3", "2024-05-20T00:00:00Z", "Mail", "click", "paid"],
                               ["t3", "u4", "2024-05-20T00:00:00Z", "Mail", "click", "paid"]]
        self.world.orders.append(["O3", "u9", "2024-05-26T00:00:00Z", "50"])
        changed = World()
        changed.touches = [*self.world.touches[1:], self.world.touches[0]]
        changed.orders = [self.world.orders[-1], *self.world.orders[:-1]]
        self.assertEqual(self.restated(changed), {})
        changed.orders[0][3] = "60"
        self.world = World()
        self.world.touches, self.world.orders = changed.touches, [["O3", "u9",
                                                                   "2024-05-26T00:00:00Z", "50"],
                                                                  *changed.orders[1:]]
        restated = self.check_reasons(self.restated(changed), "corrected value")
        self.assertEqual(self.total(restated, "linear", "corrected value"), 10)

    def test_bridge(self):
        """Without ids, whom a bridge leads elsewhere is merged."""
        data = self.directory / "data"
        self.options = ["--bridge", data / "bridge.csv", "--bridge-columns", "from,to",
                        "--models", "linear"]
        data.mkdir()
        everybody = [f"u{who},u{who}" for who in range(9)]
        (data / "bridge.csv").write_text("\n".join(["from,to", *everybody, "u9,"]) + "\n")
        self.world = self.without_ids(World())
        self.attribute(self.world, self.before)
        (data / "bridge.csv").write_text("\n".join(["from,to", *everybody, "u9,u2"]) + "\n")
        self.attribute(self.world, self.out, "--against", self.before)
        restated = self.check_restated(self.before, self.out)
        self.assertEqual({why for _, _, why in restated}, {"merged identity"})

    def test_conversions_that_say_the_same(self):
        """Twins, one of them worth nothing, beside one of nobody; and touchpoints that are twins."""
        world = self.without_ids(World())
        world.touches[0][2] = "2024-05-10T00:00:00.123456Z"
        world.touches += [list(world.touches[0]) for _ in range(2)]
        world.touches += [["", "", "2024-05-10T00:00:00Z", "", "", ""],
                          ["", "u3", "2024-05-10T00:00:00Z", "", "", ""]]
        world.orders += [["", "u0", "2024-05-26T00:00:00Z", "0"] for _ in range(3)]
        world.orders += [list(world.orders[0]), ["", "nobody", "2024-05-26T00:00:00Z", "5"],
                         ["", "", "2024-05-26T00:00:00Z", "6.123456789"]]
        world.orders[0][3] = "100.01"
        self.world, self.options = world, ["--models", MODELS]
        self.assertEqual(self.restated(world), {})
        changed = self.without_ids(World())
        changed.touches, changed.orders = world.touches[1:], world.orders[1:]
        reasons = {why for model, _, why in self.restated(changed) if model == "linear"}
        self.assertEqual(reasons, {"removed touchpoint", "removed conversion"})

    # --- Outputs

    def test_everywhere_the_same(self):
        changed = World()
        changed.orders[4][3] = "2000.41"
        changed.touches.append(["late", "u3", "2024-05-24T00:00:00Z", "<b>x</b>|*", "click", "paid"])
        database = self.directory / "report.sqlite"
        self.attribute(self.world, self.before)
        result = json.loads(self.attribute(changed, self.out, "--json", "--database", database,
                                           "--against", self.before).out)
        self.check_restated(self.before, self.out)
        rows = harness.read_csv(self.out / "restatement.csv")
        table = next(one for one in result["tables"] if one["table"] == "restatement")
        self.assertEqual([[cell or "" for cell in row] for row in table["values"]],
                         [list(row.values()) for row in rows])
        self.assertEqual(result["options"]["against"], str(self.before))
        with sqlite3.connect(database) as connection:
            found = connection.execute("SELECT model, channel, reason, amount FROM restatement "
                                       "ORDER BY number").fetchall()
        self.assertEqual([(model, channel, reason) for model, channel, reason, _ in found],
                         [(row["model"], row["channel"], row["reason"]) for row in rows])
        summary = (self.out / "analysis_summary.md").read_text()
        self.assertIn("## What changed since before", summary)
        self.assertIn("**What changed:** By linear, the total was", summary)
        self.assertNotIn("<b>x</b>", (self.out / "report.html").read_text())
        self.assertLessEqual(len(summary.split()), 1000)
        # The comparison is no part of what is repeated.
        self.run_program("--config", self.out / "attribution.toml", "--out", "again")
        self.assertFalse((self.directory / "again" / "restatement.csv").exists())

    def test_the_directory_of_the_results(self):
        """What is compared was read before it is overwritten."""
        self.attribute(self.world, self.before)
        shutil.copytree(self.before, self.directory / "copy")
        changed = World()
        changed.orders[4][3] = "200.41"
        self.attribute(changed, self.before, "--against", self.before)
        self.out = self.before
        self.check_reasons(self.check_restated(self.directory / "copy", self.out), "corrected value")

    def test_no_conversions(self):
        self.options[-1] = "linear,first"
        orders, self.world.orders = self.world.orders, []
        full = World()
        restated = self.restated(full)
        self.assertEqual({why for _, _, why in restated}, {"new conversion"})
        self.assertEqual(self.total(restated, "linear", "new conversion"),
                         sum(Fraction(row[3]) for row in orders))
        shutil.rmtree(self.before)
        self.world.orders = orders
        full.orders = []
        restated = self.restated(full)
        self.assertEqual({why for _, _, why in restated}, {"removed conversion"})

    def test_large_amounts_have_fewer_decimals(self):
        for factor in 10**6, 10**7:
            changed = World()
            changed.orders[0][3] = str(500 * factor)
            for old, new in (World(), changed), (changed, World()):
                shutil.rmtree(self.before, ignore_errors=True)
                self.world = old
                self.options[-1] = "linear,first"
                restated = self.restated(new)
                self.assertEqual(abs(self.total(restated, "first_touch", "corrected value")),
                                 500 * factor - Fraction("100.01"))
                for (_, _, why), amount in restated.items():
                    if why == RULE:
                        self.assertLess(abs(amount), Fraction(1, 10**6))

    # --- Held wrong

    def check_refused(self, against, *words, options=()):
        shutil.rmtree(self.out, ignore_errors=True)
        outcome = self.attribute(self.world, self.out, "--against", against, *options, status=2)
        self.assertRegex(outcome.error, r"\Aattribution: [^\n]+\n\Z")
        for word in words:
            self.assertIn(word, outcome.error)
        self.assertFalse(self.out.exists())

    def test_no_run(self):
        self.check_refused("gone", "gone: is not there", "an earlier run of attribution had as --out")
        (self.directory / "file").write_text("")
        self.check_refused("file", "is no directory")
        (self.directory / "empty").mkdir()
        self.check_refused("empty", "has no conversion_touchpoints.csv", "as --out")
        (self.directory / "empty" / "opportunity_touchpoints.csv").write_text("")
        self.check_refused("empty", "it looks like one of pipeline")

    def test_no_common_model(self):
        self.options[-1] = "last,first"
        self.attribute(self.world, self.before)
        self.options[-1] = "linear,markov"
        self.check_refused(self.before, "--against", "has the models last_touch, first_touch",
                           "ask for one")

    def test_another_currency(self):
        for row in self.world.orders:
            row[3] += ",EUR" if row[1] < "u5" else ",USD"
        data = self.directory / "data"

        def attribute(out, *options, status=0):
            self.world.write(data)
            text = (data / "orders.csv").read_text().replace("revenue", "revenue,money")
            (data / "orders.csv").write_text(text)
            return self.run_program(*self.reading(data), *self.options, "--out", out, *options,
                                    status=status)

        attribute(self.before, "--currency", "money=EUR")
        outcome = attribute(self.out, "--currency", "money=USD", "--against", self.before, status=2)
        for word in "in EUR, those of this run in USD", "--currency", "never added":
            self.assertIn(word, outcome.error)
        attribute(self.out, "--against", self.before, status=2)
        attribute(self.out, "--currency", "money=EUR", "--against", self.before)
        self.assertEqual(self.check_restated(self.before, self.out), {})

    def test_damaged(self):
        self.attribute(self.world, self.before)
        good = harness.files_in(self.before)

        def damaged(file, old, new, *words):
            for name, content in good.items():
                (self.before / name).write_bytes(content)
            content = good[file].decode()
            self.assertIn(old, content)
            (self.before / file).write_text(content.replace(old, new, 1))
            with self.subTest(file=file, new=new):
                self.check_refused(self.before, str(self.before), *words)

        anew = "compare with another run, or make this one anew with attribution --out"
        damaged("audit.csv", "2024-05-10T00:00:00Z", "10.05.2024", "audit.csv:2: column "
                "'touchpoint_time': '10.05.2024' is not a time", anew)
        damaged("audit.csv", "touchpoint_time", "zeit", "audit.csv", "no column", anew)
        damaged("audit.csv", "t0,", "t99,", "conversion_touchpoints.csv:2", "is there 1 times, but 0",
                anew)
        damaged("conversion_touchpoints.csv", "O0,u0,100.01", "O0,u0,100.02",
                "conversion_touchpoints.csv", anew)
        damaged("conversion_touchpoints.csv", "128.41", "ten", "conversion_touchpoints.csv:",
                "column 'value': 'ten' is not a decimal number", anew)
        damaged("conversion_touchpoints.csv", "conversion_id,", "id,", "another run", anew)
        damaged("unattributed.csv", "reason", "because", "unattributed.csv", anew)
        damaged("reconciliation.csv", "linear,", "linaer,", "linaer_by_channel.csv", "is not there",
                anew)
        damaged("reconciliation.csv", "value_in", "value", "no column 'value_in'", anew)
        damaged("linear_by_channel.csv", "Search,", "Seek,1\nSearch,", "linear_by_channel.csv",
                "do not add up to the value_in of reconciliation.csv", anew)
        damaged("last_touch_by_channel.csv", "channel,value", "channel", "last_touch_by_channel.csv",
                anew)
        damaged("refunds.csv", "refund_time", "refund_time\nO1,u1,-5,2024-05-26T00:00:00Z",
                "reconciliation.csv", "refunds.csv taken off", anew)
        (self.before / "audit.csv").write_bytes(b"")
        self.check_refused(self.before, "audit.csv", "is empty", anew)
        (self.before / "audit.csv").unlink()
        self.check_refused(self.before, "has no audit.csv")


harness.main(Against, sys.argv[1])

# SPDX-License-Identifier: BSL-1.0
"""attribution_worker as a filter: whatever the parts, the same bytes; whatever the damage, an error.

Usage: cluster_worker.py WORKER PIPELINE_ROWS PIPELINE DIRECTORY_OF_dask_report
"""

import base64
import csv
import random
import subprocess
import sys
import unittest
from pathlib import Path

import harness

WORKER, ROWS, PIPELINE = sys.argv[1:4]
sys.path.insert(0, sys.argv[4])
import dask_report  # noqa: E402


def rows_of(*records):
    return b"".join(row.encode() + b"\n" for row in [*records, f"end\t{len(records)}"])


def parts_of(rows, parts):
    """What split writes, by the hash of the Python client."""
    dealt = [[] for _ in range(parts)]
    for row in rows:
        customer = dask_report.customer_bytes(row.split(b"\t")[1])
        dealt[dask_report.partition_of(customer, parts)].append(row)
    return [b"".join(row + b"\n" for row in [*part, b"end\t%d" % len(part)]) for part in dealt]


SMALL = ["touch\tann\t100\t0\tsearch", "touch\tann\t200\t1\tmail",
         "touch\tbob\t150\t2\tsearch", "sale\tann\t300\t0\tretail\t1001",
         "sale\tbob\t300\t1\tretail\t-7", "sale\t\\N\t300\t2\twholesale\t5"]


class Worker(harness.ProgramTest):
    def run_worker(self, *arguments, rows=b"", status=0):
        run = subprocess.run([WORKER, *map(str, arguments)], input=rows, capture_output=True,
                             check=False)
        self.assertEqual(run.returncode, status, run.stderr)
        self.assertEqual(bool(run.stderr), status != 0)
        if status:
            self.assertTrue(run.stderr.startswith(b"attribution_worker: "), run.stderr)
            self.assertEqual(run.stderr.count(b"\n"), 1, run.stderr)
        return run.stdout if status == 0 else run.stderr.decode()

    def test_small_report(self):
        report = self.run_worker("report", rows=self.run_worker("attribute", rows=rows_of(*SMALL)))
        lines = [line for line in report.decode().splitlines() if line.startswith("linear")]
        self.assertEqual(lines, ["linear,retail,mail,500,0.5,1", "linear,retail,search,494,1.5,2",
                                 "linear,wholesale,,5,1,1"])

    def test_every_step_heeds_its_options(self):
        rows = rows_of("touch\tann\t0\t0\ta", "touch\tann\t86400\t1\tb", "sale\tann\t86400\t0\ts\t3000")
        learned = Path("learned")
        for options, credited in ((["--half-life-days", 1], {"a": 1000, "b": 2000}),
                                  (["--half-life-days", 7], {"a": 1426, "b": 1574}),
                                  ([], {"a": 1426, "b": 1574}),
                                  (["--lookback-days", 1, "--half-life-days", 1], {"a": 1000, "b": 2000}),
                                  (["--lookback-days", 0], {"b": 3000})):
            lines = self.run_worker("credits", "--model", "time_decay", *options, rows=rows).decode().splitlines()
            self.assertEqual({"ab"[int(touch)]: int(amount) for _, touch, amount, _ in
                              (line.split("\t") for line in lines[:-1])}, credited)
            report = self.run_worker("report", rows=self.run_worker("attribute", *options, rows=rows))
            found = {row["channel"]: int(row["units"]) for row in csv.DictReader(report.decode().splitlines())
                     if row["model"] == "time_decay"}
            self.assertEqual(found, credited)
        for days, credited in ((1, {"a": 1500, "b": 1500}), (0, {"b": 3000})):
            window = "--lookback-days", days
            learned.write_bytes(self.run_worker("learn", "--until", 86400, *window, rows=rows))
            report = self.run_worker("report", rows=self.run_worker(
                "attribute", *window, "--learned", learned, rows=rows))
            self.assertEqual({row["channel"]: int(row["units"]) for row in
                              csv.DictReader(report.decode().splitlines()) if row["model"] == "shapley"}, credited)

    def test_order_of_lines_does_not_matter(self):
        rows = self.pipeline_rows()
        *lines, end = rows.splitlines(keepends=True)
        random.Random(1).shuffle(lines)
        for step in ["attribute"], ["learn", "--until", "1717200000"], ["credits"]:
            self.assertEqual(self.run_worker(*step, rows=b"".join([*lines, end])),
                             self.run_worker(*step, rows=rows))

    def pipeline_rows(self):
        subprocess.run([PIPELINE, "--out", self.out], check=True, capture_output=True)
        return subprocess.run([ROWS, "--data", self.out / "sample-data"], check=True,
                              capture_output=True).stdout

    def test_touches_and_sales_are_numbered_each_from_nought(self):
        numbers = {kind: [int(row.split(b"\t")[3]) for row in self.pipeline_rows().splitlines()
                          if row.startswith(kind + b"\t")] for kind in (b"touch", b"sale")}
        for kind, own in numbers.items():
            self.assertGreater(len(own), 0)
            self.assertEqual(own, list(range(len(own))), kind)

    def test_parts_are_the_whole(self):
        """The files of split are where the Python client expects every customer."""
        rows = self.pipeline_rows()
        self.run_worker("split", "--parts", 7, "--out", "parts", rows=rows)
        files = sorted(Path("parts").iterdir())
        dealt = [file.read_bytes() for file in files]
        self.assertEqual(dealt, parts_of(rows.splitlines()[:-1], 7))
        latest = max(int(row.split(b"\t")[2]) for row in rows.splitlines()[:-1])
        self.assertGreater(min(len(part) for part in dealt), 1000)
        learn = "learn", "--until", latest
        whole = self.run_worker("merge", rows=self.run_worker(*learn, rows=rows))
        results = [self.run_worker(*learn, rows=part) for part in dealt]
        random.Random(2).shuffle(results)
        self.assertEqual(self.run_worker("merge", "--parts", 7, rows=b"".join(results)), whole)
        Path("learned").write_bytes(whole)
        attribute = "attribute", "--learned", "learned"
        credits = self.run_worker(*attribute, rows=rows)
        results = [self.run_worker(*attribute, rows=part) for part in dealt]
        merged = self.run_worker("merge", "--parts", 7, rows=b"".join(results))
        self.assertEqual(merged, credits)
        dask_report.write_tables(self.run_worker("report", rows=merged), Path("tables"))
        tables = harness.files_in(Path("tables"))
        self.assertEqual(len(tables), 14)
        self.assertEqual(tables, {name: data for name, data in harness.files_in(self.out).items()
                                  if name in tables})

        ledger = self.run_worker("credits", rows=rows).splitlines()
        parts = [self.run_worker("credits", rows=part).splitlines() for part in dealt]
        self.assertEqual(sorted(ledger[:-1]), sorted(row for part in parts for row in part[:-1]))
        self.assertEqual(ledger[-1], b"end\t%d" % (len(ledger) - 1))

    def setUp(self):
        super().setUp()
        import os
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.directory)

    def test_input_that_ends_early_is_an_error(self):
        rows = rows_of(*SMALL)
        for step, cuts in {("attribute",): range(0, len(rows), 9),
                           ("learn", "--until", "300"): (30, len(rows) - 1),
                           ("credits",): (30, len(rows) - 1)}.items():
            for size in cuts:
                self.run_worker(*step, rows=rows[:size], status=2)
        text = self.run_worker("attribute", rows=rows[:40], status=2)
        self.assertEqual(text, "attribution_worker: standard input:2: the input ends in the middle "
                               "of a line\n")
        text = self.run_worker("attribute", status=2)
        self.assertIn("without an end row: it was cut off", text)
        self.run_worker("split", "--parts", 2, "--out", "parts", rows=rows[:-6], status=2)
        self.assertFalse(Path("parts").exists())

    def test_wrong_rows_are_named(self):
        for row, what in {
                "touch\tann\tnoon\t9\tsearch": "column 'time': 'noon' is not a whole number",
                "touch\tann\t1": "column 'row': is missing: the row has too few columns",
                "sale\tann\t1\t9\tretail\t99999999999999999999": "column 'amount': '99999999999999999999' is too large",
                "sale\tann\t1\t9\tretail\t1\t2": "the row has too many columns",
                "touch\tann\t1\t9\tsearch\t\tN": "the row has too many columns",
                "touch\tann\t1\t9\ta\\q": "a backslash before something else than t, n, r or \\",
                "visit\tann\t1\t9\ta": "'visit' is no kind of row",
        }.items():
            text = self.run_worker("attribute", rows=rows_of(*SMALL, row), status=2)
            self.assertIn("standard input:7:", text)
            self.assertIn(what, text)
        text = self.run_worker("attribute", rows=rows_of(*SMALL, SMALL[0]), status=2)
        self.assertIn("two touches have the row number 0; was a part sent twice?", text)
        text = self.run_worker("attribute", rows=rows_of(*SMALL).replace(b"end\t6", b"end\t7"),
                               status=2)
        self.assertIn("there are 6 rows, the end row says 7", text)
        text = self.run_worker("attribute", rows=rows_of(*SMALL) + b"end\t6\n", status=2)
        self.assertIn("standard input:8: this is the second end row", text)
        *rows, end = rows_of(*SMALL).splitlines(keepends=True)
        self.assertEqual(self.run_worker("attribute", rows=b"".join([end, *rows])),
                         self.run_worker("attribute", rows=rows_of(*SMALL)))

    def test_texts_with_escapes_and_engines_with_equal_columns(self):
        rows = rows_of("touch\ta\\tb\t1\t0\tx\\\\y\\'\\n\t", "sale\ta\\tb\t2\t0\t\\r\t5")
        report = self.run_worker("report", rows=self.run_worker(
            "attribute", rows=rows.replace(b"end\t2", b"end\t2\t\\N\t\t\t")))
        self.assertIn(b'linear,"\r","x\\y\'\n",5,1,1', report)
        self.assertEqual(dask_report.customer_bytes(b"a\\tb\\\\t\\'c\\0"), b"a\tb\\t'c\0")
        self.assertEqual(dask_report.customer_bytes(b"\\N"), b"")

    def test_damaged_results_are_refused(self):
        result = self.run_worker("attribute", rows=rows_of(*SMALL))
        data = base64.b64decode(result)
        for place in range(0, len(data), 60):
            damaged = bytearray(data)
            damaged[place] ^= 4
            self.run_worker("merge", rows=base64.b64encode(bytes(damaged)) + b"\n", status=2)
        text = self.run_worker("merge", rows=result + base64.b64encode(data[:-9]) + b"\n", status=2)
        self.assertIn("standard input:2: partial: the bytes end early", text)
        self.run_worker("merge", rows=result[:-4], status=2)
        self.run_worker("merge", rows=b"", status=2)
        text = self.run_worker("report", rows=result * 2, status=2)
        self.assertIn("merge them first", text)

    def test_missing_parts_are_an_error(self):
        result = self.run_worker("attribute", rows=rows_of(*SMALL))
        text = self.run_worker("merge", "--parts", 3, rows=result * 2, status=2)
        self.assertIn("there are 2 partial results of 1 kinds, 3 parts should have given 3", text)
        text = self.run_worker("merge", "--parts", 1, rows=result * 2, status=2)
        self.assertIn("there are 2 partial results of 1 kinds, 1 parts should have given 1", text)

    def test_results_of_another_configuration_are_refused(self):
        result = self.run_worker("attribute", rows=rows_of(*SMALL))
        other = self.run_worker("attribute", "--lookback-days", 30, rows=rows_of(*SMALL))
        text = self.run_worker("merge", rows=result + other, status=2)
        self.assertIn("policy is '30 days before the sale, both ends included', and here '90 days "
                      "before the sale, both ends included'", text)
        learned = [self.run_worker("learn", "--until", until, rows=rows_of(*SMALL)) for until in (300, 301)]
        self.assertIn("windows end is '301', and here '300'",
                      self.run_worker("merge", rows=b"".join(learned), status=2))
        for number, what in enumerate(learned):
            Path(f"learned-{number}").write_bytes(self.run_worker("merge", rows=what))
        other = self.run_worker("attribute", "--half-life-days", 6, rows=rows_of(*SMALL))
        self.assertIn("half-life is '6 days', and here '7 days'",
                      self.run_worker("merge", rows=result + other, status=2))
        others = [self.run_worker("attribute", "--learned", f"learned-{number}", rows=rows_of(*SMALL))
                  for number in range(2)]
        self.assertIn("learned is '", self.run_worker("merge", rows=b"".join(others), status=2))

    def test_files_are_read_as_standard_input_is(self):
        Path("all").write_bytes(rows_of(*SMALL))
        Path("some").write_bytes(rows_of(*SMALL[3:]))
        Path("others").write_bytes(rows_of(*SMALL[:3]))
        for step in ["attribute"], ["learn", "--until", "300"], ["credits"]:
            result = self.run_worker(*step, rows=rows_of(*SMALL))
            self.assertEqual(self.run_worker(*step, "all"), result)
            self.assertEqual(self.run_worker(*step, "some", "others"), result)
        self.assertIn("some and 1 others: two sales have the row number 0",
                      self.run_worker("attribute", "some", "some", status=2))
        Path("others").write_bytes(rows_of(*SMALL[:3])[:-6])
        self.assertIn("others:3: the input ends without an end row: it was cut off",
                      self.run_worker("attribute", "some", "others", status=2))
        for no_file in "nowhere", ".":
            self.assertIn("cannot be opened", self.run_worker("count", no_file, status=2))

    def test_ranges_share_every_line_out_once_wherever_they_are_cut(self):
        rows = rows_of(*SMALL)
        Path("rows").write_bytes(rows)
        line_begins = {at + 1 for at, byte in enumerate(rows) if byte == ord("\n")}
        cuts = [[begin + off] for begin in sorted(line_begins) for off in (-1, 0, 1)]
        cuts += [sorted(line_begins), [30, 31, 32]]
        whole = sorted(SMALL)
        for cut in cuts:
            seen, ends = [], []
            for number, (begin, end) in enumerate(zip([0, *cut], [*cut, len(rows) + 9])):
                out = f"{cut[0]}-{len(cut)}-{number}"
                dealt, said = self.run_worker("split", "--rows", "rows", "--from", begin, "--to",
                                              end, "--parts", 2, "--out", out).split()
                pieces = [row for part in range(2)
                          for row in Path(f"{out}/part-{part:05}.rows").read_text().splitlines()]
                own = [row for row in pieces if not row.startswith("end")]
                self.assertEqual(len(own), int(dealt))
                seen += own
                ends += [said] if said != b"\\N" else []
            self.assertEqual((sorted(seen), ends), (whole, [b"6"]), cut)
        Path("cut").write_bytes(rows[:-1])
        self.assertIn("cut from byte 40 on:", self.run_worker(
            "split", "--rows", "cut", "--from", 40, "--to", 9999, "--parts", 2, "--out", "no",
            status=2))
        self.assertFalse(Path("no").exists())

    def test_split_sees_the_end_of_whole_input(self):
        split = "split", "--parts", 2, "--out", "parts"
        for rows, what in {
                rows_of(*SMALL).replace(b"end\t6", b"end\t7"):
                    "there are 6 rows, the end row says 7",
                rows_of(*SMALL)[:-6]: "without an end row: it was cut off",
                rows_of(*SMALL)[:-1]: "ends in the middle of a line",
                rows_of(*SMALL) + SMALL[0].encode() + b"\n": ":8: there are rows after the end",
        }.items():
            Path("rows").write_bytes(rows)
            self.assertIn(what, self.run_worker(*split, rows=rows, status=2))
            self.assertIn(what, self.run_worker(*split, "--rows", "rows", status=2))
            self.assertFalse(Path("parts").exists())

    def test_count(self):
        Path("rows").write_bytes(rows_of(*SMALL))
        self.assertEqual(self.run_worker("count", "rows"), b"6\t2\t1\t300\t3\tann\n")
        Path("ties").write_bytes(rows_of("touch\tb\\tb\t-5\t0\tx", "touch\tc\t-7\t1\tx"))
        self.assertEqual(self.run_worker("count", "ties"), b"2\t2\t0\t-5\t1\tb\\tb\n")
        self.assertEqual(self.run_worker("count", "rows", "ties"), b"8\t4\t1\t300\t3\tann\n")
        Path("none").write_bytes(rows_of())
        self.assertEqual(self.run_worker("count", "none"), b"0\t0\t0\t\\N\t0\t\\N\n")

    def test_what_the_client_says_of_the_counts(self):
        """The largest part and the largest customer need not be in one part."""
        said = dask_report.summary([[3, 2, 1, 7, 1, "bob"], [6, 4, 0, None, 2, "ann"], [1, 1, 0, 9, 1, "eve"]])
        self.assertEqual(said.splitlines()[:4], [
            "10 rows of 7 customers in 3 parts", "largest part: 60.0000% of all rows",
            "largest customer: 20.0000% of all rows, ann", "without a customer: 10.0000% of all rows"])
        said = dask_report.summary([[6, 4, 0, 7, 2, "ann"], [5, 1, 0, 9, 5, "eve"]]).splitlines()
        self.assertIn("largest part: 54.5455% of all rows", said)
        self.assertIn("largest customer: 45.4545% of all rows, eve", said)
        self.assertNotIn("without", " ".join(said))
        self.assertEqual(dask_report.summary([[0, 0, 0, None, 0, "\\N"]]).splitlines()[:2],
                         ["0 rows of 0 customers in 1 parts", "largest part: 0.0000% of all rows"])

    def test_tables_of_the_client(self):
        """What earned nothing is left out, ties are in the order of names, and cents keep their sign."""
        dask_report.write_tables(b"model,segment,channel,units,conversions,credits\n"
                                 b"last,b,tv,-500000000,1,1\nlast,b,ad,10,1,1\nlast,a,tv,500000010,1,1\n"
                                 b"last,a,mail,0,0,0\nlast,a,ad,0,0,2\nlast,a,,7,1,1\n", Path("tables"))
        self.assertEqual(Path("tables/last_by_channel.csv").read_text(),
                         "channel_name,total_pipeline\nad,0.00000001\ntv,0.00000001\n")
        self.assertEqual(Path("tables/last_by_segment_and_channel.csv").read_text(),
                         "sales_segment,channel_name,total_pipeline\na,tv,0.50000001\nb,ad,0.00000001\n"
                         "a,ad,0.0\nb,tv,-0.5\n")

    def test_customers_in_the_wrong_part_are_found(self):
        self.run_worker("split", "--parts", 7, "--out", "parts", rows=rows_of(
            *SMALL, "touch\tM\u00fcller\t1\t9\tx"))
        for part in range(7):
            file = f"parts/part-{part:05}.rows"
            self.run_worker("count", "--part", part, "--parts", 7, file)
            if Path(file).stat().st_size > len("end\t0\n"):
                for wrong in (part + 1) % 7, (part + 6) % 7:
                    text = self.run_worker("count", "--part", wrong, "--parts", 7, file, status=2)
                    self.assertRegex(text, f"{file}:1: column 'customer': .* belongs to part "
                                           f"{part} of 7 by its hash, and this is part {wrong}: ")

    def test_tables_are_rows(self):
        Path("t.csv").write_text("ts;Kind;user;channel\n1970-01-01T00:01:40Z;click;ann;search\n"
                                 "200;click;ann;'m\n1970-01-01 01:02:30+01:00;view;(none);\n")
        Path("o.csv").write_text('order,user,created,country,revenue\n1,ann,300,"a\nb",10.01\n'
                                 '2,"bob, jr",301,,-7\n')
        options = ("--key", "user", "--time", "ts, created", "--segment", "country", "--value",
                   "revenue", "--parts", 1)
        for name in "t.csv", "o.csv":
            option = "--touchpoints" if name == "t.csv" else "--conversions"
            printed = self.run_worker("split", option, name, *options, "--first-row", 1000, "--out",
                                      name[0])
            self.assertEqual(printed, b"%d\t\\N\n" % (3 if name == "t.csv" else 2))
        touches = ["touch\tann\t100\t1002\tsearch", "touch\tann\t200\t1003\t'm",
                   "touch\t\\N\t150\t1004\t"]
        sales = ["sale\tann\t300\t1002\ta\\nb\t10010000000",
                 "sale\tbob, jr\t301\t1004\t\t-7000000000"]
        self.assertEqual(Path("t/part-00000.rows").read_bytes(), rows_of(*touches))
        self.assertEqual(Path("o/part-00000.rows").read_bytes(), rows_of(*sales))
        self.run_worker("split", "--touchpoints", "t.csv", "--conversions", "o.csv", *options,
                        "--first-row", 1000, "--out", "both")
        self.assertEqual(Path("both/part-00000.rows").read_bytes(), rows_of(*touches, *sales))
        self.run_worker("split", "--conversions", "o.csv", *options[:4], "--segment", "",
                        *options[6:], "--out", "no-segment")
        self.assertIn("\t301\t4\t\t-7", Path("no-segment/part-00000.rows").read_text())

        for old, new, what in (
                ("200", "200.5", "t.csv:3: column 'ts': '200.5' is not a time"),
                ("01:40Z", "01:40.5Z", "t.csv:2: column 'ts': '1970-01-01T00:01:40.5Z' has parts "
                                       "of a second, which rows cannot have"),
                ("ts;", "at;", "t.csv:1: column 'ts, created': "),
                ("view", '"view', "t.csv:4: ")):
            text = Path("t.csv").read_text()
            Path("wrong").mkdir(exist_ok=True)
            Path("wrong/t.csv").write_text(text.replace(old, new))
            self.assertIn(what, self.run_worker("split", "--touchpoints", "wrong/t.csv", *options,
                                                "--out", "failed", status=2))
            self.assertFalse(Path("failed").exists())

    def test_the_hash_of_customers(self):
        for key, value in {"": 0xcbf29ce484222325, "a": 0xaf63dc4c8601ec8c,
                           "foobar": 0x85944171f73967e8, "M\u00fcller": 0x83e06783f7b17fdc}.items():
            self.assertEqual(dask_report.stable_hash(key.encode()), value)
        self.assertEqual([dask_report.partition_of(key.encode(), 16)
                          for key in ("", "a", "foobar", "M\u00fcller", "42")], [1, 0, 9, 15, 4])


if __name__ == "__main__":
    harness.main(Worker, WORKER)

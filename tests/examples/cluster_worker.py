# SPDX-License-Identifier: BSL-1.0
"""attribution_worker as a filter: whatever the parts, the same bytes; whatever the damage, an error.

Usage: cluster_worker.py WORKER PIPELINE_ROWS PIPELINE DIRECTORY_OF_dask_report
"""

import base64
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

    def test_parts_are_the_whole(self):
        """The files of the program split, and those of the Python client, are the same."""
        rows = self.pipeline_rows()
        dealt, latest = dask_report.split(rows.splitlines(), 7)
        self.run_worker("split", "--parts", 7, "--out", "parts", rows=rows)
        files = sorted(Path("parts").iterdir())
        self.assertEqual([file.read_bytes() for file in files], dealt)
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
                "sale\tann\t1\t9\tretail\t99999999999999999999": "column 'amount': ",
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

    def test_results_of_another_configuration_are_refused(self):
        result = self.run_worker("attribute", rows=rows_of(*SMALL))
        other = self.run_worker("attribute", "--lookback-days", 30, rows=rows_of(*SMALL))
        text = self.run_worker("merge", rows=result + other, status=2)
        self.assertIn("policy is '30 days before the sale, both ends included', and here '90 days "
                      "before the sale, both ends included'", text)

    def test_the_hash_of_customers(self):
        for key, value in {"": 0xcbf29ce484222325, "a": 0xaf63dc4c8601ec8c,
                           "foobar": 0x85944171f73967e8, "M\u00fcller": 0x83e06783f7b17fdc}.items():
            self.assertEqual(dask_report.stable_hash(key.encode()), value)
        self.assertEqual([dask_report.partition_of(key.encode(), 16)
                          for key in ("", "a", "foobar", "M\u00fcller", "42")], [1, 0, 9, 15, 4])


if __name__ == "__main__":
    harness.main(Worker, WORKER)

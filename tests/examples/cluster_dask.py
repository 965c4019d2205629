# SPDX-License-Identifier: BSL-1.0
"""A real Dask scheduler and real workers, as processes of their own, compute the pipeline report.

Usage: cluster_dask.py WORKER PIPELINE_ROWS PIPELINE DIRECTORY_OF_dask_report DATA
"""

import csv
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import zlib
from collections import defaultdict
from pathlib import Path

import harness
from dask_cluster import Cluster, write_parts

WORKER, ROWS, PIPELINE = (str(Path(path).resolve()) for path in sys.argv[1:4])
CLIENT, DATA = Path(sys.argv[4]).resolve() / "dask_report.py", Path(sys.argv[5])
sys.path.insert(0, str(CLIENT.parent))
from dask_report import customer_bytes, decimal, partition_of, run  # noqa: E402

# Once for each step of its name, it leaves damaged files where it was to write and kills the Dask
# worker that called it.
KILLER = """#!/bin/sh
for out; do :; done
if mkdir "$0-$1" 2>/dev/null; then
    if [ "$1" = split ]; then
        "{worker}" "$@" >/dev/null
        for piece in "$out"/*; do echo damaged >"$piece"; done
    fi
    kill -9 $PPID
    exit 1
fi
exec "{worker}" "$@"
"""


def skip_without_dask():
    try:
        import distributed  # noqa: F401
    except ImportError:
        print("SKIPPED: Dask is not installed; install python3-distributed to run this test")
        sys.exit(harness.SKIPPED)


def rows_with_end(rows):
    return b"".join([*rows, b"end\t%d\n" % len(rows)])


def write_tables(rows, directory):
    """The rows as CSV in the order of their numbers: touchpoints in two files, and conversions."""
    touches, sales = [], []
    for row in rows:
        kind, customer, at, number, *texts = row.rstrip(b"\n").split(b"\t")
        texts = [customer_bytes(text).decode() for text in (customer, *texts)]
        (touches if kind == b"touch" else sales).append((int(number), int(at), texts))
    touches.sort()
    half = len(touches) // 2
    for name, header, some in (
            ("touches/1.csv", ["who", "when", "channel"], touches[:half]),
            ("touches/2.csv", ["who", "when", "channel"], touches[half:]),
            ("orders.csv", ["who", "ordered", "country", "amount"], sorted(sales))):
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        with open(directory / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for _, at, (customer, *texts) in some:
                if header[-1] == "amount":
                    texts[-1] = decimal(int(texts[-1]))
                writer.writerow([customer, at, *texts])


class Dask(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = Path(tempfile.mkdtemp(prefix="attribution-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        subprocess.run([PIPELINE, "--no-pictures", "--out", cls.shared / "sample"], check=True,
                       capture_output=True)
        cls.rows, cls.expected = cls.rows_of(cls.shared / "sample" / "sample-data",
                                             cls.shared / "sample")
        *cls.lines, _ = cls.rows.read_bytes().splitlines(keepends=True)
        (cls.shared / "cluster").mkdir()
        cls.cluster = Cluster(cls.shared / "cluster")
        cls.addClassCleanup(cls.cluster.stop)

    def setUp(self):
        self.directory = Path(tempfile.mkdtemp(dir=self.shared))
        self.out = self.directory / "out"
        self.scratch = self.directory / "scratch"

    @classmethod
    def rows_of(cls, data, results):
        rows = results / "rows"
        with open(rows, "wb") as file:
            subprocess.run([ROWS, "--data", data], check=True, stdout=file)
        return rows, {name: content for name, content in harness.files_in(results).items()
                      if name.endswith(("_by_channel.csv", "_by_segment_and_channel.csv"))
                      and not name.startswith("returns")}

    def command(self, *options, worker=WORKER):
        return [sys.executable, "-B", CLIENT, "--scheduler-file", self.cluster.file, "--worker",
                worker, "--out", self.out, *map(str, options)]

    def run_client(self, *options, status=0, worker=WORKER):
        """What it prints; on standard error, if it fails."""
        run = subprocess.run(self.command(*options, worker=worker), capture_output=True, text=True,
                             check=False, timeout=240, cwd=self.directory)
        self.assertEqual(run.returncode, status, run.stderr)
        self.assertNotIn("Traceback", run.stderr)
        if self.scratch.exists():
            self.assertEqual(list(self.scratch.iterdir()), [])
        if status == 0:
            self.assertEqual(run.stderr, "")
            return run.stdout
        self.assertEqual(run.stdout, "")
        self.assertFalse(self.out.exists())
        return run.stderr

    def splitting(self, parts):
        return "--scratch", self.scratch, "--parts", parts

    def split(self, parts):
        """The sample in parts."""
        directory = self.directory / f"parts-{parts}"
        subprocess.run([WORKER, "split", "--rows", self.rows, "--parts", str(parts), "--out",
                        directory], check=True)
        return directory

    def test_parts_give_the_bytes_of_one_process(self):
        self.assertEqual(len(self.expected), 14)
        write_tables(self.lines, self.directory)
        counts = defaultdict(int)
        for line in self.lines:
            counts[line.split(b"\t")[1]] += 1
        missing = counts.pop(b"\\N")
        largest = max(counts.values())
        for parts in 1, 7, 16:
            for way in (
                    ["--parts-in", self.split(parts)],
                    # A range ends inside of a line, and one after the last.
                    ["--rows", self.rows, "--bytes-per-task", 31_337, *self.splitting(parts)],
                    ["--touchpoints", "touches", "--conversions", "orders.csv", "--key", "who",
                     "--time", "when,ordered", "--segment", "country", *self.splitting(parts)]):
                with self.subTest(parts=parts, way=way[0]):
                    printed = self.run_client(*way)
                    self.assertEqual(harness.files_in(self.out), self.expected)
                    shutil.rmtree(self.out)
                    self.assertIn(f"{len(self.lines):,} rows of {len(counts)} customers in {parts} "
                                  "parts\n", printed)
                    self.assertRegex(printed, rf"largest customer: {largest / len(self.lines):.4%} "
                                              r"of all rows, \w+\n")
                    self.assertIn(f"without a customer: {missing / len(self.lines):.4%}", printed)

    def test_third_party_data(self):
        if not (DATA / "pipeline").is_dir():
            self.skipTest(f"there is no third-party data in {DATA}")
        results = self.directory / "third-party"
        subprocess.run([PIPELINE, "--no-pictures", "--data", DATA / "pipeline", "--out", results],
                       check=True, capture_output=True)
        rows, expected = self.rows_of(DATA / "pipeline", results)
        self.run_client("--rows", rows, *self.splitting(7))
        self.assertEqual(harness.files_in(self.out), expected)

    def test_killed_workers_change_nothing(self):
        killer = self.directory / "killer"
        killer.write_text(KILLER.format(worker=WORKER))
        killer.chmod(0o755)
        for step in "count", "learn", "merge", "report":
            (self.directory / f"killer-{step}").mkdir()
        files = self.directory / "rows"
        files.mkdir()
        for number in range(3):
            (files / f"{number}.rows").write_bytes(rows_with_end(self.lines[number::3]))
        self.run_client("--rows", files / "1.rows", files / "0.rows", files / "2.rows",
                        "--bytes-per-task", 31_337, *self.splitting(5), worker=killer)
        self.assertEqual(harness.files_in(self.out), self.expected)
        self.assertTrue((self.directory / "killer-split").is_dir())
        self.assertTrue((self.directory / "killer-attribute").is_dir())
        self.assertEqual(self.cluster.replace_dead_workers(), 2)

    def test_a_part_that_fails_for_good_fails_the_job_with_its_file_and_reason(self):
        broken = self.split(7)
        part = broken / "part-00004.rows"
        lines = part.read_bytes().splitlines(keepends=True)
        lines[20] = lines[20].rstrip(b"\n") + b"\\q\n"
        part.write_bytes(b"".join(lines))
        reason = "parts-7/part-00004.rows:21: column '.*': .* has a backslash"
        self.assertRegex(self.run_client("--parts-in", broken, status=1), reason)
        rows = self.directory / "broken.rows"
        rows.write_bytes(b"".join(lines))
        late = self.directory / "late"  # still at it when the job has failed
        late.write_text('#!/bin/sh\ncase "$*" in *sample/rows*) sleep 1; esac\n'
                        f'exec "{WORKER}" "$@"\n')
        late.chmod(0o755)
        self.assertRegex(self.run_client("--rows", rows, self.rows, *self.splitting(3), status=1,
                                         worker=late),
                         reason.replace("parts-7/part-00004", "broken"))
        failed = time.monotonic()
        failing = self.directory / "failing"
        failing.write_text('#!/bin/sh\necho "$@" >>"$0-calls"; exit 7\n')
        failing.chmod(0o755)
        part.write_bytes(b"".join(lines[20:]))
        self.assertRegex(self.run_client("--parts-in", part.parent, status=1, worker=failing),
                         r"parts-7/part-0000\d.rows: status 7 \(on ")
        calls = (self.directory / "failing-calls").read_text().splitlines()
        self.assertGreaterEqual(max(map(calls.count, calls)), 3)
        self.assertIn("No such file", self.run_client("--parts-in", broken, status=1,
                                                      worker=self.directory / "no-program"))
        time.sleep(max(0, failed + 1.5 - time.monotonic()))
        self.assertEqual(list(self.scratch.iterdir()), [])

    def test_what_would_fail_again_is_tried_once(self):
        for status, times in (2, 1), (1, 3):
            program, calls = self.directory / f"fails-{status}", self.directory / f"calls-{status}"
            program.write_text(f"#!/bin/sh\necho >> '{calls}'\necho wrong >&2\nexit {status}\n")
            program.chmod(0o755)
            with self.assertRaisesRegex(RuntimeError, "part: wrong"):
                run(str(program), [], "part")
            self.assertEqual(calls.read_text(), "\n" * times)

    def test_input_that_was_cut_off_fails_the_job(self):
        whole = self.rows.read_bytes()
        cut = self.directory / "cut.rows"
        *rows, _ = whole.splitlines(keepends=True)
        first = [*rows[:600], b"end\t600\n"]  # two files one after the other, each in tasks of its own
        both = [*first, *rows[600:], b"end\t%d\n" % (len(rows) - 600)]
        for lines, most, reason in (
                (both, len(b"".join(first)),
                 f"there are {len(rows)} rows, the end row says 600 and {len(rows) - 600}: "),
                (whole.splitlines(keepends=True)[:-2], 31_337,
                 "without an end row: it was cut off"),
                (whole.splitlines(keepends=True)[1:], 31_337,
                 f"there are {len(self.lines) - 1} rows, the end row says {len(self.lines)}"),
                ([whole[:70_000]], 31_337, "the input ends in the middle of a line")):
            cut.write_bytes(b"".join(lines))
            errors = self.run_client("--rows", cut, "--bytes-per-task", most, *self.splitting(7),
                                     status=1)
            self.assertRegex(errors, rf"cut.rows.*: .*{reason}")
        cut.write_bytes(b"")
        self.assertRegex(self.run_client("--rows", self.rows, cut, *self.splitting(7), status=1),
                         "cut.rows: .*without an end row: it was cut off")
        parts = self.split(7)
        part = parts / "part-00002.rows"
        part.write_bytes(b"".join(part.read_bytes().splitlines(keepends=True)[:-1]))
        self.assertRegex(self.run_client("--parts-in", parts, status=1),
                         "part-00002.rows:.*: the input ends without an end row: it was cut off")

    def test_a_customer_in_the_wrong_part_fails_the_job(self):
        parts = self.split(7)
        first, second = parts / "part-00002.rows", parts / "part-00003.rows"
        row, *rows, _ = first.read_bytes().splitlines(keepends=True)
        *others, _ = second.read_bytes().splitlines(keepends=True)
        first.write_bytes(rows_with_end(rows))
        second.write_bytes(rows_with_end([*others, row]))
        self.assertRegex(self.run_client("--parts-in", parts, status=1),
                         rf"part-00003.rows:{len(others) + 1}: column 'customer': .* belongs to "
                         r"part 2 of 7 by its hash, and this is part 3")
        parts = self.split(8)
        (parts / "part-00003.rows").unlink()
        self.assertRegex(self.run_client("--parts-in", parts, status=1),
                         "part-00004.rows: this is not part-00003.rows: a part is missing")
        (parts / "part-00007.rows").rename(parts / "part-00003.rows")
        self.assertRegex(self.run_client("--parts-in", parts, status=1), "belongs to part . of 7")

    def test_parts_of_another_hash(self):
        parts = defaultdict(list)
        for line in self.lines:
            parts[zlib.crc32(line.split(b"\t")[1]) % 5].append(line)
        directory = self.directory / "others"
        directory.mkdir()
        (directory / "_SUCCESS").write_bytes(b"")
        for part, lines in parts.items():
            (directory / f"{part}.txt").write_bytes(rows_with_end(lines))
        self.assertIn("split did not make them (--other-hash)",
                      self.run_client("--parts-in", directory, status=1))
        self.run_client("--parts-in", directory, "--other-hash")
        self.assertEqual(harness.files_in(self.out), self.expected)

    def test_what_is_not_there(self):
        nowhere = self.directory / "nowhere"
        for way in ["--parts-in", nowhere], ["--rows", nowhere, *self.splitting(2)]:
            self.assertRegex(self.run_client(*way, status=1), "nowhere: No such file or directory")
        nowhere.mkdir()
        self.assertIn("nowhere: there are no files", self.run_client("--parts-in", nowhere,
                                                                     status=1))
        self.assertIn("rows: ", self.run_client("--rows", self.rows, "--scratch", self.rows,
                                                status=1))
        for wrong in ["--rows", self.rows], ["--rows", self.rows, "--parts-in", nowhere]:
            self.run_client(*wrong, status=2)

    def test_progress_is_for_terminals(self):
        slow = self.directory / "slow"
        slow.write_text(f'#!/bin/sh\n[ "$1" != attribute ] || sleep 0.5\nexec "{WORKER}" "$@"\n')
        slow.chmod(0o755)
        parts = self.split(9)
        began = time.monotonic()
        shown = self.seen_on_a_terminal("--parts-in", parts, worker=slow)
        steps = re.findall(rb"\rattribute: (\d+) of 9 parts, ([\d,]+) rows, 3 workers", shown)
        self.assertGreater(len(steps), 1, shown)
        self.assertEqual(steps[0], (b"0", b"0"))
        self.assertTrue(0 < int(steps[-1][0]) <= 9, steps)
        self.assertTrue(0 < int(steps[-1][1].replace(b",", b"")) <= len(self.lines), steps)
        self.assertLess(shown.count(b"\r"), time.monotonic() - began + 5)
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown)
        self.assertEqual(self.seen_on_a_terminal("--parts-in", parts, "--quiet"), b"")

    def seen_on_a_terminal(self, *options, worker=WORKER):
        ours, theirs = pty.openpty()
        with subprocess.Popen(self.command(*options, worker=worker), stdout=subprocess.DEVNULL,
                              stderr=theirs) as client:
            os.close(theirs)
            shown = b""
            try:
                while piece := os.read(ours, 10_000):
                    shown += piece
            except OSError:  # so ends a terminal
                pass
        os.close(ours)
        self.assertEqual(client.returncode, 0, shown)
        self.assertEqual(harness.files_in(self.out), self.expected)
        return shown

    def test_the_client_needs_no_more_memory_for_more_parts(self):
        needed = {}
        for parts in 1, 16:
            data = self.directory / f"many-{parts}"
            write_parts(data, parts, 20_000, partition_of)
            printed = self.run_client("--parts-in", data)
            self.assertIn(f"{20_000 * parts:,} rows of", printed)
            needed[parts] = int(re.search(r"memory of this client: (\d+) MiB", printed)[1])
        self.assertLessEqual(needed[16], 1.2 * needed[1])


skip_without_dask()
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # a killed worker leaves its child without a pipe
harness.main(Dask, WORKER)

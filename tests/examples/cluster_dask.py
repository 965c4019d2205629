# SPDX-License-Identifier: BSL-1.0
"""A real Dask scheduler and real workers, as processes of their own, compute the pipeline report.

Usage: cluster_dask.py WORKER PIPELINE_ROWS PIPELINE DIRECTORY_OF_dask_report DATA
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import shutil
import unittest
from pathlib import Path

import harness

WORKER, ROWS, PIPELINE = (str(Path(path).resolve()) for path in sys.argv[1:4])
CLIENT, DATA = Path(sys.argv[4]).resolve() / "dask_report.py", Path(sys.argv[5])


def skip_without_dask():
    try:
        import distributed  # noqa: F401
    except ImportError:
        print("SKIPPED: Dask is not installed; install python3-distributed to run this test")
        sys.exit(harness.SKIPPED)


class Cluster:
    """A scheduler and workers; what happens to them is in log files."""

    def __init__(self, directory):
        self.file = directory / "scheduler.json"
        self.directory = directory
        self.processes = [self.start("scheduler", "distributed.cli.dask_scheduler", "--port", "0",
                                     "--idle-timeout", "600")]
        wait_for(self.file.exists, "the scheduler")
        self.workers = [self.worker(number) for number in range(3)]

    def worker(self, number):
        process = self.start(f"worker-{number}", "distributed.cli.dask_worker", "--no-nanny",
                             "--nthreads", "1", "--death-timeout", "60",
                             "--local-directory", self.directory / str(number))
        self.processes.append(process)
        return process

    def start(self, name, module, *options):
        with open(self.directory / f"{name}.log", "wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module, "--scheduler-file", self.file, "--no-dashboard",
                 *options], stdout=log, stderr=log)

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(ready, what, seconds=120):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come up")
        time.sleep(0.05)


class Dask(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = Path(tempfile.mkdtemp(prefix="attribution-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.directory, ignore_errors=True)
        subprocess.run([PIPELINE, "--out", cls.directory / "sample"], check=True,
                       capture_output=True)
        cls.rows, cls.expected = cls.rows_of(cls.directory / "sample" / "sample-data",
                                             cls.directory / "sample")
        cls.slow_worker = cls.directory / "slow_worker"
        cls.slow_worker.write_text(f'#!/bin/sh\nsleep 0.5\nexec "{WORKER}" "$@"\n')
        cls.slow_worker.chmod(0o755)
        cls.cluster = Cluster(cls.directory)
        cls.addClassCleanup(cls.cluster.stop)

    @classmethod
    def rows_of(cls, data, results):
        rows = results / "rows"
        with open(rows, "wb") as file:
            subprocess.run([ROWS, "--data", data], check=True, stdout=file)
        return rows, {name: content for name, content in harness.files_in(results).items()
                      if name.endswith(("_by_channel.csv", "_by_segment_and_channel.csv"))
                      and not name.startswith("returns")}

    def client(self, rows, parts, out, worker=WORKER):
        return subprocess.Popen(
            [sys.executable, "-B", CLIENT, "--scheduler-file", self.cluster.file, "--worker",
             worker, "--rows", rows, "--parts", str(parts), "--out", out],
            stderr=subprocess.PIPE, text=True)

    def check(self, rows, expected, parts):
        out = self.directory / f"{rows.parent.name}-{parts}"
        client = self.client(rows, parts, out)
        _, errors = client.communicate(timeout=240)
        self.assertEqual(client.returncode, 0, errors)
        self.assertIn(f"attribute: {parts} of {parts} parts", errors)
        self.assertEqual(harness.files_in(out), expected)

    def test_parts_give_the_bytes_of_one_process(self):
        self.assertEqual(len(self.expected), 14)
        for parts in 1, 7, 16:
            with self.subTest(parts=parts):
                self.check(self.rows, self.expected, parts)

    def test_third_party_data(self):
        if not (DATA / "pipeline").is_dir():
            self.skipTest(f"there is no third-party data in {DATA}")
        results = self.directory / "third-party"
        subprocess.run([PIPELINE, "--data", DATA / "pipeline", "--out", results], check=True,
                       capture_output=True)
        self.check(*self.rows_of(DATA / "pipeline", results), 7)

    def test_a_killed_worker_changes_nothing(self):
        out = self.directory / "killed"
        client = self.client(self.rows, 16, out, self.slow_worker)
        seen = ""
        while "1 of 16" not in seen:
            piece = client.stderr.read(1)
            self.assertTrue(piece, seen)
            seen += piece
        victim = self.cluster.workers.pop()
        self.assertIsNone(victim.poll())
        victim.send_signal(signal.SIGKILL)
        self.assertEqual(victim.wait(10), -signal.SIGKILL)
        self.assertIsNone(client.poll())  # it was in the middle
        _, errors = client.communicate(timeout=240)
        self.assertEqual(client.returncode, 0, errors)
        self.assertEqual(harness.files_in(out), self.expected)
        self.cluster.workers.append(self.cluster.worker(9))

    def test_a_part_that_fails_for_good_fails_the_job_with_its_reason(self):
        lines = self.rows.read_bytes().splitlines(keepends=True)
        lines[100] = lines[100].rstrip(b"\n") + b"\\q\n"
        broken = self.directory / "broken.rows"
        broken.write_bytes(b"".join(lines))
        out = self.directory / "failed"
        client = self.client(broken, 7, out)
        _, errors = client.communicate(timeout=240)
        self.assertEqual(client.returncode, 1, errors)
        self.assertRegex(errors, r"(?m)^part \d: attribution_worker: standard input:\d+: column "
                                 r"'channel': .* has a backslash")
        self.assertNotIn("Traceback", errors)
        self.assertFalse(out.exists())

    def test_rows_that_were_cut_off_fail_the_job(self):
        cut = self.directory / "cut.rows"
        cut.write_bytes(b"".join(self.rows.read_bytes().splitlines(keepends=True)[:-2]))
        client = self.client(cut, 7, self.directory / "cut")
        _, errors = client.communicate(timeout=240)
        self.assertEqual(client.returncode, 1, errors)
        self.assertIn("they were cut off", errors)


skip_without_dask()
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # a killed worker leaves its child without a pipe
harness.main(Dask, WORKER)

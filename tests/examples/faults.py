# SPDX-License-Identifier: BSL-1.0
"""What an example program leaves behind when the disk is full, a file cannot be read, or it is
killed at any moment."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import harness

SEED = 2026
KILLS = 30
FULL = Path("/dev/full")


class Faults(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.name = Path(self.program).name
        self.database = self.directory / "report.sqlite"

    def without_data(self):
        """What the program needs to run without files of one's own."""
        return []

    def check_failed(self, outcome, *words, status=1):
        """One line that begins with the program's name and says what, where and what to do."""
        self.assertEqual(outcome.status, status, outcome)
        self.assertRegex(outcome.error, rf"\A{self.name}: [^\n]+\n\Z")
        for word in words:
            self.assertIn(str(word), outcome.error)

    def report_in(self, database):
        """All rows of the database but for the time at which they were written."""
        with closing(sqlite3.connect(database)) as connection:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            rows = {}
            for table, in tables.fetchall():
                found = connection.execute(f'SELECT * FROM "{table}"')
                columns = [column[0] for column in found.description]
                rows[table] = sorted(
                    repr([cell for name, cell in zip(columns, row) if name != "written_at"])
                    for row in found)
            return rows

    def hidden(self, directory):
        return [path.name for path in directory.glob(".*")]

    def other_data(self):
        """The sample without the last rows of its longest file: another report."""
        longest = max(self.sample_data().glob("*.csv"), key=lambda file: file.stat().st_size)
        return self.changed_copy(longest.name, lambda lines: lines[:-40] + lines[-1:])

    # --- Full disks

    def test_standard_output_that_is_full(self):
        for options in [], ["--json"]:
            with self.subTest(options), open(FULL, "w", encoding="utf-8") as full:
                run = subprocess.run(
                    [self.program, "--no-pictures", "--out", self.out, *self.without_data(), *options],
                    stdout=full,
                    stderr=subprocess.PIPE, text=True, check=False, cwd=self.directory)
                run.stdout = ""
                self.check_failed(harness.Outcome(run), "standard output", "No space left")
                self.assertEqual(self.hidden(self.out), [])

    def test_database_on_a_full_device(self):
        outcome = self.run_program(*self.reading(self.sample_data()), "--out", self.out, "--database",
                                   FULL, status=1)
        self.check_failed(outcome, FULL, "cannot be written")
        self.assertFalse(self.out.exists())

    @contextmanager
    def small_disk(self, size):
        disk = self.directory / "disk"
        disk.mkdir()
        if os.geteuid() != 0 or subprocess.run(
                ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk],
                capture_output=True, check=False).returncode != 0:
            self.skipTest("a small disk cannot be mounted here; it takes root and tmpfs")
        try:
            yield disk
        finally:
            subprocess.run(["umount", disk], check=True)

    def test_full_disk(self):
        data, other = self.sample_data(), self.other_data()
        self.run_program(*self.reading(data), "--out", self.out, "--database", self.database)
        page = os.sysconf("SC_PAGE_SIZE")
        size = sum(-(-file.stat().st_size // page) * page for file in self.out.iterdir())
        room = size + self.database.stat().st_size
        old = harness.files_in(self.out)
        report = self.report_in(self.database)
        with self.small_disk(room + size // 2) as disk:
            out, database = disk / "out", disk / "report.sqlite"
            into = ["--out", out, "--database", database]
            self.run_program(*self.reading(data), "--out", out)
            shutil.copy(self.database, database)
            # The new results do not fit beside the old ones.
            outcome = self.run_program(*self.reading(other), *into, status=1)
            self.check_failed(outcome, out, "No space left on device", "make room")
            self.assertEqual(harness.files_in(out), old)
            self.assertEqual(self.report_in(database), report)
            self.assertEqual(self.hidden(out), [])
            # The files would fit, but not the database.
            shutil.rmtree(out)
            filler = disk / "filler"
            filler.write_bytes(bytes(shutil.disk_usage(disk).free - size - 2 * page))
            outcome = self.run_program(*self.reading(other), *into, status=1)
            self.check_failed(outcome, disk)
            self.assertFalse(out.exists())
            self.assertEqual(self.report_in(database), report)
            # With more room, the same command succeeds.
            filler.unlink()
            subprocess.run(["mount", "-o", f"remount,size={4 * room}", disk], check=True)
            self.run_program(*self.reading(other), *into)
            self.assertEqual(set(harness.files_in(out)), set(old))
            self.assertNotEqual(self.report_in(database), report)

    # --- Files that cannot be read

    def check_unreadable(self, data, file, *words):
        outcome = self.run_program(*self.reading(data), "--out", self.out, status=2)
        self.check_failed(outcome, file, *words, status=2)
        self.assertEqual(outcome.out, "")
        self.assertFalse(self.out.exists())

    def test_files_that_are_none(self):
        # What the program reads, it says itself: a file it does not miss is not an input.
        for file in sorted(path.name for path in self.sample_data().glob("*.csv")):
            with self.subTest(file):
                data = self.changed_copy(file, lambda lines: lines)
                (data / file).unlink()
                if self.run_program_any(*self.reading(data)).status == 0:
                    continue
                (data / file).mkdir()
                self.check_unreadable(data, file, "directory")
                (data / file).rmdir()
                (data / file).symlink_to(data / "gone.csv")
                self.check_unreadable(data, file, "check the name")

    def run_program_any(self, *arguments):
        return harness.Outcome(subprocess.run(
            [self.program, "--no-pictures", *map(str, arguments), "--out", self.directory / "any"],
            cwd=self.directory, capture_output=True, text=True, check=False))

    def test_a_file_that_disappears(self):
        """It can be read once; when the report wants to say from what it was made, it is gone."""
        for file in sorted(path.name for path in self.sample_data().glob("*.csv")):
            with self.subTest(file):
                data = self.changed_copy(file, lambda lines: lines)
                content = (data / file).read_bytes()
                (data / file).unlink()
                if self.run_program_any(*self.reading(data)).status == 0:
                    continue
                os.mkfifo(data / file)

                def once(pipe=data / file, text=content):
                    with open(pipe, "wb") as stream:
                        stream.write(text)
                        pipe.unlink()
                writer = threading.Thread(target=once)
                writer.start()
                self.check_unreadable(data, file)
                writer.join()

    # --- Killed

    def test_killed_at_any_moment(self):
        data, other = self.sample_data(), self.other_data()
        print(f"seed {SEED}", file=sys.stderr)
        draw = random.Random(SEED)
        into = ["--no-pictures", "--out", self.out, "--database", self.database]
        results, reports, times = {}, {}, []
        for which, source in ("old", data), ("new", other), ("old", data), ("new", other), \
                             ("old", data):
            begin = time.monotonic()
            self.run_program(*self.reading(source), *into[1:])
            times.append(time.monotonic() - begin)
            results[which] = harness.files_in(self.out)
            reports[which] = self.report_in(self.database)
        took = min(times)
        self.assertNotEqual(reports["old"], reports["new"])
        self.assertEqual(results["old"].keys(), results["new"].keys())

        killed, seen = 0, set()
        for number in range(KILLS):
            # Most of what can go wrong does so at the end.
            wait = took * (draw.uniform(0.7, 1) if number % 3 else draw.uniform(0, 1))
            process = subprocess.Popen([self.program, *map(str, self.reading(other)), *into],
                                       stdout=subprocess.DEVNULL, cwd=self.directory)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            what = f"kill {number} after {wait:.4f} s"
            found = harness.files_in(self.out)
            self.assertEqual(found.keys(), results["old"].keys(), what)
            states = set()
            for file, content in found.items():
                self.assertIn(content, (results["old"][file], results["new"][file]),
                              f"{what}: {file} is neither the old one nor the new one")
                if results["old"][file] != results["new"][file]:
                    states.add("new" if content == results["new"][file] else "old")
            report = self.report_in(self.database)
            self.assertIn(report, reports.values(), what)
            if "new" in states:  # the database comes first
                self.assertEqual(report, reports["new"], what)
            seen.add((*sorted(states), "database", report == reports["new"]))
            # The next run succeeds, and clears away what the killed one left.
            self.run_program(*self.reading(data), *into[1:])
            self.assertEqual(harness.files_in(self.out), results["old"], what)
            self.assertEqual(self.report_in(self.database), reports["old"], what)
            self.assertEqual(self.hidden(self.out), [], what)
        print(f"killed {killed} of {KILLS} runs; then there were {sorted(seen)}", file=sys.stderr)
        self.assertGreater(killed, KILLS // 4)

    def test_killed_before_there_was_anything(self):
        """No older results, and a database that is new, too."""
        data = self.sample_data()
        draw = random.Random(SEED)
        for number in range(6):
            process = subprocess.Popen(
                [self.program, "--no-pictures", *self.reading(data), "--out", self.out, "--database",
                 self.database], stdout=subprocess.DEVNULL, cwd=self.directory)
            if number % 2:  # as soon as it has begun to write
                while process.poll() is None and not self.out.exists():
                    time.sleep(0.001)
            time.sleep(draw.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
            process.wait()
            outcome = self.run_program(*self.reading(data), "--out", self.out, "--database",
                                       self.database)
            self.assertEqual(outcome.error, "")
            self.assertEqual(self.hidden(self.out), [])
            self.assertEqual(len(self.report_in(self.database)["runs"]), 1)
            shutil.rmtree(self.out)
            self.database.unlink()

    def test_two_at_once(self):
        """Clearing away what was left must not take away what another run is writing."""
        data = self.sample_data()
        running = [subprocess.Popen([self.program, "--no-pictures", "--quiet", *self.reading(data),
                                     "--out", self.out], cwd=self.directory) for _ in range(4)]
        self.assertEqual([process.wait() for process in running], [0] * 4)
        self.assertEqual(self.hidden(self.out), [])


if __name__ == "__main__":
    harness.main(Faults, sys.argv[1])

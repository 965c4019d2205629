# SPDX-License-Identifier: BSL-1.0
"""mpi_report gives the same bytes on 1, 2 and 4 ranks, and the bytes of attribution_worker.

Usage: cluster_mpi.py MPI_REPORT MPIRUN WORKER PIPELINE_ROWS PIPELINE
"""

import os
import subprocess
import sys

import harness

REPORT, MPIRUN, WORKER, ROWS, PIPELINE = sys.argv[1:6]


class Mpi(harness.ProgramTest):
    def ranks(self, number, *arguments):
        environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1",
                       "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                       "ASAN_OPTIONS": "detect_leaks=0"}  # Open MPI keeps what it has to its end
        return subprocess.run(
            [MPIRUN, "--oversubscribe", "-n", str(number), REPORT, *map(str, arguments)],
            capture_output=True, env=environment, check=False, timeout=240)

    def test_any_number_of_ranks_gives_the_same_bytes(self):
        subprocess.run([PIPELINE, "--out", self.out], check=True, capture_output=True)
        rows = subprocess.run([ROWS, "--data", self.out / "sample-data"], check=True,
                              capture_output=True).stdout
        # The last record of all is a sale, long after the last touch: windows end with it.
        *lines, _ = rows.splitlines(keepends=True)
        latest = max(int(line.split(b"\t")[2]) for line in lines) + 60 * 86_400
        lines.append(b"sale\tlate\t%d\t999999\tretail\t5\n" % latest)
        rows = b"".join([*lines, b"end\t%d\n" % len(lines)])
        file = self.directory / "rows"
        file.write_bytes(rows)

        def worker(*arguments, data=rows):
            return subprocess.run([WORKER, *map(str, arguments)], input=data, check=True,
                                  capture_output=True).stdout
        learned = self.directory / "learned"
        for days, numbers in ([], (1, 2, 4)), (["--lookback-days", 30], [2]):
            learned.write_bytes(worker("learn", "--until", latest, *days))
            expected = worker("report", data=worker("attribute", "--learned", learned, *days))
            self.assertGreater(expected.count(b"\n"), 100)
            for number in numbers:
                run = self.ranks(number, "--rows", file, *days)
                self.assertEqual(run.returncode, 0, run.stderr)
                self.assertEqual(run.stdout, expected)

    def test_rows_that_are_not_all_there(self):
        row = b"touch\tann\t1\t%d\tTV\n"
        file = self.directory / "rows"
        for rows, what in ((row % 0 + row % 1, b"rows:2: the input ends without an end row: it was cut off"),
                           (row % 0 + b"end\t2\n", b"rows:2: there are 1 rows, the end row says 2"),
                           (row % 0 + b"end\t1\n" + row % 1, b"rows:3: there are rows after the end"),
                           (row % 0 + b"visit\t\n", b"rows:2: column 'kind': 'visit' is no kind of row")):
            file.write_bytes(rows)
            run = self.ranks(2, "--rows", file)
            self.assertNotEqual(run.returncode, 0)
            self.assertIn(what, run.stderr)
            self.assertEqual(run.stdout, b"")


harness.main(Mpi, REPORT)

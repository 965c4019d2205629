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
        file = self.directory / "rows"
        file.write_bytes(rows)

        def worker(*arguments, data=rows):
            return subprocess.run([WORKER, *map(str, arguments)], input=data, check=True,
                                  capture_output=True).stdout
        latest = max(int(line.split(b"\t")[2]) for line in rows.splitlines()[:-1])
        learned = self.directory / "learned"
        learned.write_bytes(worker("learn", "--until", latest))
        expected = worker("report", data=worker("attribute", "--learned", learned))
        self.assertGreater(expected.count(b"\n"), 100)
        for number in 1, 2, 4:
            run = self.ranks(number, "--rows", file)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(run.stdout, expected)

        file.write_bytes(rows[:-10])
        run = self.ranks(2, "--rows", file)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn(b"it was cut off", run.stderr)
        self.assertEqual(run.stdout, b"")


harness.main(Mpi, REPORT)

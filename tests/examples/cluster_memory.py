# SPDX-License-Identifier: BSL-1.0
"""Prints what the client of a Dask cluster needs for more and more parts of the same size.

Usage: cluster_memory.py WORKER DIRECTORY_OF_dask_report [ROWS_OF_A_PART [PARTS...]]
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from dask_cluster import Cluster, write_parts

WORKER, CLIENT = (Path(path).resolve() for path in sys.argv[1:3])
sys.path.insert(0, str(CLIENT))
from dask_report import partition_of  # noqa: E402

os.environ["ASAN_OPTIONS"] = "detect_leaks=0"
ROWS, *PARTS = map(int, sys.argv[3:] or [100_000])
with tempfile.TemporaryDirectory() as name:
    directory = Path(name)
    cluster = Cluster(directory)
    try:
        print("parts       rows  memory of the client\n-----  ---------  --------------------")
        for parts in PARTS or [1, 4, 16, 64]:
            data = directory / f"parts-{parts}"
            write_parts(data, parts, ROWS, partition_of)
            done = subprocess.run(
                [sys.executable, "-B", CLIENT / "dask_report.py", "--scheduler-file", cluster.file,
                 "--worker", WORKER, "--parts-in", data, "--out", directory / "out"],
                check=True, capture_output=True, text=True)
            memory = re.search(r"memory of this client: (\d+ MiB)", done.stdout)[1]
            print(f"{parts:5}  {parts * ROWS:9,}  {memory:>20}", flush=True)
    finally:
        cluster.stop()

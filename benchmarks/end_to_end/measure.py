# SPDX-License-Identifier: BSL-1.0
"""From files to all outputs: seconds, processor seconds and memory of the programs and of DuckDB.

    python3 measure.py EXAMPLES DATA COPIES [PEERS]

EXAMPLES is a build's folder `examples`; DATA and COPIES are those of copies.py. With PEERS, a folder in
which `npm ci` has put DuckDB, the table of one model is computed by DuckDB, too, and must be the same.
Each line is the best of three runs.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import copies

RUNS = 3
HERE = Path(__file__).parent


def timed(command, directory):
    """(seconds, processor seconds, megabytes) of the best run, and what it printed."""
    best, printed = None, ""
    for _ in range(RUNS):
        begin = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              cwd=directory) as process:
            printed, error = process.stdout.read(), process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{command[0]}: status {process.returncode}\n{error}")
        taken = (time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        best = min(best, taken) if best else taken
    return best, printed


def table_in(file):
    with open(file, encoding="utf-8") as table:
        header, *rows = csv.reader(table)
        assert len(header) == 2, header
        return {channel: float(amount) for channel, amount in rows}


def check_same(ours, duckdb):
    """DuckDB adds doubles; we add exact decimals."""
    assert set(ours) == set(duckdb), (ours, duckdb)
    for channel, amount in ours.items():
        assert abs(amount - duckdb[channel]) <= 1e-9 * abs(amount), (channel, amount, duckdb)


def measure(examples, data, number, peers):
    with tempfile.TemporaryDirectory() as directory:
        files = Path(directory)
        copies.write_copies(data, number, files)
        size = sum(file.stat().st_size for file in files.glob("de_hw_*")) / 1e6
        print(f"{number} copies, {size:.0f} MB in four files (touchpoints.csv: "
              f"{(files / 'touchpoints.csv').stat().st_size / 1e6:.0f} MB)\n")
        print(f"{'':48} {'s':>7} {'cpu s':>7} {'MB':>6}")

        def line(title, command):
            best, printed = timed(list(map(str, command)), directory)
            print(f"{title:48} {best[0]:7.2f} {best[1]:7.2f} {best[2]:6.0f}", flush=True)
            return printed

        own_files = [examples / "attribution" / "attribution", "--quiet", "--no-pictures",
                     "--touchpoints", "touchpoints.csv", "--conversions",
                     "de_hw_opportunity_data.csv", "--key", "account_id", "--lookback", "90d"]
        line("pipeline: seven models, all outputs",
             [examples / "pipeline" / "pipeline", "--quiet", "--no-pictures", "--data", files,
              "--out", "pipeline-out"])
        line("attribution: seven models, all outputs",
             [*own_files, "--segment", "sales_segment", "--out", "all-out"])
        line("attribution: one model, all outputs",
             [*own_files, "--models", "linear", "--out", "one-out"])
        line("attribution: one model, its table",
             [*own_files, "--models", "linear", "--only", "tables", "--out", "table-out"])
        name = "linear_by_channel.csv"
        assert (files / "one-out" / name).read_bytes() == (files / "table-out" / name).read_bytes()
        if peers:
            found = json.loads(line("DuckDB, one thread: one model, its table",
                                    ["node", HERE / "duckdb.mjs", peers, files, 1]))
            for out in "pipeline-out", "table-out":
                check_same(table_in(files / out / name), found["table"])


if __name__ == "__main__":
    measure(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), int(sys.argv[3]),
            Path(sys.argv[4]).resolve() if len(sys.argv) > 4 else None)

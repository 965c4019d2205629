#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The pipeline report, computed in parts by a Dask cluster: split, submit, merge, print.

    pipeline_rows --data DIR > pipeline.rows
    dask_report.py --scheduler tcp://HOST:8786 --worker .../attribution_worker \
        --rows pipeline.rows --parts 16 --out results

Every Dask worker runs attribution_worker, which must be at that path on its machine. A Dask worker
that dies is no matter: its parts go to others. A part that cannot be computed fails the job, with
the reason; then nothing is written.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path


def stable_hash(data):
    """FNV-1a of 64 bits, as attribution::stable_hash."""
    value = 14695981039346656037
    for byte in data:
        value = (value ^ byte) * 1099511628211 % 2**64
    return value


def partition_of(key, partitions):
    """As attribution::partition_of."""
    value = stable_hash(key)
    return (value ^ value >> 32) % partitions


ESCAPES = {b"\\t": b"\t", b"\\n": b"\n", b"\\r": b"\r", b"\\\\": b"\\", b"\\b": b"\b",
           b"\\f": b"\f", b"\\0": b"\0", b"\\'": b"'"}


def customer_bytes(field):
    """The customer of a row, without escapes; none is no bytes."""
    if field == b"\\N":
        return b""
    plain, at = b"", 0
    while at < len(field):
        width = 2 if field[at:at + 1] == b"\\" else 1
        piece = field[at:at + width]
        plain += ESCAPES.get(piece, piece)
        at += width
    return plain


def split(lines, parts):
    """Deals rows out by customer, each part with its own end; and the latest time of all."""
    *rows, end = lines
    if end.split(b"\t")[:2] != [b"end", b"%d" % len(rows)]:
        raise SystemExit("the rows do not end with 'end' and their number: they were cut off")
    dealt, place, latest = [[] for _ in range(parts)], {}, -2**63
    for row in rows:
        columns = row.split(b"\t")
        customer = columns[1]
        if customer not in place:
            place[customer] = partition_of(customer_bytes(customer), parts)
        dealt[place[customer]].append(row)
        latest = max(latest, int(columns[2]))
    return [b"".join(row + b"\n" for row in [*part, b"end\t%d" % len(part)])
            for part in dealt], latest


def run_part(worker, number, rows, step, options, learned):
    """On a machine of the cluster: one part through attribution_worker."""
    with tempfile.NamedTemporaryFile(suffix=".learned") as file:
        if learned:
            file.write(learned)
            file.flush()
            options = [*options, "--learned", file.name]
        for left in 2, 1, 0:
            run = subprocess.run([worker, step, *options], input=rows, capture_output=True,
                                 check=False)
            if run.returncode == 0:
                return run.stdout
            if run.returncode == 2 or not left:  # 2: it would fail again
                reason = run.stderr.decode(errors="replace").strip()
                raise RuntimeError(f"part {number}: {reason or f'status {run.returncode}'}")


def run_all(client, worker, parts, step, options, learned=b""):
    """One step over all parts, and the sum of what it gives."""
    from distributed import as_completed
    futures = [client.submit(run_part, worker, number, rows, step, options, learned, pure=False)
               for number, rows in enumerate(parts)]
    results = []
    for future in as_completed(futures):
        results.append(future.result())
        print(f"\r{step}: {len(results)} of {len(parts)} parts", end="", file=sys.stderr,
              flush=True)
    print(file=sys.stderr)
    return filter_through(worker, b"".join(results), "merge", "--parts", str(len(parts)))


def filter_through(worker, data, *arguments):
    return subprocess.run([worker, *arguments], input=data, stdout=subprocess.PIPE,
                          check=True).stdout


def decimal(units):
    """Units of 10^-9 as in the pipeline's files: all digits that matter, one at least."""
    sign, digits = "-" if units < 0 else "", f"{abs(units):010d}"
    return f"{sign}{digits[:-9]}.{digits[-9:].rstrip('0') or '0'}"


def write_tables(report, out):
    """{model}_by_channel.csv and {model}_by_segment_and_channel.csv, largest amounts first."""
    by_channel, by_both = defaultdict(lambda: defaultdict(int)), defaultdict(dict)
    for row in csv.DictReader(report.decode().splitlines(keepends=True)):
        if row["channel"] and int(row["credits"]):
            key = row["segment"], row["channel"]
            by_both[row["model"]][key] = int(row["units"])
            by_channel[row["model"]][(row["channel"],)] += int(row["units"])
    out.mkdir(parents=True, exist_ok=True)
    for names, tables in ((["channel_name"], by_channel),
                          (["sales_segment", "channel_name"], by_both)):
        for model, table in tables.items():
            name = "by_channel" if len(names) == 1 else "by_segment_and_channel"
            with open(out / f"{model}_{name}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow([*names, "total_pipeline"])
                for key, units in sorted(
                        table.items(), key=lambda entry: (-entry[1], [text.encode()
                                                                      for text in entry[0]])):
                    writer.writerow([*key, decimal(units)])


def main():
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=Path, required=True, help="what pipeline_rows wrote")
    options.add_argument("--worker", required=True, help="path of attribution_worker")
    options.add_argument("--parts", type=int, default=16)
    options.add_argument("--out", type=Path, required=True, help="directory of the tables")
    options.add_argument("--lookback-days", default="90")
    options.add_argument("--scheduler", help="address of the Dask scheduler")
    options.add_argument("--scheduler-file", help="file that the Dask scheduler wrote")
    given = options.parse_args()

    try:
        from distributed import Client
    except ImportError:
        raise SystemExit("Dask is missing: install python3-distributed") from None
    parts, latest = split(given.rows.read_bytes().splitlines(), given.parts)
    days = ["--lookback-days", given.lookback_days]
    with Client(address=given.scheduler, scheduler_file=given.scheduler_file) as client:
        try:
            learned = run_all(client, given.worker, parts, "learn",
                              [*days, "--until", str(latest)])
            credits = run_all(client, given.worker, parts, "attribute", days, learned)
        except RuntimeError as error:
            raise SystemExit(f"\n{error}") from None
    write_tables(filter_through(given.worker, credits, "report"), given.out)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The pipeline report, computed in parts by a Dask cluster whose workers read the data themselves.

    attribution_worker split --parts 16 --out /shared/parts < pipeline.rows
    dask_report.py --scheduler tcp://HOST:8786 --worker .../attribution_worker \\
        --parts-in /shared/parts --out results

    dask_report.py ... --rows /shared/pipeline.rows --parts 16 --scratch /shared/scratch

Every Dask worker runs attribution_worker, which must be at that path on its machine, and sees the
inputs and the scratch directory at their paths; this client need not. A Dask worker that dies is no
matter: its parts go to others. A part that cannot be computed fails the job, with its file and the
reason; then nothing is written.
"""

import argparse
import csv
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
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


# What runs on the machines of the cluster.

def run(program, arguments, what, data=b"", directory=None):
    """What a step of attribution_worker prints. `what` is the file or the step, for messages."""
    for left in 2, 1, 0:
        try:
            step = subprocess.run([program, *arguments], input=data, capture_output=True,
                                  cwd=directory, check=False)
        except OSError as error:
            raise failure(what, error) from None
        if step.returncode == 0:
            return step.stdout
        if step.returncode == 2 or not left:  # 2: it would fail again
            reason = step.stderr.decode(errors="replace").strip()
            raise failure(what, reason or f"status {step.returncode}")


def failure(what, reason):
    """An error that trying again does not help, with its machine."""
    said = reason if str(what) in str(reason) else f"{what}: {reason}"
    return RuntimeError(f"{said} (on {socket.gethostname()})")


def files_of(paths, hidden=(".", "_")):
    """(path, size) of the files, and of those in the directories, by name."""
    files = []
    try:
        for path in map(Path, paths):
            inside = sorted(file for file in path.iterdir()
                            if not file.name.startswith(hidden)) if path.is_dir() else [path]
            if not inside:
                raise failure(path, "there are no files")
            files += [(str(file), file.stat().st_size) for file in inside]
    except OSError as error:
        raise failure(error.filename, error.strerror) from None
    return files


def make_directory(parent):
    """A new one, for one job."""
    try:
        Path(parent).mkdir(parents=True, exist_ok=True)
        return tempfile.mkdtemp(prefix="dask-report-", dir=parent)
    except OSError as error:
        raise failure(parent, error.strerror) from None


def remove_directory(directory):
    """Whether it is gone. Tasks of a job that failed may still be at work inside: until their
    directory is gone, then they cannot make files."""
    for _ in range(100):
        shutil.rmtree(directory, ignore_errors=True)
        if not Path(directory).exists():
            return True
        time.sleep(0.1)
    return False


def deal(program, source, scratch, parts):
    """Rows, what the end row says if it was among them, and the directory of the pieces.

    Each attempt has a directory of its own: a lost worker may still write into another."""
    directory = f"{scratch}/{uuid.uuid4().hex}"
    try:
        os.mkdir(directory)
    except OSError as error:
        raise failure(directory, error.strerror) from None
    rows, end = run(program, ["split", *source, "--parts", str(parts), "--out", "."], source[1],
                    directory=directory).split()
    return int(rows), None if end == b"\\N" else int(end), directory


def pieces(directories, name):
    return [f"{directory}/{name}" for directory in directories]


def count(program, directories, name, place):
    """Rows, customers, rows without one, the latest time, the largest customer's rows, its name."""
    files = pieces(directories, name)
    *numbers, customer = run(program, ["count", *place, "--", *files],
                             files[0]).decode().rstrip("\n").split("\t")
    return [None if number == "\\N" else int(number) for number in numbers] + [customer]


def compute(program, step, directories, name, options, learned=b""):
    """learn or attribute: the partial results of one part."""
    files = pieces(directories, name)
    with tempfile.NamedTemporaryFile(suffix=".learned") as file:
        if learned:
            file.write(learned)
            file.flush()
            options = [*options, "--learned", file.name]
        return run(program, [step, *options, "--", *files], files[0])


def merge(program, *partials):
    return run(program, ["merge", "--parts", str(len(partials))], "merge", b"".join(partials))


def report(program, credits):
    return run(program, ["report"], "report", credits)


def together(*results):
    return list(results)


# What runs here.

class Progress:
    """A line on a terminal that replaces itself."""

    def __init__(self, quiet):
        self.shown = sys.stderr.isatty() and not quiet

    def show(self, text):
        if self.shown:
            print(f"\r{text}\033[K", end="", file=sys.stderr, flush=True)

    def end(self):
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


class Job:
    """Tasks on the cluster, which give each other names of files and partial results."""

    def __init__(self, client, program, progress):
        self.client, self.program, self.progress = client, program, progress
        self.name = uuid.uuid4().hex[:8]
        self.tasks = 0

    def submit(self, function, *arguments, what=None):
        """`what` is part of the task's name, which Dask says if it gives the task up."""
        self.tasks += 1
        return self.client.submit(
            function, *arguments, pure=False,
            key=f"{what or function.__name__} ({self.name}-{self.tasks})")

    def wait(self, last, step="", futures=(), rows_of=None):
        """The result of the last task, and meanwhile once per second how many of `futures` are
        done, and how many rows that are: those of its place, or the first of its result."""
        try:
            return self.wait_for(last, step, futures, rows_of)
        except BaseException:
            if self.client.status == "running":
                self.client.cancel([last, *futures])  # the others are of no use
            raise

    def wait_for(self, last, step, futures, rows_of):
        finished = threading.Event()
        last.add_done_callback(lambda _: finished.set())
        rows = {}
        while True:
            if self.progress.shown and futures:
                for place, future in enumerate(futures):
                    if place not in rows and future.status == "finished":
                        rows[place] = rows_of[place] if rows_of else future.result()[0]
                workers = len(self.client.nthreads())
                self.progress.show(f"{step}: {len(rows)} of {len(futures)} parts, "
                                   f"{sum(rows.values()):,} rows, {workers} workers")
            if finished.wait(1):
                return last.result()

    def all_of(self, futures, step):
        """The results of all, which must be small."""
        return self.wait(self.submit(together, *futures), step, futures)

    def merged(self, partials):
        """The sum as a future: merged eight by eight, where the results are."""
        while True:
            partials = [self.submit(merge, self.program, *partials[first:first + 8])
                        for first in range(0, len(partials), 8)]
            if len(partials) == 1:
                return partials[0]

    def remove(self, directory):
        """Without a scheduler nobody can do that, and there are worse things to be said."""
        from distributed import CancelledError
        try:
            removed = self.submit(remove_directory, directory).result(timeout=60)
        except (CancelledError, OSError):
            removed = False
        if not removed:
            self.progress.end()
            print(f"{directory} is left behind", file=sys.stderr)

    def split(self, sources, scratch, parts):
        """The directories of the pieces, and how many rows are in all of them.

        `sources` are (file, options of split, whether it ends with an end row)."""
        results = self.all_of(
            [self.submit(deal, self.program, options, scratch, parts, what=f"split {file}")
             for file, options, _ in sources], "split")
        rows, ends = defaultdict(int), defaultdict(list)
        for (file, _, ends_with_end), (dealt, end, _) in zip(sources, results):
            rows[file] += dealt
            if ends_with_end:
                ends[file] += [] if end is None else [end]
        for file, said in ends.items():
            if not said:
                raise RuntimeError(f"{file}: the input ends without an end row: it was cut off")
            if said != [rows[file]]:
                raise RuntimeError(f"{file}: there are {rows[file]} rows, the end row says "
                                   f"{' and '.join(map(str, said))}: some got lost, or came twice")
        return [directory for _, _, directory in results], sum(rows.values())

    def attribute(self, directories, parts, days):
        """The report of parts, (name, options of count) each, and the counts of all parts."""
        directories = self.submit(list, directories)  # once, not in every task
        counts = self.all_of(
            [self.submit(count, self.program, directories, name, place, what=f"count {name}")
             for name, place in parts], "count")
        rows = [counted[0] for counted in counts]
        latest = max((counted[3] for counted in counts if counted[3] is not None), default=0)
        learned = [self.submit(compute, self.program, "learn", directories, name,
                               [*days, "--until", str(latest)], what=f"learn {name}")
                   for name, _ in parts]
        sum_of_learned = self.merged(learned)
        self.wait(sum_of_learned, "learn", learned, rows)
        credits = [self.submit(compute, self.program, "attribute", directories, name, days,
                               sum_of_learned, what=f"attribute {name}") for name, _ in parts]
        tables = self.submit(report, self.program, self.merged(credits))
        return self.wait(tables, "attribute", credits, rows), counts


def byte_ranges(file, size, most):
    """A file of rows as sources of split."""
    for start in range(0, max(size, 1), most):
        yield file, ["--rows", file, "--from", str(start), "--to", str(start + most)], True


def tables(option, files, columns):
    """CSV files as sources of split. The numbers of their rows begin where no other file's are."""
    for place, (file, _) in enumerate(files):
        yield file, [option, file, *columns, "--first-row", str(place << 40)], False


def part_name(number):
    return f"part-{number:05}.rows"


def parts_in(files, other_hash):
    """(name, options of count) of the parts in a directory."""
    names = [Path(file).name for file, _ in files]
    if other_hash:
        return [(name, []) for name in names]
    for number, name in enumerate(names):
        if name != part_name(number):
            raise RuntimeError(f"{files[number][0]}: this is not {part_name(number)}: a part is "
                             "missing, or split did not make them (--other-hash)")
    return [(name, place_of(number, len(names))) for number, name in enumerate(names)]


def place_of(number, parts):
    return ["--part", str(number), "--parts", str(parts)]


def decimal(units):
    """Units of 10^-9 as in the pipeline's files: all digits that matter, one at least."""
    sign, digits = "-" if units < 0 else "", f"{abs(units):010d}"
    return f"{sign}{digits[:-9]}.{digits[-9:].rstrip('0') or '0'}"


def write_tables(credits, out):
    """{model}_by_channel.csv and {model}_by_segment_and_channel.csv, largest amounts first."""
    by_channel, by_both = defaultdict(lambda: defaultdict(int)), defaultdict(dict)
    for row in csv.DictReader(credits.decode().splitlines(keepends=True)):
        if row["channel"] and int(row["credits"]):
            key = row["segment"], row["channel"]
            by_both[row["model"]][key] = int(row["units"])
            by_channel[row["model"]][(row["channel"],)] += int(row["units"])
    out.mkdir(parents=True, exist_ok=True)
    for names, tables_of in ((["channel_name"], by_channel),
                             (["sales_segment", "channel_name"], by_both)):
        for model, table in tables_of.items():
            name = "by_channel" if len(names) == 1 else "by_segment_and_channel"
            with open(out / f"{model}_{name}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow([*names, "total_pipeline"])
                for key, units in sorted(
                        table.items(), key=lambda entry: (-entry[1], [text.encode()
                                                                      for text in entry[0]])):
                    writer.writerow([*key, decimal(units)])


def peak_memory():
    """Of this process in kB, where the system says it."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)


def summary(counts):
    """What people should know of the data, and of this process."""
    rows = sum(counted[0] for counted in counts)

    def share(some):
        return f"{some / rows if rows else 0:.4%}"

    without = sum(counted[2] for counted in counts)
    largest = max(counts, key=lambda counted: counted[4])
    lines = [f"{rows:,} rows of {sum(counted[1] for counted in counts):,} customers in "
             f"{len(counts):,} parts",
             f"largest part: {share(max(counted[0] for counted in counts))} of all rows"]
    if largest[4]:
        lines.append(f"largest customer: {share(largest[4])} of all rows, {largest[5]}")
    if without:
        lines.append(f"without a customer: {share(without)} of all rows")
    memory = peak_memory()
    if memory:
        lines.append(f"memory of this client: {memory / 1024:.0f} MiB at most")
    return "\n".join(lines)


def whole_path(text):
    return os.path.abspath(text)


def options():
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--scheduler", help="address of the Dask scheduler")
    asked.add_argument("--scheduler-file", help="file that the Dask scheduler wrote")
    asked.add_argument("--worker", required=True,
                       type=lambda text: whole_path(text) if "/" in text else text,
                       help="path of attribution_worker, or its name on the PATH of the workers")
    asked.add_argument("--out", type=Path, required=True, help="directory of the tables")
    asked.add_argument("--lookback-days", default="90")
    asked.add_argument("--quiet", action="store_true", help="no progress on the terminal")
    data = asked.add_argument_group("data, files or directories which all workers see")
    data.add_argument("--parts-in", type=whole_path, metavar="DIR",
                      help="parts that attribution_worker split has written")
    data.add_argument("--other-hash", action="store_true",
                      help="the parts are by another program, and may have any name; a customer "
                           "who is in two of them is not found")
    data.add_argument("--rows", type=whole_path, nargs="+", help="what pipeline_rows wrote")
    data.add_argument("--touchpoints", type=whole_path, nargs="+", help="CSV")
    data.add_argument("--conversions", type=whole_path, nargs="+", help="CSV")
    for name in COLUMNS:
        data.add_argument(f"--{name}", metavar="COLUMN", help="of the CSV files")
    split = asked.add_argument_group("splitting of rows and CSV")
    split.add_argument("--parts", type=int, default=16, help="into how many (16)")
    split.add_argument("--scratch", type=whole_path,
                       help="directory for it, which all workers see")
    split.add_argument("--bytes-per-task", type=int, default=2**26,
                       help="how much of a file of rows one task splits (64 MiB)")
    given = asked.parse_args()
    csv_files = given.touchpoints or given.conversions
    if sum(map(bool, (given.parts_in, given.rows, csv_files))) != 1:
        asked.error("give one of --parts-in, --rows, and --touchpoints with --conversions")
    if not given.parts_in and not given.scratch:
        asked.error("--scratch is missing: a directory which all workers see")
    if given.parts < 1 or given.bytes_per_task < 1:
        asked.error("--parts and --bytes-per-task are at least 1")
    return given


COLUMNS = "key", "time", "channel", "segment", "value"


def sources_of(job, given):
    if given.rows:
        for file, size in job.wait(job.submit(files_of, given.rows)):
            yield from byte_ranges(file, size, given.bytes_per_task)
    columns = [word for name in COLUMNS if getattr(given, name) is not None
               for word in (f"--{name}", getattr(given, name))]
    for option, paths in (("--touchpoints", given.touchpoints),
                          ("--conversions", given.conversions)):
        if paths:
            yield from tables(option, job.wait(job.submit(files_of, paths)), columns)


def run_job(job, given):
    days = ["--lookback-days", given.lookback_days]
    if given.parts_in:
        files = job.wait(job.submit(files_of, [given.parts_in]))
        return job.attribute([given.parts_in], parts_in(files, given.other_hash), days)
    sources = list(sources_of(job, given))
    scratch = job.wait(job.submit(make_directory, given.scratch))
    try:
        directories, rows = job.split(sources, scratch, given.parts)
        parts = [(part_name(number), place_of(number, given.parts))
                 for number in range(given.parts)]
        credits, counts = job.attribute(directories, parts, days)
    finally:
        job.remove(scratch)
    if rows != sum(counted[0] for counted in counts):
        raise RuntimeError(f"{rows} rows were split, and "
                         f"{sum(counted[0] for counted in counts)} are in the parts")
    return credits, counts


def main():
    given = options()
    try:
        from distributed import CancelledError, Client, KilledWorker
    except ImportError:
        raise SystemExit("Dask is missing: install python3-distributed") from None
    # Dask may close while one of its timers waits, which is no matter.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    progress = Progress(given.quiet)
    try:
        with Client(address=given.scheduler, scheduler_file=given.scheduler_file) as client:
            credits, counts = run_job(Job(client, given.worker, progress), given)
    except (RuntimeError, OSError) as error:
        reason = str(error)
    except KilledWorker as error:
        reason = (f"{error.task.split(' (')[0]}: every worker that tried it died; is the part too "
                  "large for the memory of a machine?")
    except CancelledError:
        reason = "the connection to the scheduler was lost"
    else:
        reason = ""
    progress.end()
    if reason:
        raise SystemExit(reason)
    write_tables(credits, given.out)
    print(summary(counts))


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: BSL-1.0
"""A Dask scheduler and workers, as processes of their own, and data for them."""

import subprocess
import sys
import time


class Cluster:
    """What happens to its processes is in log files."""

    def __init__(self, directory):
        self.file = directory / "scheduler.json"
        self.directory = directory
        self.processes = [self.start("scheduler", "distributed.cli.dask_scheduler", "--port", "0",
                                     "--idle-timeout", "600")]
        wait_for(self.file.exists, "the scheduler")
        self.workers = []
        for _ in range(3):
            self.add_worker()

    def add_worker(self):
        number = len(self.processes)
        worker = self.start(f"worker-{number}", "distributed.cli.dask_worker", "--no-nanny",
                            "--nthreads", "1", "--death-timeout", "60",
                            "--local-directory", self.directory / str(number))
        self.processes.append(worker)
        self.workers.append(worker)

    def replace_dead_workers(self):
        """How many that were."""
        dead = [worker for worker in self.workers if worker.poll() is not None]
        for worker in dead:
            self.workers.remove(worker)
            self.add_worker()
        return len(dead)

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


def write_parts(directory, parts, rows, partition_of):
    """Parts of so many rows each, of customers who have four touchpoints and a sale."""
    directory.mkdir(parents=True)
    files = [open(directory / f"part-{part:05}.rows", "w", encoding="ascii")
             for part in range(parts)]
    left, customer, row = [rows // 5] * parts, 0, 0
    while any(left):
        customer += 1
        part = partition_of(b"%d" % customer, parts)
        if not left[part]:
            continue
        left[part] -= 1
        for touch in range(4):
            channel = (customer * 7 + touch * touch) % 10
            at = 1_700_000_000 + customer % 977 + touch * 86_400
            files[part].write(f"touch\t{customer}\t{at}\t{row + touch}\tchannel {channel}\n")
        row += 4
        files[part].write(f"sale\t{customer}\t{1_700_500_000 + customer % 991}\t{customer}"
                          f"\tsegment {customer % 3}\t{customer % 1013 + 1}000000000\n")
    for file in files:
        with file:
            file.write(f"end\t{rows // 5 * 5}\n")

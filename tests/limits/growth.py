#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What ten times the data costs: instructions and peak heap memory of attribution_growth.

Per touchpoint, linear work then takes as many instructions as before, n log n takes 1.3 times as many,
and quadratic work takes ten times as many. Exits with 1 if anything grows faster than ALLOWED, and with
77 (skipped) where instructions cannot be counted.

Usage: growth.py DIRECTORY_OF_callgrind.py [PROGRAM]
"""
import shutil
import sys

sys.path.insert(0, sys.argv[1])
import callgrind  # noqa: E402

TOUCHPOINTS = 4_000
TIMES = 10
ALLOWED = 1.4


def measure(program, touchpoints):
    """(instructions, bytes) by name."""
    instructions, printed = callgrind.count([program, touchpoints])
    heap = {name: int(peak) for name, peak in map(str.split, printed.splitlines())}
    if not heap or heap.keys() != instructions.keys():
        sys.exit(f"callgrind counted {sorted(instructions)}, the program ran {sorted(heap)}")
    return {name: (instructions[name], heap[name]) for name in heap}


def main():
    if len(sys.argv) < 3 or not shutil.which("valgrind"):
        print("skipped: this needs valgrind, and a build without sanitizers")
        sys.exit(77)
    small, large = (measure(sys.argv[2], size) for size in (TOUCHPOINTS, TIMES * TOUCHPOINTS))
    print(f"per touchpoint, of {TOUCHPOINTS:,} and {TIMES * TOUCHPOINTS:,}")
    print(f"{'':12} {'instructions':>22}       {'bytes at most':>16}")
    faster = []
    for name, before in small.items():
        line = f"{name:12}"
        for low, high, what in zip(before, large[name], ("instructions", "memory")):
            growth = high / low / TIMES
            line += f" {low / TOUCHPOINTS:10.1f} {high / TOUCHPOINTS / TIMES:10.1f} x{growth:.2f}"
            if growth > ALLOWED:
                faster.append(f"{what} of {name}")
        print(line)
    if faster:
        sys.exit(f"grows by more than {ALLOWED} per touchpoint: {', '.join(faster)}")


if __name__ == "__main__":
    main()

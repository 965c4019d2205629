#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts the instructions of reports by channel, plain and with intervals of 200 replicates, with callgrind.

intervals.py PROGRAM: PROGRAM is attribution_interval_cost of the release build. Exits with 1 if intervals
take more than four times the instructions at a million touchpoints.
"""
import sys

import callgrind

ALLOWED = 4
LARGE = 1_000_000


def main():
    wrong = False
    for touchpoints in (LARGE // 10, LARGE):
        counts, _ = callgrind.count([sys.argv[1], touchpoints])
        for model in ("first", "linear"):
            plain, sure = counts[f"{model}, plain"], counts[f"{model}, with intervals"]
            print(f"{touchpoints:>9,} touchpoints, {model:6}: {plain / touchpoints:6.1f} instructions per "
                  f"touchpoint, {sure / touchpoints:6.1f} with intervals: {sure / plain:.1f}x")
            wrong |= touchpoints == LARGE and sure > ALLOWED * plain
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

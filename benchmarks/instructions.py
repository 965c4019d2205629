#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts the instructions of the main routes with callgrind and compares them with instructions.json.

Unlike times, counts are the same on a busy machine: a route that takes 3% more instructions than it
did has become slower for a reason in its code. Exits with 1 then; with 77, skipped, if the reference
was recorded with another compiler or other flags.
"""
import argparse
import json
import pathlib
import sys

import callgrind

REFERENCE = pathlib.Path(__file__).resolve().parent / "instructions.json"
TOUCHPOINTS = 100_000
ALLOWED = 1.03
SKIPPED = 77
MODELS = ["first", "last", "linear", "position", "time_decay", "five"]
ROUTES = ([f"columns/{model}/{order}" for order in ("sorted", "shuffled") for model in MODELS]
          + [f"rows/{model}/sorted" for model in ("first", "linear")]
          + [f"generic/{model}/sorted" for model in ("first", "linear", "time_decay")]
          + [f"cents/{model}/sorted" for model in ("linear", "time_decay")]
          + [f"{report}/sorted" for report in ("explain/linear", "two_dimensions/five")]
          + [f"{amounts}/{step}/sorted" for amounts in ("partial", "partial_cents")
             for step in ("encode", "decode", "merge")]
          + ["names/linear/shuffled", "ledger/linear/sorted", "columns/linear/skewed_sorted"])


def count(program):
    """Instructions by route."""
    run = f"/1/{TOUCHPOINTS}"
    counts, _ = callgrind.count([program, TOUCHPOINTS, *[route + run for route in ROUTES]])
    if missing := [route for route in ROUTES if route + run not in counts]:
        sys.exit(f"callgrind gave no count of {', '.join(missing)}")
    return {route: counts[route + run] for route in ROUTES}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="attribution_instructions of the release build")
    parser.add_argument("--toolchain", required=True, help="compiler and flags the program was built with")
    parser.add_argument("--record", action="store_true", help="take what is counted for the new reference")
    options = parser.parse_args()
    reference = json.loads(REFERENCE.read_text()) if REFERENCE.exists() else {"instructions": {}}
    if not options.record and reference.get("toolchain") != options.toolchain:
        print(f"skipped: the reference is of {reference.get('toolchain')}, this is {options.toolchain}")
        sys.exit(SKIPPED)
    counts = count(options.program)
    worse = []
    for route, now in counts.items():
        before = reference["instructions"].get(route)
        change = "" if before is None else f"{now / before - 1:+8.1%}"
        print(f"{route:30} {now / TOUCHPOINTS:8.1f} instructions per touchpoint {change}")
        if before is not None and now > ALLOWED * before:
            worse.append(route)
    if options.record:
        REFERENCE.write_text(json.dumps({"toolchain": options.toolchain, "touchpoints": TOUCHPOINTS,
                                         "instructions": counts}, indent=1) + "\n")
        print(f"recorded in {REFERENCE}")
        return
    accept = "to accept: cmake --build --preset release --target record_instructions, and commit instructions.json"
    if unknown := sorted(set(counts) ^ set(reference["instructions"])):
        sys.exit(f"not in both the reference and this program: {', '.join(unknown)}; {accept}")
    if worse:
        sys.exit(f"more than {ALLOWED - 1:.0%} more instructions than before: {', '.join(worse)}; "
                 f"find out why, or {accept}")
    if all(now < before / ALLOWED for now, before in zip(counts.values(), reference["instructions"].values())):
        print(f"all routes got better; {accept}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures the library against its limits, its peers and its targets.

Prints two tables in Markdown, times and targets, and writes all numbers to a JSON file that
draw.py makes a picture of. Needs the release build: cmake --workflow --preset benchmark. DuckDB
takes part once it is installed: npm ci --prefix benchmarks/peers.

Everything is run in rounds, A B C A B C, so that a slow minute of the machine hits all alike; a
round runs the repetitions of one program in random order, each peer's in a process of its own, so
that none inherits another's heap. The figure of each is its fastest
repetition: what disturbs a measurement only ever makes it slower.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
GROUPS = 1_000_000  # of a partial result
SHAPES = ["first", "last", "linear", "position"]
MODELS = [*SHAPES, "time_decay"]
SPOKEN = {"time_decay": "time decay", "five": "all five in one pass"}


class Measurements:
    """Times by name, who/what/order/threads/touchpoints, of all rounds."""

    def __init__(self):
        self.times = {}  # name -> [ns per touchpoint]
        self.peaks = {}  # name -> bytes
        self.scaling = {}
        self.context = {}

    def add(self, report):
        self.context.update(report.get("context", {}))
        for run in report["benchmarks"]:
            if run.get("error_occurred"):
                sys.exit(f"{run['name']}: {run['error_message']}")
            if run.get("run_type") != "iteration":
                continue
            name = run["name"].removesuffix("/real_time")
            if "items_per_second" in run:
                per_touchpoint = 1e9 / run["items_per_second"]
            elif re.search(r"/\d+/\d+$", name):
                per_touchpoint = run["real_time"] * 1e6 / int(name.rpartition("/")[2])
            else:
                continue
            self.times.setdefault(name, []).append(per_touchpoint)
            if "peak_bytes" in run:
                self.peaks[name] = run["peak_bytes"]

    def best(self, who, what, order, threads, touches):
        """Of all forms (sqlite/linear_1, sqlite/linear_2), or None if there is none."""
        pattern = re.compile(rf"{who}/{what}(_\d+)?/{order}/{threads}/{touches}")
        times = [min(t) for name, t in self.times.items() if pattern.fullmatch(name)]
        return min(times, default=None)

    def peak(self, who, what, order, touches):
        return self.peaks.get(f"{who}/{what}/{order}/1/{touches}")


def say(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def run_program(options, touches, pattern, repetitions, *more):
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "out.json"
        command = [options.build / "benchmarks/attribution_benchmarks",
                   "--touches=" + ",".join(map(str, touches)), f"--benchmark_filter={pattern}",
                   f"--benchmark_repetitions={repetitions}", "--benchmark_min_time=0.05",
                   "--benchmark_enable_random_interleaving=true", f"--benchmark_out={out}", *more]
        say(f"{', '.join(f'{n:,}' for n in touches)} touchpoints: {pattern}")
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(done.stdout + f"{command[0]} failed")
        return json.loads(out.read_text())


def run_duckdb(options, directory, order, repetitions):
    say(f"DuckDB, {order}")
    command = ["node", HERE / "peers/duckdb.mjs", directory / order, order, repetitions, 1, 2]
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit("DuckDB failed; to measure without it: --without-duckdb")
    return json.loads(done.stdout)


def run_scaling(options):
    """Work and longest thread of each route, by (route, threads); nanoseconds per touchpoint."""
    say("work and longest thread of 1 to 16 threads")
    done = subprocess.run([options.build / "benchmarks/attribution_scaling", str(options.touches)],
                          stdout=subprocess.PIPE, text=True, check=True)
    rows = map(json.loads, done.stdout.splitlines())
    return {(row["route"], row["threads"]): row for row in rows}


def compile_seconds(options, compiler):
    seconds = []
    for _ in range(3):
        begin = time.monotonic()
        subprocess.run([compiler, "-std=c++20", "-O2", "-I", ROOT / "include", "-c",
                        HERE / "one_attribution.cpp", "-o", os.devnull], check=True)
        seconds.append(time.monotonic() - begin)
    return min(seconds)


def cached(options, variable):
    text = (options.build / "CMakeCache.txt").read_text()
    return re.search(rf"^{variable}:\w+=(.*)$", text, re.MULTILINE).group(1)


def measure(options):
    seen = Measurements()
    n = options.touches
    fast = ("^(reading|writing|by_hand|columns|unpromised|rows|generic|cents|ledger|explain|two_dimensions|"
            "plain_sums|exact_sums|double_sums)/[a-z_]+/(sorted|shuffled)/")
    # Each with a heap of its own: one that others have left in pieces makes a map of names ten times
    # as slow.
    peers = ("map_of_vectors", "map_built_before", "sort_and_merge", "map_of_names", "names", "sqlite")
    growth = "^(reading|columns)/(bytes|first|linear)/(sorted|shuffled)/1/"
    with tempfile.TemporaryDirectory() as scratch:
        data = pathlib.Path(scratch)
        if options.duckdb:
            for order in ("sorted", "shuffled"):
                subprocess.run([options.build / "benchmarks/attribution_workload", str(n), order,
                                data / order], check=True)
        for one_round in range(options.rounds):
            say(f"round {one_round + 1} of {options.rounds}")
            seen.add(run_program(options, [n], fast, 3))
            if options.duckdb:
                for order in ("sorted", "shuffled"):
                    seen.add(run_duckdb(options, data, order, 2))
            seen.add(run_program(options, options.growth, growth, 3))
            # Decay weighs each of the billions of pairs of a huge customer; the others do not.
            seen.add(run_program(options, options.skewed, f"^columns/({'|'.join(SHAPES)})/skewed_", 1))
            if one_round < 2:
                for peer in peers:
                    seen.add(run_program(options, [n], f"^{peer}/", 1))
        seen.add(run_program(options, [n], "^(read_|markov_|shapley_numbers|live/)", 2))
        seen.add(run_program(options, [GROUPS], "^(partial|partial_cents|unordered_map)/", 2))
        seen.scaling = run_scaling(options)
        memory = run_program(options, [n], "^columns/[a-z_]+/(sorted|shuffled)/1/", 1, "--memory")
        seen.peaks.update({run["name"].removesuffix("/real_time"): run["peak_bytes"]
                           for run in memory["benchmarks"] if "peak_bytes" in run})
    return seen


def ratio(a, b):
    return None if a is None or b is None else a / b


class Targets:
    """What is to be reached, and what was measured."""

    def __init__(self):
        self.rows = []

    def at_most(self, what, bound, measured, unit="x", by_hand=None):
        self._add(what, "at most", bound, measured, unit, by_hand, lambda value: value <= bound)

    def at_least(self, what, bound, measured, unit="x", by_hand=None):
        self._add(what, "at least", bound, measured, unit, by_hand, lambda value: value >= bound)

    def _add(self, what, how, bound, measured, unit, by_hand, reached):
        """`by_hand`: what a loop written for this one question gets, which does less."""
        known = {name: value for name, value in measured.items() if value is not None}
        met = all(map(reached, known.values())) if known else None
        limits = {name: value for name, value in (by_hand or {}).items()
                  if value is not None and name in known and not reached(known[name])}
        out_of_reach = met is False and len(limits) == sum(not reached(value) for value in known.values()) \
            and not any(map(reached, limits.values()))
        self.rows.append({"what": what, "target": f"{how} {bound:g}{unit}", "measured": known,
                          "unit": unit, "met": met,
                          "by_hand": limits if out_of_reach else None})


def judge(seen, options):
    n = options.touches
    targets = Targets()

    def t(who, what, order="sorted", threads=1, touches=n):
        return seen.best(who, what, order, threads, touches)

    def against(other, models, who="columns", order="sorted", threads=(1,), invert=False):
        """Ours over the other's time, or the other's over ours, by model and threads."""
        result = {}
        for number in threads:
            for m in models:
                ours = t(who, m, order, number)
                theirs = t(*other(m), order, number)
                name = SPOKEN.get(m, m) + ("" if len(threads) == 1 else f" ({number} threads)"
                                           if number > 1 else " (1 thread)")
                result[name] = ratio(theirs, ours) if invert else ratio(ours, theirs)
        return result

    def reading(_):
        return "reading", "bytes"

    def duckdb(m):
        return "duckdb", m

    def loop(other, models, threads, invert=False):
        """The same of a loop by hand over sorted columns, as if it had been made for threads and lost nothing."""
        result = {}
        for number in threads:
            for m in models:
                best = t("by_hand", m if m in MODELS else "time_decay")  # of all five, at least the dearest
                theirs = ratio(t(*other(m), "sorted", number), 1 / number)
                name = SPOKEN.get(m, m) + (f" ({number} threads)" if number > 1 else " (1 thread)")
                result[name] = ratio(theirs, best) if invert else ratio(best, theirs)
        return result

    both = (1, 2)
    for who in ("columns", "rows"):
        for bound, models in ((2.2, ["first", "last"]), (4, ["linear", "position"]), (6.6, ["time_decay"])):
            targets.at_most(f"sorted {who} against reading the bytes", bound,
                            against(reading, models, who, threads=both), by_hand=loop(reading, models, both))
    for bound, models in ((20, ["first", "last"]), (10, ["linear", "position", "time_decay"]), (30, ["five"])):
        targets.at_least("sorted columns faster than DuckDB", bound,
                         against(duckdb, models, threads=both, invert=True),
                         by_hand=loop(duckdb, models, both, invert=True))
    for bound, models in ((10, ["first", "last"]), (8, ["linear", "position", "time_decay"])):
        targets.at_least("shuffled columns faster than DuckDB", bound,
                         against(duckdb, models, order="shuffled", threads=both, invert=True))
    targets.at_most("five models in one pass against the dearest alone", 1.4, {
        order: ratio(t("columns", "five", order),
                     max((t("columns", m, order) or 0) for m in MODELS) or None)
        for order in ("sorted", "shuffled")})
    targets.at_least("shuffled columns faster than std::sort and a merge", 4,
                     against(lambda m: ("sort_and_merge", m), MODELS, order="shuffled", invert=True))
    targets.at_least("two threads faster than one, shuffled", 1.7, {
        SPOKEN.get(m, m): ratio(t("columns", m, "shuffled"), t("columns", m, "shuffled", 2))
        for m in MODELS})
    targets.at_least("names as keys, shuffled, faster than a map of strings", 3,
                     against(lambda m: ("map_of_names", m), MODELS, "names", "shuffled", invert=True))
    targets.at_most("cents that add up against floating amounts, sorted", 1.5,
                    {"linear": ratio(t("cents", "linear"), t("columns", "linear"))})
    targets.at_most("cents that add up against floating amounts, sorted", 4,
                    {"time decay": ratio(t("cents", "time_decay"), t("columns", "time_decay"))})
    for order in ("sorted", "shuffled"):
        some = ["first", "linear", "time_decay"]
        targets.at_most(f"the generic route against the fast one, {order} rows", 3,
                        against(lambda m: ("rows", m), some, "generic", order))
        targets.at_least(f"the generic route against the map of vectors, {order}", 1,
                         against(lambda m: ("map_of_vectors", m), some, "generic", order, invert=True))
    targets.at_most("the ledger against writing its bytes, linear, sorted", 2,
                    {"ledger": ratio(t("ledger", "linear"), t("writing", "ledger"))})
    # Verdicts of all pairs, without asking about each; and every record is written to besides.
    targets.at_most("the account of every record against a ledger of the same credits, linear", 3, {
        order: ratio(t("explain", "linear", order), t("ledger", "linear", order))
        for order in ("sorted", "shuffled")})
    targets.at_most("five models by two dimensions against by one", 1.3, {
        order: ratio(t("two_dimensions", "five", order), t("columns", "five", order))
        for order in ("sorted", "shuffled")})
    targets.at_most("five models by two dimensions against five runs over the same journeys", 0.8, {
        order: ratio(t("two_dimensions", "five", order), t("two_dimensions", "one_by_one", order))
        for order in ("sorted", "shuffled")})
    # Sorted by their bytes, with a checksum that reads byte after byte: not memory's speed, but a tenth of it.
    for who, amounts in (("partial", "floating amounts"), ("partial_cents", "cents")):
        def group(what, other, who=who):
            return ratio(t(who, what, touches=GROUPS), t(*other, touches=GROUPS))
        targets.at_most(f"a partial result of {GROUPS:,} groups against copying its bytes, {amounts}", 10,
                        {"encode": group("encode", (who, "copy"))})
        # Its sums are exact: 600 bytes each of floating amounts, where the map has 40.
        targets.at_most(f"merging two tallies of {GROUPS:,} groups against two maps, {amounts}", 2,
                        {"merge": group("merge", ("unordered_map", "merge"))})
        targets.at_most(f"reading a partial result of {GROUPS:,} groups against filling a map, {amounts}", 2,
                        {"decode": group("decode", ("unordered_map", "fill"))})
    paths = min(seen.times.get("read_numbers", [None]))
    targets.at_most("learning from paths against reading them", 2, {
        "Markov chain": ratio(min(seen.times.get("markov_numbers/1", [None])), paths),
        "Shapley values": ratio(min(seen.times.get("shapley_numbers", [None])), paths)})
    targets.at_least("longest of 8 threads against one thread alone, counted", 6, {
        route: row["speed_up"] for (route, threads), row in seen.scaling.items() if threads == 8})
    smallest, largest = min(options.growth), max(options.growth)
    for order, bound in (("sorted", 1.5), ("shuffled", 1.2)):
        targets.at_most(f"time per touchpoint at {largest:,} against {smallest:,}, {order}", bound, {
            m: ratio(t("columns", m, order, 1, largest), t("columns", m, order, 1, smallest))
            for m in ("first", "linear")})
    small, large = min(options.skewed), max(options.skewed)
    targets.at_most(f"a customer with {large // 3:,} touchpoints and {large // 30:,} conversions: "
                    f"time per touchpoint against one with a tenth of both", 1.5, {
                        SPOKEN.get(m, m): ratio(t("columns", m, "skewed_sorted", 1, large),
                                                t("columns", m, "skewed_sorted", 1, small))
                        for m in SHAPES})
    targets.at_most("sums without rounding against a loop by hand with sums of doubles, sorted", 1.5,
                    against(lambda m: ("by_hand", m), MODELS))
    targets.at_most("compiling a file with all headers and one attribution, -O2", 2.5,
                    {"g++": seen.context["compile_seconds"]}, " s")
    # O(channels) and the lengths of paths, whatever the number of touchpoints.
    targets.at_most("memory, sorted columns", 1000, {
        SPOKEN.get(m, m): None if (peak := seen.peak("columns", m, "sorted", n)) is None
        else peak / 1000 for m in MODELS + ["five"]}, " kB")
    targets.at_most("memory, shuffled columns, against keys, times and channels", 2, {
        SPOKEN.get(m, m): ratio(seen.peak("columns", m, "shuffled", n), 13 * n)
        for m in MODELS + ["five"]})
    return targets.rows


def number(value):
    if value is None:
        return ""
    return f"{value:.2g}" if value < 10 else f"{value:,.0f}"


def times_table(seen, n):
    """Who, and the models' times with slashes between them, for each order and number of threads."""
    rows = [("reading the same bytes", "reading", ["bytes"])]
    rows += [(f"**{SPOKEN.get(m, m)}**, columns", "columns", [m]) for m in MODELS + ["five"]]
    some = ["first", "linear", "time_decay"]
    listed = "first / linear / time decay"
    rows += [(f"rows: {listed}", "rows", some),
             (f"sorted columns without the promise: {listed}", "unpromised", some),
             (f"structs, lambdas, `&&` of policies: {listed}", "generic", some),
             ("cents that add up: linear / time decay", "cents", some[1:]),
             ("ledger of all credits: linear", "ledger", ["linear"]),
             ("`explain`, the account of every record: linear", "explain", ["linear"]),
             ("five models by segment and channel", "two_dimensions", ["five"]),
             ("the same in five runs over the same journeys", "two_dimensions", ["one_by_one"]),
             (f"names of 20 characters as keys: {listed}", "names", some),
             (f"a loop by hand over sorted columns: {listed}", "by_hand", some),
             (f"a map of vectors, as one would first write it: {listed}", "map_of_vectors", some),
             ("the same with its map already built: linear", "map_built_before", ["linear"]),
             (f"`std::sort` and a merge: {listed}", "sort_and_merge", some),
             (f"a map of strings: {listed}", "map_of_names", some),
             (f"DuckDB: {listed}", "duckdb", some),
             ("DuckDB: all five in one query", "duckdb", ["five"]),
             (f"SQLite with its index: {listed}", "sqlite", some)]
    lines = [f"| ns per touchpoint, {n:,} touchpoints | sorted, 1 thread | sorted, 2 threads "
             "| shuffled, 1 thread | shuffled, 2 threads |", "|---|---|---|---|---|"]
    for title, who, models in rows:
        cells = []
        for order in ("sorted", "shuffled"):
            for threads in (1, 2):
                found = [seen.best(who, m, order, threads, n) for m in models]
                cells.append(" / ".join(map(number, found)) if any(found) else "")
        if any(cells):
            lines.append("| " + " | ".join([title, *cells]) + " |")
    learning = [("read_numbers", "reading paths of five touchpoints"),
                ("markov_numbers/1", "learning a Markov chain of order 1"),
                ("markov_numbers/3", "learning one of order 3"),
                ("shapley_numbers", "learning Shapley values")]
    for name, title in learning:
        if name in seen.times:
            lines.append(f"| {title} | {number(min(seen.times[name]))} | | | |")
    for who, what in (("partial", "floating amounts"), ("partial_cents", "cents")):
        steps = ("encode", "decode", "merge_bytes", "merge", "copy")
        found = [seen.best(who, step, "sorted", 1, GROUPS) for step in steps]
        lines.append(f"| ns per group of a partial result of {GROUPS:,}, {what}: `to_bytes` / `merge_bytes` into "
                     "nothing / into as many / `merge` of two tallies / copying the bytes | "
                     + " / ".join(map(number, found)) + " | | | |")
    maps = [seen.best("unordered_map", what, "sorted", 1, GROUPS) for what in ("fill", "merge")]
    lines.append("| the same sums in a `std::unordered_map`: filling one / merging two | "
                 + " / ".join(map(number, maps)) + " | | | |")
    for name in sorted(seen.times):
        if name.startswith("live/"):
            _, what, order, threads, touches = name.split("/")
            lines.append(f"| streaming, {SPOKEN.get(what, what)} | {number(min(seen.times[name]))} | | | |")
    return lines


def scaling_table(seen):
    """What one thread takes, and the longest of several, as if each had a core."""
    counts = sorted({threads for _, threads in seen.scaling})
    lines = ["| longest thread, ns per touchpoint | " + " | ".join(f"{n} threads" for n in counts)
             + " | faster with 8 | of it serial |", "|---" * (len(counts) + 3) + "|"]
    for route in dict.fromkeys(route for route, _ in seen.scaling):
        eight = seen.scaling[route, 8]
        cells = [number(seen.scaling[route, n]["span"]) for n in counts]
        lines.append("| " + " | ".join([route.replace("/", ", "), *cells, f"{eight['speed_up']:.1f}x",
                                        f"{eight['serial'] / eight['span']:.0%}"]) + " |")
    return lines


def targets_table(rows):
    lines = ["| | target | measured | |", "|---|---|---|---|"]
    for row in rows:
        measured = ", ".join(f"{name} {number(value)}" for name, value in row["measured"].items())
        verdict = {True: "met", False: "**missed**", None: "not measured"}[row["met"]]
        if row["by_hand"]:
            verdict = "out of reach: a loop by hand gets " + ", ".join(
                f"{name} {number(value)}" for name, value in row["by_hand"].items())
        lines.append(f"| {row['what']} | {row['target']} | {measured} | {verdict} |")
    return lines


def machine():
    cpu = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo")
                if line.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_bytes": memory,
            "system": f"{platform.system()} {platform.machine()}"}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true",
                        help="a million touchpoints instead of ten, in a few minutes")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--out", type=pathlib.Path, help="default: speed.json in the build")
    parser.add_argument("--rounds", type=int, default=None, help="default: 3, or 2 if quick")
    parser.add_argument("--touches", type=int, help="instead of ten million, or of one if quick")
    parser.add_argument("--without-duckdb", dest="duckdb", action="store_false")
    options = parser.parse_args()
    options.out = options.out or options.build / "speed.json"
    options.rounds = options.rounds or (2 if options.quick else 3)
    options.touches = options.touches or (1_000_000 if options.quick else 10_000_000)
    options.growth = ([options.touches, 3 * options.touches] if options.quick else
                      [options.touches * share // 10 for share in (1, 3, 10, 30)])
    options.skewed = [options.touches * 3 // 100, options.touches * 3 // 10]
    if not (options.build / "benchmarks/attribution_benchmarks").exists():
        sys.exit(f"{options.build} has no benchmarks; first run: cmake --workflow --preset benchmark")
    if options.duckdb and not ((HERE / "peers/node_modules/@duckdb").exists() and shutil.which("node")):
        say("DuckDB is not installed (npm ci --prefix benchmarks/peers) and will be missing")
        options.duckdb = False

    seen = measure(options)
    compiler = cached(options, "CMAKE_CXX_COMPILER")
    seen.context["compile_seconds"] = compile_seconds(options, compiler)
    targets = judge(seen, options)
    context = {"date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="minutes"),
               "machine": machine(), "touches": options.touches, "growth": options.growth,
               "skewed": options.skewed, "rounds": options.rounds, "figure": "fastest repetition"}
    context |= {key: seen.context[key] for key in ("compiler", "flags", "sqlite", "duckdb",
                                                   "compile_seconds") if key in seen.context}
    times = {name: {"ns_per_touchpoint": min(values), "median": statistics.median(values),
                    "repetitions": len(values)} for name, values in sorted(seen.times.items())}
    report = {"context": context, "times": times, "peak_bytes": seen.peaks, "targets": targets,
              "scaling": list(seen.scaling.values())}
    options.out.write_text(json.dumps(report, indent=1) + "\n")

    print("\n".join(times_table(seen, options.touches)))
    print()
    print("\n".join(scaling_table(seen)))
    print()
    print("\n".join(targets_table(targets)))
    print()
    about = context["machine"]
    print(f"{context['date'][:10]}, {about['cpu']}, {about['cores']} cores, {context['compiler']} "
          f"{context['flags']}; the fastest repetition of {options.rounds} "
          f"round{'s' if options.rounds > 1 else ''}.")
    say(f"all numbers are in {options.out}")


if __name__ == "__main__":
    main()

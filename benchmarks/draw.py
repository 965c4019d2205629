#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Draws what measure.py has measured: nanoseconds per touchpoint of everybody, by model, as a PNG.

Needs gnuplot.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODELS = [("first", "first"), ("last", "last"), ("linear", "linear"), ("position", "position"),
          ("time_decay", "time decay"), ("five", "all five")]
SORTED = [("reading", "reading the bytes", "#bbbbbb"), ("columns", "this library", "#1b7837"),
          ("by_hand", "a loop by hand", "#a6dba0"),
          ("map_of_vectors", "a map of vectors", "#c2a5cf"),
          ("duckdb", "DuckDB", "#f4a582"), ("sqlite", "SQLite, indexed", "#b2182b")]
SHUFFLED = [("reading", "reading the bytes", "#bbbbbb"), ("columns", "this library", "#1b7837"),
            ("sort_and_merge", "std::sort and a merge", "#a6dba0"),
            ("map_of_vectors", "a map of vectors", "#c2a5cf"), ("duckdb", "DuckDB", "#f4a582"),
            ("names", "this library, names", "#2166ac"), ("map_of_names", "a map of names", "#92c5de")]


def best(times, who, model, order, touches):
    what = "bytes" if who == "reading" else model
    pattern = re.compile(rf"{who}/{what}(_\d+)?/{order}/1/{touches}")
    return min((entry["ns_per_touchpoint"] for name, entry in times.items()
                if pattern.fullmatch(name)), default=None)


def panel(times, order, contenders, touches, number):
    """A data block of one line per model, and the plot of its columns."""
    contenders = [one for one in contenders
                  if any(best(times, one[0], model, order, touches) for model, _ in MODELS)]
    block = [f"$panel{number} << end"]
    for model, title in MODELS:
        cells = [best(times, who, model, order, touches) for who, _, _ in contenders]
        block.append(" ".join([f'"{title}"', *("nan" if cell is None else f"{cell:.4g}"
                                                for cell in cells)]))
    block.append("end")
    columns = ", ".join(
        f'$panel{number} using {i + 2}:xtic(1) title "{title}" linecolor rgb "{colour}"'
        for i, (_, title, colour) in enumerate(contenders))
    return block + [f'set title "{order} by customer and time, one thread"' if order == "sorted" else
                    f'set title "{order}, one thread"', f"plot {columns}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measured", type=pathlib.Path, nargs="?", default=ROOT / "build/release/speed.json",
                        help="default: %(default)s")
    parser.add_argument("picture", type=pathlib.Path, nargs="?", help="default: beside it, as .png")
    options = parser.parse_args()
    picture = options.picture or options.measured.with_suffix(".png")
    if shutil.which("gnuplot") is None:
        sys.exit("gnuplot is not installed (Debian: gnuplot-nox)")
    if not options.measured.exists():
        sys.exit(f"{options.measured} does not exist; first run: benchmarks/measure.py")
    report = json.loads(options.measured.read_text())
    touches = report["context"]["touches"]
    about = report["context"]
    script = [f'set terminal png size 1200,1000 font "sans,11"', f'set output "{picture}"',
              f'set multiplot layout 2,1 title "{touches:,} touchpoints; {about["machine"]["cpu"]}, '
              f'{about["compiler"]} {about["flags"]}, {about["date"][:10]}"',
              "set style data histogram", "set style histogram clustered gap 1",
              "set style fill solid 0.9 border rgb 'white'", "set logscale y", "set grid y",
              "set yrange [0.3:*]", 'set ylabel "ns per touchpoint (logarithmic)"',
              "set key outside right top", "set rmargin 32"]
    script += panel(report["times"], "sorted", SORTED, touches, 1)
    script += panel(report["times"], "shuffled", SHUFFLED, touches, 2)
    done = subprocess.run(["gnuplot"], input="\n".join(script) + "\n", text=True)
    if done.returncode != 0:
        sys.exit("gnuplot failed")
    print(picture)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures what it costs to compile one attribution, against the floor: parsing the headers of the standard
library, range-v3 and date that its headers include. Prints a table.

compile.py [--compiler C] [--rounds N]: processor time of each, the least of N rounds, and memory.
--count compares what clang instantiates with compile.json, which does not depend on how busy the machine is;
exits with 1 if it is 5% more, with 77 (skipped) where compile.json was recorded with another compiler.
--record makes a new compile.json.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parent / "include"
REFERENCE = HERE / "compile.json"
ALLOWED = 1.05
SKIPPED = 77
UMBRELLA = "#include <attribution/attribution.hpp>\n"
FEW = "".join(f"#include <attribution/{header}.hpp>\n" for header in
              ["attribute", "model/linear", "policy/lookback", "report/by"])
ONE = (HERE / "one_attribution.cpp").read_text()
assert UMBRELLA in ONE, "one_attribution.cpp includes all headers, so that fewer can be tried"
SOURCES = {
    "four headers": FEW,
    "four headers and one attribution": ONE.replace(UMBRELLA, FEW),
    "all headers": UMBRELLA,
    "all headers and one attribution": ONE,
}


def floor(source):
    """The headers of others that the headers of a source include."""
    ours, others = set(), set()
    left = re.findall(r"#include <(attribution/[^>]+)>", source)
    while left:
        header = left.pop()
        if header in ours:
            continue
        ours.add(header)
        for name in re.findall(r"^#include <([^>]+)>", (INCLUDE / header).read_text(), re.MULTILINE):
            (left.append if name.startswith("attribution/") else others.add)(name)
    wanted = [name for name in sorted(others) if re.match(r"[a-z_]+$|date/|range/", name)]
    return "".join(f"#if __has_include(<{name}>)\n#include <{name}>\n#endif\n" for name in wanted)


def compiled(command, source):
    """Seconds of processor time and MB that compiling the source takes."""
    process = subprocess.Popen([*command, "-x", "c++", "-c", "-", "-o", os.devnull], stdin=subprocess.PIPE)
    process.stdin.write(source.encode())
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def command_of(compiler, level):
    return [compiler, "-std=c++20", level, "-DHAS_STRING_VIEW=1", "-DONLY_C_LOCALE=1", f"-I{INCLUDE}"]


def measure(options):
    measured = {}
    for _ in range(options.rounds):
        for name, source in SOURCES.items():
            for key, text in ((name, source), (f"floor of {name}", floor(source))):
                seconds, megabytes = compiled(command_of(options.compiler, "-O2"), text)
                least = measured.get(key, (seconds, megabytes))
                measured[key] = min(seconds, least[0]), min(megabytes, least[1])
    print("| what | seconds | of them the headers of others | times as much | MB |\n|---|---|---|---|---|")
    for name in SOURCES:
        seconds, megabytes = measured[name]
        ground = measured[f"floor of {name}"][0]
        print(f"| {name} | {seconds:.2f} | {ground:.2f} | {seconds / ground:.1f} | {megabytes:.0f} |")


def count(compiler):
    """What a compiler of clang's kind instantiates for each of the sources."""
    counts = {}
    with tempfile.TemporaryDirectory() as name:
        trace = pathlib.Path(name) / "trace.json"
        for what, source in SOURCES.items():
            compiled([*command_of(compiler, "-O0"), f"-ftime-trace={trace}", "-ftime-trace-granularity=0"], source)
            events = collections.Counter(event["name"] for event in json.loads(trace.read_text())["traceEvents"])
            counts[what] = events["InstantiateClass"] + events["InstantiateFunction"]
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if not options.count and not options.record:
        measure(options)
        return
    clang = "clang++-19" if options.compiler == "g++" else options.compiler
    try:
        version = subprocess.run([clang, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    except (OSError, subprocess.CalledProcessError):
        print(f"skipped: there is no {clang}")
        sys.exit(SKIPPED)
    if options.record:
        REFERENCE.write_text(json.dumps({"compiler": version, "instantiations": count(clang)}, indent=1) + "\n")
        return
    reference = json.loads(REFERENCE.read_text())
    if reference["compiler"] != version:
        print(f"skipped: {REFERENCE.name} is of {reference['compiler']}, this is {version}")
        sys.exit(SKIPPED)
    worse = []
    for what, now in count(clang).items():
        before = reference["instantiations"][what]
        print(f"{what:35} {now:6} instantiations {now / before - 1:+7.1%}")
        if now > ALLOWED * before:
            worse.append(what)
    if worse:
        sys.exit(f"more than {ALLOWED - 1:.0%} more instantiations than before: {', '.join(worse)}; find out which "
                 "(clang's -ftime-trace), or accept them: benchmarks/compile.py --record")


if __name__ == "__main__":
    main()

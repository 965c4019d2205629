#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Which lines, branches and conditions of the headers the tests have run.

coverage.py PROGRAM: runs the tests of a build of the preset `coverage`, merges the counts of
all instantiations of a template, and prints a table and every place that no test has reached.
Conditions are counted by modified condition/decision coverage (MC/DC): each was seen to decide its
expression alone. Exits with 1 if no test reaches a place and tests/uncovered.txt gives no reason.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include/attribution"
DECISIONS = ("model/", "policy/", "amount/")  # what MC/DC is asked of


def export(program, profile, version, *options):
    command = [f"llvm-cov-{version}", "export", program, f"-instr-profile={profile}", *options,
               "--sources", INCLUDE]
    return subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, text=True).stdout


def name_of(path):
    return pathlib.Path(path).resolve().relative_to(INCLUDE).as_posix()


class Counts:
    """Per header: the places that exist, and those that were reached."""

    def __init__(self):
        self.all = collections.defaultdict(set)
        self.reached = collections.defaultdict(set)

    def add(self, header, place, reached):
        self.all[header].add(place)
        if reached:
            self.reached[header].add(place)

    def missing(self, header):
        return sorted(self.all[header] - self.reached[header])

    def share(self, headers):
        everything = sum(len(self.all[h]) for h in headers)
        reached = sum(len(self.reached[h]) for h in headers)
        return f"{reached}/{everything}" + (f" {100 * reached / everything:.1f}%" if everything else "")


def read_lines(text):
    counts, header = Counts(), None
    for line in text.splitlines():
        if line.startswith("SF:"):
            header = name_of(line[3:])
        elif line.startswith("DA:"):
            number, count = map(int, line[3:].split(",")[:2])
            counts.add(header, number, count > 0)
    return counts


def read_branches(text):
    branches, conditions = Counts(), Counts()
    for one in json.loads(text)["data"][0]["files"]:
        header = name_of(one["filename"])
        either = collections.defaultdict(lambda: [False, False])
        code = (INCLUDE / header).read_text().splitlines()
        for branch in one["branches"]:
            place = tuple(branch[:4])
            if code[place[0] - 1].endswith("= default;"):
                continue  # clang 19 counts every branch of a comparison that it writes as true
            for way in (0, 1):
                either[place][way] |= branch[4 + way] > 0
        for place, ways in either.items():
            # If neither way was taken, the condition is constant in every instantiation, or its line or
            # the condition before it was not reached either, and is reported itself.
            for way in (True, False) if any(ways) else ():
                branches.add(header, (*place, way), ways[0 if way else 1])
        for decision in one.get("mcdc_records", []):
            place = tuple(decision[:4])
            for number, covered in enumerate(decision[-1]):
                conditions.add(header, (*place, number), covered)
    return branches, conditions


def source(header, line):
    return (INCLUDE / header).read_text().splitlines()[line - 1].strip()


def arguments():
    """{(header, source line): reason}"""
    known = {}
    path = ROOT / "tests/uncovered.txt"
    for line in path.read_text().splitlines() if path.exists() else []:
        if line and not line.startswith("#"):
            header, code, reason = (part.strip() for part in line.split(" | "))
            known[header, code] = reason
    return known


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--llvm", default="19", help="version of llvm-cov and llvm-profdata")
    parser.add_argument("--worlds", default="1000", help="for each law")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        profile = pathlib.Path(scratch) / "merged"
        raw = []
        for number, program in enumerate(options.programs):
            raw.append(pathlib.Path(scratch) / f"{number}.raw")
            subprocess.run([program], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           env={**os.environ, "LLVM_PROFILE_FILE": str(raw[-1]),
                                "RC_PARAMS": f"seed=1 max_success={options.worlds}"})
        subprocess.run([f"llvm-profdata-{options.llvm}", "merge", "-o", profile, *raw], check=True)
        first, *others = options.programs
        more = [f"-object={one}" for one in others]
        lines = read_lines(export(first, profile, options.llvm, *more, "-format=lcov"))
        branches, conditions = read_branches(
            export(first, profile, options.llvm, *more, "-skip-functions", "-skip-expansions"))
    headers = sorted(lines.all)
    decided = [h for h in headers if h.startswith(DECISIONS)]
    argued, used, wrong = arguments(), set(), []

    def report(header, line, what):
        key = header, source(header, line)
        if key in argued:
            used.add(key)
        else:
            wrong.append(f"{header}:{line} | {what} | {key[1]}")

    for header in headers:
        for line in lines.missing(header):
            report(header, line, "line not run")
        for place in branches.missing(header):
            report(header, place[0], f"column {place[1]} never {str(place[4]).lower()}")
        for place in conditions.missing(header) if header in decided else []:
            report(header, place[0], f"condition {place[4] + 1} never decides alone")
    print("\n".join(dict.fromkeys(wrong)))
    print("| headers | lines | branches | conditions (MC/DC) |\n|---|---|---|---|")
    for title, group in [("all", headers)] + [(d, [h for h in headers if h.startswith(d)])
                                              for d in DECISIONS]:
        print(f"| {title} | {lines.share(group)} | {branches.share(group)} | {conditions.share(group)} |")
    print(f"{len(wrong)} places not reached, {len(used)} argued for")
    for key in set(argued) - used:
        print("uncovered.txt argues for what is reached or gone:", " | ".join(key))
    sys.exit(1 if wrong or set(argued) - used else 0)


if __name__ == "__main__":
    main()

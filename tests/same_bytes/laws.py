#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs tests of the library as other processors do (under QEMU) and as Windows does (under Wine): the laws in a
few hundred worlds, or the tests that are named.

laws.py [--on BUILD]... [--worlds N] [TEST...]: TEST is like laws/credits; exits with 1 if one fails.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

import check

TESTS = check.ROOT / "tests"
ELSEWHERE = [build for build, (_, runner) in check.BUILDS.items() if runner]


def compiled(build, source, directory):
    """The object made of a test."""
    made = directory / (check.file_name(str(source.relative_to(TESTS))) + ".o")
    level = "-O1" if build == "MinGW" else "-O0"  # its objects do not hold all names that -O0 leaves
    subprocess.run([*check.compiler_of(build, directory), level, "-c", source, "-o", made], check=True,
                   capture_output=True, text=True)
    return made


def program(build, sources, directory):
    objects = [compiled(build, source, directory) for source in sources]
    made = directory / "laws.exe"
    subprocess.run([*check.compiler_of(build, directory), *objects, "-o", made], check=True, capture_output=True,
                   text=True)
    return made


def verdict(build, tests, worlds):
    """What doctest says at the end, and whether all is well."""
    sources = [TESTS / "main.cpp", TESTS / "same_bytes/laws/law.cpp", *(TESTS / f"{test}.cpp" for test in tests)]
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        check.link_packages(directory)
        try:
            made = program(build, sources, directory)
        except subprocess.CalledProcessError as error:
            return False, check.told(error)
        ran = subprocess.run([*check.BUILDS[build][1], made, "--no-colors"], stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, cwd=directory,
                             env=os.environ | {"WINEDEBUG": "-all", "ATTRIBUTION_WORLDS": str(worlds)})
        if ran.returncode != 0:
            print(ran.stdout)
        counts = [line for line in ran.stdout.splitlines() if "test cases:" in line]
        return ran.returncode == 0, " ".join((counts or ["no test was run"])[0].split())


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("tests", nargs="*")
    options.add_argument("--on", action="append", choices=ELSEWHERE)
    options.add_argument("--worlds", type=int, default=300)
    options = options.parse_args()
    tests = options.tests or [f"laws/{path.stem}" for path in sorted((TESTS / "laws").glob("*.cpp"))]
    good = True
    for build in options.on or ELSEWHERE:
        if not check.runs_here(build):
            good = False
            print(f"{build}: its compiler, or what runs its programs, is missing here")
            continue
        well, said = verdict(build, tests, options.worlds)
        print(f"{build}: {said}", flush=True)
        good = good and well
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

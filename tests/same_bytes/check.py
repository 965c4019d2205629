#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compiles the programs that print a digest of every kind of result, once for each of the builds below,
runs them (for another processor under QEMU), and compares the text with golden.txt.

check.py [BUILD ...]: exits with 1 if one differs, with 77 if the only build asked for cannot be built or
run here. --write makes a new golden.txt from the first build; say in the CHANGELOG why it changed.
"""
import argparse
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDEN = HERE / "golden.txt"
SOURCES = ["main", "rules", "learned", "reports", "streams"]
FUSED = ["-O3", "-march=x86-64-v3", "-ffp-contract=fast"]
STATIC = ["-O2", "-static"]

# name: (compiler and its flags, what runs the program)
BUILDS = {
    "g++ -O0": (["g++", "-O0"], []),
    "g++ -O2": (["g++", "-O2"], []),
    "g++, fused": (["g++", *FUSED], []),
    "g++, portable 128 bits": (["g++", "-O2", "-DATTRIBUTION_PORTABLE_INT128"], []),
    "g++ -std=c++23 -fno-rtti": (["g++", "-std=c++23", "-fno-rtti", "-O2"], []),
    "clang 14": (["clang++-14", "-O2"], []),
    "clang 19, fused": (["clang++-19", *FUSED], []),
    "clang 19 and libc++, fused": (["clang++-19", "-stdlib=libc++", *FUSED], []),
    "aarch64": (["aarch64-linux-gnu-g++", *STATIC], ["qemu-aarch64"]),
    "armhf, 32 bits": (["arm-linux-gnueabihf-g++", *STATIC], ["qemu-arm"]),
    "s390x": (["s390x-linux-gnu-g++", *STATIC], ["qemu-s390x"]),
}
# The headers of the packages, without those of this machine's C library.
PACKAGES = ["concepts", "date", "meta", "range", "std"]


def runs_here(build):
    compiler, runner = BUILDS[build]
    if "-march=x86-64-v3" in compiler and "fma" not in pathlib.Path("/proc/cpuinfo").read_text():
        return False
    return all(shutil.which(command) for command in [compiler[0], *runner])


def text_of(build, packages, directory):
    """What the program prints when built this way."""
    compiler, runner = BUILDS[build]
    program = pathlib.Path(directory) / build.replace(" ", "_")
    subprocess.run([compiler[0], "-std=c++20", "-DONLY_C_LOCALE=1", "-DHAS_STRING_VIEW=1", "-w", "-Wno-psabi",
                    *compiler[1:],
                    f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests'}", "-isystem", packages, "-pthread", "-o", program,
                    *(HERE / f"{source}.cpp" for source in SOURCES)],
                   check=True, capture_output=True, text=True)
    return subprocess.run([*runner, program], check=True, capture_output=True, text=True).stdout


def verdict(build, packages, directory):
    try:
        text = text_of(build, packages, directory)
    except subprocess.CalledProcessError as error:
        told = [line for line in error.stderr.splitlines() if "error" in line] or [str(error)]
        return f"fails: {told[0][:300]}"
    expected = GOLDEN.read_text().splitlines()
    got = text.splitlines()
    differing = [line.rpartition(" ")[0] for line in got if line not in expected]
    if differing:
        return "differs: " + "; ".join(differing)
    return f"the same {len(got)} digests" if got == expected else "lines are missing or in another order"


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("builds", nargs="*", choices=[[], *BUILDS], metavar="BUILD")
    options.add_argument("--write", action="store_true")
    options.add_argument("--jobs", type=int, default=1)
    options = options.parse_args()
    builds = options.builds or list(BUILDS)
    possible = [build for build in builds if runs_here(build)]
    for build in builds:
        if build not in possible:
            print(f"{build}: its compiler, or a processor that can run it, is missing here")
    if not possible:
        sys.exit(77)
    good = True
    with tempfile.TemporaryDirectory() as directory, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        packages = pathlib.Path(directory) / "packages"
        packages.mkdir()
        for package in PACKAGES:
            (packages / package).symlink_to(f"/usr/include/{package}")
        if options.write:
            GOLDEN.write_text(text_of(possible[0], packages, directory))
        for build, said in zip(possible, pool.map(lambda one: verdict(one, packages, directory), possible)):
            print(f"{build}: {said}", flush=True)
            good = good and said.startswith("the same")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

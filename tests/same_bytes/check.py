#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compiles the programs that print a digest of every kind of result, once for each of the builds below,
runs them (for another processor under QEMU, for Windows under Wine), and compares the text with golden.txt.
Then each build writes partial results and snapshots, and each reads what each wrote: every pair.

check.py [BUILD ...]: exits with 1 if one differs, with 77 if the only build asked for cannot be built or
run here. --write makes a new golden.txt from the first build; say in the CHANGELOG why it changed.
--keep has the programs in that directory, and those that are there already are not compiled again.
"""
import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDEN = HERE / "golden.txt"
FUSED = ["-march=x86-64-v3", "-ffp-contract=fast"]
STRICT = ["-pedantic-errors"]
STATIC = ["-O2", "-static"]
# A compiler that does not say it is one of GNU's, without what only these have.
MSVC_RULES = ["-fms-compatibility", "-fms-extensions", "-fms-compatibility-version=19.33", "-D__STRICT_ANSI__",
              "-U__OPTIMIZE__", "-DATTRIBUTION_PORTABLE_INT128"]

# name: (compiler and its flags, what runs the program)
BUILDS = {
    "g++ -O0": (["g++", "-O0", *STRICT], []),
    "g++ -O2": (["g++", "-O2"], []),
    "g++ -O1, fused": (["g++", "-O1", *FUSED], []),
    "g++ -O3, fused": (["g++", "-O3", *FUSED], []),
    "g++, portable 128 bits": (["g++", "-O2", "-DATTRIBUTION_PORTABLE_INT128"], []),
    "g++ -std=c++23 -fno-rtti": (["g++", "-std=c++23", "-fno-rtti", "-O2"], []),
    "clang 14": (["clang++-14", "-O2", *STRICT], []),
    "clang 19, fused": (["clang++-19", "-O3", *FUSED], []),
    "clang 19 -std=c++23 -fno-rtti": (["clang++-19", "-std=c++23", "-fno-rtti", "-O2", *STRICT], []),
    "clang 19 and libc++, fused": (["clang++-19", "-stdlib=libc++", "-O3", *FUSED], []),
    "clang 19 by MSVC's rules, fused": (["clang++-19", "-stdlib=libc++", "-O2", *MSVC_RULES, *STRICT, *FUSED], []),
    "MinGW": (["x86_64-w64-mingw32-g++", *STATIC, "-Wa,-mbig-obj"], ["wine"]),
    "aarch64": (["aarch64-linux-gnu-g++", *STATIC], ["qemu-aarch64"]),
    "armhf, 32 bits": (["arm-linux-gnueabihf-g++", *STATIC], ["qemu-arm"]),
    "s390x": (["s390x-linux-gnu-g++", *STATIC], ["qemu-s390x"]),
}
# The headers of the packages, without those of this machine's C library.
PACKAGES = ["concepts", "date", "doctest", "meta", "range", "std"]


def runs_here(build):
    compiler, runner = BUILDS[build]
    if "-march=x86-64-v3" in compiler and "fma" not in pathlib.Path("/proc/cpuinfo").read_text():
        return False
    return all(shutil.which(command) for command in [compiler[0], *runner])


def file_name(text):
    return "".join(letter if letter.isalnum() else "_" for letter in text)


def compiler_of(build, directory):
    """The compiler's command, but for what it is to compile."""
    compiler, *flags = BUILDS[build][0]
    return [compiler, "-std=c++20", "-DONLY_C_LOCALE=1", "-DHAS_STRING_VIEW=1", "-w", "-Wno-psabi", *flags,
            f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests'}", "-isystem", directory / "packages", "-pthread"]


def link_packages(directory):
    """Makes the headers of the packages, and nothing else, known to compilers for other machines."""
    (directory / "packages").mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        (directory / "packages" / package).unlink(missing_ok=True)
        (directory / "packages" / package).symlink_to(f"/usr/include/{package}")


class Machine:
    """A build, compiled in a directory that holds everything the builds say to each other."""

    def __init__(self, build, directory):
        self.build, self.directory = build, directory
        self.name = file_name(build)
        self.runner = BUILDS[build][1]
        self.program = directory / f"{self.name}.exe"
        (directory / self.name).mkdir(exist_ok=True)
        if not self.program.exists():
            subprocess.run([*compiler_of(build, directory), directory / "all.cpp", "-o", self.program], check=True,
                           capture_output=True, text=True)

    def run(self, *arguments):
        return subprocess.run([*self.runner, self.program, *arguments], check=True, capture_output=True, text=True,
                              cwd=self.directory, env=os.environ | {"WINEDEBUG": "-all"}).stdout

    def write(self):
        self.run("write", self.name)

    def read(self, other):
        self.run("read", other.name)


def told(error):
    """Why a command failed, in a line."""
    lines = [line for line in error.stderr.splitlines() if "error" in line] or [str(error)]
    return lines[0][:300]


def verdict(text):
    """What a build printed, against the golden file."""
    expected, got = GOLDEN.read_text().splitlines(), text.splitlines()
    differing = [line.rpartition(" ")[0] for line in got if line not in expected]
    if differing:
        return "differs: " + "; ".join(differing)
    return f"the same {len(got)} digests" if got == expected else "lines are missing or in another order"


def made(build, directory):
    """The machine, if it could be made, and what is to be said of it."""
    try:
        machine = Machine(build, directory)
        machine.write()
        return machine, verdict(machine.run())
    except subprocess.CalledProcessError as error:
        return None, f"fails: {told(error)}"


def what_reads(reader, writers):
    """Which builds wrote what this one does not read as its own, and why."""
    wrong = []
    for writer in writers:
        try:
            reader.read(writer)
        except subprocess.CalledProcessError as error:
            wrong.append(f"{writer.build}: {told(error)}")
    return wrong


def version(build):
    """The compiler, as it calls itself."""
    text = subprocess.run([BUILDS[build][0][0], "--version"], check=True, capture_output=True, text=True).stdout
    return text.splitlines()[0]


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("builds", nargs="*", choices=[[], *BUILDS], metavar="BUILD")
    options.add_argument("--write", action="store_true")
    options.add_argument("--keep", type=pathlib.Path, metavar="DIRECTORY")
    options.add_argument("--jobs", type=int, default=1)
    options = options.parse_args()
    builds = options.builds or list(BUILDS)
    possible = [build for build in builds if runs_here(build)]
    for build in builds:
        if build not in possible:
            print(f"{build}: its compiler, or a processor that can run it, is missing here")
    if not possible:
        sys.exit(77)
    rows, machines = {}, []
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        directory = (options.keep or pathlib.Path(name)).resolve()
        link_packages(directory)
        # One file, so that the headers are read once.
        (directory / "all.cpp").write_text("".join(f'#include "{path}"\n' for path in sorted(HERE.glob("*.cpp"))))
        if options.write:
            machine = Machine(possible[0], directory)
            GOLDEN.write_text(machine.run())
        for build, (machine, said) in zip(possible, pool.map(lambda one: made(one, directory), possible)):
            print(f"{build}: {said}", file=sys.stderr, flush=True)
            rows[build] = [version(build), said]
            machines += [machine] if machine else []
        for machine in machines:
            wrong = what_reads(machine, machines)
            rows[machine.build].append("; ".join(wrong) or f"those of all {len(machines)}")
    print("| build | compiler | digests | partial results and snapshots it reads |\n|---|---|---|---|")
    for build, cells in rows.items():
        print("| " + " | ".join([build, *cells]) + " |")
    good = all(cells[1].startswith("the same") and cells[-1].startswith("those") for cells in rows.values())
    sys.exit(0 if good and len(possible) == len(builds) else 1)


if __name__ == "__main__":
    main()

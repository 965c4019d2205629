#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What clang-tidy, cppcheck, the oldest compiler and one without GNU's extensions say about the headers; any
finding is an error.

static.py SOURCE_DIRECTORY [TEST...]: cppcheck reads each header; clang-tidy and clang++-14 read all of
them at once. Most of a template is only checked where it is used, so clang++-14 also compiles the
widest tests and those that run while they are compiled, and both tools read the tests that are named
(laws/routes.cpp), or all of them (--all, which takes hours on one core). What only some compilers have is
in config.hpp.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys

DEFINITIONS = ["-DHAS_STRING_VIEW=1", "-DONLY_C_LOCALE=1"]  # as the package of date is built
WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast".split()
WIDEST = ["laws/reports.cpp", "laws/routes.cpp", "learn/markov.cpp", "stream/snapshot.cpp"]
# A compiler that does not say it is one of GNU's, and has none of their extensions. What libstdc++ asks of
# its compiler is said for it.
MSVC_RULES = ["-fms-compatibility", "-fms-extensions", "-fms-compatibility-version=19.33", "-pedantic-errors",
              "-D__STRICT_ANSI__", "-DATTRIBUTION_PORTABLE_INT128",
              *(f"-D__GCC_ATOMIC_{kind}_LOCK_FREE=2" for kind in (
                  "BOOL", "CHAR", "CHAR8_T", "CHAR16_T", "CHAR32_T", "WCHAR_T", "SHORT", "INT", "LONG", "LLONG",
                  "POINTER")), "-D__GCC_ATOMIC_TEST_AND_SET_TRUEVAL=1"]
ONLY_SOME_HAVE = re.compile(r"__builtin_\w+|__attribute__|__declspec|__extension__|__int128|\b__?asm(?:__)?\b|"
                            r"__typeof__|__(?:GNUC|clang)__|_MSC_VER")
RUNS_AT_COMPILE_TIME = re.compile(r"^static_assert\(\w+\(\)\)", re.MULTILINE)
SUPPRESSED = [
    "constStatement",      # takes the elements of an array in a condition for a statement
    "duplInheritedMember",  # a specialisation says anew what its base says by default
    "internalAstError",    # does not know all of C++20
    "missingIncludeSystem",
]


def run(command, root):
    """The complaints of a tool; empty if there are none."""
    done = subprocess.run(list(map(str, command)), cwd=root, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip() if done.returncode else ""


def cppcheck(root, header):
    # clang-tidy knows more about performance.
    return run(["cppcheck", "--std=c++20", "--language=c++", "--enable=warning,portability",
                "--error-exitcode=1", "--quiet", "--inline-suppr", *DEFINITIONS, "-I", "include",
                *(f"--suppress={one}" for one in SUPPRESSED), header], root)


def clang_tidy(root, source):
    return run(["clang-tidy-19", "--quiet", f"--config-file={root}/.clang-tidy",
                '--line-filter=[{"name":".hpp"}]', source, "--", "-std=c++20", "-Iinclude", "-Itests",
                "-fconstexpr-steps=16777216", *DEFINITIONS], root)


def oldest_compiler(root, source):
    return run(["clang++-14", "-fsyntax-only", "-std=c++20", *WARNINGS, "-Werror", *DEFINITIONS,
                "-Iinclude", "-Itests", source], root)


def at_compile_time(root, source):
    return run(["clang++-14", "-fsyntax-only", "-std=c++20", "-w", "-fconstexpr-steps=16777216", *DEFINITIONS,
                "-Iinclude", "-Itests", source], root)


def compiler_of_others(root, source):
    return run(["clang++-19", "-fsyntax-only", "-std=c++20", *MSVC_RULES, *DEFINITIONS, "-Iinclude", "-Itests",
                source], root)


def only_some_have(root, header):
    """Words outside of config.hpp that some compilers do not know."""
    code = re.sub(r"//.*", "", (root / header).read_text())
    words = sorted(set(ONLY_SOME_HAVE.findall(code))) if header.name != "config.hpp" else []
    return f"belongs in config.hpp: {', '.join(words)}" if words else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("tests", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    root = options.root.resolve()
    headers = sorted((root / "include/attribution").rglob("*.hpp"))
    umbrella = root / "tests/attribution_elsewhere.cpp"
    tests = [(root / "tests" / name) for name in options.tests]
    if options.all:
        tests = [path.with_suffix(".cpp") for path in
                 (root / "tests" / header.relative_to(root / "include/attribution")
                  for header in headers)]
        tests += sorted((root / "tests/laws").glob("*.cpp"))
    widest = tests or [root / "tests" / name for name in WIDEST]
    calling = [path for path in (root / "tests" / header.relative_to(root / "include/attribution").with_suffix(".cpp")
                                 for header in headers)
               if path.exists() and RUNS_AT_COMPILE_TIME.search(path.read_text())]
    failed = False
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        everything = [(path, pool.submit(oldest_compiler, root, path))
                      for path in (umbrella, *widest)]
        everything += [(path, pool.submit(clang_tidy, root, path)) for path in (umbrella, *tests)]
        everything += [(path, pool.submit(cppcheck, root, path.relative_to(root)))
                       for path in headers]
        everything += [(path, pool.submit(only_some_have, root, path.relative_to(root))) for path in headers]
        everything += [(path, pool.submit(at_compile_time, root, path)) for path in calling]
        everything += [(umbrella, pool.submit(compiler_of_others, root, umbrella))]
        for path, complaint in everything:
            if text := complaint.result():
                failed = True
                print(f"== {path.relative_to(root)}\n{text}", flush=True)
    print(f"{len(headers)} headers read by cppcheck, by clang-tidy in {1 + len(tests)} translation "
          f"units and by clang++-14 in {1 + len(widest)}, and in {len(calling)} whose tests run at compile time")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

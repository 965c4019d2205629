#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Prefetching survives the optimiser: GCC drops calls of functions that only prefetch, as if they had no effect.

prefetched.py SOURCE_DIRECTORY COMPILER: exits with 1 if a function that calls nothing but such a function
has become empty.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = """
#include <attribution/engine/memory/prefetch.hpp>
[[gnu::noinline]] void announce(int const* next) { attribution::detail::prefetch(next); }
extern "C" void caller(int const* next) { announce(next); }
"""


def main():
    source, compiler = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, "prefetched.cpp")
        program.write_text(PROGRAM)
        text = subprocess.run([compiler, "-std=c++20", "-O2", f"-I{source}/include", "-S", "-o", "-", program],
                              check=True, capture_output=True, text=True).stdout
    called = re.search(r"^caller:[^\n]*\n(.*?)^\s*\.cfi_endproc", text, re.DOTALL | re.MULTILINE)
    if not called or not re.search(r"announce|prefetch|prfm", called.group(1)):
        sys.exit(f"prefetched.py: nothing is prefetched:\n{text}")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Stops a program in gdb and compares what the printers show; skipped (77) where gdb is missing or may not trace.

debugger.py PRINTERS WORK_DIRECTORY COMPILER [FLAG...]
"""
import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77
EXPECTED = {
    "path": "path of 2 = {row 0, recency 2 = {at = 1}, row 1, recency 1 = {at = 2}}",
    "step": "row 1, recency 1 = {at = 2}",
    "credit": "touchpoint 1 earned 101 of conversion 0, share 1",
    "nobody": "nobody earned 70 of conversion 1, share 1",
    "ledger": "ledger of 2 = {touchpoint 1 earned 101 of conversion 0, share 1, "
              "nobody earned 70 of conversion 1, share 1}",
    # How an optional is shown is the business of the standard library's printers.
    "report": "report of 2 = {{key = ..., amount = 101, conversions = 1, credits = 1}, "
              "unattributed = {key = ..., amount = 70, conversions = 1, credits = 1}}",
}


def main():
    printers, work, *compiler = sys.argv[1:]
    source = pathlib.Path(__file__).with_name("debugged.cpp")
    work = pathlib.Path(work)
    gdb = shutil.which("gdb")
    if not gdb:
        print("skipped: gdb is not installed")
        return SKIPPED
    work.mkdir(parents=True, exist_ok=True)
    program = work / "debugged"
    subprocess.run([*compiler, "-std=c++20", "-O0", "-g", source, "-o", program, "-pthread"], check=True)
    lines = source.read_text(encoding="utf-8").splitlines()
    model, end = (next(i for i, line in enumerate(lines, 1) if mark in line)
                  for mark in ("// stop in the model", "// stop at the end"))

    def show(name, what):
        return ["-ex", f"echo shown {name}:", "-ex", f"output {what}", "-ex", "echo \\n"]

    done = subprocess.run(
        [gdb, "-q", "-nx", "-batch", "-ex", "set disable-randomization off", "-ex", "set width 0",
         "-ex", f"source {printers}", "-ex", f"break {source.name}:{model}", "-ex", f"break {source.name}:{end}",
         "-ex", "run", *show("path", "path"), *show("step", "last"), "-ex", "delete 1", "-ex", "continue",
         *show("credit", "ledger.elements_[0]"), *show("nobody", "ledger.elements_[1]"), *show("ledger", "ledger"),
         *show("report", "report"),
         "-ex", "kill", program],
        capture_output=True, text=True, timeout=120)
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        print("skipped: this process may not trace another")
        return SKIPPED
    shown = dict(line.removeprefix("shown ").split(":", 1) for line in done.stdout.splitlines()
                 if line.startswith("shown "))
    shown["report"] = re.sub(r"key = .*?(?=, amount)", "key = ...", shown.get("report", ""))
    for name, expected in EXPECTED.items():
        if shown.get(name) != expected:
            print(f"{name}: {shown.get(name)}\nexpected: {expected}\n{done.stderr}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: BSL-1.0
"""Instructions of parts of a program that dumps them by name, with CALLGRIND_DUMP_STATS_AT."""
import pathlib
import re
import subprocess
import sys
import tempfile


def count(command):
    """Instructions by name, and what the program printed."""
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "callgrind.out"
        done = subprocess.run(["valgrind", "--tool=callgrind", "--instr-atstart=no",
                               f"--callgrind-out-file={out}", *map(str, command)],
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stdout + done.stderr + "counting failed")
        counts = {}
        for dump in pathlib.Path(scratch).glob("callgrind.out.*"):
            text = dump.read_text()
            name = re.search(r"^desc: Trigger: Client Request: (.+)$", text, re.MULTILINE)
            if name:
                counts[name.group(1)] = int(re.search(r"^totals: (\d+)", text, re.MULTILINE).group(1))
    return counts, done.stdout

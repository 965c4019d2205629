# SPDX-License-Identifier: BSL-1.0
"""What runs of the example programs came to, to the byte: everything they print and write, as digests.

A test of a program asks what its author thought of. Whatever else a run shows is compared here with what
the same run of the same test showed before: expected/runs/{test}.txt has a line for each run of a test that
has such a file, and it names what is no longer the same. Where that is meant, PIN_RUNS=1 writes the file
anew; the tests themselves say whether it is right.

What other versions of other people's programs would word otherwise is not looked at: help, options that
CLI11 refuses, errors of databases, pictures, and the scripts and the style in a page.
"""

import hashlib
import os
import re
import sqlite3
import tempfile
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected" / "runs"
ASSETS = [r"<style>.*?</style>", r"<script>.*?</script>", r"<meta http-equiv=[^>]*>",
          r"<p[^>]* id=\"still\">.*?</p>", r"(?<=Made by )\w+ [\d.]+", r"(?<=\"version\": )\"[\d.]+\"",
          r"(?<=# attribution )[\d.]+(?=: repeat)"]

OF_CLI11 = re.compile(r" not in |[Ee]xcludes|not expected|not convert|required?s? .*--help")


class Pins:
    """Of one run of one file of tests."""

    def __init__(self, test):
        self.file = EXPECTED / f"{Path(test).stem}.txt"
        self.writes = "PIN_RUNS" in os.environ
        # Messages are cut, so that they depend on how long the name of a directory is.
        self.wanted = tempfile.gettempdir() == "/tmp" and (self.writes or self.file.exists())
        self.runs = {}  # name of a test -> {what: digest} of each of its runs

    def add(self, test, what):
        """What a run came to, or was asked for, as digests with their names."""
        self.runs.setdefault(test, []).append(what)

    def lines(self):
        return {test: [" ".join([f"{test} {number}:", *(f"{what} {one}" for what, one in run.items())])
                       for number, run in enumerate(runs, 1)] for test, runs in self.runs.items()}

    def differences(self):
        """Tests that were not run, or not to their end, have none."""
        if self.writes and self.wanted:
            EXPECTED.mkdir(parents=True, exist_ok=True)
            lines = self.lines()
            self.file.write_text("".join(line + "\n" for test in sorted(lines) for line in lines[test]))
        if not self.wanted:
            return []
        before = dict(line.split(":", 1) for line in self.file.read_text().splitlines())
        return [f"was   {name}:{before.get(name, ' not there')}\nis now {line}"
                for lines in self.lines().values() for line in lines
                for name in [line.split(":")[0]] if f"{name}:{before.get(name)}" != line]


def digest_of(text):
    """Of a text without what belongs to the machine or to the version."""
    text = re.sub(re.escape(tempfile.gettempdir()) + "/attribution-test-[0-9a-f]{8}", "DIR", text)
    for part in ASSETS:
        text = re.sub(part, "", text, flags=re.DOTALL)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def seen(directory, arguments, outcome):
    """What of a run -> its digest"""
    arguments = list(map(str, arguments))
    if "--help" in arguments or "--version" in arguments or OF_CLI11.search(outcome.error):
        return {"status": outcome.status}
    database = after("--database", arguments)
    if outcome.status != 0:
        return {"status": outcome.status} if database else {"error": digest_of(outcome.error)}
    found = {"printed": digest_of(outcome.out + outcome.error)}
    out = directory / after("--out", arguments) if "--out" in arguments else None
    kinds = {"tables": ["*.csv", "*.toml"], "page": ["*.html"], "summary": ["*.md"]} if out else {}
    for kind, patterns in kinds.items():
        files = sorted(file for pattern in patterns for file in out.glob(pattern) if file.is_file())
        found[kind] = digest_of("".join(
            f"{file.name}\n{file.read_bytes().decode(errors='backslashreplace')}" for file in files))
    if database and (directory / database).is_file():
        found["database"] = digest_of(dump(directory / database))
    return found


def after(option, arguments):
    return arguments[arguments.index(option) + 1] if option in arguments else None


def dump(file):
    """All of a database but when and by which version it was written."""
    connection = sqlite3.connect(file)
    try:
        return "\n".join(re.sub(r"'\d+\.\d+\.\d+'|'20\d\d-\d\d-\d\dT[\d:]+Z'", "", line)
                         if line.startswith('INSERT INTO "runs"') else line
                         for line in connection.iterdump())
    finally:
        connection.close()

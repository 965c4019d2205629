#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes all headers of the library as one.

amalgamate.py SOURCE_DIRECTORY OUTPUT: what the headers include of others (the standard library,
range-v3, date) stays an include. The output is the same for the same headers, byte for byte.
"""
import pathlib
import re
import sys

OWN = re.compile(r"^#include <(attribution/[\w/.]+)>$")
OTHER = re.compile(r"^#include <[\w/.]+>$")
CONDITION = re.compile(r"^# *(if|endif)")
ENTRY = "attribution/attribution.hpp"
TWICE = """\
#ifdef ATTRIBUTION_VERSION_MAJOR
#error "attribution: this is all of its headers in one, so include either it or them"
#endif
"""


class Amalgamation:
    def __init__(self, include):
        self.include = include
        self.seen = set()
        self.lines = []

    def add(self, name):
        """What the header includes, then the header, unless it is there already."""
        if name in self.seen:
            return
        self.seen.add(name)
        path = self.include / name
        depth = 0
        self.lines += ["", f"// ---- {name}"]
        for line in path.read_text(encoding="utf-8").splitlines():
            own = OWN.match(line)
            if own:
                if depth:
                    sys.exit(f"{path}: {line}: an include under a condition would be lost for all others")
                self.add(own.group(1))
                continue
            condition = CONDITION.match(line)
            if condition:
                depth += 1 if condition.group(1) == "if" else -1
            if line == "#pragma once" or line.startswith("// SPDX-License-Identifier"):
                continue
            if not depth and OTHER.match(line):
                if line in self.seen:
                    continue
                self.seen.add(line)
            self.lines.append(line)


def main():
    root, output = map(pathlib.Path, sys.argv[1:])
    include = root / "include"
    version = (include / "attribution/version.hpp").read_text(encoding="utf-8")
    numbers = re.findall(r"#define ATTRIBUTION_VERSION_[A-Z]+ (\d+)", version)
    everything = Amalgamation(include)
    everything.add(ENTRY)
    for path in sorted(include.rglob("*.hpp")):
        everything.add(path.relative_to(include).as_posix())
    text = "\n".join(everything.lines)
    licence = "".join(f"// {line}".rstrip() + "\n"
                      for line in (root / "LICENSE").read_text(encoding="utf-8").splitlines())
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("// SPDX-License-Identifier: BSL-1.0\n"
                      f"// attribution {'.'.join(numbers)}, all headers in one; made by amalgamate.py, not to be edited.\n"
                      f"//\n{licence}#pragma once\n\n{TWICE}"
                      + re.sub(r"\n{3,}", "\n\n", text)
                      + "\n\n#define ATTRIBUTION_SINGLE_HEADER 1\n", encoding="utf-8")


if __name__ == "__main__":
    main()

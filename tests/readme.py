# SPDX-License-Identifier: BSL-1.0
"""Checks README.md against the files it quotes.

A code block after `<!-- lines of FILE -->` must be consecutive lines of FILE, and every relative
link must point to something that exists. Usage: readme.py ROOT
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
readme = (root / "README.md").read_text()
problems = []

quotes = re.findall(r"<!-- lines of (\S+) -->\n```\w*\n(.*?)```", readme, re.DOTALL)
for name, block in quotes:
    if block not in (root / name).read_text():
        problems.append(f"a block that quotes {name} is not in it:\n{block}")

for block in re.findall(r"(?<!-->\n)```cpp\n(.*?)```", readme, re.DOTALL):
    problems.append(f"this C++ block names no file that it quotes:\n{block}")

prose = re.sub(r"```.*?```", "", readme, flags=re.DOTALL)
for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", prose):
    if not (root / link).exists():
        problems.append(f"a link leads nowhere: {link}")

print(f"{len(quotes)} quotations, {len(problems)} problems")
for problem in problems:
    print(problem)
sys.exit(1 if problems or not quotes else 0)

# SPDX-License-Identifier: BSL-1.0
"""Checks the documents (README.md and every other *.md) against the files they refer to.

- A code block after `<!-- lines of FILE -->` is consecutive lines of FILE; all C++ is quoted this way.
- Every relative link, its #heading included, leads somewhere, and README.md leads to every document.
- examples/recipes/README.md lists every recipe, and every `Example:` of a header exists.
- README.md is a door: at most 15 KB.
- Prose calls a touchpoint a touchpoint, not a touch.
- "123 laws" and "130 digests" say how many there are.

Usage: readme.py ROOT
"""
import os
import pathlib
import re
import sys

LARGEST_README = 15_000
NOT_OURS = {"build", "out", "node_modules", "expected"}
QUOTE = re.compile(r"<!-- lines of (\S+) -->\n```\w*\n(.*?)```", re.DOTALL)
NAMELESS = re.compile(r"(?<!-->\n)```cpp\n(.*?)```", re.DOTALL)
BLOCK = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
EXAMPLE = re.compile(r"^\s*/// Example:\s+(examples/\S+)", re.MULTILINE)
LAW = re.compile(r'^TEST_CASE\w*\(\s*"[^"]*\blaw\b', re.MULTILINE)
COUNTED = re.compile(r"\b(\d+) (laws|digests)\b")
TOUCH = re.compile(r"(?<!first )(?<!last )(?<!direct )\btouch(es)?\b", re.IGNORECASE)


def documents(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - NOT_OURS - {".git"})
        yield from (pathlib.Path(folder) / name for name in sorted(files) if name.endswith(".md"))


def headings(text):
    """The names for links to headings, as code hosts make them."""
    found = re.findall(r"^#+ (.*)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def counts(root):
    """How many there are of what documents count."""
    tests = [path.read_text() for path in (root / "tests").rglob("*.cpp")]
    return {"laws": sum(len(LAW.findall(text)) for text in tests),
            "digests": len((root / "tests/same_bytes/golden.txt").read_text().splitlines())}


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    texts = {path: path.read_text() for path in documents(root)}
    problems, quotations, leads_to = [], 0, {}
    there_are = counts(root)

    for path, text in texts.items():
        def problem(words):
            problems.append(f"{path.relative_to(root)}: {words}")

        for name, block in QUOTE.findall(text):
            quotations += 1
            if not (root / name).is_file():
                problem(f"{name}, which it quotes, does not exist")
            elif block not in (root / name).read_text():
                problem(f"a block that quotes {name} is not in it:\n{block}")
        for block in NAMELESS.findall(text):
            problem(f"this C++ block names no file that it quotes:\n{block}")

        for number, things in COUNTED.findall(text):
            if int(number) != there_are[things]:
                problem(f"{number} {things}, but there are {there_are[things]}")
        prose = BLOCK.sub("", text)
        leads_to[path] = set()
        for link, heading in LINK.findall(prose):
            target = (path.parent / link).resolve() if link else path
            leads_to[path].add(target)
            if not target.exists():
                problem(f"a link leads nowhere: {link}")
            elif heading and heading not in headings(texts.get(target, "")):
                problem(f"{link} has no heading #{heading}")
        for word in TOUCH.finditer(re.sub(r"`[^`]*`|\]\([^)]*\)", "", prose)):
            problem(f"'{word.group()}' is called a touchpoint")

    readme = root / "README.md"
    if (size := readme.stat().st_size) > LARGEST_README:
        problems.append(f"README.md has {size} bytes, and is to have {LARGEST_README} at most: "
                        "move something beside what it describes")
    reached, more = set(), [readme]
    while more:
        path = more.pop()
        if path in texts and path not in reached:
            reached.add(path)
            more += leads_to[path]
    problems += [f"README.md does not lead to {path.relative_to(root)}"
                 for path in texts if path not in reached]

    recipes = root / "examples/recipes"
    problems += [f"examples/recipes/README.md does not link to {recipe.name}"
                 for recipe in sorted(recipes.glob("*.cpp"))
                 if recipe not in leads_to[recipes / "README.md"]]
    for header in sorted((root / "include").rglob("*.hpp")):
        problems += [f"{header.relative_to(root)}: its example {example} does not exist"
                     for example in EXAMPLE.findall(header.read_text())
                     if not (root / example).exists()]

    print(f"{len(texts)} documents, {quotations} quotations, {len(problems)} problems")
    print("\n".join(problems))
    sys.exit(1 if problems or not quotations else 0)


if __name__ == "__main__":
    main()

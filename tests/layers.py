#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Headers include only lower floors of the library, or their own room, and never in a circle. The test
with the same path includes its header before anything else, so that the header compiles alone. Code
that no user needs to read is in engine/ and numeric/, except for a few lines beside the code they serve.

layers.py SOURCE_DIRECTORY: exits with 1 and names every include that does not fit.
"""
import pathlib
import re
import sys

# The plan is in DESIGN.md, from the top down; the first word of a line may be the name of a group of floors.
PLAN = re.compile(r"<!-- floors:.*?-->\n```text\n(.*?)```", re.DOTALL)
# How many lines of `namespace detail` a header for users may have.
DETAILS = 60
# Headers of the system, behind __has_include.
OPTIONAL = {"sys/mman.h"}
INCLUDE = re.compile(r"^#include [<\"]([^>\"]+)[>\"]", re.MULTILINE)
DETAIL = re.compile(r"^namespace detail \{\n.*?^\}  // namespace detail\n", re.MULTILINE | re.DOTALL)


def floors(design):
    """{room: its floor, from the ground up}"""
    lines = [line.split()[0 if line.startswith(" ") else 1:] for line in PLAN.search(design)[1].splitlines()]
    return {room: floor for floor, rooms in enumerate(reversed(lines)) for room in rooms}


def room(header):
    """credit for credit/X, engine/credit/X and credit.hpp"""
    return header.removeprefix("engine/").partition("/")[0].removesuffix(".hpp")


def inside(header):
    """Is this a folder of headers that no user includes?"""
    return header.startswith(("engine/", "numeric/"))


def details(text):
    """How many lines of the header are in namespace detail."""
    return sum(part.count("\n") for part in DETAIL.findall(text))


def circle(includes):
    """Headers that include each other in a circle, or none."""
    done, path = set(), []

    def visit(header):
        if header in path:
            return path[path.index(header):] + [header]
        if header in done:
            return None
        path.append(header)
        found = next(filter(None, map(visit, includes.get(header, []))), None)
        path.pop()
        done.add(header)
        return found

    return next(filter(None, map(visit, includes)), None)


def namespace_of(version):
    """v0_1: that of the versions a program may take one for another."""
    major, minor = (re.search(rf"_VERSION_{part} (\d+)", version)[1] for part in ("MAJOR", "MINOR"))
    return f"v{major}_{minor}"


def main():
    root = pathlib.Path(sys.argv[1]) / "include/attribution"
    wrong, includes, names = [], {}, {}
    floor = floors((root / "DESIGN.md").read_text())
    empty = set(floor)
    floor["attribution"] = len(floor)
    versioned = f"namespace attribution::inline {namespace_of((root / 'version.hpp').read_text())}"
    for path in sorted(root.rglob("*.hpp")):
        header = path.relative_to(root).as_posix()
        if room(header) not in floor:
            wrong.append(f"{header}: {room(header)} stands on no floor; give it one in DESIGN.md")
            continue
        empty.discard(room(header))
        test = (pathlib.Path(sys.argv[1]) / "tests" / header).with_suffix(".cpp")
        if not test.exists():
            wrong.append(f"{header} has no test tests/{header.removesuffix('.hpp')}.cpp")
        elif INCLUDE.search(test.read_text()).group(1) != f"attribution/{header}":
            wrong.append(f"{test.name} does not include {header} first")
        if not inside(header) and (lines := details(path.read_text())) > DETAILS:
            wrong.append(f"{header} has {lines} lines of details; more than {DETAILS} belong in engine/")
        for opened in re.findall(r"^(namespace attribution[\w: ]*?)(?:::detail)? \{", path.read_text(), re.MULTILINE):
            if opened != versioned:
                wrong.append(f"{header} opens {opened}; its version has {versioned}")
        includes[header] = []
        for other in INCLUDE.findall(path.read_text()):
            if other.startswith("attribution/"):
                other = other.removeprefix("attribution/")
                includes[header].append(other)
                if room(other) != room(header) and floor.get(room(other), 0) >= floor[room(header)]:
                    wrong.append(f"{header} includes {other}, which is not on a lower floor")
            elif ("/" in other and other != "date/date.h" and other not in OPTIONAL
                  and not other.startswith("range/v3/")):
                wrong.append(f"{header} includes {other}; the library needs range-v3 and date only")
            elif other == "range/v3/all.hpp":
                wrong.append(f"{header} includes all of range-v3; include what is used")
        elsewhere = names.setdefault(path.name, header)
        if elsewhere != header:
            wrong.append(f"{header} and {elsewhere} have one name; a thing is found by its name")
    wrong += [f"DESIGN.md has a floor for {name}, of which there is no header" for name in sorted(empty)]
    if found := circle(includes):
        wrong.append("a circle: " + " includes ".join(found))
    public = {header for header in includes
              if not inside(header) and header != "attribution.hpp"}
    reached, more = set(), ["attribution.hpp"]
    while more:
        header = more.pop()
        if header not in reached:
            reached.add(header)
            more += includes[header]
    wrong += [f"attribution.hpp does not reach {header}" for header in sorted(public - reached)]
    print("\n".join(wrong) or f"{len(includes)} headers on {len(set(floor.values()))} floors")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

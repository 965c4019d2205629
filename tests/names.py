#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Everything public is found by its name: in a header that is called so, or in the table "Where the rest lives" of
DESIGN.md.

A name is that of a class, function, object, concept, alias or enumeration outside of `detail`. It is found in
X.hpp if it is X or begins with X_ (`lookback_policy` is in lookback.hpp); an overload of a function may stand
elsewhere. The table has exactly the others, each under its header.

The module unit (.packaging/module) exports all of them, and nothing else but operators. Everything whose name ends
like that of a result prints with <<: engine/print/wording.hpp says how, or its own header.

names.py SOURCE_DIRECTORY [--write]: exits with 1 and names what is nowhere, or in the table for nothing; --write
writes the table, and the module's list. Look at what it adds: a header of its own is the better answer.
"""
import pathlib
import re
import sys

BEGIN, END = "<!-- names: written by tests/names.py -->\n", "<!-- end of names -->\n"
MODULE_BEGIN, MODULE_END = "// names: written by tests/names.py\n", "// end of names\n"
DETAIL = re.compile(r"^namespace detail \{\n.*?^\}  // namespace detail\n", re.MULTILINE | re.DOTALL)
# Declarations begin in the first column; a forward declaration is none, nor is a specialisation.
TYPE = re.compile(r"^(?:class|struct|enum class|concept|using) (\w+)(?! *[;<\w])", re.MULTILINE)
OBJECT = re.compile(r"^inline constexpr [^;({=]*?\b(\w+)(?: =|\{)", re.MULTILINE)
FUNCTION = re.compile(r"^(?!inline constexpr \w+_fn|static_assert|requires|template|struct|class|concept|using|enum)"
                      r"[\w\[][^(=;/{]*?\b(?<!::)(\w+)\(", re.MULTILINE)


RESULT = re.compile(r"(_row|report|_effect|counts?|cell|quality|choice|restatement|reconciliation|audit|distribution|"
                    r"credits?|figures|baseline|change|ledger|findings?|card)$")


def check_printed(root, headers):
    """Complains of results that nobody can print. What estimators count is no result yet."""
    wording = (root / "engine/print/wording.hpp").read_text()
    for path in headers.values():
        text = path.read_text()
        silent = [name for name in TYPE.findall(text) if RESULT.search(name)
                  and re.search(rf"^(class|struct) {name}\b", text, re.MULTILINE)
                  and f"wording<{name}" not in wording and "operator<<" not in text
                  and not (path.parent.name == "learn" and name.endswith("counts"))]
        if silent:
            print(f"{path.name}: nobody can print {', '.join(silent)}; say how in {root.name}/engine/print/wording.hpp")
            sys.exit(1)


def public_names(text):
    """The names that a header declares for users, in the order of the alphabet."""
    text = DETAIL.sub("", text)
    functions = {found[1] for found in FUNCTION.finditer(text) if "operator" not in found[0]}
    return sorted({*TYPE.findall(text), *OBJECT.findall(text), *functions})


def by_header(headers):
    """{header: the names in it that no header is called after}"""
    called = {path.stem for path in headers.values()}
    rest = {}
    for header, path in headers.items():
        names = [name for name in public_names(path.read_text())
                 if name not in called and not name.startswith(f"{path.stem}_")]
        if names:
            rest[header] = names
    return rest


def check_module(unit, names):
    """The list of exported names, or a complaint."""
    text = unit.read_text()
    first, last = text.index(MODULE_BEGIN) + len(MODULE_BEGIN), text.index(MODULE_END)
    wanted = "".join(f"using attribution::{name};\n" for name in names)
    if "--write" in sys.argv:
        unit.write_text(text[:first] + wanted + text[last:])
    elif text[first:last] != wanted:
        stands, belongs = text[first:last].splitlines(), wanted.splitlines()
        print(f"{unit.name} does not export {sorted(set(belongs) - set(stands))}, and should not export "
              f"{sorted(set(stands) - set(belongs))}; call tests/names.py . --write")
        sys.exit(1)


def main():
    root = pathlib.Path(sys.argv[1]) / "include/attribution"
    headers = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*.hpp"))
               if path.relative_to(root).parts[0] not in ("engine", "numeric", "attribution.hpp")}
    rest = by_header(headers)
    table = "| header | also has |\n|---|---|\n" + "".join(
        f"| [`{header}`]({header}) | {', '.join(f'`{name}`' for name in names)} |\n" for header, names in rest.items())
    design = root / "DESIGN.md"
    text = design.read_text()
    first, last = text.index(BEGIN) + len(BEGIN), text.index(END)
    if "--write" in sys.argv:
        design.write_text(text[:first] + table + text[last:])
    elif text[first:last] != table:
        stands, belongs = text[first:last].splitlines(), table.splitlines()
        print("\n".join([f"DESIGN.md has, but should not: {line}" for line in stands if line not in belongs]
                        + [f"DESIGN.md should have: {line}" for line in belongs if line not in stands]
                        or ["the rows of DESIGN.md's table of names are not in order"]))
        print("give the name a header of its own, or call tests/names.py . --write")
        sys.exit(1)
    if gone := [path for path in re.findall(r"`([\w/]+\.hpp)`", text) if not (root / path).exists()]:
        print("DESIGN.md names what is not there:", *gone)
        sys.exit(1)
    check_module(pathlib.Path(sys.argv[1]) / ".packaging/module/attribution.cppm",
                 sorted({name for path in headers.values() for name in public_names(path.read_text())}))
    check_printed(root, headers)
    listed = sum(map(len, rest.values()))
    total = sum(len(public_names(path.read_text())) for path in headers.values())
    print(f"{total} names, {total - listed} of them found by a header, {listed} by the table")


if __name__ == "__main__":
    main()

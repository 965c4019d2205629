#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that tests/no_adl.cpp names all of the library's functions, public ones and those in detail.

no_adl.py SOURCE_DIRECTORY [--write]: exits with 1 and says what to do if it does not; --write writes the names.
"""
import pathlib
import re
import sys

BEGIN, END = "// names: written by tests/no_adl.py\n", "// end of names\n"
# The first name before a parenthesis in a line that begins a declaration.
FUNCTION = re.compile(r"^(?!template|requires|class|struct|enum|using|namespace|static_assert|concept|return)"
                      r"[\w\[][^(=;/]*?\b(\w+)\(")
CONTINUED = re.compile(r"^(\w+)\(")
OBJECT = re.compile(r"^inline constexpr \w+_fn (\w+)\{\};")
NO_FUNCTIONS = {"static_assert", "decltype", "conditional_t", "requires", "noexcept", "explicit", "operator"}


def functions(text):
    """The functions and function objects that a header declares at namespace scope."""
    for line in text.splitlines():
        found = FUNCTION.match(line) or CONTINUED.match(line) or OBJECT.match(line)
        if found and found[1] not in NO_FUNCTIONS and "operator" not in line.split("(")[0]:
            yield found[1]


def main():
    root = pathlib.Path(sys.argv[1])
    names = sorted({name for path in (root / "include").rglob("*.hpp")
                    for name in functions(path.read_text())})
    wanted = BEGIN + "".join(f"TAKES_ANYTHING({name})\n" for name in names) + END
    test = root / "tests/no_adl.cpp"
    text = test.read_text()
    first, last = text.index(BEGIN), text.index(END) + len(END)
    if "--write" in sys.argv:
        test.write_text(text[:first] + wanted + text[last:])
    elif text[first:last] != wanted:
        print("tests/no_adl.cpp does not have the library's functions; call tests/no_adl.py . --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

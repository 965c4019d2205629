#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Puts recipes into one file, each in a namespace of its own, for the tests: nine tenths of what a recipe
costs to compile are headers that all recipes include.

together.py OUTPUT RECIPE...: a file with these recipes; together.py --main OUTPUT RECIPE...: the program that
runs the one it is told.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r"^#include .*$", re.MULTILINE)
MAIN = re.compile(r"^int main\(\) \{$", re.MULTILINE)
# Together a recipe is compiled even if it lacks one of these, which no other header brings along.
BRINGS = {
    **{f"<{name}>": rf"\bstd::{name}\b" for name in
       "any bitset complex deque filesystem forward_list future queue regex stack unordered_set".split()},
    "<fstream>": r"\bstd::[io]?fstream\b",
    "<random>": r"\bstd::(mt19937(_64)?|random_device|\w+_distribution)\b",
    "<range/v3/": r"(?<!std::)\branges::",
    "<iostream>": r"\bstd::(cout|cerr|cin)\b",
    "<iomanip>": r"\bstd::(setw|setprecision|setfill|put_time|quoted)\b",
    '"shop.hpp"': r"\bshop::",
    '"subscribers.hpp"': r"\bpaper::",
    "<attribution/": r"\battribution\b(?!/)",
}


def checked(path):
    """The text of a recipe, which must be a program by itself."""
    text = path.read_text(encoding="utf-8")
    if len(MAIN.findall(text)) != 1:
        sys.exit(f"{path}: a recipe has one line `int main() {{`")
    if re.search(r"^\s*#(?!include )", text, re.MULTILINE):
        sys.exit(f"{path}: a recipe is compiled with others, and has no directives but #include")
    included = INCLUDE.findall(text)
    code = re.sub(r"//.*", "", INCLUDE.sub("", text))
    for header, words in BRINGS.items():
        if re.search(words, code) and not any(line.startswith(f"#include {header}") for line in included):
            sys.exit(f"{path}: use of {words} without #include {header}")
    return text


def together(paths):
    texts = {path: checked(path) for path in paths}
    lines = list(dict.fromkeys(line for text in texts.values() for line in INCLUDE.findall(text)))
    for path, text in texts.items():
        body = MAIN.sub("void run() {", INCLUDE.sub("", text))
        lines += [f"namespace recipe_{path.stem} {{", f'#line 1 "{path}"', body, "}"]
    return lines


def main_of(paths):
    names = [path.stem for path in paths]
    return ["#include <cstdlib>", "#include <iostream>", "#include <map>", "#include <string_view>",
            *(f"namespace recipe_{name} {{ void run(); }}" for name in names),
            "int main(int count, char** words) {",
            "    std::map<std::string_view, void (*)()> const recipes{",
            *(f'        {{"{name}", recipe_{name}::run}},' for name in names),
            "    };",
            "    auto const wanted = count == 2 ? recipes.find(words[1]) : recipes.end();",
            "    if (wanted == recipes.end()) {",
            '        std::cerr << "give the name of a recipe\\n";',
            "        return EXIT_FAILURE;",
            "    }",
            "    wanted->second();",
            "}"]


def main():
    arguments = sys.argv[1:]
    make = together
    if arguments[0] == "--main":
        make = main_of
        arguments.pop(0)
    output, *recipes = map(pathlib.Path, arguments)
    output.write_text("\n".join(make(recipes)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

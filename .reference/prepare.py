#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes what Doxygen reads instead of the project's files; lines keep their numbers.

prepare.py ROOT OUTPUT [TAGFILE]; with Doxygen's list of names, `name` in a text is a link.

Headers: a line `/// Edges:      text` begins a paragraph with a heading, everything else is text in which
no sign is a command. What a folder's headers declare becomes one module.
Documents: each becomes a page. Links to documents, recipes and headers lead to their pages; files that
have none here are named and not linked.
"""
import html
import pathlib
import re
import shutil
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(sys.argv[1]).resolve()
INCLUDE = ROOT / "include"
RECIPES = ROOT / "examples/recipes"

COMMENT = re.compile(r"^(\s*)///(?!<) ?(.*)$")
TRAILING = re.compile(r"^(.*?)///< ?(.*)$")
FIELD = re.compile(r"^([A-Z][a-z]+(?: [a-z]+)?): {1,}(\S.*)$")
# Doxygen 1.9.4 takes the inline namespace of a version for one beside `attribution`.
VERSIONED = re.compile(r"(namespace attribution)::inline v\d+_\d+")
# One space is a sentence, more of them a field; but these words are fields anyway.
KNOWN = {"Source", "Errors", "Example", "Edges", "Shape", "Units", "Complexity", "Returns"}
CODE = re.compile(r"`([^`]+)`")


def names():
    """What the library's namespace has: how it is called in a text, and by Doxygen."""
    if len(sys.argv) < 4:
        return {}
    compounds = xml.etree.ElementTree.parse(sys.argv[3]).getroot().findall("compound")
    full = {name.text for compound in compounds
            if compound.get("kind") in ("class", "struct", "concept")
            for name in compound.findall("name")}
    full |= {f"attribution::{name.text}" for compound in compounds
             if compound.findtext("name") == "attribution"
             for name in compound.findall("member/name")}
    return {name.removeprefix("attribution::"): name for name in full
            if re.fullmatch(r"attribution::\w+", name)}


NAMES = names()


def example_page(recipe):
    """The file name that Doxygen gives to the page of an example."""
    return recipe.replace(".", "_8") + "-example.html"


def plain(text):
    """Prose in which nothing is a command; emphasis stays."""
    return re.sub(r"([\\@<>#&%~|$\"])", r"\\\1", text).replace("::", r"\::").replace("--", r"\--")


def code(text):
    """Code in a line; where it is a name that Doxygen knows, it makes a link of it."""
    words = f'@ref {NAMES[text]} "{text}"' if text in NAMES else plain(text)
    return f"<code>{words}</code>"


def prose(text, inside=False):
    """Plain text and `code`, and whether code goes on in the next line; `inside` if it began earlier."""
    done = []
    for part in text.split("`"):
        done.append(code(part) if inside and part else plain(part))
        inside = not inside
    return "".join(done), not inside


def example(text):
    """Prose in which recipes are links to their pages."""
    def link(found):
        return f'<a href="{example_page(found[1])}">{html.escape(found[0])}</a>'
    return re.sub(r"examples/recipes/(\w+\.cpp)", link, prose(text)[0])


def comment(lines):
    """One comment, a line for each of its lines."""
    out, inside = [], False  # inside code
    for text in lines:
        heading, field = "", FIELD.match(text)
        if field and (text[len(field[1]) + 1:].startswith("  ") or field[1] in KNOWN):
            heading, text, inside = rf"@field{{{field[1]}}} ", field[2], False
        text = re.sub(r"^ {2,}(?![-*] )", "", text)
        if field and field[1] == "Example":
            out.append(heading + example(text))
        else:
            words, inside = prose(text, inside and text != "")
            out.append(heading + words)
    return out


def module(path):
    """The name and the title of what a header belongs to: its folder."""
    folder = path.relative_to(INCLUDE / "attribution").parts[0]
    if folder.endswith(".hpp"):
        return "basics", "Basics"
    return folder, folder.replace("_", " ").capitalize()


def grouped(path, lines):
    """The lines, with those that are blank at both ends of the namespace made into a module's bounds."""
    begin, end = "namespace attribution {", "}  // namespace attribution"
    if lines.count(begin) == lines.count(end) == 1:
        first, last = lines.index(begin) + 1, lines.index(end) - 1
        if first < last and not lines[first] and not lines[last]:
            name, title = module(path)
            lines[first] = f"/** @addtogroup {name} {title} */ /** @{{ */"
            lines[last] = "/** @} */"
    return lines


def without_details(text):
    """Blank lines instead of namespaces `detail` and what is added to them: nobody is to use these."""
    text = re.sub(r"^template <[^>]*>\n(?:    requires .*\n)?(?:inline )?constexpr \w+ detail::\w+<[^;]*;",
                  lambda found: "\n" * found.group().count("\n"), text, flags=re.MULTILINE)
    lines = text.splitlines()
    inside = False
    for line in lines:
        inside = inside or line == "namespace detail {"
        yield "" if inside else line
        inside = inside and line != "}  // namespace detail"


def header(path, text):
    out, waiting, indent = [], [], ""

    def flush():
        out.extend(f"{indent}/// {line}".rstrip() for line in comment(waiting))
        waiting.clear()

    for line in grouped(path, list(without_details(text))):
        if (found := COMMENT.match(line)) is not None:
            indent = found[1]
            waiting.append(found[2])
            continue
        flush()
        if (found := TRAILING.match(line)) is not None:
            line = f"{found[1]}///< {prose(found[2])[0]}"
        out.append(line)
    flush()
    return out


def page(path):
    """The label of a document's page."""
    name = path.relative_to(ROOT).with_suffix("").as_posix().strip(".").lower()
    return "page_" + re.sub(r"\W", "_", name)


def slug(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def target(path, link, heading):
    """What a link leads to in the reference, or nothing."""
    to = (path.parent / link).resolve() if link else path
    if to.suffix == ".md":
        return f"@ref {page(to)}" + (f"_{slug(heading)}" if heading else "")
    if to.suffix == ".cpp" and to.parent == RECIPES:
        return example_page(to.name)
    if to.suffix == ".hpp" and INCLUDE in to.parents:
        return f"@ref {to.relative_to(INCLUDE).as_posix()}"
    if to.suffix == ".png":
        return to.name
    return None


def document(path, text):
    def link(found):
        label, to, heading = found.groups()
        if to.startswith(("http:", "https:")):
            return found.group()
        there = target(path, to, heading)
        return f"[{label.strip('`')}]({there})" if there else label

    out, fenced = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
            # Only C++ is coloured; Doxygen takes other languages for names of files.
            line = re.sub(r"^```(?!cpp)\w+", "```", line).replace("```cpp", "```{.cpp}")
        elif not fenced:
            line = re.sub(r"^<!--.*-->$", "", line)
            line = re.sub(r"\[([^\]]*)\]\(([^)#]*)(?:#([^)]*))?\)", link, line)
            # Code that goes on in the next line is left to Doxygen.
            if not line.startswith("#") and line.count("`") % 2 == 0:
                line = CODE.sub(lambda found: code(found[1].replace(r"\|", "|")), line)
            if (found := re.match(r"^# (.*)$", line)):
                line = f"# {found[1]} {{#{page(path)}}}"
            elif (found := re.match(r"^(##+) (.*)$", line)):
                line = f"{found[1]} {found[2]} {{#{page(path)}_{slug(found[2])}}}"
        out.append(line)
    return out


def documents():
    for path in sorted(ROOT.rglob("*.md")):
        if not {"build", "out", "node_modules", "expected"} & set(path.relative_to(ROOT).parts):
            yield path


def main():
    output = pathlib.Path(sys.argv[2])
    shutil.rmtree(output, ignore_errors=True)

    def write(path, lines):
        # A folder's name that begins with a dot would hide it from Doxygen.
        there = output / path.relative_to(ROOT).as_posix().lstrip(".")
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text("\n".join(lines) + "\n")

    for path in sorted(INCLUDE.rglob("*.hpp")):
        if not {"engine", "numeric"} & set(path.relative_to(INCLUDE).parts):
            write(path, header(path, VERSIONED.sub(r"\1", path.read_text())))
    for path in documents():
        write(path, document(path, path.read_text()))
    write(RECIPES / "recipes.dox",
          [f"/** @example {recipe.name} */" for recipe in sorted(RECIPES.glob("*.cpp"))])


if __name__ == "__main__":
    main()

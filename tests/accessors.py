#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Accessors say by `const&` and `const&&` what they return from a temporary object.

accessors.py SOURCE_DIRECTORY: exits with 1 and names every public member function that returns a
reference, a pointer, a view or an iterator, has no ref-qualifier, and is not listed below.
"""
import pathlib
import re
import sys

# Functions that may be called on temporaries, because what they return refers to something else.
ELSEWHERE = {
    "records/columns.hpp": {"get": "the columns", "operator()": "the columns"},
    "records/linked.hpp": {"operator()": "the user's record, or a value"},
    "learn/until.hpp": {"touchpoints": "the journeys"},
    "model/anchor.hpp": {
        "conversion": "the user's record", "conversions": "the journeys", "touchpoints": "the journeys"},
    "model/path.hpp": {
        "conversion": "the user's record", "about": "what the engine keeps during the call",
        "space": "what the engine keeps during the call",
        "visits": "what the engine keeps during the call"},
    "model/step.hpp": {
        "conversion": "the user's record", "touchpoint": "the user's record",
        "about": "what the engine keeps during the call"},
    "quality/rule.hpp": {"operator[]": "the user's record"},
    "stream/stream_records.hpp": {"key": "the record", "id": "the record"},
}
INTERNAL = re.compile(r"\nnamespace (?:attribution::)?(?:inline \w+::)?detail \{.*?\n\}  // namespace", re.DOTALL)
PRIVATE = re.compile(r"\n( *)  private:.*?(?=\n\1(?:  public:|\};))", re.DOTALL)
COMMENT = re.compile(r"//[^\n]*")
MEMBER = re.compile(r"""
    \n[ ]{4,}(?:\[\[nodiscard\]\]\s+)?(?:constexpr\s+)?
    (?P<type>[A-Za-z_][\w:]*(?:<[^;{}()]*>)?(?:\(auto\))?(?:\s+const)?\s*[&*]*)
    \s*\b(?P<name>operator\s*(?:\[\]|\(\)|\*|->)|\w+)
    \([^{};]*?\)(?P<qualifiers>[\s\w&]*)[{]""", re.VERBOSE)
HANDS_OUT = re.compile(r"[&*]$|^decltype\(auto\)|\bspan<|_view\b|iterator|reference$")


def handed_out(text):
    """(name, qualifiers) of the public member functions that may refer to their object."""
    text = COMMENT.sub("", PRIVATE.sub("", INTERNAL.sub("", text)))
    for found in MEMBER.finditer(text):
        name, kind = found["name"].replace(" ", ""), found["type"].strip()
        if HANDS_OUT.search(kind) or kind == "auto" and name in ("begin", "end"):
            yield name, found["qualifiers"].split()


def main():
    root = pathlib.Path(sys.argv[1]) / "include/attribution"
    wrong, qualified = [], 0
    for path in sorted(root.rglob("*.hpp")):
        header = path.relative_to(root).as_posix()
        left = dict(ELSEWHERE.get(header, {}))
        for name, qualifiers in handed_out(path.read_text()):
            if any("&" in word for word in qualifiers):
                qualified += 1
            elif name not in ELSEWHERE.get(header, {}):
                wrong.append(f"{header}: what does {name} of a temporary refer to?")
            left.pop(name, None)
        wrong += [f"{header} has no {name} any more" for name in left]
    print("\n".join(wrong) or f"{qualified} accessors say what they do of temporaries")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

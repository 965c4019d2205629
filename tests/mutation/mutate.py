#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Breaks the headers on purpose, in one place at a time, and checks whether a test notices.

A mutant is a header with one token changed: a relation, an arithmetic or logical operator, a number,
a statement left out. It is killed if the test of the same path no longer compiles (static_assert) or
fails, or if one of the laws for it does. Survivors are printed with their line; survivors.txt lists
those that are known to change nothing, with the reason. Exits with 1 if less than 95% of the others are
killed, or an entry of survivors.txt is stale.
"""
import argparse
import concurrent.futures
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEADERS = ["model/*.hpp", "policy/*.hpp", "engine/policy/connection_index.hpp", "amount/*.hpp",
           "engine/amount/*.hpp", "join.hpp", "engine/join/*.hpp", "engine/credit/level_splitter.hpp",
           "numeric/fixed_point.hpp", "numeric/largest_remainder.hpp", "numeric/exp2.hpp",
           "engine/values/time_line.hpp", "engine/values/length_divider.hpp",
           "engine/values/common_key.hpp", "engine/values/common_time.hpp", "engine/values/group_value.hpp",
           "engine/values/optional_value.hpp", "engine/values/text_value.hpp", "numeric/checked_count.hpp",
           "records/*.hpp", "credit/refunds.hpp", "credit/stored_credits.hpp", "stream/live_desk.hpp",
           "stream/snapshot.hpp", "engine/stream/desk_codec.hpp", "engine/stream/desk_state.hpp",
           "engine/stream/forgetting.hpp", "engine/stream/settling.hpp", "engine/stream/watermark.hpp",
           "engine/stream/remembered_ids.hpp", "engine/stream/stream_ids.hpp",
           "engine/stream/stream_times.hpp", "engine/memory/all_or_nothing.hpp", "quality/unique.hpp",
           "quality/fan_out.hpp", "quality/required.hpp", "quality/known.hpp",
           "quality/plausible_share.hpp", "quality/parsed.hpp", "quality/finite.hpp",
           "quality/not_before.hpp", "quality/not_after.hpp", "quality/total.hpp",
           "quality/inside_some_window.hpp", "quality/has_conversion.hpp", "quality/has_touchpoint.hpp",
           "quality/with_time_of_day.hpp", "engine/quality/joined_checks.hpp"]
LAWS = ["laws/reference.cpp", "laws/credits.cpp", "laws/routes.cpp"]
STREAM_LAWS = ["laws/streaming.cpp", "laws/meeting_streams.cpp"]
# By the beginning of the header's path; all other headers have LAWS.
LAWS_OF = {"engine/values/": [*LAWS, "laws/meeting.cpp"], "credit/": ["laws/refunds.cpp"],
           "stream/": STREAM_LAWS, "engine/stream/": STREAM_LAWS, "engine/memory/": STREAM_LAWS,
           "quality/": ["laws/edges_quality.cpp"], "engine/quality/": ["laws/edges_quality.cpp"]}
FLAGS = ["-std=c++20", "-O0", "-w", "-DONLY_C_LOCALE=1", "-DHAS_STRING_VIEW=1",
         "-D_GLIBCXX_ASSERTIONS", "-fconstexpr-steps=16777216"]
ENOUGH = 0.95
TIMEOUT = 120

SWAPS = [
    (r" <= ", [" < "]), (r" >= ", [" > "]), (r" < ", [" <= "]), (r" > ", [" >= "]),
    (r" == ", [" != "]), (r" != ", [" == "]),
    (r" \+ ", [" - "]), (r" - ", [" + "]), (r" \* ", [" / "]), (r" / ", [" * "]), (r" % ", [" * "]),
    (r" \+= ", [" -= "]), (r" -= ", [" += "]), (r"\+\+(?=[a-z])", ["--"]), (r"--(?=[a-z])", ["++"]),
    (r" << ", [" >> "]), (r" >> ", [" << "]), (r" && ", [" || "]), (r" \|\| ", [" && "]),
    (r"(?<=[( ])!(?=[a-z(])", [""]), (r"\btrue\b", ["false"]), (r"\bfalse\b", ["true"]),
    (r"(?<![\w.'])0(?![\w.'])", ["1"]), (r"(?<![\w.'])1(?![\w.'])", ["0", "2"]),
    (r"(?<![\w.'])([2-9]|[1-9][0-9]+)(?![\w.'>])", [lambda m: str(int(m.group()) + 1)]),
]
STATEMENT = re.compile(r"^\s+(?!return\b|using\b|static|constexpr|auto\b|template|friend\b|typename\b|"
                       r"case\b|break|default|public|private|explicit|bool\b|double\b|std::size_t\b|"
                       r"std::uint64_t\b|int\b|uint128\b|unsigned\b)[A-Za-z_+*(-].*;\s*$")
# Types and promises to the compiler are not behaviour; a template's brackets are not relations.
NOT_CODE = re.compile(r"^\s*(//|#|template|static_assert|requires|concept|using |friend|\[\[)|"
                      r"operator|concept |requires ")


def blank(line):
    """The line with strings and comments overwritten, so that nothing in them is changed."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', lambda m: "\x00" * len(m.group()), line)
    return re.sub(r"//.*$", lambda m: "\x00" * len(m.group()), line)


def mutants_of(header):
    """(line number, old line, new line), each once."""
    lines = (ROOT / "include/attribution" / header).read_text().splitlines()
    asserting = False
    for number, line in enumerate(lines):
        asserting = asserting or "static_assert" in line
        if asserting or NOT_CODE.search(line):
            asserting = asserting and ";" not in line
            continue
        code = blank(line)
        for pattern, others in SWAPS:
            for match in re.finditer(pattern, code):
                for other in others:
                    text = other(match) if callable(other) else other
                    yield number, line, line[:match.start()] + text + line[match.end():]
        if STATEMENT.match(code) and line.count("(") == line.count(")") \
                and (number == 0 or lines[number - 1].rstrip().endswith((";", "{", "}", ")"))):
            yield number, line, re.match(r"\s*", line).group() + ";"


def own_test(header):
    test = header.replace(".hpp", ".cpp")
    return [test] if (ROOT / "tests" / test).exists() else []


def laws(header):
    return next((some for path, some in LAWS_OF.items() if header.startswith(path)), LAWS)


class Bench:
    """Where mutants are compiled: a copy of the headers, and everything that never changes, built once."""

    def __init__(self, directory, compiler):
        self.directory = pathlib.Path(directory)
        self.compiler = compiler
        common = self.directory / "common.hpp"
        common.write_text("#include <doctest/doctest.h>\n" + "".join(
            f"#include <{name}>\n" for name in
            "algorithm array bit chrono cmath compare concepts cstddef cstdint functional limits map "
            "memory numeric optional random ranges set span stdexcept string string_view tuple "
            "type_traits unordered_map utility variant vector".split())
            + "#include <range/v3/view/interface.hpp>\n#include <date/date.h>\n")
        self.run([compiler, *FLAGS, "-x", "c++-header", common, "-o", f"{common}.gch"])
        for name in ("main.cpp", "support/law.cpp"):
            self.run([compiler, *FLAGS, f"-I{ROOT}/tests", f"-I{ROOT}/include", "-c",
                      ROOT / "tests" / name, "-o", self.object(name)])
        self.run([compiler, *FLAGS, f"-I{ROOT}/tests", f"-I{ROOT}/include", "-c",
                  ROOT / "tests/attribution_elsewhere.cpp", "-o", self.object("elsewhere")])

    def object(self, name):
        return self.directory / (name.replace("/", "_") + ".o")

    def run(self, command):
        subprocess.run(list(map(str, command)), check=True, cwd=self.directory)

    def notices(self, include, test, scratch):
        """How the test notices the headers in `include`; None if it does not."""
        made = scratch / "test.o"
        command = [self.compiler, *FLAGS, "-include", self.directory / "common.hpp",
                   f"-I{ROOT}/tests", f"-I{include}", "-c", ROOT / "tests" / test, "-o", made]
        if self.failed(command):
            return "does not compile"
        program = scratch / "test"
        objects = [self.object(n) for n in ("main.cpp", "support/law.cpp")]
        if self.failed([self.compiler, made, *objects, "-lrapidcheck", "-lpthread", "-o", program]):
            return "does not link"
        return "fails" if self.failed([program, "--no-version"]) else None

    def notices_intact(self, test):
        """How the test objects to headers that nobody changed, which it must not."""
        with tempfile.TemporaryDirectory(dir=self.directory) as scratch:
            return self.notices(ROOT / "include", test, pathlib.Path(scratch))

    @staticmethod
    def failed(command):
        try:
            return subprocess.run(list(map(str, command)), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, timeout=TIMEOUT,
                                  env={"PATH": "/usr/bin:/bin", "RC_PARAMS": "seed=1 max_success=3000"}
                                  ).returncode != 0
        except subprocess.TimeoutExpired:
            return True

    def judge(self, mutant):
        header, number, _, new = mutant
        with tempfile.TemporaryDirectory(dir=self.directory) as scratch:
            scratch = pathlib.Path(scratch)
            include = scratch / "include"
            shutil.copytree(ROOT / "include", include)
            changed = include / "attribution" / header
            lines = changed.read_text().splitlines()
            lines[number] = new
            changed.write_text("\n".join(lines) + "\n")
            for test in [*own_test(header), *laws(header)]:
                if how := self.notices(include, test, scratch):
                    return f"{test} {how}"
        return None


def known_survivors():
    """{(header, the line, what it becomes)}, as survivors.txt lists them with reasons"""
    known = set()
    path = pathlib.Path(__file__).with_name("survivors.txt")
    for line in path.read_text().splitlines():
        if line.startswith("- "):
            old = line[2:].strip()
        elif line.startswith("+ "):
            known.add((header, old, line[2:].strip()))
        elif line and not line.startswith("#"):
            header = line.split(":")[0]
    return known


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="only so many mutants, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--compiler", default="clang++-19")
    parser.add_argument("--only", help="only headers whose path contains this")
    parser.add_argument("--again", type=pathlib.Path,
                        help="only what survived according to this output of an earlier run")
    options = parser.parse_args()
    base = ROOT / "include/attribution"
    headers = sorted({path.relative_to(base).as_posix() for pattern in HEADERS
                      for path in base.glob(pattern)})
    mutants = [(header, *mutant) for header in headers if not options.only or options.only in header
               for mutant in mutants_of(header)]
    total = len(mutants)
    if options.again:
        before = set(re.findall(r"^survived: (\S+):\d+ \| (.*)$", options.again.read_text(), re.M))
        mutants = [m for m in mutants if (m[0], f"{m[2].strip()} | {m[3].strip()}") in before]
    if options.sample and options.sample < total:
        mutants = random.Random(options.seed).sample(mutants, options.sample)
    known = known_survivors()
    stale = [key for key in known if key not in {(m[0], m[2].strip(), m[3].strip()) for m in
                                                 [(h, *x) for h in headers for x in mutants_of(h)]}]
    tried = killed = excused = 0
    with tempfile.TemporaryDirectory() as directory, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        bench = Bench(directory, options.compiler)
        tests = list(dict.fromkeys(test for header in dict.fromkeys(m[0] for m in mutants)
                                   for test in [*own_test(header), *laws(header)]))
        for test, how in zip(tests, pool.map(bench.notices_intact, tests)):
            if how:
                sys.exit(f"{test} {how} without any change")
        for mutant, how in zip(mutants, pool.map(bench.judge, mutants)):
            header, number, old, new = mutant
            tried += 1
            listed = (header, old.strip(), new.strip()) in known
            if how:
                killed += 1
                if listed:
                    print(f"listed, but {how}: {header}:{number + 1} | {old.strip()} | {new.strip()}",
                          flush=True)
            elif listed:
                excused += 1
            else:
                print(f"survived: {header}:{number + 1} | {old.strip()} | {new.strip()}", flush=True)
    share = killed / max(tried - excused, 1)
    print(f"{tried} of {total} mutants tried, {killed} killed, {excused} known to change nothing, "
          f"{tried - killed - excused} survived: {share:.1%} killed")
    for key in stale:
        print("survivors.txt names what is no mutant:", " | ".join(key))
    sys.exit(0 if share >= ENOUGH and not stale else 1)


if __name__ == "__main__":
    main()

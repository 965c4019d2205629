#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Breaks the library and the example programs on purpose, in one place at a time, and checks whether a test
notices.

A mutant is a file with one token changed: a relation, an arithmetic or logical operator, a number, a
statement left out. A header of the library is tried with the test of the same path, the tests of headers that
include it, the laws for it, and the digests: the mutant is killed if one no longer compiles (static_assert) or
fails. A
file of the programs is tried in a build tree of its own, with the unit tests and the tests from end to end of
what was built from it.

Survivors are printed with their line; survivors.txt lists those that are known to change nothing, with the
reason. Exits with 1 if less than --enough of the others are killed, or an entry of survivors.txt is stale.
With --log, what a file of an earlier run has is not tried again unless the mutated file, or a test of the
library that is tried, has changed since, so that all of them may take several nights.
"""
import argparse
import collections
import concurrent.futures
import functools
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LIBRARY = "include/attribution/"
STREAM_LAWS = ["laws/streaming.cpp", "laws/meeting_streams.cpp", "laws/counting.cpp"]
# By the beginning of the header's path; the first that fits.
LAWS_OF = {
    "engine/values/": ["laws/reference.cpp", "laws/routes.cpp", "laws/meeting.cpp"],
    "credit/": ["laws/refunds.cpp"],
    **dict.fromkeys(["engine/credit/refunding", "engine/credit/sale_"], ["laws/refunds.cpp"]),
    "stream/": STREAM_LAWS, "engine/stream/": STREAM_LAWS, "engine/memory/": STREAM_LAWS,
    "quality/": ["laws/edges_quality.cpp"], "engine/quality/": ["laws/edges_quality.cpp"],
    "report/": ["laws/reports.cpp", "laws/intervals.cpp", "learn/with_refits.cpp"],
    "engine/report/": ["laws/reports.cpp", "laws/intervals.cpp", "learn/with_refits.cpp"],
    "learn/": ["laws/edges_learned.cpp"], "engine/learn/": ["laws/edges_learned.cpp"],
    "wire/": ["laws/edges_sums.cpp"], "engine/wire/": ["laws/edges_sums.cpp"],
    "engine/print/": [], "print.hpp": [], "version.hpp": [],
    "": ["laws/reference.cpp", "laws/credits.cpp", "laws/routes.cpp"],
}
# Which digests of tests/same_bytes are compared where these notice nothing.
DIGEST_OF = {
    "credit/": "credits", "learn/": "learned", "engine/learn/": "learned", "report/": "reports",
    "engine/report/": "reports", "model/": "models", "policy/": "policies", "records/": "records",
    "engine/records/": "records", "quality/": "quality", "engine/quality/": "quality", "stream/": "streams",
    "engine/stream/": "streams", "wire/": "bytes", "engine/wire/": "bytes", "numeric/": "learned",
    "": "credits",
}
INCLUDERS = 4  # how many headers that include the changed one have their tests tried, the nearest first
# What is built from the files of a directory of examples, and the tests that see it.
PROGRAMS = {
    "examples/attribution/": ("attribution_program", "examples.attribution"),
    "examples/cluster/": ("attribution_worker pipeline_rows mpi_report pipeline", "examples.cluster"),
    "examples/customer_success/": ("customer_success customer_success_tests customer_success_planted",
                                   "examples.customer_success"),
    "examples/goodpulse/": ("goodpulse goodpulse_planted", "examples.goodpulse"),
    "examples/krispcall/": ("krispcall examples_planted", "examples.krispcall"),
    "examples/pipeline/": ("pipeline examples_planted", "examples.pipeline"),
    "examples/python/": ("attribution_python python_expected", "examples.python"),
    "examples/recipes/": ("recipes_together", "recipe"),
    "examples/support/": ("pipeline krispcall goodpulse attribution_program examples_planted goodpulse_planted",
                          "examples.(pipeline|krispcall|goodpulse|attribution)"),
}
UNITS = ("examples_support_tests", "examples.support")
MEASURING = {"examples/cluster/cost_model.cpp", "examples/cluster/live_latency.cpp"}  # print times
NOT_TRIED = "(browser|faults|demo)$"
FLAGS = ["-std=c++20", "-O0", "-w", "-DONLY_C_LOCALE=1", "-DHAS_STRING_VIEW=1",
         "-D_GLIBCXX_ASSERTIONS", "-fconstexpr-steps=16777216"]
SECONDS = 120  # of processor time, for a compiler or a test
WAITING = 1200

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
                      r"operator|concept |requires |declval")


Mutant = collections.namedtuple("Mutant", "file number old new")


def blank(line):
    """The line with strings and comments overwritten, so that nothing in them is changed."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', lambda m: "\x00" * len(m.group()), line)
    return re.sub(r"//.*$", lambda m: "\x00" * len(m.group()), line)


@functools.cache
def lines_of(file):
    """As they were when this began."""
    return (ROOT / file).read_text().splitlines()


def mutants_of(file):
    """Each once."""
    lines = lines_of(file)
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
                    yield Mutant(file, number, line, line[:match.start()] + text + line[match.end():])
        if STATEMENT.match(code) and line.count("(") == line.count(")") \
                and (number == 0 or lines[number - 1].rstrip().endswith((";", "{", "}", ")"))):
            yield Mutant(file, number, line, re.match(r"\s*", line).group() + ";")


def changed_text(mutant):
    lines = list(lines_of(mutant.file))
    lines[mutant.number] = mutant.new
    return "\n".join(lines) + "\n"


def files():
    """All that is broken: headers of the library, and the C++ of the programs and recipes."""
    headers = (ROOT / LIBRARY).rglob("*.hpp")
    sources = [path for folder in PROGRAMS for path in (ROOT / folder).glob("*.?pp")]
    return sorted({path.relative_to(ROOT).as_posix() for path in [*headers, *sources]} - MEASURING)


@functools.cache
def includers():
    """header -> the headers that include it, by their paths in the library; not the one of all."""
    found = collections.defaultdict(list)
    for path in sorted((ROOT / LIBRARY).rglob("*.hpp")):
        name = path.relative_to(ROOT / LIBRARY).as_posix()
        if name != "attribution.hpp":
            for included in re.findall(r"^#include <attribution/([^>]+)>", path.read_text(), re.MULTILINE):
                found[included].append(name)
    return found


def tests_of(header):
    """The test of the header, those of the nearest headers that include it, and the laws."""
    near = [header]
    for one in near:
        near += [other for other in includers()[one] if other not in near]
        if len(near) > INCLUDERS:
            break
    own = [one.replace(".hpp", ".cpp") for one in near[:INCLUDERS + 1]]
    laws, digest = (next(some for path, some in table.items() if header.startswith(path))
                    for table in (LAWS_OF, DIGEST_OF))
    return [test for test in dict.fromkeys([*own, *laws, f"same_bytes/{digest}.cpp"])
            if (ROOT / "tests" / test).exists()]


def failed(command, **options):
    """Processor time is bounded, which does not depend on what else runs; and waiting for ever is."""
    try:
        return subprocess.run(["prlimit", f"--cpu={SECONDS}", *map(str, command)], check=False,
                              timeout=WAITING, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL,
                                                  **options}).returncode != 0
    except subprocess.TimeoutExpired:
        return True


class Library:
    """Where broken headers are compiled: what never changes is built once."""

    def __init__(self, directory, compiler):
        self.directory = pathlib.Path(directory)
        self.compiler = compiler
        self.intact = {}
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

    def object(self, name):
        return self.directory / (name.replace("/", "_") + ".o")

    def run(self, command):
        subprocess.run(list(map(str, command)), check=True, cwd=self.directory)

    def compiled(self, source, scratch, common=True):
        made = scratch / (source.name + ".o")
        read_before = ["-include", self.directory / "common.hpp"] if common else []
        command = [self.compiler, *FLAGS, *read_before, f"-I{ROOT}/tests", f"-I{scratch}", f"-I{ROOT}/include",
                   "-c", source, "-o", made]
        return None if failed(command) else made

    def notices(self, test, scratch):
        """How the test notices the headers in `scratch`, which come before the others; None if not."""
        if test.startswith("same_bytes/"):
            return self.digest_differs(test, scratch)
        also = ["attribution_elsewhere.cpp"] if test == "attribution.cpp" else []
        made = [self.compiled(ROOT / "tests" / source, scratch) for source in [test, *also]]
        if None in made:
            return "does not compile"
        program = scratch / "test"
        common = [self.object(name) for name in ("main.cpp", "support/law.cpp")]
        if failed([self.compiler, *made, *common, "-lrapidcheck", "-lpthread", "-o", program]):
            return "does not link"
        return "fails" if failed([program, "--no-version"], cwd=scratch,
                                 env={"PATH": "/usr/bin:/bin", "RC_PARAMS": "seed=1 max_success=3000"}) else None

    def digest_differs(self, test, scratch):
        name = pathlib.Path(test).stem
        main = scratch / "main.cpp"
        main.write_text(f'#include "same_bytes/digest.hpp"\nint main() {{ same_bytes::{name}(); }}\n')
        tests = [ROOT / "tests" / test, *([ROOT / "tests/same_bytes/streams.cpp"] if name == "bytes" else [])]
        made = [self.compiled(source, scratch, common=False) for source in (*tests, main)]
        program = scratch / "digests"
        if None in made or failed([self.compiler, *made, "-lpthread", "-o", program]):
            return "does not compile"
        with open(scratch / "printed", "w+") as printed:
            if failed([program], stdout=printed):
                return "fails"
            printed.seek(0)
            golden = (ROOT / "tests/same_bytes/golden.txt").read_text().splitlines()
            return None if set(printed.read().splitlines()) <= set(golden) else "differs"

    def check_intact(self, test):
        """A test that objects to headers that nobody changed notices nothing."""
        if test not in self.intact:
            with tempfile.TemporaryDirectory(dir=self.directory) as scratch:
                self.intact[test] = self.notices(test, pathlib.Path(scratch))
        if self.intact[test]:
            raise RuntimeError(f"{test} {self.intact[test]} without any change")

    def judge(self, mutant):
        with tempfile.TemporaryDirectory(dir=self.directory) as scratch:
            scratch = pathlib.Path(scratch)
            changed = scratch / pathlib.Path(mutant.file).relative_to("include")
            changed.parent.mkdir(parents=True)
            changed.write_text(changed_text(mutant))
            for test in tests_of(mutant.file.removeprefix(LIBRARY)):
                if how := self.notices(test, scratch):
                    self.check_intact(test)
                    return f"{test} {how}"
        return None


class Programs:
    """A copy of the tree and a build of it, in which files of the programs are broken one after another."""

    def __init__(self, directory, compiler, jobs):
        self.source = pathlib.Path(directory) / "source"
        self.build = pathlib.Path(directory) / "build"
        self.jobs = str(jobs)
        self.intact = {}
        self.update()
        launcher = ["-D", "CMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        subprocess.run(["cmake", "-S", self.source, "-B", self.build, "-G", "Ninja", *launcher,
                        "-D", f"CMAKE_CXX_COMPILER={compiler}", "-D", "CMAKE_CXX_FLAGS=-O0 -w",
                        "-D", "ATTRIBUTION_BUILD_BENCHMARKS=OFF",
                        "-D", f"ATTRIBUTION_DATA_DIR={ROOT.parent / 'shared' / 'data'}"],
                       check=True, stdout=subprocess.DEVNULL)

    def update(self):
        """What was left broken is mended, what has changed is copied; all else keeps its time."""
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
        for name in filter(None, listed.stdout.split("\0")):
            there, here = ROOT / name, self.source / name
            if there.is_file() and not (here.is_file() and here.read_bytes() == there.read_bytes()):
                here.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(there, here)

    def notices(self, targets, tests):
        if failed(["cmake", "--build", self.build, "-j", self.jobs, "--target", *targets.split()]):
            return "does not compile"
        return "fails" if failed(["ctest", "-R", f"^{tests}(\\.|$)", "-E", NOT_TRIED, "--no-tests=error",
                                  "--stop-on-failure", "--timeout", str(WAITING)],
                                 cwd=self.build) else None

    def judge(self, mutant):
        here = self.source / mutant.file
        suites = [PROGRAMS[next(folder for folder in PROGRAMS if mutant.file.startswith(folder))]]
        if mutant.file.startswith("examples/support/"):
            suites.insert(0, UNITS)
        for suite in suites:
            if suite not in self.intact:
                self.intact[suite] = self.notices(*suite)
            if self.intact[suite]:
                raise RuntimeError(f"{suite[1]} {self.intact[suite]} without any change, in {self.build}")
        before = here.read_bytes()
        try:
            here.write_text(changed_text(mutant))
            for suite in suites:
                if how := self.notices(*suite):
                    return f"{suite[1]} {how}"
        finally:
            here.write_bytes(before)
        return None


def known_survivors():
    """{(file, the line, what it becomes)}, as survivors.txt lists them with reasons"""
    known = set()
    path = pathlib.Path(__file__).with_name("survivors.txt")
    for line in path.read_text().splitlines():
        if line.startswith("- "):
            old = line[2:].strip()
        elif line.startswith("+ "):
            known.add((file, old, line[2:].strip()))
        elif line and not line.startswith("#"):
            file = line.split(":")[0]
            if not file.startswith("examples/"):
                file = LIBRARY + file
    return known


class Log:
    """What became of mutants in earlier runs, for as long as their files stay what they were."""

    def __init__(self, path):
        self.path = path
        self.known = {}
        if path and path.exists():
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                self.known[tuple(entry["mutant"])] = entry["how"]

    @staticmethod
    @functools.cache
    def state(file):
        read = [file]
        if file.startswith(LIBRARY):
            read += [f"tests/{test}" for test in tests_of(file.removeprefix(LIBRARY))]
        return hashlib.sha256(b"".join((ROOT / one).read_bytes() for one in read)).hexdigest()[:16]

    def key(self, mutant):
        return (self.state(mutant.file), *map(str, mutant))

    def add(self, mutant, how):
        if self.path:
            with self.path.open("a") as lines:
                lines.write(json.dumps({"mutant": self.key(mutant), "how": how}) + "\n")


def drawn(mutants, number, seed):
    """A sample that stays the same, but for few, when some files change."""
    def lot(mutant):
        return hashlib.sha256(f"{seed}|{mutant.file}|{mutant.old}|{mutant.new}".encode()).digest()
    return sorted(mutants, key=lot)[:number]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="only so many mutants, drawn by lot")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--compiler", default="clang++-19")
    parser.add_argument("--only", default="", help="only files whose path has this regular expression")
    parser.add_argument("--log", type=pathlib.Path, help="where to go on, and to note how far this got")
    parser.add_argument("--again", action="store_true", help="only those that survived according to --log")
    parser.add_argument("--enough", type=float, default=0.95, help="the part that has to be killed")
    parser.add_argument("--tree", type=pathlib.Path, default=ROOT / "build/mutants",
                        help="where the programs are built")
    options = parser.parse_args()
    everything = [mutant for file in files() for mutant in mutants_of(file)]
    mutants = [mutant for mutant in everything if re.search(options.only, mutant.file)]
    total = len(mutants)
    log = Log(options.log)
    if options.again:
        mutants = [m for m in mutants if log.known.get(log.key(m), "") is None]
        log.known = {}
    if options.sample:
        mutants = drawn(mutants, options.sample, options.seed)
    known = known_survivors()
    counts = collections.Counter()

    def note(mutant, how):
        listed = (mutant.file, mutant.old.strip(), mutant.new.strip()) in known
        place = f"{mutant.file}:{mutant.number + 1} | {mutant.old.strip()} | {mutant.new.strip()}"
        if how and listed:
            print(f"listed, but {how}: {place}", flush=True)
        if not how and not listed:
            print(f"survived: {place}", flush=True)
        counts["killed" if how else "excused" if listed else "survived"] += 1

    def tried(judge, mutant):
        key = log.key(mutant)
        return (log.known[key], False) if key in log.known else (judge(mutant), True)

    with tempfile.TemporaryDirectory() as directory:
        in_library = [m for m in mutants if m.file.startswith(LIBRARY)]
        in_programs = [m for m in mutants if not m.file.startswith(LIBRARY)]
        for some, jobs in ((in_library, options.jobs), (in_programs, 1)):
            if all(log.key(m) in log.known for m in some):
                judge = None
            elif some is in_library:
                judge = Library(directory, options.compiler).judge
            else:
                judge = Programs(options.tree, options.compiler, options.jobs).judge
            with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
                for mutant, (how, fresh) in zip(some, pool.map(functools.partial(tried, judge), some)):
                    note(mutant, how)
                    if fresh:
                        log.add(mutant, how)
    share = counts["killed"] / max(counts["killed"] + counts["survived"], 1)
    print(f"{len(mutants)} of {total} mutants tried, {counts['killed']} killed, {counts['excused']} known to "
          f"change nothing, {counts['survived']} survived: {share:.1%} killed")
    stale = known - {(m.file, m.old.strip(), m.new.strip()) for m in everything}
    for key in sorted(stale):
        print("survivors.txt names what is no mutant:", " | ".join(key))
    sys.exit(0 if share >= options.enough and not stale else 1)


if __name__ == "__main__":
    main()

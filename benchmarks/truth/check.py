#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the truth board on small worlds, in a few seconds.

check.py PROGRAM: the worlds are what they were (truths.csv beside this script, --write makes it anew), what the
channels cause adds up, Markov 1 finds the truth of its own world, files give what they were written from, and
errors in them are named.
"""
import argparse
import csv
import io
import pathlib
import subprocess
import sys
import tempfile

TRUTHS = pathlib.Path(__file__).resolve().parent / "truths.csv"
MODEL = "last touch"
failures = []


def require(holds, what):
    if not holds:
        failures.append(what)


def run(*arguments):
    done = subprocess.run([str(one) for one in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def check_truths(program, write):
    rows = [row for row in run(program, "board", 300, 1) if row["model"] == MODEL]
    now = [[row["world"], row["channel"], *(f"{float(row[one]):.7f}" for one in ("incremental", "truth", "share"))]
           for row in rows]
    if write:
        with open(TRUTHS, "w", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([["world", "channel", "caused", "truth", MODEL], *now])
        return
    with open(TRUTHS, newline="") as before:
        pinned = list(csv.reader(before))[1:]
    require([row[:2] for row in pinned] == [row[:2] for row in now], "there are other worlds; check.py --write")
    for old, new in zip(pinned, now):
        require(all(abs(float(a) - float(b)) < 2e-7 for a, b in zip(old[2:], new[2:])),
                f"{old} is now {new}; check.py --write if it is meant to be")
    for world in {row["world"] for row in rows}:
        total = sum(float(row["truth"]) for row in rows if row["world"] == world)
        require(abs(total - 1) < 1e-8, f"what is caused in {world} adds up to {total}")


def errors_in(program, world, customers):
    """model -> mean absolute error of its shares"""
    errors = {}
    for row in run(program, "board", customers, 1, world):
        errors.setdefault(row["model"], []).append(abs(float(row["truth"]) - float(row["share"])))
    return {model: sum(each) / len(each) for model, each in errors.items()}


def check_markov(program):
    error = errors_in(program, "markov", 20000)["Markov 1"]
    require(error <= 0.005, f"Markov 1 misses its own world by {error}")


def check_ranking(program):
    """As published of a world with one decision: survival is nearest, first touch farthest from the truth. And
    experiments help."""
    errors = errors_in(program, "logistic", 6000)
    alone = {model: error for model, error in errors.items() if "test" not in model}
    nearest, farthest = min(alone, key=alone.get), max(alone, key=alone.get)
    require(nearest.startswith("survival at the end"), f"{nearest} is nearest in logistic, {alone}")
    require(farthest == "first touch", f"{farthest} is farthest off in logistic, {alone}")
    tested = [errors["linear"], errors["linear, one test per kind"], errors["linear, all channels tested"]]
    require(tested == sorted(tested, reverse=True) and tested[2] < tested[0] / 3, f"tests do not help: {tested}")


def check_files(program):
    for world in "hawkes", "markov":
        with tempfile.TemporaryDirectory() as folder:
            run(program, "write", world, 300, 1, folder)
            made, read = (run(program, *what) for what in (("board", 300, 1, world), ("measure", folder)))
            made = [row for row in made if "test" not in row["model"]]  # files have no experiments
            for a, b in zip(made, read):
                require((a["model"], a["channel"], a["truth"], a["share"]) ==
                        (b["model"], b["channel"], b["truth"], b["share"]), f"from files {b}, before {a}")
            require(len(made) == len(read) != 0, f"{world}: {len(made)} and {len(read)} rows")


def check_errors(program):
    good = {"touches.csv": "customer,channel,hours\na,x,1\n", "outcomes.csv": "hours,customer,converted\n2,a,1\n",
            "truth.csv": "channel,kind,share\nx,any,1\n"}
    bad = [("touches.csv", "customer,channel\n", "touches.csv:1: there is no column 'hours'"),
           ("touches.csv", "customer,channel,hours\na,y,1\n", "touches.csv:2:3: channel 'y'"),
           ("touches.csv", "customer,channel,hours\na,x,3\n", "touches.csv:2:5: hours '3'"),
           ("touches.csv", "customer,channel,hours\nb,x,1\n", "touches.csv:2:1: customer 'b'"),
           ("touches.csv", "customer,channel,hours\na,x,nan\n", "touches.csv:2:5: hours 'nan'"),
           ("touches.csv", "customer,channel,hours\na,\"x\",1\n", "touches.csv:2:3: a quote"),
           ("touches.csv", "customer,channel,hours\na,x\n", "touches.csv:2: 2 fields"),
           ("touches.csv", "", "touches.csv is empty"),
           ("outcomes.csv", "customer,hours,converted\na,2,7\n", "outcomes.csv:2:5: converted '7'"),
           ("outcomes.csv", "customer,hours,converted\na,2,1\na,2,1\n", "outcomes.csv:3:1: customer 'a'"),
           ("truth.csv", "channel,kind,share\nx,any,0.9\n", "the shares add up to 0.9")]
    # Where everybody converts, all models but one can be learned; that one is said.
    for name, text, expected in [("touches.csv", good["touches.csv"], ", bagged logistic: "), *bad]:
        with tempfile.TemporaryDirectory() as folder:
            for file, content in {**good, name: text}.items():
                (pathlib.Path(folder) / file).write_text(content)
            done = subprocess.run([program, "measure", folder], capture_output=True, text=True)
            learned = text == good["touches.csv"]
            require(done.returncode == (0 if learned else 1) and expected in done.stderr
                    and done.stderr.count("\n") == 1 and learned == ('"Shapley"' in done.stdout),
                    f"{name} with {text!r}: {done.stderr or 'no error'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--write", action="store_true", help="make truths.csv anew")
    options = parser.parse_args()
    check_truths(options.program, options.write)
    check_markov(options.program)
    check_ranking(options.program)
    check_files(options.program)
    check_errors(options.program)
    print("\n".join(failures) or "the worlds are what they were, and the files give them back")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The truth board: every model of the library in every world, against what the world's channels really cause.

Runs attribution_truth, and writes beside this script: board.csv, the tables of README.md, and board.png (gnuplot);
and the first of the tables into ../README.md.
Other worlds, as folders of the format in README.md, are measured with --world; with the published one in
--planted, or ATTRIBUTION_DATA_DIR/planted_truth, a column is added.
"""
import argparse
import collections
import csv
import io
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "build/release/benchmarks/attribution_truth"
BEGIN, END = "<!-- board -->", "<!-- end of the board -->"


class Measured:
    """The shares of one model in one world: per seed, channels with kind, truth and share."""

    def __init__(self):
        self.seeds = collections.defaultdict(list)
        self.incremental = {}

    def errors(self):
        return [statistics.fmean(abs(share - truth) for _, truth, share in rows) for rows in self.seeds.values()]

    def mean(self, figure):
        return statistics.fmean(figure(rows) for rows in self.seeds.values())

    def bias(self, kind):
        found = [share - truth for rows in self.seeds.values() for its, truth, share in rows if its == kind]
        return statistics.fmean(found) if found else None


def kendall(rows):
    """Kendall's tau-b between truths and shares."""
    concordant = ties_truth = ties_share = pairs = 0
    for i, (_, truth, share) in enumerate(rows):
        for _, other_truth, other_share in rows[:i]:
            a, b = truth - other_truth, share - other_share
            concordant += (a * b > 0) - (a * b < 0)
            ties_truth += a == 0
            ties_share += b == 0
            pairs += 1
    scale = ((pairs - ties_truth) * (pairs - ties_share)) ** 0.5
    return concordant / scale if scale else 0.0


def top3(rows):
    """How many of the three best channels are among the model's three best."""
    best = [set(sorted(range(len(rows)), key=lambda i: (-rows[i][by], i))[:3]) for by in (1, 2)]
    return len(best[0] & best[1]) / min(3, len(rows))


def run(jobs):
    """The output of the program for several lists of arguments, two at a time."""
    results = [""] * len(jobs)
    running = []
    for number, job in enumerate(jobs):
        if len(running) == 2:
            finish(running.pop(0), results)
        out = tempfile.TemporaryFile("w+")
        running.append((number, subprocess.Popen([str(one) for one in job], stdout=out), out))
    for one in running:
        finish(one, results)
    return results


def finish(job, results):
    number, process, out = job
    if process.wait() != 0:
        sys.exit(f"{process.args[0]} failed")
    out.seek(0)
    results[number] = out.read()
    out.close()


def collect(texts, own):
    board = {}
    for text in texts:
        for row in csv.DictReader(io.StringIO(text)):
            cell = board.setdefault(row["world"], {}).setdefault(row["model"], Measured())
            cell.seeds[row["seed"]].append((row["kind"], float(row["truth"]), float(row["share"])))
            cell.incremental[row["seed"]] = float(row["incremental"])
    return with_all_worlds(board, own)


def with_all_worlds(board, own):
    """The board of those models that could be learned in each of our own worlds. In others there may be none: nobody
    made experiments there, for example."""
    every = list(dict.fromkeys(model for models in board.values() for model in models))
    missing = {model for model in every for world, models in board.items() if world in own and model not in models}
    for model in sorted(missing):
        print(f"{model} is left out: it could not be learned in every world", file=sys.stderr)
    return {world: {model: models[model] for model in every if model in models and model not in missing}
            for world, models in board.items()}


KINDS = {"Display": "upper", "Social": "upper", "Organic Search": "middle", "Email": "middle",
         "Referral": "middle", "Paid Search": "lower", "Direct": "lower"}


def planted(source, folder):
    """Writes the published world in the format of README.md. It says who converted, but not when: at the last
    touchpoint, which is where customers who did not convert were last seen, too."""
    last = {}
    folder.mkdir(parents=True)
    with open(source / "main.csv", newline="") as rows, open(folder / "touches.csv", "w") as touches:
        touches.write("customer,channel,hours\n")
        for row in csv.DictReader(rows):
            touches.write(f"{row['user_id']},{row['channel']},{float(row['hours']):.9f}\n")
            hours = max(float(row["hours"]), last.get(row["user_id"], (0.0, ""))[0])
            last[row["user_id"]] = (hours, row["converted"])
    with open(folder / "outcomes.csv", "w") as outcomes:
        outcomes.write("customer,hours,converted\n")
        for customer, (hours, converted) in last.items():
            outcomes.write(f"{customer},{hours:.9f},{converted}\n")
    shares = json.loads((source / "ground_truth.json").read_text())["ground_truth_A"]["channel_credits"]
    with open(folder / "truth.csv", "w") as truth:
        truth.write("channel,kind,share\n")
        for channel, share in shares.items():
            truth.write(f"{channel},{KINDS[channel]},{share!r}\n")


def write_csv(board, kinds, file):
    with open(file, "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["world", "model", "seeds", "caused", "error", "error_deviation", "kendall", "top3",
                        *(f"bias_{kind}" for kind in kinds)])
        for world, models in board.items():
            for model, cell in models.items():
                errors = cell.errors()
                bias = [cell.bias(kind) for kind in kinds]
                caused = statistics.fmean(cell.incremental.values())
                table.writerow([world, model, len(errors), f"{caused:.4f}" if caused else "",
                                f"{statistics.fmean(errors):.5f}",
                                f"{statistics.stdev(errors) if len(errors) > 1 else 0:.5f}",
                                f"{cell.mean(kendall):.4f}", f"{cell.mean(top3):.4f}",
                                *("" if one is None else f"{one:+.5f}" for one in bias)])


def error_table(board):
    """Mean absolute error of shares in thousandths, and its standard deviation over seeds; the best without
    experiments is bold."""
    worlds = list(board)
    lines = ["| error of shares, thousandths | " + " | ".join(worlds) + " |", "|---|" + "---|" * len(worlds)]
    shares = [statistics.fmean(next(iter(board[world].values())).incremental.values()) for world in worlds]
    lines.append("| *of all conversions, caused by touchpoints* | " + " | ".join(
        "*not known*" if share == 0 else f"*{share:.0%}*" for share in shares) + " |")
    best = {world: min(statistics.fmean(cell.errors()) for model, cell in board[world].items() if "test" not in model)
            for world in worlds}
    for model in next(iter(board.values())):
        cells = []
        for world in worlds:
            if model not in board[world]:
                cells.append("–")
                continue
            errors = board[world][model].errors()
            mean = statistics.fmean(errors)
            text = f"{1000 * mean:.0f}" if mean >= 0.00995 else f"{1000 * mean:.1f}"
            if len(errors) > 1:
                text += f" ± {1000 * statistics.stdev(errors):.0f}"
            cells.append(f"**{text}**" if mean == best[world] else text)
        lines.append(f"| {model} | " + " | ".join(cells) + " |")
    return lines


def summary_table(board, kinds):
    """Over all of our own worlds."""
    lines = ["| all worlds | error | worst world | Kendall's tau | top 3 | "
             + " | ".join(f"bias, {kind}" for kind in kinds) + " |", "|---|" + "---|" * (4 + len(kinds))]
    for model in next(iter(board.values())):
        cells = {world: models[model] for world, models in board.items()}
        errors = {world: statistics.fmean(cell.errors()) for world, cell in cells.items()}
        worst = max(errors, key=errors.get)
        bias = [statistics.fmean(found) for found in
                ([cell.bias(kind) for cell in cells.values() if cell.bias(kind) is not None] for kind in kinds)]
        lines.append(f"| {model} | {statistics.fmean(errors.values()):.3f} | {worst}, {errors[worst]:.3f} | "
                     f"{statistics.fmean(cell.mean(kendall) for cell in cells.values()):.2f} | "
                     f"{statistics.fmean(cell.mean(top3) for cell in cells.values()):.2f} | "
                     + " | ".join(f"{one:+.3f}" for one in bias) + " |")
    return lines


def draw(board, picture):
    """Models against worlds: the darker, the farther from the truth."""
    if shutil.which("gnuplot") is None:
        print("gnuplot is not installed (Debian: gnuplot-nox): no picture", file=sys.stderr)
        return
    worlds, models = list(board), list(next(iter(board.values())))
    script = [f'set terminal png size {260 + 62 * len(worlds)},{190 + 26 * len(models)} font "sans,10"',
              f'set output "{picture}"', "unset key", "unset colorbox",
              'set title "mean absolute error of the channels\' shares, in thousandths"',
              "set palette defined (0 '#1b7837', 0.03 '#d9f0d3', 0.07 '#fddbc7', 0.15 '#b2182b')",
              "set cbrange [0:0.15]", "set tics scale 0", f"set xrange [-0.5:{len(worlds) - 0.5}]",
              f"set yrange [{len(models) - 0.5}:-0.5]",
              "set xtics rotate by 40 right (" + ", ".join(f'"{one}" {i}' for i, one in enumerate(worlds)) + ")",
              "set ytics (" + ", ".join(f'"{one}" {i}' for i, one in enumerate(models)) + ")"]
    places = [(x, y, statistics.fmean(board[world][model].errors()) if model in board[world] else None)
              for y, model in enumerate(models) for x, world in enumerate(worlds)]
    script += ["$errors << end", *(f"{x} {y} {'NaN' if error is None else f'{error:.5f}'}" for x, y, error in places),
               "end", "$labels << end", *(f"{x} {y} {error:.5f}" for x, y, error in places if error is not None),
               "end", 'plot $errors using 1:2:3 with image, '
               '$labels using 1:2:(sprintf("%.0f", 1000 * $3)) with labels']
    if subprocess.run(["gnuplot"], input="\n".join(script) + "\n", text=True).returncode != 0:
        sys.exit("gnuplot failed")


def write_tables(lines, file):
    text = file.read_text()
    if BEGIN not in text or END not in text:
        sys.exit(f"{file} has no lines {BEGIN} and {END}")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    file.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=10000, help="of each world; default: %(default)s")
    parser.add_argument("--seeds", type=int, default=4, help="worlds of each kind; default: %(default)s")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM, help="default: %(default)s")
    parser.add_argument("--planted", type=pathlib.Path, help="folder of the published world")
    parser.add_argument("--world", type=pathlib.Path, action="append", default=[], metavar="FOLDER",
                        help="a world of your own, as files; again for more")
    parser.add_argument("--out", type=pathlib.Path, help="write board.csv, board.md and board.png there instead")
    options = parser.parse_args()
    if not options.program.exists():
        sys.exit(f"{options.program} does not exist; first: cmake --preset release && "
                 "cmake --build --preset release --target attribution_truth")
    if options.planted is None and "ATTRIBUTION_DATA_DIR" in os.environ:
        options.planted = pathlib.Path(os.environ["ATTRIBUTION_DATA_DIR"]) / "planted_truth"
    listed = subprocess.run([options.program, "list"], capture_output=True, text=True, check=True).stdout
    names = [line.split(":")[0] for line in listed.splitlines()]
    jobs = [[options.program, "board", options.customers, options.seeds, name] for name in names]
    with tempfile.TemporaryDirectory() as scratch:
        if options.planted is not None:
            planted(options.planted, pathlib.Path(scratch) / "published")
            options.world.append(pathlib.Path(scratch) / "published")
        jobs += [[options.program, "measure", folder] for folder in options.world]
        board = collect(run(jobs), names)
    kinds = sorted({kind for models in board.values() for cell in models.values()
                    for rows in cell.seeds.values() for kind, _, _ in rows})
    out = options.out or HERE
    out.mkdir(parents=True, exist_ok=True)
    own = {world: models for world, models in board.items() if world in names}
    summary = [f"{options.customers:,} customers, {options.seeds} seeds:", "",
               *summary_table(own, sorted({kind for models in own.values() for cell in models.values()
                                           for rows in cell.seeds.values() for kind, _, _ in rows}))]
    lines = [*summary, "", *error_table(board)]
    write_csv(board, kinds, out / "board.csv")
    draw(board, out / "board.png")
    if options.out:
        (out / "board.md").write_text("\n".join(lines) + "\n")
    else:
        write_tables(lines, HERE / "README.md")
        write_tables(summary, HERE.parent / "README.md")
    print(out / "board.csv")


if __name__ == "__main__":
    main()

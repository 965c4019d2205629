#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The learned models against SciPy: the same worlds, with everything computed again from the records.

learned.py PROGRAM HOW_MANY: exits with 1 and says where they differ, with 77 without SciPy.
"""
import collections
import itertools
import json
import subprocess
import sys

try:
    import numpy
    import scipy.optimize
    import scipy.special
except ImportError as error:
    print(f"SKIPPED: {error}; install python3-scipy to run this test")
    sys.exit(77)

problems = []


def require(holds, seed, *what):
    if not holds:
        problems.append(f"world {seed}: " + " ".join(str(one) for one in what))


def paths_of(world):
    """(touches as (channel, age in seconds), value or None) of every customer."""
    sale = {user: (at, cents) for user, at, cents in world["sales"]}
    seen = collections.defaultdict(list)
    for user, at, channel in world["touches"]:
        end = sale[user][0] if user in sale else world["end"]
        if at <= end:
            seen[user].append((channel, end - at))
    return [(touches, sale[user][1] if user in sale else None) for user, touches in seen.items()]


class Hazard:
    """The likelihood of additive hazards, in logarithms of strengths and decays."""

    def __init__(self, paths, resolution, channels):
        flat = [(channel, age // resolution + 0.5, row) for row, (touches, _) in enumerate(paths)
                for channel, age in touches]
        self.channel = numpy.array([one[0] for one in flat])
        self.age = numpy.array([one[1] for one in flat])
        row = numpy.array([one[2] for one in flat])
        self.channels = channels
        converted = numpy.array([value is not None for _, value in paths])
        self.value = numpy.array([value for _, value in paths if value is not None])
        place = numpy.cumsum(converted) - 1
        self.inside = converted[row]
        self.path = place[row][self.inside]

    def parts(self, x):
        strength, decay = numpy.exp(x[:self.channels]), numpy.exp(x[self.channels:])
        channel, age = self.channel[self.inside], self.age[self.inside]
        hazard = (strength * decay)[channel] * numpy.exp(-decay[channel] * age)
        sums = numpy.bincount(self.path, hazard, len(self.value))
        return hazard / sums[self.path], sums

    def earned(self, x):
        part, _ = self.parts(x)
        channel = self.channel[self.inside]
        return [numpy.bincount(channel, weight, self.channels)
                for weight in (part, part * self.value[self.path])]

    def minus_log_likelihood(self, x):
        """With its gradient."""
        strength, decay = numpy.exp(x[:self.channels]), numpy.exp(x[self.channels:])
        part, sums = self.parts(x)
        far = decay[self.channel] * self.age
        gone = numpy.bincount(self.channel, -numpy.expm1(-far), self.channels)
        slope = numpy.bincount(self.channel, far * numpy.exp(-far), self.channels)
        channel = self.channel[self.inside]
        earned = numpy.bincount(channel, part, self.channels)
        aged = numpy.bincount(channel, part * far[self.inside], self.channels)
        value = numpy.log(sums).sum() - (strength * gone).sum()
        gradient = numpy.concatenate([earned - strength * gone, earned - aged - strength * slope])
        return -value, -gradient


def check_hazard(world, paths):
    seed, rows = world["seed"], world["hazard"]
    hazard = Hazard(paths, world["resolution"], len(rows))
    ours = numpy.log([row[1] for row in rows] + [numpy.log(2) / row[2] for row in rows])
    start = numpy.log([0.05] * len(rows) + [0.02] * len(rows))
    here, gradient = hazard.minus_log_likelihood(ours)
    options = {"maxiter": 5000, "ftol": 1e-15, "gtol": 1e-9}
    theirs = scipy.optimize.minimize(hazard.minus_log_likelihood, start, jac=True, method="L-BFGS-B", options=options)
    require(here < theirs.fun + 1e-6, seed, "SciPy finds likelier hazards:", -theirs.fun, "instead of", -here)
    require(abs(gradient).max() < 1e-4, seed, "the likelihood still rises:", gradient)
    for name, column, mine in zip(("conversions", "value"), (3, 4), hazard.earned(ours)):
        for row, expected in zip(rows, mine):
            require(abs(row[column] - expected) < 1e-7 * (1 + abs(expected)), seed, row[0], name, row[column], expected)
    if abs(here - theirs.fun) < 1e-6:
        for row, expected in zip(rows, hazard.earned(theirs.x)[0]):
            require(abs(row[3] - expected) < 0.02, seed, row[0], "earns", row[3], "by SciPy", expected)


def check_probabilistic(world, paths):
    seen = collections.defaultdict(lambda: [0, 0])
    sets = [(sorted({channel for channel, _ in touches}), value) for touches, value in paths]
    for channels, value in sets:
        for some in itertools.chain(itertools.combinations(channels, 1), itertools.combinations(channels, 2)):
            seen[some][value is not None] += 1
    rate = {some: won / (won + lost) for some, (lost, won) in seen.items()}
    earned = collections.Counter()
    for channels, value in sets:
        if value is None:
            continue
        parts = {}
        for i in channels:
            pairs = [rate[tuple(sorted((i, j)))] - rate[i,] - rate[j,] for j in channels if j != i]
            parts[i] = max(0, rate[i,] + (sum(pairs) / (2 * len(pairs)) if pairs else 0))
        for i, part in parts.items():
            earned[i] += part / sum(parts.values())
    for channel, mine, conversions, _ in world["probabilistic"]:
        require(abs(mine - rate[channel,]) < 1e-12, world["seed"], channel, mine, rate[channel,])
        require(abs(conversions - earned[channel]) < 1e-9, world["seed"], channel, conversions, earned[channel])


CLASSES = 8
HALF_LIVES = [2.0 ** k for k in range(-2, 7)]


def class_of(ticks):
    return next((k for k in range(CLASSES) if ticks < 64 << k), CLASSES)


def faded(half_life):
    """The mean of 2^(-age / half-life) over each class of ages."""
    borders = numpy.array([0] + [2 ** k for k in range(CLASSES)])
    left = numpy.exp2(-borders / half_life)
    return (left[:-1] - left[1:]) * half_life / numpy.log(2) / numpy.diff(borders)


class Survival:
    """How long customers were in which state, and when they converted."""

    def __init__(self, paths, unit, channels):
        self.channels = channels
        states, times, self.ends, self.values = [], [], [], []
        for touches, value in paths:
            aged = [(channel, age * 64 // unit + 1) for channel, age in touches]
            borders = sorted({0, *(border for _, age in aged for border in
                                   (age, *(age - (64 << k) for k in range(CLASSES))) if border > 0)}, reverse=True)
            for begin, end in zip(borders, borders[1:]):
                state = numpy.zeros(channels * CLASSES)
                for channel, age in aged:
                    if age >= begin and class_of(age - begin) < CLASSES:
                        state[channel * CLASSES + class_of(age - begin)] += 1
                states.append(state)
                times.append((begin - end) / 64)
            if value is not None:
                self.ends.append([(channel, class_of(age - 1)) for channel, age in aged])
                self.values.append(value)
        self.states, self.times = numpy.array(states), numpy.array(times)
        self.last = numpy.zeros((len(self.ends), channels * CLASSES))
        for row, end in zip(self.last, self.ends):
            for channel, age in end:
                if age < CLASSES:
                    row[channel * CLASSES + age] += 1

    def likeliest(self, half_lives, start):
        """Minus the logarithm of the likelihood with its penalty, at its smallest; and where that is."""
        fading = numpy.zeros((self.channels * CLASSES, self.channels))
        for channel, half_life in enumerate(half_lives):
            fading[channel * CLASSES:(channel + 1) * CLASSES, channel] = faded(half_life)
        exposed, last = self.states @ fading, (self.last @ fading).sum(axis=0)

        def objective(x):
            rates = self.times * numpy.exp(x[0] + exposed @ x[1:])
            value = len(self.ends) * x[0] + last @ x[1:] - rates.sum() - x[1:] @ x[1:] / 2
            slope = numpy.concatenate([[len(self.ends) - rates.sum()], last - exposed.T @ rates - x[1:]])
            return -value, -slope
        found = scipy.optimize.minimize(objective, start, jac=True, method="L-BFGS-B",
                                        options={"maxiter": 5000, "ftol": 1e-15, "gtol": 1e-9})
        return objective(start)[0], found.fun, found.x

    def caused(self, effects, half_lives):
        """Conversions and value by channel: Shapley values over all sets of touchpoints."""
        fading = [faded(half_life) for half_life in half_lives]
        caused = numpy.zeros((2, self.channels))
        for end, value in zip(self.ends, self.values):
            known = [(channel, numpy.exp(effects[channel] * fading[channel][age]))
                     for channel, age in end if age < CLASSES]
            n, whole = len(known), numpy.prod([factor for _, factor in known])
            for i, (channel, factor) in enumerate(known):
                others = [other for j, (_, other) in enumerate(known) if j != i]
                sums = [1.0] + [0.0] * (n - 1)  # of the products over all sets of k others
                for other in others:
                    for k in range(n - 1, 0, -1):
                        sums[k] += other * sums[k - 1]
                weights = [scipy.special.beta(k + 1, n - k) for k in range(n)]
                part = (factor - 1) * numpy.dot(weights, sums) / whole
                caused[:, channel] += part, part * value
        return caused


def check_survival(world, paths):
    seed, rows = world["seed"], world["survival"]
    data = Survival(paths, world["unit"], len(rows))
    effects, half_lives = [row[1] for row in rows], [row[2] for row in rows]
    ours = numpy.array([numpy.log(world["baseline"][0]), *effects])
    here, theirs, where = data.likeliest(half_lives, ours)
    require(here < theirs + 1e-7, seed, "SciPy finds a likelier survival model:", -theirs, "instead of", -here)
    require(abs(where - ours).max() < 1e-4, seed, ours, "by SciPy", where)
    for channel, half_life in enumerate(half_lives):
        for other in HALF_LIVES:
            if other in (half_life / 2, half_life * 2):
                _, changed, _ = data.likeliest([*half_lives[:channel], other, *half_lives[channel + 1:]], ours)
                require(here < changed + 1e-7, seed, "half-life", other, "of channel", channel, "is likelier:",
                        -changed, "instead of", -here)
    caused = data.caused(effects, half_lives)
    for row, conversions, value in zip(rows, *caused):
        require(abs(row[3] - conversions) < 1e-8 * (1 + abs(conversions)), seed, row[0], row[3], conversions)
        require(abs(row[4] - value) < 1e-8 * (1 + abs(value)), seed, row[0], row[4], value)
    require(abs(caused[0].sum() + world["baseline"][1] - len(data.ends)) < 1e-8, seed, world["baseline"])


def regression(present, converted, ridge):
    """Intercept and coefficients."""
    ones = numpy.column_stack([numpy.ones(len(present)), present])

    def loss(x):
        odds = ones @ x
        missed = converted - 1 / (1 + numpy.exp(-odds))
        return (numpy.logaddexp(0, odds) - converted * odds).sum() + ridge / 2 * (x[1:] ** 2).sum(), \
            numpy.concatenate([[0], ridge * x[1:]]) - missed @ ones

    options = {"maxiter": 5000, "ftol": 1e-16, "gtol": 1e-9}
    return scipy.optimize.minimize(loss, numpy.zeros(ones.shape[1]), jac=True, method="L-BFGS-B", options=options).x


def check_logistic(world, paths):
    seed, channels = world["seed"], len(world["logistic"])
    present = numpy.array([[any(c == channel for c, _ in touches) for channel in range(channels)]
                           for touches, _ in paths], dtype=float)
    converted = numpy.array([value is not None for _, value in paths], dtype=float)
    found = regression(present, converted, 2)[1:]
    for (channel, coefficient, conversions), expected in zip(world["logistic"], found):
        require(abs(coefficient - expected) < 1e-5, seed, channel, coefficient, expected)
    if seed > 2:
        return
    # Other lots, the same mean: 1,000 fits of ours, 200 of NumPy's, of half of everything.
    random = numpy.random.default_rng(1)
    fits = collections.defaultdict(list)
    for _ in range(200):
        some = numpy.sort(random.permutation(channels)[:(channels + 1) // 2])
        drawn = random.random(len(paths)) < 0.5
        for channel, coefficient in zip(some, regression(present[drawn][:, some], converted[drawn], 1)[1:]):
            fits[channel].append(coefficient)
    for channel, mean, deviation in world["bagged"]:
        spread = numpy.std(fits[channel]) / len(fits[channel]) ** 0.5
        require(abs(mean - numpy.mean(fits[channel])) < 5 * spread, seed, channel, mean, numpy.mean(fits[channel]))
        require(abs(deviation / numpy.std(fits[channel]) - 1) < 0.3, seed, channel, deviation, numpy.std(fits[channel]))


def main():
    program, how_many = sys.argv[1:]
    lines = subprocess.run([program, how_many], check=True, capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        world = json.loads(line)
        paths = paths_of(world)
        check_hazard(world, paths)
        check_probabilistic(world, paths)
        check_logistic(world, paths)
        if world["seed"] <= 4:  # the others would take a minute
            check_survival(world, paths)
    print("\n".join(problems) or f"{len(lines)} worlds, as SciPy has them")
    sys.exit(1 if problems or len(lines) != int(how_many) else 0)


if __name__ == "__main__":
    main()

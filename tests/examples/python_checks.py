#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The Python module gives the library's results, byte for byte; its errors are the library's; columns of numbers
are read where they are.

python_checks.py PROGRAM_WITH_EXPECTED_RESULTS
"""
import datetime
import subprocess
import sys

import attribution as att
import numpy
import pandas

CHANNELS = ["direct", "display", "mail", "search", "söcial"]
DAY = datetime.timedelta(days=1)


class Numbers:
    def __init__(self):
        self.state = 1

    def below(self, limit):
        self.state = (self.state * 1_103_515_245 + 12_345) % 2_147_483_648
        return self.state // 64 % limit


def minutes_in(count):
    return pandas.Timestamp(1_767_225_600 + 60 * count, unit="s")


def user(number):
    return None if number == 0 else f"u{number}"


def records():
    numbers = Numbers()
    touches, orders = [], []
    for _ in range(400):
        who, at = user(numbers.below(40)), minutes_in(numbers.below(90 * 24 * 60))
        touches.append((who, at, CHANNELS[numbers.below(5)], numbers.below(90) / 7))
    for _ in range(120):
        who, at = user(numbers.below(45)), minutes_in(numbers.below(90 * 24 * 60))
        cents = numbers.below(10_000) - 500
        lead, has = minutes_in(numbers.below(90 * 24 * 60)), numbers.below(3) != 0
        orders.append((who, at, cents, cents / 7, lead if has else pandas.NaT,
                       lead + datetime.timedelta(hours=36) if has else pandas.NaT))
    return (pandas.DataFrame(touches, columns=["user", "at", "channel", "usage"]),
            pandas.DataFrame(orders, columns=["user", "at", "cents", "price", "lead", "opportunity"]))


def c_hex(number):
    """As printf's %a writes it."""
    if number == 0:
        return "0x0p+0"
    mantissa, exponent = float(number).hex().split("p")
    whole, _, fraction = mantissa.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}{'.' if fraction else ''}{fraction}p{exponent}"


def ledger_lines(name, ledger):
    yield name
    for credit in ledger.itertuples(index=False):
        yield f"{credit.conversion} {credit.touchpoint} {credit.amount} {c_hex(credit.share)}"


def answers():
    touches, orders = records()
    seen = att.touchpoints(touches["user"], touches["at"], touches["channel"], usage=touches["usage"])
    more = {"lead": orders["lead"], "opportunity": orders["opportunity"]}
    journeys = att.join(att.conversions(orders["user"], orders["at"], orders["cents"], **more), seen)
    month = att.lookback(30 * DAY)
    direct = att.channel_is("direct")
    chain, chain_effects, _ = journeys.markov(month)
    game, game_effects, _ = journeys.shapley(month)
    models = {
        **{name: getattr(att, name) for name in (
            "first_touch", "last_touch", "linear", "j_shaped", "inverse_j_shaped")},
        "position_based": att.position_based(0.3, 0.5),
        "position_decay": att.position_decay,
        "time_decay": att.time_decay(7 * DAY),
        "stepped_time_decay": att.stepped_time_decay(7 * DAY),
        "usage_weighted": att.usage_weighted,
        "w_shaped": att.w_shaped,
        "full_path": att.full_path,
        "prefer": att.prefer(~direct, att.linear),
        "last_non_direct": att.last_non_direct(direct),
        "over_first_of_each": att.over_first_of_each(att.linear),
        "over_last_of_each": att.over_last_of_each(att.linear),
        "over_runs": att.over_runs(att.linear),
        "over_sessions": att.over_sessions(DAY, att.linear),
        "blend": 0.2 * att.first_touch + 0.3 * att.linear + 0.5 * att.last_touch,
        "markov": chain,
        "shapley": game,
        "markov of order 2": journeys.markov(month, order=2)[0],
        "blend of two": 0.25 * att.first_touch + 0.75 * att.last_touch,
        "blend of four": (0.1 * att.first_touch + 0.2 * att.linear + 0.3 * att.last_touch
                          + 0.4 * att.position_decay),
    }
    for name, model in models.items():
        yield from ledger_lines(name, journeys.attribute(model, month))
    policies = {
        "always": att.always,
        "ages": att.minimum_age(DAY) & att.maximum_age(20 * DAY),
        "calendar": att.calendar_lookback(months=1) | att.last_touches(2),
        "since": att.since_previous_conversion & ~direct,
        "after": att.after_previous_conversion,
        "at_any_time": att.at_any_time & ~att.lookback(2 * DAY),
    }
    for name, policy in policies.items():
        yield from ledger_lines(name, journeys.attribute(att.linear, policy))
    yield from ledger_lines("prefer_at_any_time", journeys.attribute(models["prefer"], att.at_any_time))
    yield "report"
    priced = att.join(att.conversions(orders["user"], orders["at"], orders["price"]), seen)
    for row in priced.report(att.linear, month).itertuples(index=False):
        yield f"{row.channel} {c_hex(row.amount)} {c_hex(row.conversions)} {row.credits}"
    yield "effects"
    for effects in (chain_effects, game_effects):
        for row in effects.itertuples(index=False):
            yield f"{row.channel} {c_hex(row.conversions)} {c_hex(row.value)}"


def check_bytes(program):
    expected = subprocess.run([program], capture_output=True, check=True).stdout.decode().splitlines()
    given = list(answers())
    for number, (wanted, got) in enumerate(zip(expected, given), 1):
        if wanted != got:
            sys.exit(f"line {number}: the library says {wanted!r}, its module {got!r}")
    if len(expected) != len(given) or len(given) < 3_000:
        sys.exit(f"the library gives {len(expected)} lines, its module {len(given)}")


def check_no_copy():
    """What changes in the arrays changes in the results."""
    keys = numpy.array([1, 1], dtype="int64")
    values = numpy.array([100, 200], dtype="int64")
    times = numpy.array(["2026-01-01", "2026-01-02"], dtype="datetime64[ns]")
    usage = numpy.array([1.0, 3.0])
    journeys = att.join(att.conversions(keys, times, values), att.touchpoints(keys, times, usage=usage))
    values[1] = 400
    usage[0] = 0.0
    if list(journeys.attribute(att.usage_weighted).amount) != [100, 400]:
        sys.exit("a column was copied")
    del values, usage, times, keys  # the journeys keep them
    if list(journeys.attribute(att.last_touch).amount) != [100, 400]:
        sys.exit("a column was let go of")


def check_zones():
    """Times of any zone are instants."""
    times = pandas.Series(pandas.to_datetime(["2026-03-29 00:30", "2026-03-29 01:30"]))
    berlin = times.dt.tz_localize("UTC").dt.tz_convert("Europe/Berlin")  # set forward between the two
    mixed = [berlin[0].tz_convert("Asia/Tokyo").to_pydatetime(), berlin[1].to_pydatetime()]
    for column in (times, berlin, mixed):
        journeys = att.join(att.conversions([1], times[1:], [6]), att.touchpoints([1, 1], column))
        for minutes, rows in ((60, [0, 1]), (59, [1])):
            found = journeys.attribute(att.linear, att.lookback(datetime.timedelta(minutes=minutes)))
            if list(found.touchpoint) != rows:
                sys.exit(f"{minutes} minutes before are {list(found.touchpoint)}, not {rows}")


def check_numbers():
    """Whole ids and values of any type and sign, and what models are without numbers."""
    days = pandas.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03"])
    for kind, who in ("int64", -1), ("int32", -7), ("uint16", 7), ("uint64", 7):
        keys, values = numpy.array([who] * 3, dtype=kind), numpy.array([500], dtype=kind)
        journeys = att.join(att.conversions(keys[:1], days[2:], values),
                            att.touchpoints(keys.astype("int64"), days))
        for model, amounts in ((att.position_based(), [200, 100, 200]),
                               (3 * att.first_touch + att.last_touch, [375, 0, 125]),
                               (att.linear + 0.5 * att.linear, [167, 167, 166])):
            found = journeys.attribute(model)
            given = dict(zip(found.touchpoint, found.amount))
            if [given.get(row, 0) for row in range(3)] != amounts:
                sys.exit(f"{kind}: {amounts} are {given}")


def check_error(call, kind, text):
    try:
        call()
    except kind as error:
        if text in str(error):
            return
        sys.exit(f"{kind.__name__} says {error}, not {text}")
    sys.exit(f"no {kind.__name__}: {text}")


def check_errors():
    touches, orders = records()
    seen = att.touchpoints(touches["user"], touches["at"])
    sales = att.conversions(orders["user"], orders["at"], orders["cents"])
    journeys = att.join(sales, seen)
    chain, _, _ = att.join(sales, att.touchpoints(touches["user"], touches["at"], touches["channel"])).markov()
    others = att.touchpoints(touches["user"], touches["at"], touches["channel"].replace("mail", "post"))
    led = att.conversions(orders["user"], orders["at"], orders["cents"], lead=orders["lead"])
    wide = att.touchpoints(touches["user"], touches["at"], usage=touches[["usage", "usage"]])
    mail = att.channel_is("mail")
    late = att.conversions(orders["user"], orders["at"], numpy.full(len(orders), numpy.inf))
    for call, kind, text in (
            (lambda: att.lookback(-DAY), ValueError, "lookback: the length must not be negative"),
            (lambda: att.last_touches(0), ValueError, "last_touches"),
            (lambda: att.time_decay(0 * DAY), ValueError, "time_decay"),
            (lambda: att.stepped_time_decay(0 * DAY), ValueError, "time_decay"),
            (lambda: att.minimum_age(-DAY), ValueError, "minimum_age"),
            (lambda: att.maximum_age(-DAY), ValueError, "maximum_age"),
            (lambda: att.calendar_lookback(days=-1), ValueError, "calendar_lookback"),
            (lambda: att.calendar_lookback(days=1, months=1), ValueError, "either days or months"),
            (lambda: att.over_sessions(-DAY, att.linear), ValueError, "sessions"),
            (lambda: att.position_based(0.7, 0.7), ValueError, "position_based"),
            (lambda: 2 * (att.linear + att.last_touch), ValueError, "a blend has no part of its own"),
            (lambda: att.linear + att.linear + att.linear + att.linear + att.linear, ValueError,
             "at most four models"),
            (lambda: -1 * att.linear, ValueError, "the part of a model must be finite and not negative"),
            (lambda: journeys.report(att.linear), ValueError, "report() needs the column channel"),
            (lambda: journeys.attribute(att.w_shaped), ValueError, "needs the column lead"),
            (lambda: att.join(led, seen).attribute(att.full_path), ValueError, "needs the column opportunity"),
            (lambda: journeys.attribute(att.usage_weighted), ValueError,
             "needs the column usage, which was not given to touchpoints()"),
            (lambda: journeys.attribute(att.over_runs(att.linear)), ValueError, "this model needs the column channel"),
            (lambda: journeys.attribute(att.prefer(att.always & ~mail, att.linear)), ValueError,
             "this model needs the column channel"),
            (lambda: journeys.attribute(att.linear, att.always & ~mail), ValueError,
             "channel_is() needs the column channel"),
            (journeys.markov, ValueError, "a learned model needs the column channel"),
            (lambda: att.join(sales, wide), ValueError, "touchpoints: usage: a column of numbers"),
            (lambda: att.conversions(orders["user"], orders["at"], orders["user"]), ValueError,
             "conversions: value: a column of whole or floating-point numbers"),
            (lambda: journeys.attribute(att.always), TypeError, "incompatible function arguments"),
            (lambda: att.touchpoints(touches["user"], touches["usage"]), ValueError, "datetime64"),
            (lambda: att.touchpoints([1], [pandas.NaT]), ValueError, "row 0 has no time"),
            (lambda: att.join(sales, att.touchpoints([1, 2, 3], touches["at"][:3])), ValueError, "same type"),
            (lambda: att.join(sales, att.touchpoints(touches["user"][:3], touches["at"])), ValueError,
             "the columns differ in length: 3 400"),
            (lambda: att.join(sales, others).attribute(chain), ValueError, "learned from other channels"),
            (lambda: att.join(late, seen).attribute(att.linear), ValueError, "conversion row"),
            (lambda: att.join(sales, att.touchpoints(touches["user"], touches["at"], ["a", None] * 200)),
             ValueError, "row 1 has no channel")):
        check_error(call, kind, text)


if __name__ == "__main__":
    check_bytes(sys.argv[1])
    check_no_copy()
    check_zones()
    check_numbers()
    check_errors()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A first look at attribution from Python, cell by cell. What it prints is in first_look.out.

first_look.py [--compare FILE]
"""
# %% Two tables, as pandas reads them from anywhere
import contextlib
import datetime
import io
import pathlib
import sys

import attribution as att
import pandas as pd

here = pathlib.Path(__file__).resolve().parent
printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    touches = pd.read_csv(here / "../attribution/touches.csv", parse_dates=["ts"])
    orders = pd.read_csv(here / "../attribution/orders.csv", parse_dates=["ts"])
    orders["cents"] = (orders["revenue"] * 100).round().astype("int64")
    print(touches.head(3), orders.head(3), sep="\n\n")

    # %% Who is joined with whom: nothing is copied but texts, which get numbers
    journeys = att.join(
        att.conversions(orders["user_id"], orders["ts"], orders["cents"]),
        att.touchpoints(touches["user_id"], touches["ts"], touches["channel"]),
    )
    month = att.lookback(datetime.timedelta(days=30))

    # %% Value by channel and model
    markov, effects, card = journeys.markov(month)
    models = {
        "first": att.first_touch,
        "last": att.last_touch,
        "linear": att.linear,
        "decay": att.time_decay(datetime.timedelta(days=7)),
        "mine": 0.4 * att.first_touch + 0.6 * att.last_non_direct(att.channel_is("Direct")),
        "markov": markov,
    }
    table = pd.DataFrame({name: journeys.report(model, month).set_index("channel")["amount"]
                          for name, model in models.items()}).fillna(0).astype("int64")
    table = table.sort_index(na_position="last")
    print("\nCents by channel", table, sep="\n")
    print("\nNothing is lost:", (table.sum() == orders["cents"].sum()).all())

    # %% What the learned model knows
    print("\nMarkov", effects.round(3), card, sep="\n")

    # %% Every credit, beside the records that it comes from
    ledger = journeys.attribute(models["mine"], month)
    print(ledger.merge(touches["channel"], left_on="touchpoint", right_index=True, how="left").head(6))

# %% The output
sys.stdout.write(printed.getvalue())
if sys.argv[1:2] == ["--compare"] and printed.getvalue() != pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"):
    sys.exit(f"this is not what {sys.argv[2]} says")

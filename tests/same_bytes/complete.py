#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Everything that the library offers is in a digest: each public header, and each name in the reference table
of DESIGN.md, is a word of the programs beside this script, or stands below with the reason why not.

complete.py SOURCE_DIRECTORY: exits with 1 and names what is missing.
"""
import pathlib
import re
import sys

# What has no results of its own, and why, or whose results they are.
ELSEWHERE = {
    "concepts": "no results", "config": "no results", "version": "no results", "partial_error": "an error",
    "estimator": "a concept", "age_model": "a concept", "separable": "a concept", "selector": "a concept",
    "shape_model": "a concept", "sink": "a concept", "calendar_zone": "a concept", "anchor": "path", "step": "path",
    "dimensions": "by", "in_currency": "by", "currency_total": "by", "tally": "by", "taken_credits": "take_back",
    "interval_cell": "with_intervals", "calibrated_report": "calibrated",
    "distribution": "path_statistics", "outcome": "explain", "reach": "influence", "reconciliation": "reconcile",
    "restatement": "difference", "return_on_ad_spend_report": "return_on_ad_spend",
    "channel_numbers": "effects", "channel_weights": "a learned model", "markov_model": "markov", "model_card": "card",
    "order_quality": "choose_order", "over_estimator": "over", "paths": "aggregated_paths",
    "removal_effect": "effects", "learned_model": "a base", "hazard_model": "additive_hazard", "logistic_model": "bagged_logistic",
    "shapley_games": "conversion_rate_game", "shapley_model": "shapley", "survival_model": "survival",
    "age": "minimum_age", "blend": "0.3 * linear + ...", "interval": "every window",
    "findings": "validate", "bridge": "the user's records, in their order", "bridged": "the user's records",
    "linked": "the user's records", "nested": "the user's records", "of_link": "a projection", "of_record": "a projection",
    "counted_stream": "counted", "live_counts": "counts", "live_desk": "live", "stream_records": "live",
}
WORD = re.compile(r"[a-z_][a-z_0-9]*")


def public_headers(root):
    """The names of the headers that users include."""
    headers = root / "include/attribution"
    return {path.stem for path in headers.rglob("*.hpp")
            if path.relative_to(headers).parts[0] not in ("engine", "numeric", "attribution.hpp")}


def reference(root):
    """The names in the second column of DESIGN.md's table."""
    names = set()
    for row in (root / "include/attribution/DESIGN.md").read_text().splitlines():
        cells = row.split(" | ")
        if row.startswith("| [`") and len(cells) == 3 and "engine" not in cells[0]:
            names |= {WORD.match(code)[0] for code in re.findall(r"`([^`]+)`", cells[1]) if WORD.match(code)}
    return names


def main():
    root = pathlib.Path(sys.argv[1])
    code = "\n".join(re.sub(r"//.*|\"[^\"]*\"", "", path.read_text())
                     for path in (root / "tests/same_bytes").glob("*.?pp"))
    shown, offered = set(WORD.findall(code)), public_headers(root) | reference(root)
    wrong = [f"{name} is in no digest; add one, or say in {__file__} why it has none"
             for name in sorted(offered - shown - set(ELSEWHERE))]
    wrong += [f"{name} is in a digest, or not offered any more: take it off the list in {__file__}"
              for name in sorted(set(ELSEWHERE) - (offered - shown))]
    print("\n".join(wrong) or f"{len(offered)} names, {len(offered & shown)} of them in digests")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: BSL-1.0
"""Copies of pipeline's four tables as if so many companies had sent theirs: every id gets the number
of its copy, so that nothing of one copy meets anything of another.

    python3 copies.py DATA COPIES DIRECTORY

DATA has the files of the published report, or those that `pipeline` invents (`sample-data` below its
results). Also writes touchpoints.csv, in which both kinds of touchpoints are one table with the account
of their contact: what a program without a notion of contacts can read.
"""

import csv
import sys
from pathlib import Path

TABLES = {"contact": ("contact_id", "account_id"),
          "marketing": ("marketing_touchpoint_id", "contact_id"),
          "opportunity": ("opportunity_id", "account_id"),
          "sales_outreach": ("sales_touchpoint_id", "contact_id")}
# What the programs read as a missing key joins nothing, in no copy.
NOTHING = {"", "\\n", "null", "(null)", "<null>", "[null]", "nil", "none", "undefined", "nan", "nat", "na",
           "<na>", "n/a", "#n/a", "unknown", "(empty)", "empty", "(blank)", "(none)", "(not set)", "-",
           "--", "?"}


def copied(rows, places, number):
    for row in rows:
        yield [cell if i not in places or cell.strip().lower() in NOTHING else f"{cell}.{number}"
               for i, cell in enumerate(row)]


def read(file):
    with open(file, encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    return header, rows


def write_copies(data, copies, directory):
    directory.mkdir(parents=True, exist_ok=True)
    account_of, touchpoints = {}, []
    for table, ids in TABLES.items():
        name = f"de_hw_{table}_data.csv"
        header, rows = read(data / name)
        places = [header.index(column) for column in ids]
        with open(directory / name, "w", encoding="utf-8", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(header)
            for number in range(copies):
                out.writerows(copied(rows, places, number))
        if table == "contact":
            for contact, account in (([row[place] for place in places]) for row in rows):
                account_of.setdefault(contact, account)
        elif table != "opportunity":
            columns = [header.index(name) for name in (*ids, "channel_name", header[-1])]
            touchpoints += [[row[columns[0]], account_of.get(row[columns[1]], ""), row[columns[2]],
                             row[columns[3]]] for row in rows]
    with open(directory / "touchpoints.csv", "w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["touchpoint_id", "account_id", "channel_name", "touchpoint_date"])
        for number in range(copies):
            out.writerows(copied(touchpoints, (0, 1), number))


if __name__ == "__main__":
    write_copies(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

# SPDX-License-Identifier: BSL-1.0
"""How gdb shows credits, ledgers, reports, paths and steps.

In gdb, or in ~/.gdbinit:  source .packaging/debugger/attribution_gdb.py
(installed: source /usr/share/attribution/attribution_gdb.py). It needs symbols (-g), and reads the memory of the
program only: nothing in it is called. Containers are those of libstdc++ or libc++.
"""
import re

import gdb
import gdb.printing

NO_ROW = (1 << 64) - 1, (1 << 32) - 1


def elements(vector):
    """The elements of a std::vector."""
    names = {field.name for field in vector.type.strip_typedefs().fields()}
    if "__begin_" in names:
        at, end = vector["__begin_"], vector["__end_"]
    else:
        at, end = vector["_M_impl"]["_M_start"], vector["_M_impl"]["_M_finish"]
    while at != end:
        yield at.dereference()
        at += 1


def span(values):
    """The elements of a std::span."""
    names = {field.name for field in values.type.strip_typedefs().fields()}
    if "_M_ptr" in names:
        at, extent = values["_M_ptr"], values["_M_extent"]
        size = extent["_M_extent_value"]
    else:
        at, size = values["__data_"], values["__size_"]
    for i in range(int(size)):
        yield (at + i).dereference()


def amount(value):
    """A number, or the units of money."""
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_STRUCT:
        for field in value.type.strip_typedefs().fields():
            if field.name == "units_":
                return str(value["units_"])
    return str(value)


class Credit:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        row = int(self.value["touchpoint"])
        who = "nobody" if row in NO_ROW else f"touchpoint {row}"
        return (f"{who} earned {amount(self.value['amount'])} of conversion {int(self.value['conversion'])}, "
                f"share {float(self.value['share']):.6g}")


class Table:
    """Anything that owns its rows: a ledger, a report."""

    def __init__(self, value):
        self.value = value
        self.what = re.search(r"(\w+)(<|$)", re.sub(r"^.*?::(v\d+_\d+::)?", "", value.type.strip_typedefs().name))[1]

    def rows(self):
        return list(elements(self.value["elements_"]))

    def to_string(self):
        return f"{self.what} of {len(self.rows())}"

    def children(self):
        for i, row in enumerate(self.rows()):
            yield f"[{i}]", row

    def display_hint(self):
        return "array"


class Cell:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return (f"amount {amount(self.value['amount'])}, conversions {float(self.value['conversions']):.6g}, "
                f"credits {int(self.value['credits'])}")


class ReportRow:
    """A group and what it has earned, by one model or several."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return None if self.value["attributed"] else "unattributed"

    def children(self):
        yield "key", self.value["key"]
        fields = {field.name for field in self.value.type.strip_typedefs().fields()}
        if "models" in fields:
            yield "models", self.value["models"]
        else:
            for name in ("amount", "conversions", "credits"):
                yield name, self.value[name]


class Step:
    def __init__(self, value):
        self.visit = value["visit_"]

    def to_string(self):
        return f"row {int(self.visit['row'])}, recency {int(self.visit['recency'])}"

    def children(self):
        yield "at", self.visit["at"]


class Path:
    def __init__(self, value):
        self.visits = list(span(value["visits_"]))

    def to_string(self):
        return f"path of {len(self.visits)}"

    def children(self):
        for i, visit in enumerate(self.visits):
            yield f"[{i}]", visit

    def display_hint(self):
        return "array"


class Visit(Step):
    def __init__(self, value):
        self.visit = value


def printers():
    """All of them, by the names of their types in any version of the library."""
    collection = gdb.printing.RegexpCollectionPrettyPrinter("attribution")
    tables = ("ledger|report|reconciliation|overlapping_report|top_paths_report|calibrated_report|"
              "return_on_ad_spend_report|findings")
    for name, types, printer in (
            ("credit", "credit<", Credit), ("table", f"({tables})(<|$)", Table), ("cell", "cell<", Cell),
            ("row", "(report_row|comparison_row)<", ReportRow), ("step", "step<", Step), ("path", "path<", Path),
            ("visit", "detail::visit<", Visit)):
        collection.add_printer(name, rf"^attribution::(v\d+_\d+::)?{types}", printer)
    return collection


gdb.printing.register_pretty_printer(gdb.current_objfile(), printers(), replace=True)

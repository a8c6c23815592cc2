"""The two rule sets in OpenFisca-Core, as its users write them. Run by `benchmarks.rules` with an interpreter that has it.

    python openfisca_rules.py IN.parquet OUT.parquet

IN holds the columns (whole yuan); OUT gets the outputs, and for each line of standard input one round is run and its
seconds of clock and processor are written: from the columns, and from variables already set. Amounts are `float`: its `int` has
32 bits and overflows on money.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

FIRM = build_entity(key="firm", plural="firms", label="enterprise", is_person=True)
YEAR = period("2025")
BANDS = {
    "staff_points": ((30, 20), (25, 16), (20, 12), (15, 8), (10, 4)),
    "sales": ((6, 50), (5, 40), (4, 30), (3, 20), (2, 10)),
    "costs": ((30, 50), (25, 40), (20, 30), (15, 20), (10, 10)),
}


def steps(above, below, table):
    """Points of the first share that is reached, by multiplication."""
    return np.select(
        [above * 100 >= below * percent for percent, _ in table], [points for _, points in table], 0
    )


def three(firm, name):
    """The sum of three years."""
    return sum(firm(f"{name}_{year}", YEAR) for year in (2023, 2024, 2025))


def intensity(firm, _):
    sales = firm("sales_2025", YEAR)
    rate = np.select([sales <= 50_000_000, sales <= 200_000_000], [5, 4], 3)
    return three(firm, "rd") * 100 >= three(firm, "sales") * rate


def points_rd(firm, _):
    rd = firm("rd_2025", YEAR)
    by_sales = steps(rd, firm("sales_2025", YEAR), BANDS["sales"])
    return np.maximum(by_sales, steps(rd, firm("costs_2025", YEAR), BANDS["costs"]))


def points_ip(firm, _):
    one, two = firm("one", YEAR), firm("two", YEAR)
    return np.select([one >= 1, two >= 4, two >= 3, two >= 2, two >= 1], [30, 24, 18, 12, 6], 0)


def total(firm, _):
    return firm("staff_points", YEAR) + firm("rd_points", YEAR) + firm("ip_points", YEAR)


def passes(firm, _):
    by_score = (firm("points", YEAR) >= 60) & (firm("staff_points", YEAR) > 0)
    for name in ("certificate", "award", "body", "standard"):
        by_score = by_score | firm(name, YEAR)
    return by_score


def every(*names):
    """All of some conditions."""

    def formula(firm, _):
        found = firm(names[0], YEAR)
        for name in names[1:]:
            found = found & firm(name, YEAR)
        return found

    return formula


HTE = ("h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9")
SME = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")
CONDITIONS = {
    "h1": lambda firm, _: firm("registered", YEAR) <= 20089,  # 2025-01-01 in days
    "h2": lambda firm, _: firm("ip", YEAR),
    "h3": lambda firm, _: firm("field", YEAR),
    "h4": lambda firm, _: firm("tech", YEAR) * 10 >= firm("staff", YEAR),
    "h5": intensity,
    "h6": lambda firm, _: three(firm, "domestic") * 5 >= three(firm, "rd") * 3,
    "h7": lambda firm, _: firm("high", YEAR) * 5 >= firm("revenue", YEAR) * 3,
    "h8": lambda firm, _: firm("score", YEAR) > 70,
    "h9": lambda firm, _: ~firm("accident", YEAR),
    "s1": lambda firm, _: firm("resident", YEAR),
    "s2": lambda firm, _: firm("staff", YEAR) <= 500,
    "s3": lambda firm, _: firm("sales_2025", YEAR) <= 200_000_000,
    "s4": lambda firm, _: firm("assets", YEAR) <= 200_000_000,
    "s5": lambda firm, _: ~firm("banned", YEAR),
    "s6": lambda firm, _: ~firm("accident", YEAR),
    "s7": lambda firm, _: ~firm("dishonest", YEAR),
    "s8": passes,
    "hte": every(*HTE),
    "sme": every(*SME),
}
POINTS = {
    "staff_points": lambda firm, _: steps(firm("tech", YEAR), firm("staff", YEAR), BANDS["staff_points"]),
    "rd_points": points_rd,
    "ip_points": points_ip,
    "points": total,
}


def system(columns):
    """The tax and benefit system with a variable for each input and output."""
    found = TaxBenefitSystem([FIRM])
    for name, column in columns.items():
        found.add_variable(variable(name, bool if column.dtype == bool else float))
    for name, formula in CONDITIONS.items():
        found.add_variable(variable(name, bool, formula))
    for name, formula in POINTS.items():
        found.add_variable(variable(name, int, formula))
    return found


def variable(name, value_type, formula=None):
    """A variable class."""
    body = {"value_type": value_type, "entity": FIRM, "definition_period": DateUnit.YEAR, "label": name}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def now():
    """The clock and the processor."""
    return np.array((time.perf_counter(), time.process_time()))


def main(source, target):
    """One round for each line of standard input; the outputs of the last at its end."""
    table = pq.read_table(source)
    columns = {name: table[name].to_numpy() for name in table.column_names}
    rules = system(columns)
    size = len(next(iter(columns.values())))
    outputs = {}
    for _ in sys.stdin:
        begun = now()
        simulation = SimulationBuilder().build_default_simulation(rules, count=size)
        for name, column in columns.items():
            simulation.set_input(name, YEAR, column)
        started = now()
        outputs = {name: simulation.calculate(name, YEAR) for name in (*CONDITIONS, *POINTS)}
        ended = now()
        sys.stdout.write(json.dumps(((ended - begun).tolist(), (ended - started).tolist())) + "\n")
        sys.stdout.flush()
    pq.write_table(pa.table(outputs), target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

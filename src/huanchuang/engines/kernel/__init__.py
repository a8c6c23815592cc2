"""The kernel: the plain values that every other room speaks with.

Nothing here knows Django, a database, a clock or a network. A value is frozen, compares by content and either is right or
was never made: whoever holds a `Period`, `Money` or `Uscc` need not check it again. Bad input raises `ProblemError`, whose
problems say where, what and what to do, in Chinese and English.

1. `Problem` and `ProblemError`: what is wrong with an input, said so that it can be put right.
2. `Trace`: how a result came about, as a tree for the page and for storage.
3. `Period`: year, half, quarter, month, week, cumulative; read from Chinese words, stored as a code.
4. `Money`: fen as whole numbers, exact in and out of 万元 and 亿元. `Quantity`: a number with a unit of the table.
5. `parse_number`: Chinese, mixed, full-width and scaled numerals.
6. `scan_figures`: every figure of a running text with unit, comparator and place.
7. `Uscc`, `PatentNumber`, `RegionCode`, `IndustryCode`: identifiers with their checks.
8. `WorkCalendar`: working days by the announced calendar, provisional where none is announced yet.
9. `icalendar`: days that are due as a calendar file (RFC 5545).
"""

from huanchuang.engines.kernel.figures import Figure, scan_figures
from huanchuang.engines.kernel.identifiers import IndustryCode, PatentNumber, RegionCode, Uscc
from huanchuang.engines.kernel.money import Money
from huanchuang.engines.kernel.numerals import Number, parse_number, read_number
from huanchuang.engines.kernel.period import Period
from huanchuang.engines.kernel.problem import Problem, ProblemError, ProblemText, refuse
from huanchuang.engines.kernel.quantity import Quantity
from huanchuang.engines.kernel.trace import Trace
from huanchuang.engines.kernel.units import UNITS, ScaledUnit, Unit, find_unit
from huanchuang.engines.kernel.workcalendar import WorkCalendar, Workday

__all__ = [
    "UNITS",
    "Figure",
    "IndustryCode",
    "Money",
    "Number",
    "PatentNumber",
    "Period",
    "Problem",
    "ProblemError",
    "ProblemText",
    "Quantity",
    "RegionCode",
    "ScaledUnit",
    "Trace",
    "Unit",
    "Uscc",
    "WorkCalendar",
    "Workday",
    "find_unit",
    "parse_number",
    "read_number",
    "refuse",
    "scan_figures",
]

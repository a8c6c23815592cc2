"""Sheets on their way into the register.

1. `begin` takes a file, finds the table in it and the fields of its columns; a person says how it is read, and that is
   remembered for the next sheet of the same headings.
2. `check_import` (a job) holds every row against the register: new, changed, the same, or wrong in this cell for that reason.
3. `take_import` (a job) writes the good rows, some in each transaction, each checked once more; killed, it goes on with the rest.
4. `undo_import` (a job) takes an import back as one; what somebody has relied on since is kept and told.
5. `importer` is the door for slices above: whoever offers an `Importer` gets all of this for their own sheets.
"""

from huanchuang.registry.services.imports.begin import (
    begin,
    choose_reading,
    choose_sheet,
    drop,
    matching_for,
    remembered_reading,
)
from huanchuang.registry.services.imports.importer import (
    CellProblem,
    Checked,
    Checker,
    Importer,
    Order,
    Reading,
    Target,
    importer_named,
    importers,
    importers_for,
    offer,
)
from huanchuang.registry.services.imports.run import (
    CHECK_JOB,
    TAKE_JOB,
    UNDO_JOB,
    importer_of,
    settle_imports,
    start_step,
    step_came_to_nothing,
)

__all__ = [
    "CHECK_JOB",
    "TAKE_JOB",
    "UNDO_JOB",
    "CellProblem",
    "Checked",
    "Checker",
    "Importer",
    "Order",
    "Reading",
    "Target",
    "begin",
    "choose_reading",
    "choose_sheet",
    "drop",
    "importer_named",
    "importer_of",
    "importers",
    "importers_for",
    "matching_for",
    "offer",
    "remembered_reading",
    "settle_imports",
    "start_step",
    "step_came_to_nothing",
]

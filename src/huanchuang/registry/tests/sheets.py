"""Sheets that the tests of imports bring in, and the steps of an import in one call."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from huanchuang.accounts.queries import actor_of
from huanchuang.engines.kernel.identifiers.uscc import check_character
from huanchuang.registry.models import Import
from huanchuang.registry.services import imports

Rows = Sequence[Sequence[Any]]


def uscc(number: int) -> str:
    """A code of the demonstration district with a right check character."""
    first = f"91990101MA{number:07d}"
    return first + check_character(first)


def xlsx(rows: Rows, name: str = "Sheet1", **more: Rows) -> bytes:
    """A workbook with these rows; further sheets by name."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        for title, lines in {name: rows, **more}.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(lines):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
    return buffer.getvalue()


def firms(count: int, first: int = 1) -> list[list[Any]]:
    """A plain list of enterprises with its heading."""
    rows = [
        [f"云澜第{number}精密机械有限公司", uscc(number), "企业", "青岑区", f"2015-03-{number % 28 + 1:02d}"]
        for number in range(first, first + count)
    ]
    return [["企业名称", "统一社会信用代码", "单位性质", "所属地区", "成立日期"], *rows]


def begun(user: Any, kind: str, rows: Rows | bytes, name: str = "名录.xlsx", **reading: Any) -> Import:
    """A file taken, its columns as found, with what else is said about them."""
    importer = imports.importer_named(kind)
    data = rows if isinstance(rows, bytes) else xlsx(rows)
    made = imports.begin(actor_of(user), user, importer, data, name)
    said = imports.Reading.of_plain({**made.mapping, **reading})
    return imports.choose_reading(actor_of(user), made, importer, said)


def checked(user: Any, kind: str, rows: Rows | bytes, name: str = "名录.xlsx", **reading: Any) -> Import:
    """A file taken and checked."""
    found = begun(user, kind, rows, name, **reading)
    return imports.start_step(imports.CHECK_JOB, actor_of(user), found, inline=True)


def taken(user: Any, kind: str, rows: Rows | bytes, name: str = "名录.xlsx", **reading: Any) -> Import:
    """A file taken, checked, and its good rows written."""
    found = checked(user, kind, rows, name, **reading)
    return imports.start_step(imports.TAKE_JOB, actor_of(user), found, inline=True)


def undone(user: Any, imported: Import) -> Import:
    """An import taken back."""
    return imports.start_step(imports.UNDO_JOB, actor_of(user), imported, inline=True)


def told(imported: Import) -> list[str]:
    """Every problem as one line."""
    return [
        f"{one['zh'][0]}：{one['zh'][1]}。{one['zh'][2]}"
        for row in imported.rows.all()
        for one in row.problems
    ]


def outcomes(imported: Import) -> list[str]:
    """What each row is to the register."""
    return list(imported.rows.values_list("outcome", flat=True))

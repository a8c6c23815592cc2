"""How much a sheet may hold, and the answers to a sheet that holds more."""

from __future__ import annotations

from dataclasses import dataclass

from huanchuang.engines.kernel.problem import ProblemError, refuse


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one sheet; what exceeds them is refused before it is unpacked into memory."""

    rows: int = 50_000
    columns: int = 200
    cells: int = 2_500_000
    """Cells from A1 to the last one that is not empty."""
    cell: int = 32_767
    """Characters of one cell; the most that Excel itself takes."""
    unpacked: int = 300 << 20
    """Bytes of one part of an xlsx, unpacked."""


def too_many_rows(name: str, limit: int, where: str = "") -> ProblemError:
    """For a sheet with more rows than are taken at once; `where` is the address where it was seen."""
    seen, seen_en = (f"（{where} 有内容）", f" ({where} is not empty)") if where else ("", "")
    return refuse(
        "sheets.rows",
        (
            f"工作表“{name}”",
            f"超过{limit:,}行{seen}",
            f"请按每份不超过{limit:,}行拆成几个文件分别导入；若下方是误填的内容，请删去",
        ),
        (
            f"sheet {name}",
            f"has more than {limit:,} rows{seen_en}",
            f"Split it into files of at most {limit:,} rows, or remove what strays at the bottom",
        ),
    )


def too_many_columns(name: str, limit: int, last: str, found: int = 0) -> ProblemError:
    """For a sheet with more columns than are taken; `last` is the address where it was seen."""
    what = f"有{found}列，最多{limit}列" if found else f"超过{limit}列（{last} 有内容）"
    what_en = (
        f"has {found} columns, at most {limit} are taken"
        if found
        else f"has more than {limit} columns ({last} is not empty)"
    )
    return refuse(
        "sheets.columns",
        (f"工作表“{name}”", what, "请删去不需要导入的列，或检查右侧是否误填了内容"),
        (
            f"sheet {name}",
            what_en,
            "Remove the columns that need not be imported, or what strays at the right",
        ),
    )


def too_many_cells(name: str, rows: int, columns: int, limit: int) -> ProblemError:
    """For a sheet that is within the limits each way but not both."""
    return refuse(
        "sheets.cells",
        (
            f"工作表“{name}”",
            f"有{rows:,}行、{columns}列，超过{limit:,}格",
            "请删去不需要的列，或拆成几个文件分别导入",
        ),
        (
            f"sheet {name}",
            f"has {rows:,} rows and {columns} columns, more than {limit:,} cells",
            "Remove columns, or split it into several files",
        ),
    )


def too_long_cell(name: str, where: str, found: int, limit: int) -> ProblemError:
    """For a text that no cell can hold."""
    return refuse(
        "sheets.cell",
        (f"工作表“{name}” {where}", f"有{found:,}个字，最多{limit:,}个", "请缩短内容，或检查引号是否成对"),
        (
            f"sheet {name}, {where}",
            f"has {found:,} characters, at most {limit:,} are taken",
            "Shorten it, or check that quotation marks are paired",
        ),
    )

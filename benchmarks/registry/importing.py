"""10,000 rows of a sheet into the register at size, as the jobs that the pages start: check, take, the same again, undo; then the
whole list goes out as a file in each form.

A process of its own, so that its memory is the memory of an import. The sheet is one as offices send it: a title, the unit
above the table, names as they are written, some rows wrong. One half are organisations that are there and change, one half
are new; the needs name their units by short name.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connection
from xlsxwriter import Workbook

from benchmarks.registry.clock import Stopwatch
from benchmarks.registry.data import Body, bodies, code, scale
from benchmarks.registry.imported import ROWS
from benchmarks.registry.ours import load_organisations
from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.registry.models import Import
from huanchuang.registry.queries.export import pieces, write_xlsx
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.queries.whole import whole_columns, whole_rows
from huanchuang.registry.services import imports

BAD = 50
"""Every so-manieth row has something wrong."""
NEW = 5_000_000
"""Numbers of organisations that the register does not have."""
DISTINCT_UNITS = 2000

Steps = dict[str, tuple[float, float]]


def main() -> None:
    """Load the register, import both sheets, say how long each step took and the most memory."""
    call_command("migrate", verbosity=0)
    load_organisations()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    officer = User.objects.create_user(username="bench", name="bench", role="officer", password=None)
    sheets = {"organisation": _workbook(_firms()), "need": _workbook(_needs())}
    before = _memory()
    found = {kind: _import(officer, kind, data) for kind, data in sheets.items()}
    memory, sent = _memory(), _exported(officer)
    said = {
        "steps": found,
        "before_mb": before,
        "memory_mb": memory,
        "exports": sent,
        "with_exports_mb": _memory(),
    }
    said["database"] = connection.display_name
    sys.stdout.write(json.dumps(said) + "\n")


def _exported(officer: User) -> dict[str, tuple[float, float]]:
    """The whole list of organisations as a file in each form, as an officer sees it: seconds."""
    kind, done = KINDS["organisation"], {}
    columns = whole_columns(kind)
    with TemporaryDirectory() as name:
        for form in ("xlsx", "csv", "jsonl"):
            watch, path = Stopwatch(), Path(name) / f"list.{form}"
            rows = whole_rows(officer, kind, columns)
            if form == "xlsx":
                write_xlsx(path, columns, rows, kind.name)
            else:
                with path.open("wb") as file:
                    file.writelines(pieces(form, columns, rows))
            done[form] = watch.lap()
    return done


def _import(officer: User, kind: str, data: bytes) -> dict[str, Any]:
    importer, actor = imports.importer_named(kind), actor_of(officer)
    if importer is None:
        raise SystemExit(f"{kind} cannot be imported")
    steps: Steps = {}

    def until_checked(name: str) -> Import:
        watch = Stopwatch()
        made = imports.begin(actor, officer, importer, data, f"{kind}.xlsx")
        steps[f"{name}: read and match"] = watch.lap()
        reading = imports.Reading.of_plain(made.mapping)
        made = imports.choose_reading(actor, made, importer, reading)
        made = imports.start_step(imports.CHECK_JOB, actor, made, inline=True)
        steps[f"{name}: check"] = watch.lap()
        return made

    made, watch = until_checked("first"), Stopwatch()
    made = imports.start_step(imports.TAKE_JOB, actor, made, inline=True)
    steps["first: take"] = watch.lap()
    counts = dict(made.counts)
    again = until_checked("again")
    watch = Stopwatch()
    made = imports.start_step(imports.UNDO_JOB, actor, made, inline=True)
    steps["undo"] = watch.lap()
    for one in (made, again):
        if one.failure_zh:
            raise SystemExit(one.failure_zh)
    return {"steps": steps, "counts": counts, "again": again.counts, "undone": made.counts}


def _firms() -> Iterator[list[Any]]:
    yield [
        "序号", "企业名称", "统一社会信用代码", "单位性质", "所属地区", "所属行业", "成立日期", "发展阶段", "注册地址", "联系人",
        "联系电话", "简称", "曾用名", "上级单位", "信息来源",
    ]  # fmt: skip
    count = int(ROWS * scale())
    known = list(islice(bodies(), count // 2))
    for number in range(1, count + 1):
        body = known[number - 1] if number <= len(known) else _unknown(number)
        day = "2023-02-30" if number % BAD == 0 else body.founded_on.replace("-", ".")
        yield [
            number, body.name, body.uscc, "企业", "青岑区", body.industry, day, "成长期", f"学府路{number}号", f"联系人{number}",
            f"138{number:08d}", body.short_name, "", "", "区科技局征集",
        ]  # fmt: skip


def _unknown(number: int) -> Body:
    uscc = code(NEW + number)
    return Body(
        number,
        f"澜岑第{number}号新办科技有限公司",
        f"新办{number}",
        "company",
        uscc,
        "990101",
        "2614",
        "growth",
        "2020-03-01",
    )


def _needs() -> Iterator[list[Any]]:
    yield [
        "序号", "需求名称", "所属单位或公司名称", "需求类型", "技术领域", "需求详情", "技术指标", "拟解决的技术难题", "现有基础条件",
        "预算金额", "合作方式", "单位性质", "所属地区", "有效期", "信息来源",
    ]  # fmt: skip
    units = list(islice(bodies(), DISTINCT_UNITS))
    for number in range(1, int(ROWS * scale()) + 1):
        unit = "查无此单位" if number % BAD == 0 else units[number % len(units)].name
        yield [
            number, f"第{number}项工艺改进", unit, "技术需求", "新材料", "现有工艺合格率偏低，需要改进。" * 4, "合格率 ≥ 98 %；能耗 ≤ 40 kWh",
            "批次之间差异大", "已有中试线一条", "面议" if number % 3 else number % 500 + 10, "委托开发、合作开发", "民营", "青岑区",
            "2027.12.31", "区科技局征集",
        ]  # fmt: skip


def _workbook(rows: Iterator[Sequence[Any]]) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet("汇总表")
    sheet.write(0, 0, "青岑区汇总表")
    sheet.write(1, 9, "金额单位：万元")
    for number, row in enumerate(rows, start=2):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

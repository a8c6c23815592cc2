"""The lines of the ledger as rows of a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from django.utils import translation

from huanchuang.steering.models import Plan
from huanchuang.steering.queries.ledger import Row
from huanchuang.steering.queries.light import brief
from huanchuang.steering.queries.record import passage_of
from huanchuang.steering.queries.words import COLOURS, LIFE, stage
from huanchuang.steering.queries.workbook import SheetRow


def sheet_rows(rows: Iterable[Row]) -> list[SheetRow]:
    """Rows of the ledger as the sheet writes them; always in Chinese, as the form is."""
    with translation.override("zh-hans"):
        return [_sheet_row(number, row) for number, row in enumerate(rows, 1)]


def _sheet_row(number: int, row: Row) -> SheetRow:
    target = row.target
    is_task = target.kind == "task"
    task = target if is_task else (target.parent or target)
    passage = passage_of(target)
    return SheetRow(
        number=number,
        task=f"{target.item.path} {task.name}".strip(),
        target="" if is_task else f"{target.name} {row.goal}".strip(),
        leads="、".join(duty.unit for duty in row.leads),
        co_units="、".join(duty.unit for duty in row.co_units),
        due=target.due_on or row.due,
        progress=_progress(row),
        state=str(LIFE[stage(target.state, row.light.colour)]),
        light=row.light.colour.value,
        light_word=f"{COLOURS[row.light.colour]}：{row.reason}",
        quote=passage.before + passage.words + passage.after,
        place=f"{target.item.path}，第{target.start + 1}—{target.end}字",
    )


def _progress(row: Row) -> str:
    target = row.target
    parts = [] if target.percent is None else [f"{target.percent}%"]
    if row.rolled is not None:
        low, high = (int(share * 100 + Fraction(1, 2)) for share in (row.rolled.low, row.rolled.high))
        span = f"{low}%" if row.rolled.value is not None else f"{low}%～{high}%（{row.rolled.unknown}项未知）"
        parts = [f"各目标加权{span}", *(f"自报{said}" for said in parts)]
    if target.reached is not None:
        parts.append(f"已达到{brief(target.reached)}{target.unit}")
    if parts and target.reported_on:
        parts.append(f"截至{target.reported_on.isoformat()}")
    return "，".join(parts)


def sheet_title(plan: Plan | None, count: int, as_of: dt.date) -> tuple[str, str, str]:
    """Title, note under it and file name of a sheet."""
    title = plan.title if plan else "全部方案"
    note = f"截至{as_of.year}年{as_of.month}月{as_of.day}日，共{count}条"
    return title, note, f"{title[:60]}工作台账{as_of.isoformat()}.xlsx"

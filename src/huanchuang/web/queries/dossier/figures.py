"""The key figures of the last three periods with their trend, and where the newest comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.facts.queries.access import reader_of_seen
from huanchuang.facts.queries.choices import source_name
from huanchuang.facts.queries.table import YEARS_SHOWN, Row, Table, table_of
from huanchuang.facts.queries.table import Cell as FactCell
from huanchuang.orm.language import language
from huanchuang.registry.models import Organisation
from huanchuang.web.queries.dossier.shape import Cell, Head, Part

KEYS = (
    "sales-revenue", "total-revenue", "net-profit", "tax-paid", "rd-expense", "high-tech-revenue", "total-assets",
    "staff", "tech-staff", "rd-staff", "interns", "carrier-area", "tenants", "graduates", "mentors",
)  # fmt: skip
"""What a reader asks first; all the others stand on the page of the figures."""


def key_figures(organisation: Organisation, seen: str) -> Part:
    """The figures of the last years; of a body that reports by half years those."""
    table = table_of(reader_of_seen(organisation, seen))
    sort = "year" if any(period.kind == "year" for period in table.periods) else "half"
    places = [place for place, period in enumerate(table.periods) if period.kind == sort][-YEARS_SHOWN:]
    picked = [replace(row, cells=[row.cells[place] for place in places]) for row in table.rows]
    told = [row for row in picked if any(cell.shown for cell in row.cells)]
    rows = [row for row in told if row.key in KEYS] or told
    periods = [Head(table.periods[place].label(language()), number=True) for place in places]
    return Part(
        "figures", _("主要数据"), [Head(_("指标")), *periods, Head(_("变化"), number=True), Head(_("来源"))],
        [_shown(row) for row in rows], lead=_growth(rows), note=_as_of(table),
        more_url=reverse("facts:subject", kwargs={"subject": organisation.subject}),
    )  # fmt: skip


def _shown(row: Row) -> list[Cell]:
    named = f"{row.name}（{row.unit}）" if row.unit else row.name
    newest = next((cell for cell in reversed(row.cells) if cell.shown), None)
    return [Cell(named), *(_value(cell) for cell in row.cells), Cell(trend(row.cells)), _source(newest)]


def _value(cell: FactCell) -> Cell:
    if not cell.shown:
        return Cell(_("暂无"))
    first = cell.shown[0]
    others = (
        "；".join(f"{source_name(one.fact)} {one.text}" for one in cell.shown[1:]) if cell.differs else ""
    )
    stale = first.freshness is not None and first.freshness.is_stale
    note = " ".join(filter(None, [others, _("已过时效") if stale else ""]))
    return Cell(first.text, why=reverse("facts:why", args=[first.fact.pk]), note=note)


def _source(cell: FactCell | None) -> Cell:
    """Where the newest value comes from, with the paper it stands in."""
    if cell is None:
        return Cell("")
    fact = cell.shown[0].fact
    paper = "" if fact.source_link.startswith(("/", "http")) else fact.source_link
    return Cell(" · ".join(filter(None, [source_name(fact), paper])), small=True)


def change(cells: Sequence[FactCell]) -> Decimal | None:
    """How much the last period differs from the one before, in percent; None where one of them is not known or nothing."""
    if len(cells) < 2 or not cells[-1].shown or not cells[-2].shown:
        return None
    last, before = cells[-1].shown[0].fact.number, cells[-2].shown[0].fact.number
    if last is None or not before:
        return None
    return (last - before) / abs(before) * 100


def trend(cells: Sequence[FactCell]) -> str:
    """The change as an arrow and a percentage."""
    by = change(cells)
    if by is None:
        return "—"
    if abs(by) < Decimal("0.05"):
        return _("持平")
    return f"{'↑' if by > 0 else '↓'} {abs(by):.1f}%"


def _growth(rows: Sequence[Row]) -> str:
    """The finding: how sales have gone."""
    sales = next((row for row in rows if row.key == "sales-revenue"), None)
    by = change(sales.cells) if sales else None
    if sales is None or by is None:
        return ""
    last = sales.cells[-1]
    words = {
        "year": last.period.label(language()), "amount": f"{last.shown[0].text}{sales.unit}", "by": f"{abs(by):.1f}",
    }  # fmt: skip
    if by > 0:
        return _("%(year)s销售收入%(amount)s，比上年增长%(by)s%%") % words
    return _("%(year)s销售收入%(amount)s，比上年下降%(by)s%%") % words


def _as_of(table: Table) -> str:
    if table.as_of is None:
        return ""
    said = _("数据截至 %(day)s") % {"day": timezone.localtime(table.as_of).date().isoformat()}
    if table.stale:
        said += "；" + _("%(count)s 项最新数值已过时效") % {"count": table.stale}
    if table.hidden:
        said += "；" + _("另有 %(count)s 项不在您的查看范围内") % {"count": table.hidden}
    return said

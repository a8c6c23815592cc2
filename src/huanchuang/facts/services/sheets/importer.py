"""Yearly figures as something sheets can be imported as; pages, jobs, previews and undoing are the registry's."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.audit.services import Actor
from huanchuang.engines.sheets import Table, Wanted
from huanchuang.facts.services.sheets.checking import FactChecker
from huanchuang.facts.services.sheets.columns import (
    ORGANISATION,
    PERIOD,
    USCC,
    Figure,
    dated_figures,
    figure_named,
    figures_for,
    wanted_in,
)
from huanchuang.facts.services.sheets.shown import shown_rows
from huanchuang.facts.services.sheets.template import template
from huanchuang.facts.services.sheets.writing import take_back, write
from huanchuang.orm.language import language
from huanchuang.registry.models import ImportRow
from huanchuang.registry.queries.imports.shown import Shown
from huanchuang.registry.services.imports import Checked, Order, Reading, Target


class FactImporter:
    """Sheets with a row for each unit and year and a column for each figure."""

    name = "facts"
    deed = "facts.fact.import"
    label: str | Promise = _("年度数据")
    icon = "report-analytics"

    def list_url(self) -> str:
        return reverse("registry:organisations")

    def targets(self, table: Table | None, user: User | None) -> Sequence[Target]:
        whose = _("哪个单位、哪个年度")
        found = [
            Target(ORGANISATION, _("单位名称"), whose, may_be_constant=False),
            Target(USCC, _("统一社会信用代码"), whose, may_be_constant=False),
            Target(PERIOD, _("年度"), whose, hint=_("例如 2025、2025年、2026年上半年")),
        ]
        found += [_target(figure, _("指标")) for figure in figures_for(user)]
        dated = dated_figures(table).values() if table is not None else ()
        return [*found, *(_target(figure, _("表头写明年度的指标")) for figure in dated)]

    def wanted(self, table: Table) -> Sequence[Wanted]:
        return wanted_in(table)

    def missing(self, reading: Reading) -> Sequence[str]:
        given = {*reading.columns.values(), *(name for name, text in reading.constants.items() if text)}
        figures = [figure for name in given if (figure := figure_named(name)) is not None]
        missing = [] if given & {ORGANISATION, USCC} else [str(_("单位名称"))]
        if not figures:
            missing.append(str(_("指标")))
        elif PERIOD not in given and any(figure.period is None for figure in figures):
            missing.append(str(_("年度")))
        return missing

    def checker(self, order: Order) -> FactChecker:
        return FactChecker(order)

    def take(self, actor: Actor, order: Order, checked: Sequence[Checked]) -> None:
        write(actor, checked)

    def undo(self, actor: Actor, rows: Sequence[ImportRow]) -> None:
        take_back(actor, rows)

    def shown(self, rows: Sequence[ImportRow]) -> Sequence[Sequence[Shown]]:
        return shown_rows(rows)

    def template(self) -> bytes:
        return template()


def _target(figure: Figure, group: str | Promise) -> Target:
    key = figure.key
    is_money = key.value_type == "money"
    unit = f"（{key.unit}）" if key.unit and not is_money else ""
    return Target(
        name=figure.field,
        label=f"{figure.label(language())}{unit}",
        group=group,
        hint=key.definition,
        is_money=is_money,
        may_be_constant=False,
    )

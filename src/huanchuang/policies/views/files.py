"""What the files of this slice share: their columns, how amounts stand in cells, and the sheet that says what a list is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.engines.kernel import Money
from huanchuang.orm import clock
from huanchuang.policies.models import Forecast, Run
from huanchuang.registry.queries.kinds import Field, Shape
from huanchuang.registry.queries.listing import Column


def columns(*given: tuple[Any, Shape]) -> tuple[Column, ...]:
    """Columns of a file by heading and shape."""
    return tuple(Column(Field(f"column{at}", label, shape)) for at, (label, shape) in enumerate(given))


def yuan(money: Money | None) -> str:
    """An amount as a cell holds it under a heading that says 元; empty for one that is not known."""
    return "" if money is None else money.text("元").removesuffix("元")


def about_run(run: Run) -> list[tuple[str, str]]:
    """Of which day a list is, and who made it when."""
    return [
        (_("基准日"), run.as_of.isoformat()),
        (_("测算"), _moment(run.asked_by_name, run.asked_at)),
        (_("主体数"), str(run.organisations)),
        (_("导出"), clock.today().isoformat()),
    ]


def about_list(run: Run, policy: str, part: str) -> list[tuple[str, str]]:
    """A list of one policy in a run: by which version it was made, and which part of the result it is."""
    used = next(one for one in run.definitions if one["policy"] == policy)
    return [
        (_("名单"), part),
        (_("政策"), policy),
        (_("版本"), f"{used['version']}（{used['digest']}）"),
        *about_run(run),
    ]


def about_forecast(one: Forecast) -> list[tuple[str, str]]:
    """On which premises a forecast stands."""
    return [
        (_("基准日"), one.as_of.isoformat()),
        (_("测算"), _moment(one.asked_by_name, one.asked_at)),
        (_("政策"), one.policy),
        (_("版本"), f"{one.version}（{one.digest}）"),
        (_("申报率"), f"{one.take_up['usual']}；{_('依据：')}{one.take_up_source}"),
        (_("导出"), clock.today().isoformat()),
    ]


def _moment(name: str, at: dt.datetime) -> str:
    return f"{name} {timezone.localtime(at):%Y-%m-%d %H:%M}"

"""What a forecast came to: cost by groups against the budget, and whom the changes move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from huanchuang.definitions.queries.versions import Version, versions_of
from huanchuang.engines.kernel import Money, refuse
from huanchuang.engines.rules.cost import Cost, TakeUp, costs_of
from huanchuang.engines.rules.versions import Moved, Turn, moved_by, moves_of, turns_of
from huanchuang.money.queries.budgets import budgets_for
from huanchuang.policies.models import Forecast
from huanchuang.policies.queries.library import KIND, policy_with
from huanchuang.policies.queries.runs import group_order, read_columns
from huanchuang.policies.queries.supposed import AFTER, BEFORE
from huanchuang.policies.queries.table import KEY


def forecasts() -> Sequence[Forecast]:
    """All forecasts, the newest first."""
    return list(Forecast.objects.select_related("job", "file")[:100])


def share_of(text: str) -> Fraction | None:
    """The share that a text means, 60% or 62.5%; None where it is none, or none between nothing and all."""
    number = text.strip().replace("％", "%")
    if not number.endswith("%"):
        return None
    try:
        share = Fraction(number[:-1].strip()) / 100
    except (ValueError, ZeroDivisionError):
        return None
    return share if 0 <= share <= 1 else None


def take_up_of(written: Mapping[str, Any]) -> TakeUp:
    """The take-up as it was typed. ProblemError for what is no share."""
    texts = {"": str(written["usual"]), **written["shares"]}
    shares = {name: share_of(text) for name, text in texts.items()}
    wrong = next((name for name, share in shares.items() if share is None), None)
    if wrong is not None:
        raise refuse(
            "policies.forecast.share",
            (f"申报率 {wrong}".strip(), f"“{texts[wrong]}”不是0%到100%之间的比例", "请写成例如 60%"),
            (
                f"Take-up {wrong}".strip(),
                f"“{texts[wrong]}” is no share from 0% to 100%",
                "Write it like 60%",
            ),
        )
    known = {name: share for name, share in shares.items() if share is not None}
    return TakeUp(known.pop(""), str(written["by"]), known)


def result_of(one: Forecast) -> pl.DataFrame:
    """The columns of a forecast that has ended well."""
    return pl.DataFrame() if one.file is None else read_columns(one.file.digest)


def totals_of(frame: pl.DataFrame, one: Forecast) -> dict[str, Any]:
    """The cost of all, and how many move which way: what lists show without opening the file."""
    moved = moved_by(moves_of(frame, BEFORE, AFTER), pl.repeat("", frame.height, eager=True))
    cost = costs_of(frame, AFTER, take_up_of(one.take_up), cap=one.rules["cap"])[""]
    return {"cost": asdict(cost), "moves": dict(moved[""].counts), "fen": moved[""].fen}


@dataclass(frozen=True)
class Line:
    """A group in a forecast."""

    group: str
    cost: Cost
    moved: Moved

    def money(self, name: str) -> Money:
        """One of its sums."""
        return Money(getattr(self.cost, name))


def lines_of(one: Forecast, groups: str) -> tuple[Line, list[Line]]:
    """The whole, and each group of a dimension, the dearest first."""
    frame = result_of(one)
    costs = costs_of(frame, AFTER, take_up_of(one.take_up), groups, one.rules["cap"])
    moved = moved_by(moves_of(frame, BEFORE, AFTER), frame[groups])
    lines = [Line(group, cost, moved[group]) for group, cost in costs.items()]
    whole = next(line for line in lines if not line.group)
    rest = [line for line in lines if line.group]
    return whole, sorted(
        rest, key=lambda line: (-line.cost.taken_most, -line.cost.most, group_order(line.group))
    )


@dataclass(frozen=True)
class Budgeted:
    """A budget beside what is expected: whether it lasts for the least and for the most."""

    name: str
    money: Money
    least: Money
    most: Money
    is_shared: bool = False
    url: str = ""

    @property
    def verdict(self) -> str:
        """enough, short (even for the least), or open."""
        if self.money.fen >= self.most.fen:
            return "enough"
        return "short" if self.money.fen < self.least.fen else "open"

    @property
    def lacking(self) -> Money:
        """What the most goes beyond it."""
        return Money(max(0, self.most.fen - self.money.fen))


def published_since(one: Forecast) -> Version | None:
    """The newest version that was published after the forecast was asked for; it was computed without it."""
    every = versions_of(KIND).get(one.policy, ())
    since = [each for each in every if each.published and each.published.published_at > one.asked_at]
    return since[-1] if since else None


def budgets_beside(one: Forecast, whole: Line) -> list[Budgeted]:
    """The budget that the policy names, and what is free of those of the year that it can be paid from."""
    least, most = whole.money("taken_least"), whole.money("taken_most")
    listed, found = policy_with(one.digest), []
    if listed is not None and listed.budget is not None:
        found.append(Budgeted("", listed.budget, least, most))
    for budget in budgets_for(one.policy, one.as_of.year):
        found.append(
            Budgeted(str(budget), budget.free, least, most, not budget.policy, budget.get_absolute_url())
        )
    return found


@dataclass(frozen=True)
class MovedOne:
    """One organisation that a change moves."""

    organisation: int
    move: str
    before: int
    after: int
    had: int | None
    has: int | None
    fen: int | None
    turns: Sequence[Turn]


def moved_ones(one: Forecast, move: str = "") -> list[MovedOne]:
    """The organisations that move, the largest amounts first; of one move where asked."""
    frame = result_of(one)
    if not frame.height:
        return []
    ids = {name: [asked["id"] for asked in one.rules[name]] for name in (BEFORE, AFTER)}
    moves = moves_of(frame, BEFORE, AFTER)
    rows = frame.with_columns(moves["move"], moves["fen"].alias("step"))
    rows = rows.filter(pl.col("move") == move) if move else rows.filter(pl.col("move") != "same")
    found = [
        MovedOne(
            row[KEY], row["move"], row[BEFORE], row[AFTER], row.get(f"{BEFORE}/fen"), row.get(f"{AFTER}/fen"), row["step"],
            turns_of(_masks(row, BEFORE), _masks(row, AFTER), ids[BEFORE], ids[AFTER]),
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-abs(each.fen or 0), each.move, each.organisation))


def _masks(row: Mapping[str, Any], name: str) -> tuple[int, int]:
    return row[f"{name}/failed"], row[f"{name}/unknown"]

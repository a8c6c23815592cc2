"""What is refused before anything is written, in words that say what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.orm import clock
from huanchuang.registry.models import Achievement, Entry, Organisation
from huanchuang.registry.queries.kinds import Field, Kind, Shape
from huanchuang.registry.queries.kinds.values import label_en, problem_at, read_value
from huanchuang.registry.queries.lives import ON_OFFER, fields_for_listing
from huanchuang.registry.services.revise import is_hidden

ALSO_SETTABLE = frozenset({"confirmed_on", "confirmed_by"})
"""What a bulk load may say beside the fields of a kind."""


class AlreadyRegistered(ProblemError):
    """What identifies the entry belongs to one that is in the register already: `existing`."""

    def __init__(self, existing: Entry, problem: Problem) -> None:
        super().__init__(problem)
        self.existing = existing


def cleaned(kind: Kind, values: Mapping[str, Any], stored: Entry | None = None) -> dict[str, Any]:
    """The values stripped, converted and checked against the vocabularies; ProblemError names every bad one."""
    unknown = set(values) - set(kind.by_name) - ALSO_SETTABLE
    if unknown:
        raise TypeError(f"not fields of a {kind.name} that can be set: {', '.join(sorted(unknown))}")
    result: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, given in values.items():
        try:
            result[name] = _read(kind.by_name[name], given) if name in kind.by_name else given
        except ProblemError as error:
            problems.extend(error.problems)
    problems.extend(across(kind, result, stored))
    if problems:
        raise ProblemError(problems)
    return result


def across(kind: Kind, values: Mapping[str, Any], stored: Entry | None = None) -> list[Problem]:
    """What is wrong with values that are each right: missing ones, days ahead, reversed bounds. Each names its field's label."""
    return [
        problem
        for check in (_required, _days, _order, _parent, _on_offer)
        for problem in check(kind, values, stored)
    ]


def _read(field: Field, given: Any) -> Any:
    value = read_value(field, given)
    if field.shape is Shape.ENTRY:
        if value is None or isinstance(value, Entry):
            return value
        raise TypeError(
            f"{field.name}: an entry is wanted, not {type(value).__name__}; its caller resolves names"
        )
    return value


def _required(kind: Kind, values: Mapping[str, Any], stored: Entry | None) -> list[Problem]:
    missing = [
        field
        for field in kind.fields
        if field.required and not (values.get(field.name) if stored is None or field.name in values else True)
    ]
    fill = ("不能为空", "请填写后再保存"), ("is empty", "Fill it in and save again")
    # A state has a beginning: what a kind's model starts with need not be said.
    return [
        problem
        for field in missing
        if field.name in values or not _starts_with(kind, field)
        for problem in problem_at(field, *fill).problems
    ]


def _starts_with(kind: Kind, field: Field) -> bool:
    return not field.is_list and kind.start_of(field) not in (None, "")


def _days(kind: Kind, values: Mapping[str, Any], _stored: Entry | None) -> list[Problem]:
    found: list[Problem] = []
    for field in kind.fields:
        day = values.get(field.name)
        if not isinstance(day, dt.date):
            continue
        if field.past and day > clock.today():
            zh, en = f"{day.isoformat()}晚于今天", f"{day.isoformat()} is later than today"
        elif not 1840 <= day.year <= 2199:
            zh, en = f"{day.isoformat()}不像真的日期", f"{day.isoformat()} is not a likely date"
        else:
            continue
        found.extend(problem_at(field, (zh, "请核对日期"), (en, "Check the date")).problems)
    return found


def _order(kind: Kind, values: Mapping[str, Any], stored: Entry | None) -> list[Problem]:
    found: list[Problem] = []
    for first, second in kind.ordered:
        if first not in values and second not in values:
            continue
        low = values.get(first, getattr(stored, first, None))
        high = values.get(second, getattr(stored, second, None))
        if low is None or high is None or not _greater(low, high):
            continue
        one, other = kind.by_name[first], kind.by_name[second]
        found.extend(
            problem_at(
                one,
                (f"大于“{other.label}”", "请核对这两项"),
                (f'is greater than "{label_en(other)}"', "Check the two"),
            ).problems
        )
    return found


def _greater(low: Any, high: Any) -> bool:
    return bool(getattr(low, "fen", low) > getattr(high, "fen", high))


def _parent(kind: Kind, values: Mapping[str, Any], stored: Entry | None) -> list[Problem]:
    above = values.get("parent")
    while isinstance(above, Organisation) and stored is not None:
        if above.pk == stored.pk:
            refused = problem_at(
                kind.by_name["parent"],
                ("不能是本单位或其下级", "请另选一个单位"),
                ("cannot be the organisation itself or one below it", "Choose another one"),
            )
            return list(refused.problems)
        above = above.parent
    return []


def _on_offer(kind: Kind, values: Mapping[str, Any], stored: Entry | None) -> list[Problem]:
    """A listed achievement stays open to others, with all that buyers must find in it."""
    if not isinstance(stored, Achievement) or values.get("state", stored.state) not in ON_OFFER:
        return []
    problems = [
        problem_at(field, ("已挂牌，这一栏不能清空", "请先撤回挂牌，或填写新的内容"), ("cannot be emptied while it is listed", "Withdraw the listing first, or fill it in"))
        for field in fields_for_listing()
        if field.name in values and not values[field.name] and getattr(stored, field.name)
    ]  # fmt: skip
    if values.get("is_confidential") and not stored.is_confidential:
        secret = kind.by_name["is_confidential"]
        problems.append(
            problem_at(
                secret,
                ("已挂牌的成果不能转为保密", "请先撤回挂牌"),
                ("a listed achievement cannot become confidential", "Withdraw the listing first"),
            )
        )
    return [problem for error in problems for problem in error.problems]


def existing_like(kind: Kind, entry: Entry) -> tuple[Entry, tuple[str, ...]] | None:
    """Another entry that has what identifies this one, with the columns in which they meet; confidential ones never."""
    if is_hidden(entry):
        return None
    for columns in kind.unique_columns:
        same = _same(kind, entry, columns)
        if same is None:
            continue
        found = kind.model._default_manager.filter(same)
        if columns != ("uscc",):  # a code stays with its body even when that is retired
            found = found.filter(retired_on__isnull=True)
        for one in found.exclude(pk=entry.pk).order_by("pk"):
            if not is_hidden(one):
                return one, columns
    return None


def _same(kind: Kind, entry: Entry, columns: tuple[str, ...]) -> Q | None:
    wanted = Q()
    for column in columns:
        value = getattr(entry, column)
        if value is None or value == "":
            return None
        wanted &= Q(**{column: value})
    return wanted


def refuse_duplicate(kind: Kind, entry: Entry) -> None:
    """Raise AlreadyRegistered when what identifies this entry belongs to another one."""
    found = existing_like(kind, entry)
    if found is None:
        return
    existing, columns = found
    field = kind.by_name.get(columns[-1]) or kind.by_name[kind.title_field]
    shown = getattr(entry, field.name)
    text = getattr(shown, "text", None) or str(shown)
    raise AlreadyRegistered(
        existing,
        Problem(
            str(field.label),
            f"“{text}”已登记为“{kind.title(existing)}”",
            "请打开已有的记录补充，不要重复登记",
            code=f"registry.{kind.name}",
            en=ProblemText(
                label_en(field),
                f'"{text}" is already registered as "{kind.title(existing)}"',
                "Open that record and complete it instead",
            ),
        ),
    )


def refuse_retiring(kind: Kind, entry: Entry, reason: str) -> None:
    """Raise ProblemError when the reason is missing or the entry is retired already."""
    if not reason.strip():
        raise ProblemError(
            Problem(
                "停用原因", "不能为空", "请写明依据，如“已注销”及文号", code=f"registry.{kind.name}",
                en=ProblemText("Reason", "is empty", "Say why, such as deregistered, with the paper's number"),
            )
        )  # fmt: skip
    if entry.retired_on is not None:
        day = entry.retired_on.isoformat()
        raise ProblemError(
            Problem(
                kind.title(entry), f"已于{day}停用", "无需再次停用", code=f"registry.{kind.name}",
                en=ProblemText(kind.title(entry), f"is retired since {day}", "Nothing more to do"),
            )
        )  # fmt: skip

"""Rows of a sheet held against what is known: which figures are new, which say something else, which stand already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from huanchuang.accounts.models import Role
from huanchuang.engines.kernel import Problem, ProblemText
from huanchuang.engines.sheets import Row
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.values import current
from huanchuang.facts.services.sheets.columns import ORGANISATION, PERIOD, USCC
from huanchuang.facts.services.sheets.rows import Read, RowReader
from huanchuang.facts.services.values import Said
from huanchuang.registry.models import Organisation, Outcome
from huanchuang.registry.queries import resolve_units
from huanchuang.registry.queries.organisations import changeable
from huanchuang.registry.services.imports import Checked, Order

Place = tuple[str, str, str]
"""Subject, key, code of the period: the place of one imported figure."""


class FactChecker:
    """Checks rows of one order, in pieces; remembers what earlier rows said."""

    def __init__(self, order: Order) -> None:
        self.user = order.user
        self._reader = RowReader(order)
        self._said: dict[Place, tuple[int, Said]] = {}

    def check(self, rows: Sequence[Row]) -> list[Checked]:
        """Each row as checked, in order."""
        reads = [self._reader.begin(row) for row in rows]
        self._find_units(reads)
        for one in reads:
            if one.period is None and self._reader.needs_period(one) and not _told(one, PERIOD):
                self._reader.wrong(one, PERIOD, [NO_PERIOD], "")
            self._reader.finish(one)
            self._refuse_repeated(one)
        stored = _stored(said for one in reads for said in one.saids.values())
        for one in reads:
            self._judge(one, stored)
        return [one.checked for one in reads]

    def _find_units(self, reads: Sequence[Read]) -> None:
        found = resolve_units(text for one in reads for text in (one.name, one.code) if text)
        own = self._own({unit.pk for unit in found.values() if unit is not None})
        for one in reads:
            named = [unit for text in (one.code, one.name) if text and (unit := found[text]) is not None]
            problem = self._unit_problem(one, named, own)
            if problem is not None:
                name = ORGANISATION if one.name else USCC
                self._reader.wrong(one, name, [problem], one.name or one.code)
            else:
                one.organisation = named[0]
                one.checked.subject = named[0].subject

    def _own(self, keys: set[int]) -> set[int] | None:
        """Those that a person may enter figures of; None for an officer and the operator: all."""
        if self.user is None or self.user.role == Role.OFFICER:
            return None
        return set(changeable(self.user).filter(pk__in=keys).values_list("pk", flat=True))

    @staticmethod
    def _unit_problem(one: Read, named: Sequence[Organisation], own: set[int] | None) -> Problem | None:
        """What is wrong with the unit a row names. Who enters for their own unit learns nothing of others."""
        if not one.name and not one.code:
            return NO_UNIT
        if own is not None and (not named or any(unit.pk not in own for unit in named)):
            return NOT_OWN
        if not named:
            return _unknown(one)
        if len(named) > 1 and named[0].pk != named[1].pk:
            return _two_units(*named)
        return _retired(named[0]) if named[0].retired_on is not None else None

    def _refuse_repeated(self, one: Read) -> None:
        """A figure that an earlier row gave: the same again is taken once, another value is refused."""
        for name, said in list(one.saids.items()):
            number, before = self._said.setdefault(_place(said), (one.row.number, said))
            if number == one.row.number:
                continue
            del one.saids[name]
            if (before.value, before.unit) == (said.value, said.unit):
                one.checked.remarks.append(
                    [f"与第{number}行相同，只导入一次", f"The same as row {number}, taken once"]
                )
            else:
                self._reader.wrong(one, name, [_repeated(number, before)], said.value)

    def _judge(self, one: Read, stored: dict[Place, Fact]) -> None:
        checked = one.checked
        label = one.period.label("zh") if one.period else ""
        checked.title = " ".join(
            filter(None, (one.organisation.name if one.organisation else one.name, label))
        )[:200]
        if checked.problems:
            checked.outcome = Outcome.PROBLEM.value
            return
        saids: list[Said] = []
        for name, said in one.saids.items():
            fact = stored.get(_place(said))
            if fact is not None and not _says_more(fact, said):
                continue
            saids.append(said)
            checked.values[name] = plain(said)
            if fact is not None:
                checked.before[name] = plain(fact)
        checked.entry = saids
        known = any(_place(said) in stored for said in one.saids.values())
        if not saids:
            checked.outcome = Outcome.SAME.value
        else:
            checked.outcome = Outcome.CHANGED.value if known else Outcome.NEW.value


def plain(said: Said | Fact) -> dict[str, Any]:
    """A figure as JSON keeps it, with what is needed to put it back."""
    return {
        "key": said.key,
        "period": said.period.code,
        "value": said.value,
        "unit": said.unit,
        "link": said.source_link,
        "given": said.given,
        "note": said.note,
    }


def _says_more(fact: Fact, said: Said) -> bool:
    """Whether a sheet says something new: another value, or the same once more of a figure that must be kept fresh."""
    if (fact.value, fact.unit) != (said.value, said.unit):
        return True
    key = dictionary.entry(said.key)
    is_renewed = key is not None and key.is_timeless and key.freshness_days is not None
    return is_renewed and fact.source_link != said.source_link


def _stored(saids: Iterable[Said]) -> dict[Place, Fact]:
    """What imports said before at these places."""
    places = {_place(said) for said in saids}
    subjects, keys, periods = ({place[part] for place in places} for part in range(3))
    facts = current().filter(
        subject__in=subjects, key__in=keys, period__in=periods, source_kind=SourceKind.IMPORT, origin=""
    )
    return {place: fact for fact in facts if (place := _place(fact)) in places}


def _place(said: Said | Fact) -> Place:
    return (said.subject, said.key, said.period.code)


def _told(one: Read, name: str) -> bool:
    return any(problem.field == name for problem in one.checked.problems)


def _problem(code: str, zh: tuple[str, str], en: tuple[str, str]) -> Problem:
    return Problem("", *zh, code=f"facts.sheet.{code}", en=ProblemText("", *en))


NO_UNIT = _problem(
    "no_unit",
    ("没有写是哪个单位的", "请填写单位名称或统一社会信用代码"),
    ("does not say whose it is", "Give the name or the credit code of the unit"),
)
NOT_OWN = _problem(
    "not_own",
    ("不是您所在的单位", "只能导入本单位的数据，请改为本单位的名称或删去这一行"),
    ("is not a unit you belong to", "You can import figures of your own unit only"),
)
NO_PERIOD = _problem(
    "no_period",
    ("没有写年度", "请填写，例如 2025，或在“全表统一填写”里给出"),
    ("does not say the year", "Fill it in, such as 2025, or give one for all rows"),
)


def _unknown(one: Read) -> Problem:
    text = one.name or one.code
    return _problem(
        "unknown_unit",
        (f"登记簿里没有“{text}”，或不止一家", "请核对名称或补上统一社会信用代码；新单位请先登记"),
        (f'"{text}" is not in the register, or fits several', "Check the name or add the code; register a new unit first"),
    )  # fmt: skip


def _two_units(by_code: Organisation, by_name: Organisation) -> Problem:
    return _problem(
        "two_units",
        (f"代码是“{by_code.name}”的，名称是“{by_name.name}”的", "请核对这一行是哪一家"),
        (f'the code is that of "{by_code.name}", the name that of "{by_name.name}"', "Check which of them is meant"),
    )  # fmt: skip


def _retired(unit: Organisation) -> Problem:
    return _problem(
        "retired",
        (f"“{unit.name}”已停用", "请改为接续的单位，或删去这一行"),
        (f'"{unit.name}" is retired', "Name the unit that follows it, or remove the row"),
    )


def _repeated(number: int, before: Said) -> Problem:
    return _problem(
        "repeated",
        (f"第{number}行已给出 {before.value}{before.unit}，两处不一致", "请核对后只保留一处"),
        (f"row {number} says {before.value}{before.unit}", "Keep one of the two"),
    )

"""The kind ``ledgers``: the numbers by which a ledger judges: when a light turns, when a unit is urged and how often.

The meaning of each number is written in the definition beside it; steering reads them and knows none of its own.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

from huanchuang.engines.expression import Fact, Record, Situation, Vocabulary, read, why
from huanchuang.engines.expression.types import number, read_unit
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.library import library
from huanchuang.packs.pack import Kind
from huanchuang.packs.problems import refusal
from huanchuang.packs.schema import Field, Words, list_of, record, required, text, whole
from huanchuang.packs.skeletons import copy_of, readme
from huanchuang.packs.tree import Mapping

DEFINITION = "ledgers.yaml"
STANDARD = "national.ledger-rules"
_MODEL = Path(__file__).parent / "data" / "ledgers" / STANDARD


@dataclass(frozen=True, slots=True)
class LightNumbers:
    """When a light turns: working days, and per cent of the whole way."""

    near_workdays: int
    behind_percent: int
    far_behind_percent: int
    node_grace_workdays: int
    reference_days: int


@dataclass(frozen=True, slots=True)
class SlipNumbers:
    """When and how often a unit is urged; all in working days but the cap, which counts slips of one unit on one day."""

    near_workdays: int
    grace_workdays: int
    silence_workdays: int
    daily_cap: int


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One item of the yearly assessment: its name, the most it can give, and its formula in the language of criteria."""

    id: str
    zh: str
    en: str
    most: int
    formula: str


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """All numbers of one definition."""

    light: LightNumbers
    slips: SlipNumbers
    assessment: tuple[ScoreItem, ...]


def _figure(key: str, zh: str, en: str, unit: str) -> Fact:
    known = read_unit(unit)
    return Fact(key, zh, en, number(None if known is None else known[0]), least=Fraction(0))


SCORE_FIGURES = Vocabulary(
    (
        _figure("lines", "牵头事项", "lines led", "项"),
        _figure("closed", "已销号事项", "lines closed", "项"),
        _figure("green", "正常事项", "lines on time", "项"),
        _figure("amber", "预警事项", "lines warned", "项"),
        _figure("red", "滞后事项", "lines behind", "项"),
        _figure("grey", "未知事项", "lines unknown", "项"),
        _figure("unanswered", "未回应催办", "slips unanswered", "张"),
        _figure("problems", "未销号问题", "open problems", "个"),
        _figure("late_problems", "超期问题", "late problems", "个"),
    )
)
"""What a formula of the assessment may name: counts of one unit on the day of the assessment."""


def _numbers(shape: type[LightNumbers] | type[SlipNumbers], **limits: tuple[int, int]) -> Field[object]:
    keys: dict[str, Field[object]] = {name: required(whole(*limits[name])) for name in limits}
    return required(record(shape, keys))


_SCHEMA: MappingType[str, Field[object]] = {
    "light": _numbers(
        LightNumbers,
        near_workdays=(0, 250),
        behind_percent=(0, 100),
        far_behind_percent=(0, 100),
        node_grace_workdays=(0, 60),
        reference_days=(1, 3660),
    ),
    "slips": _numbers(
        SlipNumbers,
        near_workdays=(0, 250),
        grace_workdays=(0, 60),
        silence_workdays=(1, 250),
        daily_cap=(1, 100),
    ),
    "assessment": required(
        list_of(
            record(
                ScoreItem,
                {
                    "id": required(text(40)),
                    "zh": required(text(60)),
                    "en": required(text(80)),
                    "most": required(whole(1, 1000)),
                    "formula": required(text(1000)),
                },
            ),
            least=1,
        )
    ),
}


def _read(body: Mapping, folder: PackFolder) -> LedgerRules:
    """Returns the numbers; a light that would be red before it is amber is refused, and a formula that cannot be read."""
    rules = record(LedgerRules, _SCHEMA)(body)
    if rules.light.far_behind_percent < rules.light.behind_percent:
        raise refusal("far-before-behind", body.place)
    for item in rules.assessment:
        read(item.formula, SCORE_FIGURES)
    return rules


def _answer(rules: LedgerRules, case: Case) -> str:
    """What a number is: ``ask`` names its part, ``of`` the number."""
    if case.ask == "score":
        return _score(rules, case)
    parts: dict[str, LightNumbers | SlipNumbers] = {"light": rules.light, "slips": rules.slips}
    if case.ask not in parts:
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(parts))
    names = [field.name for field in fields(parts[case.ask])]
    if case.of not in names:
        raise refusal("bad-question", case.place, ask=case.of, known="、".join(names))
    return str(getattr(parts[case.ask], case.of))


def _score(rules: LedgerRules, case: Case) -> str:
    """What an item of the assessment gives: ``of`` names it, ``more`` holds the figures."""
    item = next((one for one in rules.assessment if one.id == case.of), None)
    if item is None:
        raise refusal(
            "bad-question", case.place, ask=case.of, known="、".join(i.id for i in rules.assessment)
        )
    facts = {(key, ""): int(value) for key, value in dict(case.more or {}).items()}
    step = read(item.formula, SCORE_FIGURES).at(Situation(date(2026, 1, 1))).evaluate(Record(facts))
    return why(step).splitlines()[0].rpartition(" = ")[2]


def _skeleton(pack_id: str) -> MappingType[str, str]:
    """A new definition begins as a copy of the national one."""
    return MappingProxyType(
        {
            DEFINITION: copy_of(
                _MODEL / DEFINITION, "light:", pack_id, "新的台账规则", "New rules of a ledger"
            ),
            "cases.yaml": (_MODEL / "cases.yaml").read_text(encoding="utf-8"),
            "README.md": readme(pack_id),
        }
    )


@cache
def ledger_rules(pack_id: str = STANDARD, extra_dirs: tuple[Path, ...] = ()) -> LedgerRules:
    """The numbers of a definition. Raises ProblemError where there is none of that name or it is wrong."""
    rules: LedgerRules = library(extra_dirs).get(pack_id).content
    return rules


KIND = Kind(
    name="ledgers",
    definition=DEFINITION,
    title=Words("台账规则", "Rules of a ledger"),
    read=_read,
    skeleton=_skeleton,
    answer=_answer,
)

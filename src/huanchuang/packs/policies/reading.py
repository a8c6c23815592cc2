"""A policy as its file says it: texts with their places, before facts and units are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huanchuang.packs.pack import HEADER_KEYS
from huanchuang.packs.problems import Place
from huanchuang.packs.schema import (
    WORDS,
    Field,
    Located,
    Words,
    day,
    formed,
    list_of,
    located,
    one_of,
    optional,
    record,
    required,
    scalar,
    text,
    whole,
    yes_no,
)
from huanchuang.packs.tree import Mapping, Node

BENEFITS = ("recognition", "subsidy", "reward", "tax", "loan", "voucher", "service", "talent", "duty")
"""What a policy brings: a title, money, a reward, less tax, a loan, a voucher, a service, people, or a duty to be met."""
SUBJECTS = ("organisation", "carrier")
WAYS = ("coded", "document", "human")
RULES = ("highest", "exclusive", "total")
CONFIDENCE = ("high", "medium", "low", "example")
"""How sure the wording is; `example` marks an invented policy."""


@dataclass(frozen=True, slots=True)
class Written:
    """An expression as written, and the line its text begins on."""

    text: str
    place: Place

    def line(self, inner: int) -> Place:
        """The place of the `inner`-th line of the expression."""
        if self.place.line is None:
            return self.place
        begins = self.place.line + 1 if self.text.endswith("\n") else self.place.line
        return Place(self.place.file, begins + inner - 1)


@dataclass(frozen=True, slots=True)
class DatedText:
    """A value from a day on; blank where nobody knows it."""

    begins: date
    value: Located[str] | None


@dataclass(frozen=True, slots=True)
class ParameterText:
    """A parameter: its name, unit, and values by date."""

    name: Located[str]
    name_en: str
    unit: Located[str]
    clause: str
    values: tuple[Located[DatedText], ...]


@dataclass(frozen=True, slots=True)
class FormulaText:
    """A formula with a name."""

    name: Located[str]
    name_en: str
    clause: str
    text: Written


@dataclass(frozen=True, slots=True)
class RequirementText:
    """A requirement: how it is decided, and the condition if it is computed."""

    id: Located[str]
    text: str
    text_en: str
    clause: str
    by: str
    when: Written | None
    papers: tuple[str, ...]
    begins: date | None
    ends: Located[date] | None


@dataclass(frozen=True, slots=True)
class AmountText:
    """What it brings."""

    text: str
    text_en: str
    clause: str
    formula: Written


@dataclass(frozen=True, slots=True)
class GroupText:
    """A group of policies that share a rule."""

    name: str
    rule: Located[str]
    limit: Located[str] | None
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Window:
    """When one can apply, every year from one day to another (MM-DD, both included)."""

    opens: str
    closes: str
    text: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class WithoutApplication:
    """免申即享: given to whoever is found eligible and consents in time. Days are working days."""

    clause: str
    consent_days: int
    """Until when the organisation consents; silence is not consent."""
    notice_days: int
    """How long the list stands as a public notice; 0 where none is asked for."""
    text: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A whole policy."""

    benefit: str
    confidence: str
    subject: str
    summary: Words
    office: Words
    apply: Words | None
    windows: tuple[Located[Window], ...]
    budget: Located[str] | None
    once: bool
    without_application: Located[WithoutApplication] | None
    parameters: tuple[ParameterText, ...]
    formulas: tuple[FormulaText, ...]
    requirements: tuple[RequirementText, ...]
    amount: AmountText | None
    groups: tuple[GroupText, ...]


def _written(node: Node) -> Written:
    return Written(scalar(node).text, node.place)


def _parameter(**values: Any) -> ParameterText:
    return ParameterText(**values)


def _dated(**values: Any) -> DatedText:
    return DatedText(values["from"], values["value"])


def _formula(**values: Any) -> FormulaText:
    return FormulaText(text=values.pop("is"), **values)


def _requirement(**values: Any) -> RequirementText:
    return RequirementText(begins=values.pop("from"), ends=values.pop("to"), **values)


def _amount(**values: Any) -> AmountText:
    return AmountText(formula=values.pop("is"), **values)


_SLUG = formed(
    r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    "小写英文和连字符，例如 rd-intensity",
    "lower case with hyphens, such as rd-intensity",
)
_DAY_OF_YEAR = formed(
    r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "月-日，例如 04-30", "month and day, such as 04-30"
)
_NAMES: dict[str, Field[Any]] = {
    "name": required(located(text(60))),
    "name_en": required(text(120)),
    "clause": optional(text(300), default=""),
}
_PARAMETER: dict[str, Field[Any]] = {
    **_NAMES,
    "unit": required(located(text(20))),
    "values": optional(
        list_of(
            located(record(_dated, {"from": required(day), "value": optional(located(text(60)))})), least=1
        ),
        default=(),
    ),
}
_FORMULA: dict[str, Field[Any]] = {**_NAMES, "is": required(_written)}
_REQUIREMENT: dict[str, Field[Any]] = {
    "id": required(located(_SLUG)),
    "text": required(text(600)),
    "text_en": required(text(900)),
    "clause": optional(text(300), default=""),
    "by": optional(one_of(WAYS), default="coded"),
    "when": optional(_written),
    "papers": optional(list_of(text(100), least=1), default=()),
    "from": optional(day),
    "to": optional(located(day)),
}
_AMOUNT: dict[str, Field[Any]] = {
    "text": required(text(600)),
    "text_en": required(text(900)),
    "clause": optional(text(300), default=""),
    "is": required(_written),
}
_GROUP: dict[str, Field[Any]] = {
    "name": required(_SLUG),
    "rule": required(located(one_of(RULES))),
    "limit": optional(located(text(40))),
    "text": required(text(300)),
    "text_en": required(text(600)),
}
_WINDOW: dict[str, Field[Any]] = {
    "opens": required(_DAY_OF_YEAR),
    "closes": required(_DAY_OF_YEAR),
    "text": optional(text(200), default=""),
    "text_en": optional(text(300), default=""),
}
_WITHOUT_APPLICATION: dict[str, Field[Any]] = {
    "clause": optional(text(300), default=""),
    "consent_days": required(whole(1, 90)),
    "notice_days": required(whole(0, 90)),
    "text": optional(text(300), default=""),
    "text_en": optional(text(600), default=""),
}
_POLICY: dict[str, Field[Any]] = {
    "benefit": required(one_of(BENEFITS)),
    "confidence": required(one_of(CONFIDENCE)),
    "subject": optional(one_of(SUBJECTS), default="organisation"),
    "summary": required(WORDS),
    "office": required(WORDS),
    "apply": optional(WORDS),
    "windows": optional(list_of(located(record(Window, _WINDOW)), least=1), default=()),
    "budget": optional(located(text(40))),
    "once": optional(yes_no, default=False),
    "without_application": optional(located(record(WithoutApplication, _WITHOUT_APPLICATION))),
    "parameters": optional(list_of(record(_parameter, _PARAMETER), least=1), default=()),
    "formulas": optional(list_of(record(_formula, _FORMULA), least=1), default=()),
    "requirements": required(list_of(record(_requirement, _REQUIREMENT), least=1)),
    "amount": optional(record(_amount, _AMOUNT)),
    "groups": optional(list_of(record(GroupText, _GROUP), least=1), default=()),
}


def read_policy(body: Mapping) -> PolicyText:
    """Returns the entries after the header. ProblemError with everything that does not fit the form."""
    return record(PolicyText, _POLICY, elsewhere=HEADER_KEYS)(body)

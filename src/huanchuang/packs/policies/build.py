"""Turns the texts of a policy into the values the engine decides by; every mistake with its line and what to write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from huanchuang.engines.expression import Expression, Parameter, Vocabulary, read
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.reading import Wanted
from huanchuang.engines.expression.simplify import settle
from huanchuang.engines.expression.types import MONEY, Product, number, read_unit
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.rules import Amount, DatedParameter, Formula, Group, Policy, Requirement, Wording
from huanchuang.packs.policies.criteria import Criteria, constant_of, exactness
from huanchuang.packs.policies.reading import (
    AmountText,
    DatedText,
    FormulaText,
    GroupText,
    ParameterText,
    PolicyText,
    RequirementText,
    Written,
)
from huanchuang.packs.problems import Gather, Place
from huanchuang.packs.schema import Located

_NAME = re.compile(r"[^\W\d_][\w-]*")
_LINE = re.compile(r"^第(\d+)行|^line (\d+), ")


@dataclass
class Builder:
    """One policy on its way: the names its expressions may use grow as parameters and formulas are read."""

    criteria: Criteria
    gather: Gather = field(default_factory=Gather)
    places: dict[str, Place] = field(default_factory=dict)
    vocabulary: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        self.vocabulary = self.criteria.vocabulary

    def policy(self, written: PolicyText) -> Policy:
        """The policy, without what its header says. ProblemError with all mistakes."""
        parameters = [self._parameter(one) for one in written.parameters]
        formulas = [self._formula(one) for one in written.formulas]
        requirements = [self._requirement(one) for one in written.requirements]
        amount = None if written.amount is None else self._amount(written.amount)
        groups = [self._group(one) for one in written.groups]
        if written.budget is not None:
            self._money(written.budget)
        if written.without_application is not None and written.amount is None:
            self.gather.add("nothing-to-give", written.without_application.place)
        self.gather.settle()
        return Policy(
            id="",
            version="",
            title=Wording(""),
            requirements=tuple(one for one in requirements if one is not None),
            parameters=tuple(one for one in parameters if one is not None),
            formulas=tuple(one for one in formulas if one is not None),
            amount=amount,
            groups=tuple(groups),
            is_once=written.once,
        )

    def _named(self, name: Located[str]) -> bool:
        """Whether a name is free and can be written in an expression; what is wrong is kept."""
        taken = self.criteria.fact(name.value)
        if not _NAME.fullmatch(name.value):
            self.gather.add("bad-name", name.place, name=name.value)
        elif name.value in self.places:
            first = self.places[name.value]
            self.gather.add(
                "duplicate-name",
                name.place,
                name=name.value,
                other=name.value,
                first=first.zh,
                first_en=first.en,
            )
        elif taken is not None:
            self.gather.add("name-of-fact", name.place, name=name.value, fact=taken.zh, fact_en=taken.en)
        else:
            self.places[name.value] = name.place
            return True
        return False

    def _parameter(self, written: ParameterText) -> DatedParameter | None:
        unit = read_unit(written.unit.value)
        if unit is None:
            self.gather.add("unknown-unit", written.unit.place, unit=written.unit.value)
        if not self._named(written.name) or unit is None:
            return None
        step, limit = exactness(*unit, is_count=False)
        name = written.name.value
        parameter = Parameter(name, name, written.name_en, number(unit[0]), step, limit)
        self.vocabulary = replace(self.vocabulary, parameters=(*self.vocabulary.parameters, parameter))
        values: dict[date, Plain | None] = {}
        for dated in written.values:
            if dated.value.begins in values:
                self.gather.add("date-twice", dated.place, day=dated.value.begins)
            values[dated.value.begins] = self._value(dated.value, parameter, unit, written.unit.value)
        return DatedParameter(parameter, tuple(values.items()), written.clause)

    def _value(
        self, dated: DatedText, parameter: Parameter, unit: tuple[Product | None, Fraction], written: str
    ) -> Plain | None:
        if dated.value is None:
            return None
        constant = constant_of(dated.value.value)
        if constant is None or isinstance(constant.value, bool | str) or constant.value is None:
            self.gather.add("not-a-value", dated.value.place, value=dated.value.value, unit=written)
            return None
        value = Fraction(constant.value)
        if constant.type.is_bare and parameter.type.unit != MONEY:
            value *= unit[1]
        elif constant.type != parameter.type:
            self.gather.add("not-a-value", dated.value.place, value=dated.value.value, unit=written)
            return None
        if not parameter.admits(value):
            self.gather.add("value-too-fine", dated.value.place, value=dated.value.value)
            return None
        return value

    def _formula(self, written: FormulaText) -> Formula | None:
        expression = self._read(written.text, "any")
        if not self._named(written.name) or expression is None:
            return None
        name = written.name.value
        term = expression.named(name, name, written.name_en)
        self.vocabulary = replace(self.vocabulary, terms=(*self.vocabulary.terms, term))
        return Formula(name, Wording(name, written.name_en), expression, written.clause)

    def _requirement(self, written: RequirementText) -> Requirement | None:
        place = written.id.place
        if written.id.value in self.places:
            self.gather.add(
                "requirement-twice", place, name=written.id.value, first=self.places[written.id.value].zh
            )
        self.places[written.id.value] = place
        if written.when is None and written.by == "coded":
            self.gather.add("nothing-asked", place, name=written.id.value)
        if written.begins and written.ends and written.ends.value < written.begins:
            self.gather.add("validity", written.ends.place, first=written.begins, last=written.ends.value)
        condition = None if written.when is None else self._read(written.when, "condition")
        return Requirement(
            written.id.value,
            Wording(written.text, written.text_en),
            written.clause,
            written.by,  # type: ignore[arg-type]
            condition,
            written.papers,
            written.begins,
            None if written.ends is None else written.ends.value,
        )

    def _amount(self, written: AmountText) -> Amount | None:
        """The amount; whatever its formula gives is rounded to the nearest fen at the end, a half upwards."""
        expression = self._read(written.formula, "money")
        if expression is None:
            return None
        node = expression.node
        rounded = settle(
            ops.Round(type=node.type, parts=(node,), place=node.place, step=Fraction(1), way="nearest")
        )
        is_whole = isinstance(node, ops.Round) and node.step.denominator == 1
        found = expression if is_whole else Expression(expression.text, rounded)
        return Amount(found, Wording(written.text, written.text_en), written.clause)

    def _group(self, written: GroupText) -> Group:
        limit = None if written.limit is None else self._money(written.limit)
        if written.rule.value == "total" and written.limit is None:
            self.gather.add("limit-missing", written.rule.place, name=written.name)
        elif written.rule.value != "total" and written.limit is not None:
            self.gather.add("limit-unwanted", written.limit.place, name=written.name, rule=written.rule.value)
        wording = Wording(written.text, written.text_en)
        return Group(written.name, written.rule.value, limit, wording)  # type: ignore[arg-type]

    def _money(self, written: Located[str]) -> int | None:
        """An amount of money in fen."""
        constant = constant_of(written.value)
        if constant is None or constant.type.unit != MONEY or not isinstance(constant.value, int | Fraction):
            self.gather.add("not-money", written.place, value=written.value)
            return None
        return int(constant.value)

    def _read(self, written: Written, wanted: Wanted) -> Expression | None:
        """The checked expression; its mistakes are told with the line of the file."""
        try:
            return read(written.text, self.vocabulary, wanted)
        except ProblemError as error:
            for one in error.problems:
                english = one.en or one
                inner = _LINE.match(one.where)
                place = written.line(int(inner.group(1))) if inner else written.place
                self.gather.add(
                    "expression",
                    place,
                    where=_LINE.sub("", one.where),
                    what=one.what,
                    remedy=one.remedy,
                    where_en=_LINE.sub("", english.where),
                    what_en=english.what,
                    remedy_en=english.remedy,
                )
            return None

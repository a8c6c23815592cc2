"""Reads what a call gives: the day, the policies, the facts. Every mistake is named with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from huanchuang.engines.expression import Fact, Record
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel import Period, Problem, ProblemError, ProblemText
from huanchuang.orm import clock
from huanchuang.packs.policies import criteria
from huanchuang.policies.queries.library import Listed, in_force, listed

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2199, 12, 31)
Given = Mapping[str, str | dict[str, str]]
Answers = Mapping[str, Mapping[str, bool]]


def day_of(given: dt.date | None) -> dt.date:
    """The day asked about, today unless said."""
    day = given or clock.today()
    if not EARLIEST <= day <= LATEST:
        raise ProblemError(_problem("as_of", f"{day}超出了可测算的年份", f"{day} lies outside of the years that can be asked"))  # fmt: skip
    return day


def policies_of(names: Sequence[str], day: dt.date) -> list[Listed]:
    """The policies asked for, each once; all in force where none is named."""
    if not names:
        return list(in_force(day))
    known = _known(day)
    return [_named(name, known) for name in dict.fromkeys(names)]


def _known(day: dt.date) -> Mapping[str, Listed]:
    """Every policy by its id, in the version that decides on the day: asked for once a call."""
    return {one.id: one for one in listed(day)}


def _named(name: str, known: Mapping[str, Listed]) -> Listed:
    if name not in known:
        raise ProblemError(_problem("policies", f"没有这项政策：{name[:80]}", f"no such policy: {name[:80]}"))
    return known[name]


def check_answers(answers: Answers, day: dt.date) -> None:
    """An answer to what nobody asks would be passed over in silence; it is a mistake of the asker."""
    known = _known(day) if answers else {}
    for name, said in answers.items():
        asked = {one.id for one in _named(name, known).policy.requirements}
        for requirement in said:
            if requirement not in asked:
                place = f"answers.{name}"
                zh, en = f"没有这项条件：{requirement[:80]}", f"no such requirement: {requirement[:80]}"
                raise ProblemError(_problem(place, zh, en))


def record_of(given: Given) -> Record:
    """What is given as the engine takes it; ProblemError with everything that is wrong."""
    facts: dict[tuple[str, str], Plain | None] = {}
    problems: list[Problem] = []
    for name, said in given.items():
        fact = criteria().fact(name)
        if fact is None:
            problems.append(_problem(name, "指标字典里没有这个名称", "is no name of the fact dictionary"))
            continue
        dated = said if isinstance(said, dict) else {"": said}
        for period, text in dated.items():
            found = _one(fact, name, period, text)
            if isinstance(found, Problem):
                problems.append(found)
            elif (fact.key, found[0]) in facts:
                problems.append(_problem(f"{name} {period}".strip(), "同一项给了两次", "is given twice"))
            else:
                facts[fact.key, found[0]] = found[1]
    if problems:
        raise ProblemError(problems)
    return Record(facts)


def _one(fact: Fact, name: str, period: str, text: str) -> tuple[str, Plain] | Problem:
    """Code of the period and value, or what is wrong with them."""
    place = f"{name} {period}".strip()
    if (period == "") != (fact.period == "none"):
        return _problem(
            name, "分期的数据按年给出，不分期的直接给值", "is given by year if it is yearly, plainly if not"
        )
    code = _period(period, fact.period) if period else ""
    if code is None:
        return _problem(place, f"“{period}”不是这项数据的期间", f'"{period}" is no period of this fact')
    value = criteria().value(fact, text)
    if value is None:
        return _problem(place, f"读不出“{text[:40]}”", f'"{text[:40]}" cannot be read')
    return code, value


def _period(text: str, kind: str) -> str | None:
    try:
        found = Period.parse(text)
    except ProblemError:
        return None
    return found.code if found.kind == kind else None


def _problem(place: str, zh: str, en: str) -> Problem:
    return Problem(
        place,
        zh,
        "请对照接口说明改正这一项，其余内容不用改",
        "policies.api.given",
        ProblemText(place, en, "Put this one right as the documentation of the API says; the rest can stay"),
    )

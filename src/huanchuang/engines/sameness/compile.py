"""From the words of a sameness pack to compiled rules. The data come from YAML read with all scalars as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.sameness.rules import (
    FIELDS,
    FieldRule,
    NameWords,
    Outcome,
    PeopleWords,
    Rules,
    Scale,
)
from huanchuang.engines.sameness.signs import Signs
from huanchuang.engines.sameness.values import Mark

Data = Mapping[str, Any]
MODEL = "national.same-or-different"


def compile_rules(data: Data, signs: Mapping[str, str], pack_id: str) -> Rules:
    """Compile a sameness pack; raises ProblemError naming the key that is missing or what is wrong with it."""
    try:
        folded = Signs(signs)
        scales = {kind: _scale(data["scales"][kind], kind) for kind in FIELDS}
        return Rules(
            pack_id,
            folded,
            _names(data["names"], folded),
            _people(data["people"], folded),
            MappingProxyType(scales),
        )
    except re.error as error:
        raise _bad(
            f"表达式 {error.pattern!r} 有误（{error.msg}）", f"pattern {error.pattern!r}: {error.msg}"
        ) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _bad(f"缺少或写错 {error}", f"missing or wrong: {error}") from error


def _bad(zh: str, en: str) -> ProblemError:
    return refuse(
        "sameness.rules",
        ("同异判定包", zh, f"对照随附的 {MODEL} 改正"),
        ("sameness pack", en, f"Compare it with {MODEL}"),
    )


def _any_of(words: Iterable[str], end: str = "") -> re.Pattern[str]:
    """Any of some literal words, the longest first; never matches when there is none."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(f"(?:{listed or '(?!)'}){end}")


def _names(data: Data, signs: Signs) -> NameWords:
    forms = [(signs.counted(word), form) for form, words in data["forms"].items() for word in words]
    short = [(long, short) for long, short in data["shortened"].items()]
    return NameWords(
        forms=tuple(sorted(forms, key=lambda entry: (-len(entry[0]), entry[0]))),
        kindred_forms=frozenset(frozenset(pair) for pair in data["kindred_forms"]),
        group=data["group"],
        heads=re.compile("|".join(data["heads"])),
        bodies=_any_of(data["bodies"], "$"),
        bare=re.compile("|".join(data["bare"])),
        parts=re.compile(f"(?:{'|'.join(data['parts'])})$"),
        common=_any_of(data["common"]),
        shortened=tuple(sorted(short, key=lambda entry: -len(entry[0]))),
        former=_any_of(data["former"]),
        titles=_any_of(data["titles"], "$"),
    )


def _people(data: Data, signs: Signs) -> PeopleWords:
    titles = {title: step for step, words in enumerate(data["ladder"]) for title in words}
    return PeopleWords(
        common_surnames=frozenset(data["common_surnames"]),
        double_surnames=frozenset(data["double_surnames"]),
        common_given=frozenset(data["common_given"]),
        large_units=re.compile("|".join(data["large_units"])),
        stand_ins=MappingProxyType({signs.bare(rare): plain for rare, plain in data["stand_ins"].items()}),
        titles=MappingProxyType(titles),
    )


def _scale(data: Data, kind: str) -> Scale:
    fields: Data = data["fields"]
    _complete(fields, FIELDS[kind], f"scales.{kind}.fields")
    return Scale(
        prior=float(data["prior"]),
        same=float(data["same"]),
        different=float(data["different"]),
        fields=MappingProxyType(
            {name: _field(fields[name], f"{kind}.{name}", known) for name, known in FIELDS[kind].items()}
        ),
    )


def _field(data: Data, name: str, known: frozenset[str]) -> FieldRule:
    outcomes: Data = data["outcomes"]
    _complete(outcomes, known, name)
    return FieldRule(
        data["zh"], data["en"], MappingProxyType({found: _outcome(outcomes[found]) for found in outcomes})
    )


def _outcome(data: Data) -> Outcome:
    cap = data.get("cap")
    return Outcome(
        Mark(data["mark"]), float(data["bits"]), data["zh"], data["en"], None if cap is None else float(cap)
    )


def _complete(given: Data, known: Iterable[str], place: str) -> None:
    """Every name the engine knows has its entry, and there is no other."""
    known = set(known)
    strange: Sequence[str] = sorted(set(given) ^ known)
    if strange:
        raise ValueError(f"{place}: {', '.join(strange)}")

"""The forms of a drafting pack as compiled patterns. Slots and fragments stand in braces; the pack explains them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.engines.kernel.figures import words as figures
from huanchuang.engines.reader.flow import FOLD
from huanchuang.packs.schema import YES_NO

Data = Mapping[str, Any]
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千]{1,8})"
_BEFORE = {word: sign for word, sign in figures.BEFORE_BOUNDS.items() if sign in (">=", ">", "<=", "<")} | {
    "达到": ">=", "达": ">=", "达到或超过": ">=", "不得高于": "<=", "不得超过": "<=",
}  # fmt: skip
_AFTER = {word: sign for word, sign in figures.AFTER_BOUNDS.items() if sign != "~"}
_UNIT = r"(?:[%‰]|百分点|[一-龥]{1,5}?)"
_WITH = r"(?:\(?(?P<with>含本数|不含本数|不含|含)[\d.]{0,6}[一-龥%]{0,3}\)?)?"
_MONEY = rf"{_NUMBER}(?:万|亿|千万|百万)?元"
_SLOTS = {
    "fact": r"(?P<fact>[^,;。:]{2,40}?)",
    "other": r"(?P<other>[^,;。:]{2,30}?)",
    "base": r"(?P<base>[^,;。:]{2,30}?)",
    "bound": rf"(?:在)?(?P<bound>(?:{figures.either(_BEFORE)})?{_NUMBER}{_UNIT}(?:\(不?含(?:本数)?\))?(?:{figures.either(_AFTER)})?(?:\(不?含[^()]{{0,8}}\))?)",
    "amount": rf"(?P<bound>{_NUMBER}{_UNIT}(?:{figures.either(_AFTER)})?(?:\(不?含[^()]{{0,8}}\))?)",
    "span": rf"(?P<span>{_NUMBER}(?:个?周年|年|个月|天|日|个日历天|个自然日))",
    "place": r"(?P<place>[^,;。:在]{2,12}?)",
    "share": rf"(?P<share>{_NUMBER}[%‰]|百分之[〇零一二两三四五六七八九十百点]+)",
    "money": rf"(?P<money>{_MONEY})(?:人民币)?",
    "cap": rf"(?P<cap>{_MONEY})(?:人民币)?",
    "year": r"(?P<year>20\d\d)年(?:度)?",
    "opens": r"(?P<opens>\d{1,2}月(?:\d{1,2}日|[上中下]旬|初|底)?)",
    "closes": r"(?P<closes>\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末)?)",
    "day": r"(?P<day>20\d\d年\d{1,2}月\d{1,2}日)",
}
_BOUND = re.compile(
    rf"(?P<before>{figures.either(_BEFORE)})?(?P<number>{_NUMBER})(?P<unit>{_UNIT})(?:\((?P<with>不?含)(?:本数)?\))?"
    rf"(?P<after>{figures.either(_AFTER)})?(?:\((?P<within>不?含)[^()]{{0,8}}\))?"
)
_PERCENT = re.compile(r"百分之([〇零一二两三四五六七八九十百点]+)")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say a condition or an amount, and the text in the language of criteria that it means."""

    id: str
    pattern: re.Pattern[str]
    means: str
    sure: bool = True
    within: str = ""
    apart: bool = False
    needs: re.Pattern[str] | None = None
    lacks: re.Pattern[str] | None = None

    def match(self, text: str) -> re.Match[str] | None:
        """The match of the whole text, None where a word it needs is missing or one it may not have is there."""
        found = self.pattern.fullmatch(text)
        if found is None or (self.needs and not self.needs.search(text)):
            return None
        return None if self.lacks and self.lacks.search(text) else found


@dataclass(frozen=True, slots=True)
class Name:
    """What papers call a fact."""

    fact: str
    words: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, eq=False)
class Words:
    """All that a drafting pack says."""

    contexts: tuple[tuple[str, re.Pattern[str]], ...]
    one: Mapping[str, re.Pattern[str]]
    names: tuple[Name, ...]
    counted_alike: tuple[frozenset[str], ...]
    conditions: tuple[Form, ...]
    amounts: tuple[Form, ...]
    documents: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    groups: tuple[tuple[str, re.Pattern[str]], ...]

    def context(self, text: str) -> str | None:
        """What a heading says of what stands below it."""
        return next((name for name, pattern in self.contexts if pattern.search(text)), None)


_SINGLE = (
    "asks", "not_asked", "bound_together", "hanging", "shared_time", "shares_time", "subjects", "lead", "tail", "closing", "before_name", "after_name", "place_before", "gives", "most", "who",
    "windows", "window_month", "budget", "once", "office",
)  # fmt: skip
_TIMES = ("from_day", "from_issue", "to_day", "for_years")


def compile_words(data: Data, pack_id: str) -> Words:
    """The words of a pack; ProblemError naming the key that is missing or the pattern that is wrong."""
    try:
        return _compile(data)
    except re.error as error:
        raise _bad(
            pack_id,
            f"表达式 {error.pattern!r} 有误（{error.msg}）",
            f"pattern {error.pattern!r}: {error.msg}",
        ) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _bad(pack_id, f"缺少或写错 {error}", f"missing or wrong: {error}") from error


def _bad(pack_id: str, zh: str, en: str) -> ProblemError:
    return refuse(
        "packs.drafting",
        (f"转写规则包 {pack_id}", zh, "对照随附的 national.policy-papers 改正"),
        (f"drafting pack {pack_id}", en, "Compare it with national.policy-papers"),
    )


def _compile(data: Data) -> Words:
    fragments = {**data["fragments"], "subjects": data["subjects"]}

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(_filled(text, fragments))

    def form(entry: Data, means: str) -> Form:
        needs, lacks = (pattern(entry[key]) if key in entry else None for key in ("needs", "lacks"))
        return Form(
            entry["id"], pattern(entry["pattern"]), entry[means] or "", YES_NO[entry.get("sure", "yes")],
            entry.get("within", ""), YES_NO[entry.get("apart", "no")], needs, lacks,
        )  # fmt: skip

    one = {key: pattern(data[key]) for key in _SINGLE}
    one |= {key: pattern(data["in_force"][key]) for key in _TIMES}
    return Words(
        contexts=tuple((entry["is"], pattern(entry["pattern"])) for entry in data["contexts"]),
        one=one,
        names=tuple(Name(n["fact"], tuple(n["words"]), YES_NO[n.get("sure", "yes")]) for n in data["names"]),
        counted_alike=tuple(frozenset(group) for group in data["counted_alike"]),
        conditions=tuple(form(entry, "when") for entry in data["conditions"]),
        amounts=tuple(form(entry, "is") for entry in data["amounts"]),
        documents=tuple((pattern(e["pattern"]), tuple(e.get("papers", ()))) for e in data["documents"]),
        groups=tuple((entry["rule"], pattern(entry["pattern"])) for entry in data["groups"]),
    )


def _filled(text: str, fragments: Mapping[str, str]) -> str:
    """Fragments put in, then slots; a name that is neither is a mistake of the pack."""
    known = {**_SLOTS, **fragments}
    for _ in range(4):  # a fragment may speak of others, not without end
        text = re.sub(r"\{([a-z_]+)\}", lambda found: known[found[1]], text)
    return text


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound as written: >= 500 万元."""

    sign: str
    number: str
    unit: str


def limit_of(text: str) -> Limit | None:
    """不低于500万元, 10%以上, 百分之五以上 as sign, number and unit; None where the text does not say which way it binds."""
    found = _BOUND.fullmatch(_PERCENT.sub(r"\1%", text))
    if found is None:
        return None
    sign = _AFTER.get(found["after"] or "") or _BEFORE.get(found["before"] or "")
    if sign is None or (found["after"] and found["before"] and _BEFORE[found["before"]][0] != sign[0]):
        return None
    said = found["within"] or found["with"]
    if said is not None:
        sign = sign[0] + ("=" if said == "含" else "")
    return Limit(sign, found["number"], found["unit"])


def folded(text: str) -> str:
    """A text as the forms are matched: widths folded, no blanks."""
    return "".join(text.translate(FOLD).split())

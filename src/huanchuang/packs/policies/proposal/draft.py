"""The files of a pack from confirmed proposals: policy, example cases, README. They pass the loader's check as they are.

What a person has still to add is said in the file (English wording, benefit), never made up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from huanchuang.engines.expression import Situation, read
from huanchuang.engines.expression.explain import phrase
from huanchuang.engines.kernel import ProblemError
from huanchuang.packs.policies.criteria import Criteria
from huanchuang.packs.policies.proposal.boundaries import Example, examples
from huanchuang.packs.policies.proposal.values import Item

_SPACE = re.compile(r"\s+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_PENDING_EN = "English wording to be written; the Chinese text holds"
_MOST_CASES = 60
_BENEFITS = (
    ("loan", "贷款|贴息|担保"), ("voucher", "创新券|服务券"), ("recognition", "认定|评价|入库|备案"), ("talent", "人才|引才"),
    ("reward", "奖励"), ("subsidy", "补助|补贴|资助|奖补"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggested:
    """A case put to the officer: its sentence, the requirement asked about, facts, and what is expected."""

    name: str
    ask: str
    facts: Mapping[tuple[str, str], str]
    gives: str


def files_of(pack_id: str, items: Iterable[Item], criteria: Criteria, today: date) -> Mapping[str, str]:
    """The files of a draft from items that were confirmed; `today` stands in where the paper names no first day."""
    writer = _Writer(pack_id, tuple(items), criteria, today)
    return MappingProxyType(
        {"policy.yaml": writer.policy(), "cases.yaml": writer.cases(), "README.md": writer.readme()}
    )


def suggested_cases(
    requirement: str, text: str, when: str, criteria: Criteria, as_of: date
) -> tuple[Suggested, ...]:
    """The cases on the threshold of one condition."""
    return tuple(
        Suggested(_sentence(text, one, number), requirement, one.facts, "yes" if one.holds else "no")
        for number, one in enumerate(examples(when, criteria, as_of))
    )


def _sentence(text: str, example: Example, number: int) -> str:
    facts = "、".join(
        f"{year + '年' if year else ''}{name}{value}" for (name, year), value in example.facts.items()
    )
    return _short(
        f"{_short(text, 40)}：{facts[:110]}，{'符合' if example.holds else '不符合'}（{number + 1}）", 200
    )


class _Writer:
    """One draft."""

    def __init__(self, pack_id: str, items: tuple[Item, ...], criteria: Criteria, today: date) -> None:
        self.pack_id, self.items, self.criteria = pack_id, items, criteria
        self.first = _day(self._frame("valid_from")) or today
        last = _day(self._frame("valid_to"))
        self.last = last if last is not None and last >= self.first else None
        self.requirements = [(f"r{n}", item) for n, item in enumerate(self._of("requirement"), start=1)]

    def _of(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]

    def _frame(self, name: str) -> str:
        return next((item.value[name] for item in self._of("frame") if name in item.value), "")

    @property
    def as_of(self) -> date:
        """The day that cases ask about: inside of the validity."""
        return self.first

    def policy(self) -> str:
        """policy.yaml"""
        return "\n".join(
            [*self._header(), *self._about(), *self._conditions(), *self._amount(), *self._groups(), ""]
        )

    def _header(self) -> Iterator[str]:
        title = _short(self._frame("title"), 200) or self.pack_id
        yield f"id: {self.pack_id}"
        yield f"title: {_quoted(title)}"
        yield f"title_en: {_quoted(_short(self._frame('title_en'), 300) or 'English title to be written')}"
        yield "version: 1.0"
        yield f"valid_from: {self.first.isoformat()}"
        yield f"valid_to: {self.last.isoformat() if self.last else ''}".rstrip()
        yield "sources:"
        yield f"  - title: {_quoted(title)}"
        number = _short(self._frame("number"), 100)
        if number:
            yield f"    number: {_quoted(number)}"
        yield ""

    def _about(self) -> Iterator[str]:
        title = self._frame("title")
        everything = title + "".join(item.text for item in self._of("amount"))
        benefit = next((name for name, words in _BENEFITS if re.search(words, everything)), "service")
        given = self._of("amount")
        yield "# 支持方式按字面提出，请核对：recognition 认定、subsidy 补助、reward 奖励、tax 税收、loan 贷款、voucher 券、service 服务、talent 人才、duty 义务"
        yield f"benefit: {benefit}"
        yield "confidence: medium"
        yield "summary:"
        yield f"  zh: {_quoted(_short(given[0].text if given else title, 300) or self.pack_id)}"
        yield f"  en: {_quoted(_PENDING_EN)}"
        office = _short(self._frame("office") or self._frame("issuer"), 300)
        yield "office:"
        yield f"  zh: {_quoted(office or '待补充')}"
        yield f"  en: {_quoted(_PENDING_EN if office else 'to be added')}"
        windows = self._of("window")
        if windows:
            yield "windows:"
        for window in windows:
            yield f"  - opens: {window.value['opens']}"
            yield f"    closes: {window.value['closes']}"
        if self._frame("budget"):
            yield f"budget: {self._frame('budget')}"
        if self._frame("once") == "yes":
            yield "once: yes"
        yield ""

    def _conditions(self) -> Iterator[str]:
        if any(not item.value.get("is") for item in self._of("amount")[:1]):
            yield "# 文件没有给出能算的标准：核定数由人填，不填就是“未知”"
            yield "parameters:"
            yield "  - name: 核定支持金额"
            yield "    name_en: amount fixed by the office"
            yield "    unit: 元"
            yield ""
        yield "requirements:"
        if not self.requirements:
            yield from self._asked(
                "r1",
                "",
                f"符合《{_short(self._frame('title'), 100) or self.pack_id}》规定的条件",
                "human",
                "",
                [],
            )
        for name, item in self.requirements:
            papers = [
                one for one in (_short(p, 100) for p in item.value.get("papers", "").split("、")) if one
            ]
            text = item.value.get("text") or item.text
            yield from self._asked(
                name, item.clause, text, item.value.get("by", "human"), item.value.get("when", ""), papers
            )
        yield ""

    def _asked(
        self, name: str, clause: str, text: str, by: str, when: str, papers: list[str]
    ) -> Iterator[str]:
        yield f"  - id: {name}"
        if _short(clause, 300):
            yield f"    clause: {_quoted(_short(clause, 300))}"
        yield f"    text: {_quoted(_short(text, 600) or name)}"
        yield f"    text_en: {_quoted(self._english(when) or _PENDING_EN)}"
        if by != "coded":
            yield f"    by: {by}"
        elif when:
            yield "    when: |"
            yield f"      {_SPACE.sub(' ', when).strip()}"
        if papers:
            yield f"    papers: [{', '.join(map(_quoted, papers))}]"

    def _english(self, when: str) -> str:
        """What a condition says, in English."""
        try:
            bound = read(when, self.criteria.vocabulary, "condition").at(Situation(self.as_of))
        except ProblemError:
            return ""
        said = phrase(bound.node, "en")
        return _short(said if "@2" in when else _without_years(said, self.as_of.year), 900)

    def _amount(self) -> Iterator[str]:
        given = self._of("amount")[:1]
        for item in given:
            formula = item.value.get("is") or _open_amount(item.value.get("cap", ""))
            yield "amount:"
            if _short(item.clause, 300):
                yield f"  clause: {_quoted(_short(item.clause, 300))}"
            yield f"  text: {_quoted(_short(item.value.get('text') or item.text, 600) or '金额')}"
            yield f"  text_en: {_quoted(_PENDING_EN)}"
            yield "  is: |"
            yield f"    {_SPACE.sub(' ', formula).strip()}"
            yield ""

    def _groups(self) -> Iterator[str]:
        groups = {item.value["rule"]: item for item in self._of("group")}
        if groups:
            yield "groups:"
        for rule, item in groups.items():
            yield f"  - name: {self.pack_id.replace('.', '-')}-{rule}"
            yield f"    rule: {rule}"
            if rule == "total":
                yield f"    limit: {item.value['limit']}"
            yield f"    text: {_quoted(_short(item.text, 300) or rule)}"
            yield f"    text_en: {_quoted(_PENDING_EN)}"

    def cases(self) -> str:
        """cases.yaml: nothing known, then two or more on each threshold."""
        lines = [
            "# 案例按门槛提出：恰在门槛上的、差最小一步的，应得什么由条件的写法定；确认或改正后提交",
            "cases:",
        ]
        lines += self._case("什么都不知道，无法判断", "result", {}, "unknown")
        names: set[str] = set()
        for name, item in self.requirements:
            for one in self._suggested(name, item):
                if one.name not in names and len(names) < _MOST_CASES:
                    names.add(one.name)
                    lines += self._case(one.name, one.ask, one.facts, one.gives)
        return "\n".join([*lines, ""])

    def _suggested(self, name: str, item: Item) -> tuple[Suggested, ...]:
        if item.value.get("by") != "coded":
            return ()
        text = item.value.get("text") or item.text
        return suggested_cases(name, f"{name} {text}", item.value.get("when", ""), self.criteria, self.as_of)

    def _case(self, name: str, ask: str, facts: Mapping[tuple[str, str], str], gives: str) -> list[str]:
        lines = [f"  - name: {_quoted(name)}", f"    ask: {ask}", f"    of: {self.as_of.isoformat()}"]
        by_name: dict[str, dict[str, str]] = {}
        for (fact, year), value in facts.items():
            by_name.setdefault(fact, {})[year] = value
        if by_name:
            lines += ["    more:", "      facts:"]
        for fact, years in by_name.items():
            timeless = years.get("")
            shown = (
                timeless
                if timeless is not None
                else "{" + ", ".join(f"{y}: {v}" for y, v in years.items()) + "}"
            )
            lines.append(f"        {_quoted(fact)}: {shown}")
        return [*lines, f"    gives: {gives}"]

    def readme(self) -> str:
        """README.md: where each item comes from."""
        rows = "\n".join(
            f"| {_cell(item.value.get('when') or item.value.get('is') or item.text, 80)} | {_cell(item.clause, 40) or '—'} | {_SURENESS.get(item.confidence, '—')} |"
            for item in self.items
            if item.kind in ("requirement", "amount")
        )
        title = _short(self._frame("title"), 200) or self.pack_id
        return (
            f"# {self.pack_id}\n\n由《{title}》转写，逐条经人确认。\n\n## 依据\n\n| 内容 | 条款 | 提出时的把握 |\n|---|---|---|\n{rows}\n\n"
            "## 待补充\n\n英文说明；支持方式；文件没有写明的取数口径。\n"
        )


_SURENESS = {"high": "高", "medium": "中", "low": "由人判断"}


def _open_amount(cap: str) -> str:
    return f"cap(核定支持金额, {cap})" if cap else "核定支持金额"


def _without_years(said: str, year: int) -> str:
    """The last year instead of 2025: the condition holds in every year."""
    said = re.sub(
        rf" of (\d{{4}}) to {year - 1}", lambda found: f" of the last {year - int(found[1])} years", said
    )
    return said.replace(f" of {year - 1}", " of the last year").replace(
        f" of {year - 2}", " of the year before last"
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _short(text: str, longest: int) -> str:
    """One line without what cannot be printed, cut with an ellipsis."""
    line = _SPACE.sub(" ", _UNPRINTABLE.sub(" ", text)).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _cell(text: str, longest: int) -> str:
    return _short(text, longest).replace("|", "／")

"""Documents to be issued: 出台《…》, 制定…办法, …规划编制.

What has been issued already (制定了, 已印发, in a section on the past) and what is only cited (按照…印发的) stays out.
"""

from __future__ import annotations

import re

from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import Issue

_MORE_TITLES = re.compile(r"[、和及与]?(《[^《》\n]{2,80}》)")
_CLAUSE_START = re.compile(r".*[,。;:!?\n]", re.DOTALL)
_LEAD_IN = re.compile(r"(?:\d+个|一批|好|并)+(?=.{4})")
_COUNTED = re.compile(
    r".*(?:等\d+个|完成)|(?:.{0,12}?(?:将|拟|要|继续|进一步|切实|积极|抓紧))?(?:加强|加快|推进|开展|启动|做好|抓好|抓紧|组织)(?=.{4})"
)
_WHILE = re.compile(r"[^,。;\n]{0,20}(?:时|过程中)[,。]")
_TAIL_OF_NOTICE = re.compile(r"的(?:通知|函|公告|决定)")


def issues_of(flow: Flow, grammar: Grammar, outline: Outline, body: int) -> list[Issue]:
    """All documents to be issued from position `body` of the flow on."""
    spans: dict[int, tuple[int, str]] = {}
    text = flow.text
    for pattern in (grammar.issuing.titled, grammar.issuing.revised):
        for match in pattern.finditer(text, body):
            if _ahead(text, match.start(), match.end(), grammar, outline):
                spans[match.start("title")] = (match.end("title"), match[0].replace(match["title"], "…"))
                for more in _row(text, match.end("title")):
                    spans[more.start(1)] = (more.end(1), "并列")
    taken = _mask(len(text), spans)
    named = (*grammar.issuing.following.finditer(text, body), *grammar.issuing.named.finditer(text, body))
    for match in named:
        start = _begin(match["title"], match.start("title"))
        usable = not taken[start] and not grammar.issuing.not_title.match(text, start)
        if usable and _ahead(text, match.start(), match.end(), grammar, outline):
            spans[start] = (match.end("title"), match["verb"])
    taken = _mask(len(text), spans)
    for match in (
        *grammar.issuing.reversed.finditer(text, body),
        *grammar.issuing.assigned.finditer(text, body),
    ):
        if grammar.issuing.not_title.match(text, match.start("title")):
            continue
        start, end = match.span("title")
        counted = _COUNTED.match(text, start, end)
        start = counted.end() if counted and end - counted.end() >= 4 else start
        start = _begin(text[start:end], start)
        if not any(taken[start:end]) and _ahead(text, match.start(), match.end(), grammar, outline):
            spans[start] = (end, text[end : match.end()])
    return [_issue(flow, outline, start, end, verb) for start, (end, verb) in _once(text, outline, spans)]


def _once(
    text: str, outline: Outline, spans: dict[int, tuple[int, str]]
) -> list[tuple[int, tuple[int, str]]]:
    """A heading that names what its text names more fully (制定方案。…制定具体实施方案) counts once."""
    rows = sorted(spans.items())
    kept = []
    for index, (start, (end, verb)) in enumerate(rows):
        place = outline.at(start)
        fuller = rows[index + 1] if index + 1 < len(rows) and start < place.body else None
        repeated = (
            fuller is not None
            and outline.at(fuller[0]) is place
            and text[fuller[0] : fuller[1][0]].endswith(text[start:end])
        )
        if not repeated:
            kept.append((start, (end, verb)))
    return kept


def _mask(length: int, spans: dict[int, tuple[int, str]]) -> bytearray:
    taken = bytearray(length + 1)
    for start, (end, _) in spans.items():
        taken[start:end] = b"\x01" * (end - start)
    return taken


def _row(text: str, at: int) -> list[re.Match[str]]:
    found = []
    while match := _MORE_TITLES.match(text, at):
        found.append(match)
        at = match.end()
    return found


def _begin(title: str, start: int) -> int:
    """The title begins after words that only lead to it."""
    lead = _LEAD_IN.match(title)
    return start + (lead.end() if lead else 0)


def _ahead(text: str, start: int, end: int, grammar: Grammar, outline: Outline) -> bool:
    """Is it still to be done?"""
    before = text[max(0, start - 60) : start]
    cut = _CLAUSE_START.match(before)
    clause = before[cut.end() :] if cut else before
    if (
        grammar.issuing.past_before.search(clause)
        or _TAIL_OF_NOTICE.match(text, end)
        or text.startswith("的", end)
    ):
        return False
    if _WHILE.match(text, end):
        return False
    return outline.tense(start) != "past"


def _issue(flow: Flow, outline: Outline, start: int, end: int, verb: str) -> Issue:
    first, last = flow.place(start, end)
    title = flow.text[start:end]
    return Issue(
        flow.printed(start, end), title, first, last, outline.task(start), f"“{verb}”后面（或前面）是要出台的文件",
        repaired=flow.repaired(start, end),
    )  # fmt: skip

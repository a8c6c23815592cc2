"""The head and the foot of a paper: title, number, issuer, dates, addressee, annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from huanchuang.engines.reader.dates import number
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.values import Annex, Document

_NUMBER = re.compile(
    r"[一-龥]{1,12}(?:字|发|办|函|令|规|政|科|委|局|厅|府|党|厅字|公告|通|复|文|建|财|教|经信|工信|农|改|阅|议|任|密|综|资|环|卫|民|人社|市监|体改|计|企|投|函字)?[〔\[【(]((?:19|20)\d\d)[〕\]】)]\d{1,5}号"
)
_FULL_DATE = re.compile(
    r"((?:19|20)\d\d|[二一][〇零○九][〇零○一二三四五六七八九]{2})年([\d一二三四五六七八九十]{1,2})月([\d一二三四五六七八九十]{1,3})日"
)
_SPOKEN = re.compile(rf"(?:—+|\(){_FULL_DATE.pattern}")
_ISO_DATE = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_PARTED_DATE = re.compile(r"(20\d\d)[ ./-](\d{1,2})[ ./-](\d{1,2})")
_LOST_DATE = re.compile(r"(20\d\d)(\d{2,4})")
_HEAD_LINES = 40
_FOOT_LINES = 25
_TITLE_LINES = 3
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 120
_NO_TITLE = re.compile(r"[。:;]|^(?=[^\n]*\n)(?![^\n]*关于)|号(?:$|\n)")
_ADDRESSEE = re.compile(r"[^。:;]{2,120}:")
_ANNEX_ENTRY = re.compile(r"(?:附件|附表|附录)?[:.]?(?:\d{1,2}[.、])?(?P<title>.+)")


@dataclass(frozen=True, slots=True)
class Head:
    """The document's head, where its title stands in the flow, where the body begins and what is no running text."""

    document: Document
    title: tuple[int, int]
    body: int
    masked: tuple[tuple[int, int], ...]
    lost_date: tuple[int, int] | None


def head_of(flow: Flow, grammar: Grammar) -> Head:
    """Read head and foot."""
    lines = list(flow.paragraphs())
    first_marker = next(
        (
            i
            for i, (s, e) in enumerate(lines)
            if any(m.pattern.match(flow.text, s, e) for m in grammar.markers)
        ),
        len(lines),
    )
    top = lines[: min(first_marker, _HEAD_LINES)] or lines[:1]
    keyed, key_spans = _keyed(flow, grammar, top)
    title = _title(flow, grammar, top, key_spans) if first_marker else (0, 0)
    addressee = _addressee(flow, grammar, top, title)
    signed, signed_span, lost = _signature(flow, lines)
    body = addressee[1] if addressee else title[1]
    body = max(body, key_spans[-1][1]) if key_spans and key_spans[-1][1] < len(flow.text) // 2 else body
    own = _number_line(flow, top, body)
    body = own[1] if own else body
    date_signed = keyed.get("date_signed") or signed or _spoken(flow, top)
    published = keyed.get("date_published")
    number_match = _NUMBER.search(flow.text, 0, body + 1)
    document = Document(
        title=_printed(flow, *(title if first_marker or not top else top[0])),
        number=keyed.get("number") or (number_match[0] if number_match else None),
        issuer=keyed.get("issuer")
        or _issuer(flow, lines, signed_span)
        or _issuer_in_title(flow.text[title[0] : title[1]]),
        date=date_signed or published,
        kind=_kind(flow.text[title[0] : title[1]].replace("\n", ""), grammar),
        index_no=keyed.get("index_no"),
        addressee=_printed(flow, *addressee).rstrip(":：") if addressee else None,
        date_signed=date_signed,
        date_published=published,
        annexes=_annexes(flow, grammar, lines),
        why="标题取自首部，字段取自网页表头或落款",
        repaired=lost is not None and not keyed.get("date_signed"),
    )
    masked = [(0, body), *([signed_span] if signed_span else [])]
    return Head(document, title, body, tuple(masked), lost)


def _number_line(flow: Flow, lines: list[tuple[int, int]], body: int) -> tuple[int, int] | None:
    """The paper's own number on a line of its own right under the title; a number inside a sentence is another paper's."""
    under = next(((start, end) for start, end in lines if start >= body), None)
    return under if under and _NUMBER.fullmatch(flow.text[slice(*under)].strip(" ()")) else None


def _printed(flow: Flow, start: int, end: int) -> str:
    """As printed, on one line."""
    return "".join(flow.printed(start, end).splitlines())


def _keyed(
    flow: Flow, grammar: Grammar, lines: list[tuple[int, int]]
) -> tuple[dict[str, str], list[tuple[int, int]]]:
    """Fields of the site's header table: key and value on one line or on two."""
    names = {word: field for field, words in grammar.header.items() for word in words}
    found: dict[str, str] = {}
    spans: list[tuple[int, int]] = []
    for i, (start, end) in enumerate(lines):
        keys = list(grammar.header_key.finditer(flow.text, start, end))
        if not keys or keys[0].start() != start:
            continue
        spans.append((start, end))
        for j, key in enumerate(keys):
            stop = keys[j + 1].start() if j + 1 < len(keys) else end
            value = flow.text[key.end() : stop].strip(" |")
            if not value and stop == end and len(keys) == 1 and i + 1 < len(lines):
                value = _next_line(flow, grammar, lines[i + 1], spans)
            if value:
                found.setdefault(names[key[1]], value)
    for key_name in ("date_signed", "date_published"):
        if key_name in found:
            found[key_name] = _iso(found[key_name]) or ""
    return {key: value for key, value in found.items() if value}, spans


def _next_line(flow: Flow, grammar: Grammar, line: tuple[int, int], spans: list[tuple[int, int]]) -> str:
    text = flow.text[line[0] : line[1]]
    if grammar.header_key.match(text):
        return ""
    spans.append(line)
    return text


def _iso(text: str) -> str | None:
    match = _FULL_DATE.search(text) or _ISO_DATE.search(text)
    return _day(match[1], match[2], match[3]) if match else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(number(year), number(month), number(day)).isoformat()
    except (ValueError, KeyError):
        return None


def _title(
    flow: Flow, grammar: Grammar, top: list[tuple[int, int]], keys: list[tuple[int, int]]
) -> tuple[int, int]:
    """The first line that ends like a title, else the first that is neither furniture nor an address."""
    if not top:
        return 0, 0
    plain = [s for s in top if s not in keys and not grammar.furniture.search(flow.text, s[0], s[1])]
    for at, (start, first_end) in enumerate(plain):
        if first_end - start < _SHORTEST_TITLE:
            continue
        for _, end in plain[at : at + _TITLE_LINES]:
            text = flow.text[start:end]
            if len(text) > _LONGEST_TITLE or _NO_TITLE.search(text):
                break
            if _kind(text.replace("\n", ""), grammar):
                return start, end
    return _untitled(flow, plain or top)


def _untitled(flow: Flow, plain: list[tuple[int, int]]) -> tuple[int, int]:
    """The first line of some length; a letter that begins with whom it is written to has no title."""
    for start, end in plain:
        if flow.text[end - 1] == ":":
            return start, start
        if end - start >= _SHORTEST_TITLE:
            return start, end
    return plain[0]


def _kind(title: str, grammar: Grammar) -> str | None:
    plain = re.sub(r"\((?:试行|暂行|草案|征求意见稿|修订|送审稿|[^()]{1,12})\)$", "", title).rstrip("》”")
    endings = [word for word, _ in grammar.kinds if plain.endswith(word)]
    return max(endings, key=len) if endings else None


def _addressee(
    flow: Flow, grammar: Grammar, top: list[tuple[int, int]], title: tuple[int, int]
) -> tuple[int, int] | None:
    for start, end in top:
        text = flow.text[start:end]
        if (
            start >= title[1]
            and end - start <= 120
            and _ADDRESSEE.fullmatch(text)
            and not grammar.header_key.match(text)
        ):
            return start, end
    return None


def _signature(
    flow: Flow, lines: list[tuple[int, int]]
) -> tuple[str | None, tuple[int, int] | None, tuple[int, int] | None]:
    """The date line at the foot; a date whose 年月日 were lost is put together where only one reading is possible."""
    for start, end in reversed(lines[-_FOOT_LINES:]):
        text = flow.text[start:end]
        match = _FULL_DATE.fullmatch(text) or _PARTED_DATE.fullmatch(text)
        if match:
            return _day(match[1], match[2], match[3]), (start, end), None
        lost = _LOST_DATE.fullmatch(text)
        if lost:
            days = [
                day for cut in (1, 2) if (day := _day(lost[1], lost[2][:cut] or "0", lost[2][cut:] or "0"))
            ]
            return days[0] if len(days) == 1 else None, (start, end), (start, end)
    return None, None, None


def _spoken(flow: Flow, top: list[tuple[int, int]]) -> str | None:
    """The day of a report, below its title: ——2026年1月15日在…会议上."""
    for start, end in top:
        match = _SPOKEN.match(flow.text, start, end)
        if match:
            return _day(match[1], match[2], match[3])
    return None


def _issuer(flow: Flow, lines: list[tuple[int, int]], signed: tuple[int, int] | None) -> str | None:
    """The line above the date at the foot."""
    above = [s for s in lines if signed and s[1] < signed[0]]
    text = flow.text[above[-1][0] : above[-1][1]] if above else ""
    return text if 2 <= len(text) <= 40 and not re.search(r"[。:;,\d]", text) else None


def _issuer_in_title(title: str) -> str | None:
    """青禾区人民政府 in 青禾区人民政府关于…的通知."""
    named = re.match(r"([一-龥()]{3,30}?(?:政府|办公室|办公厅|委员会|局|厅|委|部|院))关于", title)
    return named[1] if named else None


def _annexes(flow: Flow, grammar: Grammar, lines: list[tuple[int, int]]) -> tuple[Annex, ...]:
    """Annexes named at the foot: 附件：1.… 2.…"""
    found: list[Annex] = []
    listing = False
    for start, end in lines:
        opens = grammar.annex.match(flow.text, start, end)
        if not opens and not (listing and re.match(r"\d{1,2}[.、]", flow.text[start:end])):
            listing = False
            continue
        listing = True
        entry = _ANNEX_ENTRY.fullmatch(flow.text, start, end)
        if entry and entry["title"] and end - start <= 120:
            first, last = flow.place(entry.start("title"), end)
            found.append(
                Annex(entry["title"], first, last, bool(grammar.left_out.search(flow.text, start, end)))
            )
    return tuple(found)

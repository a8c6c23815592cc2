"""Places that a person should look at: damaged figures, repaired breaks, left-out annexes, personal data."""

from __future__ import annotations

import re
from dataclasses import replace

from huanchuang.engines.reader.flow import RAISED_POINT, Flow
from huanchuang.engines.reader.head import Head
from huanchuang.engines.reader.values import Doubt

_LOST_MARKS = re.compile(r"(?<![\d.年-])20(?:1\d|2\d|3\d)\d{2,4}(?![\d年月日.%a-zA-Z-])")
_FUSED = re.compile(
    r"(?:新增|增加|建设|培育|引进|达到|建成|打造)?(?<![\d.])(\d{4}|\d{6})(?=[个家项名所人件])"
)
_PHONE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}(?:[-—]{1,2}|\))\d{7,8}|1[3-9]\d{9}|1[3-9]\d[- ]\d{4}[- ]\d{4})(?!\d)"
    r"|(?<=电话:)(?:0\d{2,3} ?)?\d{7,8}(?!\d)|(?<=传真:)(?:0\d{2,3} ?)?\d{7,8}(?!\d)"
)
_MAIL = re.compile(r"[A-Za-z0-9._+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z]{2,10}){1,3}")
_PERSON = re.compile(
    r"联系人(?:及(?:联系)?(?:电话|方式))?:(?:[一-龥]{2,12}[局办科处室委])?([一-龥·]{2,4}?)(?=[,;)、\d]|$|电话|联系)",
    re.MULTILINE,
)
_BROKEN_NUMBER = re.compile(r"[〔\[【](?:19|20)\d\d[〕\]】]\d{1,5}号")
_FUSED_YEARS = re.compile(r"(?<!\d)(20[0-4]\d)(20[0-4]\d)年?(?!\d)(?=[)年]|.{0,1}规划)")
_OPEN_NUMBER = re.compile(r"[〔\[](?:19|20)\d{3,6}(?![〕\]\d年])号?")
_FUSED_DAY = re.compile(r"(?<![\d.月年、—~-])([1-9]\d{2,3})日(?![内本均常])")
_QUOTES = re.compile(r"[“”]")


def doubts_of(flow: Flow, head: Head) -> list[Doubt]:
    """All doubts in the order of the text."""
    found = [*_lost_dates(flow, head), *_fused(flow), *_annexes(flow, head), *_people(flow)]
    found += [*_broken_numbers(flow), *_unclosed(flow), *_garbled(flow), *_lost_signs(flow)]
    return sorted(found, key=lambda doubt: (doubt.start, doubt.end))


def split_range(digits: str) -> tuple[int, int] | None:
    """1020 → (10, 20): two round ascending halves whose range sign was lost; None where it may be one number."""
    half = len(digits) // 2
    low, high = int(digits[:half]), int(digits[half:])
    step = 10 ** (half - 1)
    if len(digits) % 2 or low % step or high % step or not low < high <= 3 * low:
        return None
    return low, high


def _doubt(flow: Flow, start: int, end: int, why: str, *, repaired: bool = False) -> Doubt:
    first, last = flow.place(start, end)
    return Doubt(flow.printed(start, end), first, last, why, repaired=repaired)


def _lost_dates(flow: Flow, head: Head) -> list[Doubt]:
    found = []
    for match in _LOST_MARKS.finditer(flow.text):
        if head.lost_date == match.span():
            why = (
                f"日期缺少年、月、日字样，按唯一可能读作{head.document.date_signed}"
                if head.document.repaired
                else "日期缺少年、月、日字样，与表头日期核对"
            )
            found.append(_doubt(flow, *match.span(), why, repaired=head.document.repaired))
    return found


def _fused(flow: Flow) -> list[Doubt]:
    found = []
    for match in _FUSED.finditer(flow.text):
        ends = split_range(match[1])
        if ends:
            why = f"“{match[1]}”可能是丢了范围号的“{ends[0]}~{ends[1]}”，请对照原件确认"
            found.append(_doubt(flow, match.start(1), match.end() + 1, why))
    return found


def _annexes(flow: Flow, head: Head) -> list[Doubt]:
    return [
        Doubt(flow.original[a.start : a.end], a.start, a.end, "附件在此略去，任务分工等内容需另行导入")
        for a in head.document.annexes
        if a.left_out
    ]


def _people(flow: Flow) -> list[Doubt]:
    """Contact persons, telephone numbers and addresses of mail; whoever shows them masks them."""
    kinds = ((_PHONE, 0, "联系电话"), (_MAIL, 0, "电子邮箱"), (_PERSON, 1, "联系人姓名"))
    return [
        replace(_doubt(flow, *match.span(group), f"{what}属于个人信息，展示时遮盖"), personal=True)
        for pattern, group, what in kinds
        for match in pattern.finditer(flow.text)
    ]


def _broken_numbers(flow: Flow) -> list[Doubt]:
    return [
        _doubt(flow, *match.span(), "发文字号被换行切断，已接上", repaired=True)
        for match in _BROKEN_NUMBER.finditer(flow.text)
        if flow.repaired(*match.span())
    ]


def _garbled(flow: Flow) -> list[Doubt]:
    why = "这一段是乱码（编码错误），没有读；请换一份原件重新上传"
    return [Doubt(flow.original[start:end], start, end, why) for start, end in flow.garbled]


def _lost_signs(flow: Flow) -> list[Doubt]:
    """Signs that a crawler lost or a typist mistook: 20232025年, 〔20233, 626日, 1·8%."""
    found = []
    for match in _FUSED_YEARS.finditer(flow.text):
        if int(match[1]) < int(match[2]) <= int(match[1]) + 20:
            why = f"可能是丢了连接号的“{match[1]}—{match[2]}年”，请对照原件确认"
            found.append(_doubt(flow, *match.span(), why))
    for match in _OPEN_NUMBER.finditer(flow.text):
        found.append(_doubt(flow, *match.span(), "发文字号缺少右括号，年份和序号连在一起，请对照原件确认"))
    for match in _FUSED_DAY.finditer(flow.text):
        days = [
            f"{match[1][:cut]}月{match[1][cut:]}日"
            for cut in (1, 2)
            if _is_day(match[1][:cut], match[1][cut:])
        ]
        if days:
            found.append(_doubt(flow, *match.span(), f"可能是丢了“月”字的{'或'.join(days)}，请对照原件确认"))
    found += [
        _doubt(flow, *match.span(), "小数点写成了“·”，按小数读", repaired=True)
        for match in RAISED_POINT.finditer(flow.text)
    ]
    return found


def _is_day(month: str, day: str) -> bool:
    return bool(day) and not day.startswith("0") and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _unclosed(flow: Flow) -> list[Doubt]:
    """A quotation mark without its partner in the paragraph."""
    found = []
    for start, end in flow.paragraphs():
        open_at = -1
        for mark in _QUOTES.finditer(flow.text, start, end):
            if mark[0] == "“":
                if open_at >= 0:
                    found.append(_doubt(flow, open_at, open_at + 1, "引号没有配对"))
                open_at = mark.start()
            elif open_at < 0:
                found.append(_doubt(flow, mark.start(), mark.end(), "引号没有配对"))
            else:
                open_at = -1
        if open_at >= 0:
            found.append(_doubt(flow, open_at, open_at + 1, "引号没有配对"))
    return found

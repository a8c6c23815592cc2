"""Letters and their statistics as Excel workbooks. Plain values in, a file out; text is always written as text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.utils import translation

from huanchuang.engines.sheets.look import A3, A4, SMALL, Look, height_of, new_book, print_setup
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.steering.queries.letters.lists import LetterRow
from huanchuang.steering.queries.letters.statistics import DEFINITIONS, Statistics, Tally, percent
from huanchuang.steering.queries.words import COLOURS

HEADS = (
    ("序号", 6), ("类别", 10), ("届次", 26), ("编号", 8), ("案由", 44), ("主办单位", 20), ("会办单位", 26), ("交办日", 11),
    ("答复期限", 11), ("状态", 10), ("办理情况", 34), ("答复日", 11), ("办理结果", 9), ("反馈意见", 10), ("办理轮次", 9), ("公开", 9),
)  # fmt: skip
FIRST_ROW = 3


def letters_book(rows: Sequence[LetterRow], note: str) -> bytes:
    """The list, as it is shown."""
    with translation.override("zh-hans"):
        cells = [[number, *_cells(row)] for number, row in enumerate(rows, 1)]
    return _book("建议提案办理台账", note, HEADS, cells)


def _cells(row: LetterRow) -> list[str | int]:
    letter = row.letter
    days = [day.isoformat() if day else "" for day in (letter.assigned_on, letter.due_on, letter.replied_on)]
    return [
        str(letter.get_kind_display()), letter.session, letter.number, letter.title,
        row.lead.organisation.name if row.lead else "", "、".join(one.organisation.name for one in row.helpers),
        days[0], days[1], str(letter.get_state_display()), f"{COLOURS[row.standing.colour]}：{row.standing.reason}",
        days[2], letter.mark, row.verdict, letter.round, str(letter.get_publicity_display()) if letter.publicity else "",
    ]  # fmt: skip


def statistics_book(found: Statistics, note: str) -> bytes:
    """The numbers by unit with the definitions under them."""
    marks = [(f"{code}类", 8) for code in letter_handling().marks]
    heads = (
        ("单位", 30), ("交办", 8), ("应答复", 8), ("已答复", 8), ("办复率", 9), ("按时答复", 9), ("已反馈", 8), ("满意", 8),
        ("满意率", 9), ("重办", 8), *marks,
    )  # fmt: skip
    rows = [_numbers(one) for one in (found.total, *found.units)]
    with translation.override("zh-hans"):
        notes = [f"{name}：{words}" for name, words in DEFINITIONS]
    return _book("建议提案办理统计", note, heads, rows, notes, figures_from=1)


def _numbers(tally: Tally) -> list[str | int]:
    return [
        tally.name or "合计", tally.given, tally.expected, tally.answered, percent(tally.answered_share), tally.in_time,
        tally.slips, tally.satisfied, percent(tally.satisfied_share), tally.again, *(count for _, count in tally.of_marks),
    ]  # fmt: skip


def _book(
    title: str,
    note: str,
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int]],
    notes: Sequence[str] = (),
    figures_from: int | None = None,
) -> bytes:
    """The columns from `figures_from` on are set right, their shares and dashes too."""
    buffer = BytesIO()
    with new_book(buffer) as book:
        sheet, look = book.add_worksheet(title), Look(book)
        sheet.write_string(0, 0, title, look.bare(font_name="宋体", font_size=16, bold=True))
        sheet.write_string(1, 0, note, look.bare(**SMALL))
        for column, (name, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(FIRST_ROW - 1, column, name, look.head(align="center"))
        widths = [width for _name, width in heads]
        for place, row in enumerate(rows, FIRST_ROW):
            sheet.set_row(place, height_of(zip(map(str, row), widths, strict=True)))
            for column, value in enumerate(row):
                right = figures_from is not None and column >= figures_from
                look.write(sheet, place, column, value, **({"align": "right"} if right else {}))
        for place, words in enumerate(notes, FIRST_ROW + len(rows) + 1):
            sheet.write_string(place, 0, words, look.bare(**SMALL))
        sheet.freeze_panes(FIRST_ROW, 1)
        print_setup(sheet, A4 if len(heads) < 15 else A3, FIRST_ROW - 1)
    return buffer.getvalue()

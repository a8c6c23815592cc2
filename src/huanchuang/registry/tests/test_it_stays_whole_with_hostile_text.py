"""Whatever is typed into whatever field: it is refused in words or kept, shown as text, and never run by a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from contextlib import suppress

import pytest
from django.db.models import DecimalField, PositiveSmallIntegerField
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.registry.queries.export import as_csv, as_xlsx, harmless
from huanchuang.registry.queries.kinds import KINDS, Field, Shape
from huanchuang.registry.queries.kinds.field import TEXTS
from huanchuang.registry.queries.kinds.values import read_value, show_value
from huanchuang.registry.queries.listing import Column, columns_of
from huanchuang.registry.services import register
from huanchuang.registry.tests.specimens import values_of
from huanchuang.registry.tests.surfaces import body, every_column

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "＝1+1", "＋1", "－1", "＠A1", '=HYPERLINK("http://x","y")')  # fmt: skip
MARKUP = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% debug %}", "'; DROP TABLE x; --")  # fmt: skip
ODD = ("😀𠮷🏳️‍🌈", "１２３４５６７８９０", "\u202e反转", "a\u200bb\u202ec", "\u0000空\u0007响", "é́́́", "�", "ﷺ")
TYPED = frozenset({*TEXTS, Shape.LINES, Shape.PARAMETERS}) - {Shape.USCC}


def kept(kind, owner, texts, turn=0):
    """An entry whose texts are hostile ones, another in each field; the next `turn` deals them differently. What a field
    refuses in words is left as it was."""
    values = values_of(kind, owner)
    for place, field in enumerate(kind.settable):
        if field.shape not in TYPED:
            continue
        text = texts[(place + turn) % len(texts)]
        given = [text] if field.shape is Shape.LINES else text
        with suppress(ProblemError):
            if read_value(field, given) or not field.required:
                values[field.name] = given
    return register(SYSTEM, kind, values)


def root(kind):
    return f"/registry/{'' if kind.name == 'organisation' else kind.plural + '/'}"


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer)
    return client


@every_kind
@pytest.mark.parametrize("turn", [0, 3, 7])
def test_pages_show_it_as_text(officer, kind, turn, firm):
    entry = kept(kind, firm, [*MARKUP, *ODD], turn)
    where = entry.get_absolute_url()
    for address in (where, f"{where}history/", f"{where}change/", f"{root(kind)}?{every_column(kind)}"):
        answer = officer.get(address)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "49{" not in shown
        assert "\0" not in shown
        assert "\u202e" not in shown
    assert officer.get(f"/api/v1/registry/{kind.plural}/{entry.pk}").status_code == 200
    assert officer.get("/search/", {"q": kind.title(entry)}).status_code == 200


@every_kind
@pytest.mark.parametrize("turn", [0, 4])
def test_no_spreadsheet_runs_it(officer, kind, turn, firm):
    entry = kept(kind, firm, FORMULAS, turn)
    listed = [column for column in columns_of(kind) if hasattr(entry, column.code)]
    evil = {show_value(column.field, getattr(entry, column.code)) for column in listed} & set(FORMULAS)
    assert len(evil) >= 2
    words = every_column(kind)
    plain = body(officer.get(f"{root(kind)}export.csv?{words}")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(plain)) for cell in row]
    assert {f"'{text}" for text in evil} <= set(cells)
    assert [cell for cell in cells if cell != harmless(cell)] == []
    answer = officer.get(f"{root(kind)}export.xlsx?{words}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if "worksheets" in name)
    assert b"<f>" not in sheets
    assert b"<hyperlink" not in sheets
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert evil <= {cell for row in rows for cell in row}
    lines = body(officer.get(f"{root(kind)}export.jsonl?{words}")).decode().splitlines()
    assert evil <= {cell for line in lines for cell in json.loads(line).values()}


@pytest.mark.parametrize("length", [10_000, 10_001, 200_000])
@every_kind
def test_ten_thousand_characters_are_kept_whole_or_refused_at_their_field(kind, length):
    text = "长" * length
    for field in kind.settable:
        if field.shape not in TYPED:
            continue
        given = [text] if field.shape is Shape.LINES else text
        if field.shape is Shape.LONG and length == 10_000:
            assert read_value(field, given) == text
        else:
            with pytest.raises(ProblemError) as refused:
                read_value(field, given)
            assert refused.value.problems[0].where == str(field.label)


@every_kind
def test_the_form_answers_ten_thousand_characters_everywhere(officer, kind):
    data = {field.name: "长" * 10_000 for field in kind.settable}
    answer = officer.post(reverse(f"registry:{kind.name}-new"), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("２０２４年２月２９日", dt.date(2024, 2, 29)),
        ("2024/2/9", dt.date(2024, 2, 9)),
        ("20240229", dt.date(2024, 2, 29)),
        *((bad, None) for bad in ("2023-02-29", "2024-02-30", "2024-13-01", "2024-00-10", "0000-01-01", "二月三十", "2024", "99999-01-01", "-2024-01-01", "2024-02", "1e3-01-01")),
    ],
)  # fmt: skip
def test_it_takes_days_of_the_calendar_only(text, day):
    field = KINDS["need"].by_name["valid_until"]
    if day is None:
        with pytest.raises(ProblemError):
            read_value(field, text)
    else:
        assert read_value(field, text) == day


@pytest.mark.parametrize("day", ["0001-01-01", "1839-12-31", "2200-01-01", "9999-12-31"])
def test_it_refuses_days_that_nobody_meant(day, firm):
    with pytest.raises(ProblemError, match="不像真的日期"):
        register(SYSTEM, KINDS["need"], {**values_of(KINDS["need"], firm), "valid_until": day})


@every_kind
@pytest.mark.parametrize("text", ["-1", "1" * 18, "1" * 59, "9" * 400, "1e400", "NaN", "Infinity", "0x10", "1/3", "1.23456789", "--5", "１２，３４５"])  # fmt: skip
def test_numbers_fit_their_column_or_are_refused(kind, text):
    """Without the database having to say it: PostgreSQL refuses what SQLite rounds."""
    for field in kind.settable:
        if field.shape not in {Shape.MONEY, Shape.NUMBER, Shape.WHOLE}:
            continue
        value = None
        with suppress(ProblemError):
            value = read_value(field, text)
        column = kind.model._meta.get_field(field.name)
        if isinstance(value, Money):
            assert 0 <= value.fen < 2**63
        elif value is not None and isinstance(column, DecimalField):
            assert -value.as_tuple().exponent <= column.decimal_places
            assert value < 10 ** (column.max_digits - column.decimal_places)
        elif value is not None:
            assert 0 <= value <= (32767 if isinstance(column, PositiveSmallIntegerField) else 2**31 - 1)


@every_kind
def test_every_field_of_a_kind_fits_its_column(kind):
    for field in kind.fields:
        column = kind.model._meta.get_field(field.name)
        if field.shape is Shape.NUMBER:
            assert isinstance(column, DecimalField)
            assert field.places <= column.decimal_places
            assert field.most < 10 ** (column.max_digits - column.decimal_places)
        if field.shape is Shape.WHOLE:
            assert field.most <= (32767 if isinstance(column, PositiveSmallIntegerField) else 2**31 - 1)
        if field.shape in {Shape.TEXT, Shape.IP_NUMBER}:
            assert field.length <= column.max_length, field.name


def test_a_figure_below_nought_stays_a_figure_in_its_own_column_only():
    columns = [Column(Field("name", "名称")), Column(Field("step", "增减（元）", Shape.MONEY))]
    sheet = as_csv(columns, [["-500000", "-500000"], ["甲", "-2+3"], ["乙", "-0.5"], ["丙", "＝1"]]).decode(
        "utf-8-sig"
    )
    assert list(csv.reader(io.StringIO(sheet)))[1:] == [["'-500000", "-500000"], ["甲", "'-2+3"], ["乙", "-0.5"], ["丙", "'＝1"]]  # fmt: skip
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(columns, [["-500000", "-0.5"]], "表", [("口径", "=1+1")])))  # fmt: skip
    assert book.get_sheet_by_index(0).to_python()[1] == ["-500000", -0.5]
    assert book.get_sheet_by_index(1).to_python() == [["口径", "=1+1"]]

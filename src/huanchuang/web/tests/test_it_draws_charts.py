"""A chart is a table with a finding: the tag says what is to be drawn, the table stays whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from huanchuang.engines.kernel import Money
from huanchuang.web.templatetags.charts import TONES, WAYS

STATIC = Path(__file__).resolve().parents[1] / "static/web"
TABLE = '<table><thead><tr><th>群体</th><th {% drawn "part" "blue" "fen" %}>金额</th></tr></thead><tbody><tr><th>甲</th><td {% worth value %}>{{ value }}</td></tr></tbody></table>'


def draw(template: str, language: str = "zh-hans", **values: object) -> str:
    with override(language):
        return engines["django"].from_string(template).render(values, RequestFactory().get("/"))


def chart(more: str = "", language: str = "zh-hans", **values: object) -> str:
    given = {"finding": "甲最多：3万元", "value": Money(3_000_000), **values}
    return draw(f'{{% chart "bars" finding "费用" {more} %}}{TABLE}{{% endchart %}}', language, **given)


def test_it_keeps_the_table_with_its_name_and_says_the_finding_twice() -> None:
    drawn = chart()
    assert '<figcaption class="chart-finding">甲最多：3万元</figcaption>' in drawn
    assert 'role="img" aria-label="图：甲最多：3万元" hidden' in drawn
    assert '<div class="table-region" role="region" tabindex="0" aria-label="费用">' in drawn
    assert '<div class="chart-tools no-print" hidden>' in drawn, "nothing to press where no script runs"


def test_it_says_what_is_drawn_and_what_a_cell_is_worth() -> None:
    drawn = chart()
    assert 'data-drawn="part" data-tone="blue" data-unit="fen"' in drawn
    assert 'data-worth="3000000"' in drawn


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(12), "12"),
        (0, "0"),
        (None, ""),
        (Decimal("729.000000"), "729.000000"),
        (Decimal("1E+3"), "1000"),
        (Fraction(1, 3), "0.333333"),
        ("", ""),
    ],
)
def test_unknown_is_a_gap_and_not_a_zero(value: object, text: str) -> None:
    assert draw("<td {% worth value %}>", value=value) == f'<td data-worth="{text}">'


def test_it_offers_the_exports_of_the_page_and_otherwise_the_table() -> None:
    assert 'data-take="csv"' in chart()
    own = chart("xlsx csv", xlsx="/x.xlsx?by=size&a=1", csv="/x.csv")
    assert 'href="/x.xlsx?by=size&amp;a=1"' in own
    assert 'href="/x.csv"' in own
    assert 'data-take="csv"' not in own


def test_it_speaks_english() -> None:
    drawn = chart(language="en", finding="A leads")
    assert "Chart: A leads" in drawn
    assert ">Table</button>" in drawn
    assert "the other {rest} are in the table" in drawn


def test_it_escapes_what_people_wrote() -> None:
    drawn = chart(finding="<script>alert(1)</script>", value=1)
    assert "<script>alert" not in drawn


@pytest.mark.parametrize(
    "wrong",
    [
        '{% chart "cake" "a" "b" %}{% endchart %}',
        '{% drawn "slice" %}',
        '{% drawn "part" "pink" %}',
    ],
)
def test_it_knows_no_other_kind_way_or_tone(wrong: str) -> None:
    with pytest.raises(ValueError, match="chart"):
        draw(wrong)


def test_the_script_knows_every_way_and_tone() -> None:
    script = (STATIC / "drawing.js").read_text(encoding="utf-8")
    assert [tone for tone in TONES if f"\n  {tone}: () =>" not in script] == []
    assert [way for way in WAYS if way != "part" and f'"{way}"' not in script] == []


def test_its_scripts_evaluate_nothing_and_write_no_markup() -> None:
    for name in ("charts.js", "drawing.js", "reading.js", "taking.js"):
        script = (STATIC / name).read_text(encoding="utf-8")
        assert not any(
            word in script for word in ("innerHTML", "eval(", "new Function", "insertAdjacentHTML")
        )

"""The parts of pages, each rendered from what a view would give it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from huanchuang.engines.kernel import Money, Problem, ProblemText


def draw(template: str, path: str = "/", language: str = "zh-hans", **values: object) -> str:
    with override(language):
        return engines["django"].from_string(template).render(values, RequestFactory().get(path))


@pytest.mark.parametrize(
    ("state", "word"),
    [("green", "正常"), ("amber", "预警"), ("red", "滞后"), ("grey", "未知"), ("purple", "未知")],
)
def test_it_says_a_light_in_words(state: str, word: str) -> None:
    text = draw("{% light state %}", state=state)
    assert word in text
    assert "light-shape" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1,234,567"),
        (Decimal("1234.50"), "1,234.50"),
        (0, "0"),
        (None, "暂无"),
        (Decimal("1E+3"), "1,000"),
    ],
)
def test_it_writes_figures_exactly_and_unknown_as_a_word(value: object, text: str) -> None:
    assert draw("{{ value|figure }}", value=value) == text


def test_it_shows_money_with_its_exact_amount() -> None:
    drawn = draw("{% money amount %}", amount=Money.parse("1234.567891万元"))
    assert "12,345,678.91" in drawn or "12345678.91" in drawn
    assert "暂无" in draw("{% money amount %}", amount=None)


def test_it_writes_dates_for_prose_and_tables() -> None:
    day = dt.date(2026, 6, 3)
    assert draw("{{ day|prose_date }} {{ day|table_date }}", day=day) == "2026年6月3日 2026-06-03"
    assert draw("{{ day|prose_date }}", language="en", day=day) == "3 June 2026"
    assert draw("{{ none|prose_date }}{{ none|table_date }}", none=None) == "—"


def test_it_pages_and_keeps_the_question() -> None:
    page = Paginator(range(120), 50).get_page(2)
    drawn = draw("{% pager page %}", "/?light=red&page=2", page=page)
    assert 'href="?light=red&amp;page=1"' in drawn
    assert 'href="?light=red&amp;page=3"' in drawn
    assert "第 51–100 条，共 120 条" in drawn
    assert draw("{% pager page %}", page=Paginator(range(3), 50).get_page(1)).strip() == ""


def test_it_offers_filters_and_their_removal() -> None:
    groups = [
        {
            "label": "灯",
            "name": "light",
            "options": [{"value": "red", "label": "滞后", "count": 2}, {"value": "green", "label": "正常"}],
        }
    ]
    drawn = draw("{% filters groups %}", "/list/?light=red&q=x&page=3", groups=groups)
    assert 'href="?q=x" aria-current="true"' in drawn
    assert 'href="?light=green&amp;q=x"' in drawn
    assert 'href="/list/"' in drawn


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", ["某处", "某事", "请改"]), ("en", ["somewhere", "something", "do this"])],
)
def test_it_lists_problems_in_the_readers_language(language: str, said: list[str]) -> None:
    problem = Problem("某处", "某事", "请改", "x", ProblemText("somewhere", "something", "do this"))
    drawn = draw("{% problems found %}", language=language, found=[problem])
    assert all(word in drawn for word in said)
    assert draw("{% problems found %}", found=[]).strip() == ""


class Sample(forms.Form):
    """A form with each kind of field."""

    name = forms.CharField(label="名称", help_text="全称")
    kind = forms.ChoiceField(label="类型", choices=[("a", "甲")], required=False)
    agreed = forms.BooleanField(label="同意")


def test_it_ties_labels_hints_and_errors_to_their_field() -> None:
    drawn = draw("{% form_fields form %}", form=Sample({"kind": "z"}))
    assert '<label class="field-label" for="id_name">' in drawn
    assert 'aria-describedby="id_name_hint id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'href="#id_name"' in drawn
    assert "选填" in drawn


def test_it_names_the_source_of_a_prefilled_value() -> None:
    assert "来源：2025年报" in draw('{% field form.name source="2025年报" %}', form=Sample())


def test_it_escapes_what_people_wrote() -> None:
    evil = "<script>alert(1)</script>"
    template = '{% empty evil evil %}{% status evil %}{% table evil %}{{ evil }}{% endtable %}{% tick evil evil %}{% breadcrumbs evil "/" %}{% link evil %}'
    assert "<script" not in draw(template, evil=evil)


def test_it_marks_a_table_as_a_region_for_the_keyboard() -> None:
    drawn = draw('{% table "台账" %}<table></table>{% endtable %}')
    assert 'role="region" tabindex="0" aria-label="台账"' in drawn
    assert "<table></table>" in drawn


def test_it_shows_progress_in_figures() -> None:
    assert 'value="50"' in draw('{% progress 2 4 "读取" %}')
    assert "正在计算" in draw('{% progress 2 total "读取" %}', total=None)


def test_it_hides_the_batch_bar_until_rows_are_ticked() -> None:
    drawn = draw("{% batch %}<button>销号</button>{% endbatch %}{% tick_all %}")
    assert "data-batch hidden" in drawn
    assert "<button>销号</button>" in drawn
    assert "data-tick-all" in drawn

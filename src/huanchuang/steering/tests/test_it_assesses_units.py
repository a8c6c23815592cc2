"""年度考核: formulas, bounds, preview, what-if, publication, appeals by the rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.packs.ledgers import ScoreItem, ledger_rules
from huanchuang.steering.models import Appeal, Assessment, Score
from huanchuang.steering.queries.assessment import preview, what_if
from huanchuang.steering.queries.dispatch import dispatch
from huanchuang.steering.queries.scoring import KEYS, points, total
from huanchuang.steering.services.assessment import answer_appeal, appeal, make_final, publish
from huanchuang.steering.services.progress import ProgressGiven, report_progress

DAY = dt.date(2026, 6, 30)
ITEMS = ledger_rules().assessment
MOST = sum(item.most for item in ITEMS)
figures = st.fixed_dictionaries({key: st.none() | st.integers(0, 60) for key in KEYS})


@given(figures)
def test_a_score_lies_between_nothing_and_the_most_and_says_why(known):
    found = total(known, ITEMS, DAY)
    assert 0 <= found.low <= found.high <= MOST
    assert all(one.why and one.why_en for one in found.items)
    assert found.low == sum(one.low for one in found.items)


@given(figures, st.data())
def test_what_becomes_known_stays_within_the_bounds(known, data):
    settled = {key: data.draw(st.integers(0, 60)) if value is None else value for key, value in known.items()}
    before, after = total(known, ITEMS, DAY), total(settled, ITEMS, DAY)
    assert before.low <= after.low
    assert after.high <= before.high


def test_a_formula_is_cut_to_the_most_of_its_item():
    item = ScoreItem("x", "甲", "x", 10, "牵头事项 * 5分/项 - 10分")
    assert [total({"lines": lines}, [item], DAY).low for lines in (0, 3, 9)] == [0, 5, 10]
    assert points(Fraction(38888, 1000)) == Decimal("38.89")


@pytest.fixture
def published(cast, plan, line) -> Assessment:
    report_progress(cast.reporter, line("中试平台管理办法"), ProgressGiven(DAY, "已印发", 100), "r1")
    return publish(cast.officer, 2026, preview(dispatch(cast.officer, DAY)))


@pytest.fixture
def mine(published, units) -> Score:
    return Score.objects.get(assessment=published, organisation=units.university)


def test_publishing_freezes_figures_formulas_and_rules_once_a_year(published, mine, cast, line):
    assert publish(cast.officer, 2026, []) == published
    assert Score.objects.filter(assessment=published).count() == 3
    assert published.rules_hash
    assert {item["id"] for item in mine.items} == {item.id for item in ITEMS}
    frozen = mine.low
    report_progress(cast.officer, line("技术合同成交额"), ProgressGiven(DAY, "变化", 10), "r2")
    mine.refresh_from_db()
    assert mine.low == frozen
    with pytest.raises(ProblemError, match="主管科室"):
        publish(cast.reporter, 2027, [])


def test_an_appeal_is_answered_by_a_second_person_before_the_end(
    published, mine, cast, second_officer, units
):
    with pytest.raises(ProblemError, match="不是您的单位"):
        appeal(cast.reporter, Score.objects.exclude(pk=mine.pk).first(), "不公")
    with pytest.raises(ProblemError, match="原因"):
        appeal(cast.reporter, mine, " ")
    asked = appeal(cast.reporter, mine, "催办单发错单位")
    assert appeal(cast.reporter, mine, "再说一次") == asked
    with pytest.raises(ProblemError, match="1件申诉"):
        make_final(cast.officer, published)
    with pytest.raises(ProblemError, match="不能答复"):
        answer_appeal(cast.officer, asked, asked.version, Decimal(2), "核实")
    with pytest.raises(EditedMeanwhile):
        answer_appeal(second_officer, asked, asked.version + 1, Decimal(2), "核实")
    answer_appeal(second_officer, asked, asked.version, Decimal(2), "核实，加2分")
    mine.refresh_from_db()
    assert (mine.added, Appeal.objects.get().state) == (Decimal(2), "accepted")
    assert make_final(cast.officer, published).final_on == DAY
    with pytest.raises(ProblemError, match="已经确定"):
        appeal(cast.reporter, mine, "还不服")


def test_what_if_changes_the_trial_and_nothing_else(cast, plan):
    row = preview(dispatch(cast.officer, DAY))[0]
    asked, trial = what_if(row.figures, {"closed": "5", "green": "many", "late_problems": "-3"}, DAY)
    assert (asked["closed"], asked["green"]) == (5, row.figures["green"])
    assert trial.low >= row.total.low
    assert not Assessment.objects.exists()


def test_the_pages_go_the_whole_way(client, cast, plan, units, second_officer):
    client.force_login(cast.officer)
    page = reverse("steering:assessment")
    shown = client.get(page, {"unit": units.university.pk, "closed": "4"}).content.decode()
    assert "50分 * (正常事项" in shown
    client.post(page)
    mine = Score.objects.get(organisation=units.university)
    client.force_login(cast.reporter)
    address = reverse("steering:score", args=[mine.pk])
    client.post(address, {"text": "数不对"})
    other = Score.objects.exclude(pk=mine.pk).first()
    assert client.get(reverse("steering:score", args=[other.pk])).status_code == 404
    assert client.post(reverse("steering:scores", args=[2026])).status_code == 403
    client.force_login(second_officer)
    client.post(address, {"version": Appeal.objects.get().version, "points": "1.5", "answer": "更正"})
    client.post(reverse("steering:scores", args=[2026]))
    assert Assessment.objects.get().final_on == DAY
    assert "更正" in client.get(address).content.decode()
    client.force_login(cast.stranger)
    assert client.get(page).status_code == 403

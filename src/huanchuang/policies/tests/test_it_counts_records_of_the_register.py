"""Conditions count patents and qualifications of the register: alike for one and for all, with links, nothing secret among them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.expression import Situation, read
from huanchuang.engines.expression.columns import Answers
from huanchuang.engines.rules import assess, decide
from huanchuang.packs.policies import criteria, policy
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.queries.known import subject_of, subjects
from huanchuang.policies.queries.table import table_of
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services import qualify, register, register_organisation

from .conftest import note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
NAVIGATION = "qingcen.patent-navigation"
CONDITIONS = (
    "count(知识产权) >= 6",
    "count(知识产权, 类别 属于 发明专利 且 状态 属于 有效) >= 5",
    'count(知识产权, 等级 = "二类") >= 1',
    "count(知识产权, 授权日期 >= 2024-01-01) >= 1",
    "count(资质, 种类 属于 高企 且 截止日期 >= 2026-12-31) >= 1",
    "count(资质) = 0",
)


def patent(firm: Organisation, title: str, **more: object) -> None:
    given = {"title": title, "kind": "invention", "state": "granted", "owner": firm, **more}
    register(SYSTEM, KINDS["patent"], given)


@pytest.fixture
def inventor(firm) -> Organisation:
    """Four inventions in force and one that was granted in 2024; a design; one still pending."""
    for number in range(4):
        patent(firm, f"催化剂{number}")
    patent(firm, "催化剂乙", applied_on=dt.date(2020, 5, 6), granted_on=dt.date(2024, 5, 6))
    patent(firm, "外壳", kind="design")
    patent(firm, "尚未授权", state="pending")
    note(firm, "patent-navigation-paid", "2025", "20", "万元")
    return firm


@pytest.mark.parametrize("text", CONDITIONS)
def test_one_and_all_give_the_same(inventor, text):
    qualify(SYSTEM, inventor, kind="high-tech-enterprise", valid_from=dt.date(2024, 1, 1), valid_until=dt.date(2026, 12, 31))  # fmt: skip
    bare = register_organisation(SYSTEM, name="无证科技有限公司", kind="company", region="990101")
    known = list(subjects([inventor, bare], DAY))
    asked = read(text, criteria().vocabulary, "condition").at(Situation(DAY))
    one_by_one = [asked.evaluate(one.record()).truth for one in known]
    assert Answers({"it": asked}).open(table_of(known))["it"].to_list() == one_by_one
    assert one_by_one == [text != "count(资质) = 0", None]


def test_a_policy_counts_them_for_one_and_for_all(inventor):
    known = list(subjects([inventor], DAY))
    decision = decide(policy(NAVIGATION), known[0].record(), DAY, calendar=work_calendar())
    columns = assess([policy(NAVIGATION)], table_of(known), DAY, work_calendar())
    assert (decision.failed, decision.unknown) == ((), ("report",))
    assert columns[NAVIGATION].to_list() == [-1]
    assert columns[f"{NAVIGATION}/failed"].to_list() == [0]


def test_the_page_links_the_records_that_count(client, own, inventor):
    client.force_login(own.clerk)
    address = reverse("policies:decision", args=[inventor.pk, NAVIGATION])
    html = client.get(f"{address}?as_of=2026-06-30").content.decode()
    assert "计入的记录：" in html
    for related in subject_of(inventor, DAY).rows["rights"][:5]:
        assert f'<a href="{related.url}">{related.title}</a>' in html
    assert "尚未授权" not in html
    assert "外壳" not in html


def test_a_patent_of_a_confidential_achievement_is_not_among_them(inventor):
    secret = register(SYSTEM, KINDS["achievement"], {"title": "秘密配方", "owner": inventor, "is_confidential": True, "form": "process"})  # fmt: skip
    patent(inventor, "秘密配方专利", achievement=secret)
    assert "秘密配方专利" not in [one.title for one in subject_of(inventor, DAY).rows["rights"]]


def test_an_organisation_without_any_is_not_known_to_have_none(firm):
    asked = read("count(知识产权) >= 1", criteria().vocabulary, "condition").at(Situation(DAY))
    assert "rights" not in subject_of(firm, DAY).rows
    assert asked.evaluate(subject_of(firm, DAY).record()).truth is None


def test_a_qualification_that_was_revoked_counts_no_more(firm):
    qualify(SYSTEM, firm, kind="technology-sme", valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2020, 12, 31))  # fmt: skip
    assert "held-qualifications" not in subject_of(firm, DAY).rows

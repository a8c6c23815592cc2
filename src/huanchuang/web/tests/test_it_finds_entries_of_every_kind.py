"""Search over the register: the best titles first, each hit with what it is, and nothing that is not for the reader."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries.kinds import KINDS, kind_named
from huanchuang.registry.queries.kinds.field import PUBLIC
from huanchuang.registry.services import join, register, register_organisation
from huanchuang.web.queries.finding import search
from huanchuang.web.queries.finding_entries import NOTES
from huanchuang.web.queries.hits import BEGINS, ELSEWHERE, EXACT, SAYS_ALL, SHOWN, fit

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast):
    made = register_organisation(SYSTEM, name="云澜岑科新材料有限公司", short_name="岑科新材", kind="company")
    join(SYSTEM, cast.clerk, made)
    return made


def of_kind(name, owner, title, **more):
    kind = kind_named(name)
    return register(SYSTEM, kind, {kind.title_field: title, kind.owner_field: owner, **more})


def hits(user, query, title):
    return next((group.hits for group in search(user, query) if group.title == title), [])


@pytest.mark.parametrize(
    ("title", "words", "how"),
    [
        ("耐溶剂纳滤膜", ["耐溶剂纳滤膜"], EXACT),
        ("耐溶剂纳滤膜", ["耐溶剂"], BEGINS),
        ("高选择性纳滤膜", ["纳滤", "高选"], SAYS_ALL),
        ("陶瓷膜", ["纳滤"], ELSEWHERE),
    ],
)
def test_a_title_fits_more_or_less(title, words, how):
    assert fit(title, words) == how


def test_the_titles_that_say_the_words_come_first(cast, firm):
    of_kind("achievement", firm, "陶瓷膜", summary="与纳滤膜联用，处理高盐废水")
    of_kind("achievement", firm, "盐湖提锂纳滤膜")
    of_kind("achievement", firm, "纳滤膜组件")
    found = hits(cast.officer, "纳滤膜", "成果")
    assert [hit.title for hit in found] == ["纳滤膜组件", "盐湖提锂纳滤膜", "陶瓷膜"]
    assert (found[0].match, found[2].match) == ("", "纳滤膜")
    assert found[2].before == "与"


def test_the_group_with_the_best_title_comes_first(cast, firm):
    of_kind("achievement", firm, "涂层", summary="岑科新材的涂层")
    of_kind("person", firm, "岑科新", roles=["engineer"])
    assert next(group.title for group in search(cast.officer, "岑科新")) == "人员"


def test_each_hit_says_what_it_is_and_whose(cast, firm):
    of_kind("achievement", firm, "纳滤膜", stage="pilot")
    assert hits(cast.officer, "纳滤膜", "成果")[0].note == "云澜岑科新材料有限公司 · 中试阶段 · 已披露"


def test_an_organisation_leads_to_its_dossier(cast, firm, client):
    assert hits(cast.officer, "岑科", "主体")[0].more[1] == reverse("web:dossier", args=[firm.pk])
    client.force_login(cast.officer)
    page = client.get(reverse("web:search"), {"q": "岑科"}).content.decode()
    assert reverse("web:dossier", args=[firm.pk]) in page


def test_what_is_called_so_for_short_comes_before_a_title_that_begins_so(cast, firm):
    register_organisation(SYSTEM, name="岑科新材有限公司（云澜）", kind="company")
    assert [hit.title for hit in hits(cast.officer, "岑科新材", "主体")] == [
        firm.name,
        "岑科新材有限公司（云澜）",
    ]


def test_it_counts_all_and_shows_the_best_few(cast, firm):
    for number in range(SHOWN + 3):
        of_kind("service", firm, f"检测服务{number:02d}", category="testing")
    group = next(group for group in search(cast.officer, "检测") if group.title == "服务")
    assert (group.count, len(group.hits)) == (SHOWN + 3, SHOWN)


def test_nobody_outside_finds_what_is_confidential(cast, firm):
    of_kind("achievement", firm, "保密的配方", is_confidential=True)
    assert hits(cast.officer, "配方", "成果") == []
    assert hits(cast.clerk, "配方", "成果")


def test_an_anonymous_need_does_not_say_whose_it_is(cast, firm):
    of_kind("need", firm, "匿名的难题", kind="technology", is_anonymous=True)
    for user in (cast.officer, cast.manager, cast.clerk):
        assert "岑科" not in hits(user, "难题", "需求")[0].note


def test_what_stands_beside_a_title_is_open_to_all():
    assert set(NOTES) == set(KINDS)
    for name, fields in NOTES.items():
        for field in fields:
            assert KINDS[name].by_name[field].field_class == PUBLIC

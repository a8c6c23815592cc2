"""An officer finds duplicates, looks at a pair, judges, merges and takes it back; nobody else does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.jobs.services import work_off
from huanchuang.registry.models import Candidate, Judgement, Merge, Organisation, Said
from huanchuang.registry.queries.kinds import ACHIEVEMENT, NEED
from huanchuang.registry.services import register_organisation
from huanchuang.registry.services.entries import register
from huanchuang.registry.services.sameness import judge, merge, put_forward

PHONE = "13800001234"
QUEUE = "/registry/duplicates/"


def firm(name: str, **values):
    return register_organisation(SYSTEM, name=name, kind="company", region="990101", **values)


@pytest.fixture
def pair(db):
    return (
        firm("云澜岑科新材料有限公司", contact_phone=PHONE, address="澜江路18号", short_name="岑科"),
        firm("岑科新材", contact_phone=PHONE, address="澜江路20号"),
    )


@pytest.fixture
def candidate(pair):
    return put_forward(SYSTEM, *pair)


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer)
    return client


def judging(candidate: Candidate) -> str:
    return reverse("registry:duplicate", args=[candidate.pk])


def merging(candidate: Candidate) -> str:
    return reverse("registry:duplicate-merge", args=[candidate.pk])


def choosing(page, **said: str) -> dict[str, str]:
    """What the merge form sends when a person changes nothing but what is said here."""
    form = page.context["form"]
    proposed = {f"field-{choice.field.name}": choice.proposed for choice in form.choices}
    versions = {f"version-{side}": str(page.context[side].version) for side in ("one", "other")}
    return {"kept": form.initial["kept"], "reason": "同一电话", **proposed, **versions, **said}


def test_it_searches_and_lists_what_it_found(officer, pair):
    assert "没有待判断的重复" in officer.get(QUEUE).content.decode()
    started = officer.post(f"{QUEUE}search/", {"kind": "organisation"})
    assert started.url.startswith("/jobs/")
    work_off()
    page = officer.get(QUEUE).content.decode()
    assert "云澜岑科新材料有限公司" in page
    assert "很可能相同" in page
    assert "共 1 对" in page or "1 对记录可能是同一个" in page


def test_it_shows_every_field_with_mark_and_reason(officer, candidate):
    page = officer.get(judging(candidate)).content.decode()
    for word in ("逐项比较", "名称", "联系电话", "一致", "接近", "支持相同", "内容不同的栏目", "澜江路20号"):
        assert word in page
    assert PHONE not in page


def test_it_goes_from_same_to_the_merge_and_from_different_to_the_next(officer, candidate, pair):
    third = put_forward(SYSTEM, pair[0], firm("青岑岑科新材料有限公司"))
    assert officer.post(judging(candidate), {"verdict": "same"}).url == merging(candidate)
    assert Judgement.objects.get().verdict == Said.SAME
    onward = officer.post(judging(third), {"verdict": "different", "note": "两家"})
    assert onward.url == QUEUE
    assert Judgement.objects.filter(verdict=Said.DIFFERENT, note="两家").exists()


def test_it_merges_with_the_values_chosen_and_undoes_it(officer, candidate, pair):
    need = register(SYSTEM, NEED, {"title": "导热膜", "kind": "technology", "owner": pair[1]})
    page = officer.get(merging(candidate))
    sent = choosing(page, kept="one", **{"field-address": "other"})
    done = officer.post(merging(candidate), sent)
    made = Merge.objects.get()
    assert done.url == reverse("registry:merge", args=[made.pk])
    assert Organisation.objects.get(pk=pair[0].pk).address == "澜江路20号"
    shown = officer.get(done.url).content.decode()
    for word in ("需求", "澜江路18号", "撤销合并", "同一电话"):
        assert word in shown
    lost = officer.get(pair[1].get_absolute_url(), follow=True)
    assert lost.redirect_chain[0][0] == pair[0].get_absolute_url()
    assert "“岑科新材”已并入本记录" in lost.content.decode()
    assert officer.get(f"{pair[1].get_absolute_url()}?original=1").status_code == 200
    undone = officer.post(
        reverse("registry:merge-undo", args=[made.pk]), {"reason": "是两家", "verdict": "different"}
    )
    assert undone.url == pair[1].get_absolute_url()
    need.refresh_from_db()
    assert need.owner == pair[1]
    assert Judgement.objects.get(is_current=True).verdict == Said.DIFFERENT


def test_it_keeps_either_one(officer, candidate, pair):
    sent = choosing(officer.get(f"{merging(candidate)}?kept=other"))
    officer.post(merging(candidate), sent)
    assert Merge.objects.get().kept == pair[1].subject
    kept = Organisation.objects.get(pk=pair[1].pk)
    assert (kept.name, kept.aliases, kept.short_name) == ("岑科新材", ["云澜岑科新材料有限公司"], "岑科")


def test_it_asks_for_a_reason_and_for_a_second_one_where_it_contradicts(officer, candidate, pair):
    judge(SYSTEM, *pair, Said.DIFFERENT, "两张执照")
    page = officer.get(merging(candidate))
    assert "当时的说明：两张执照" in page.content.decode()
    refused = officer.post(merging(candidate), choosing(page))
    assert refused.status_code == 422
    assert "请写明理由" in refused.content.decode()
    assert officer.post(merging(candidate), choosing(page, reason="")).status_code == 422
    assert not Merge.objects.exists()
    officer.post(merging(candidate), choosing(page, despite="已核对原件"))
    assert Merge.objects.get().despite == "已核对原件"


def test_it_does_not_merge_what_was_edited_meanwhile(officer, candidate):
    page = officer.get(merging(candidate))
    sent = choosing(page, **{"version-other": "9"})
    refused = officer.post(merging(candidate), sent)
    assert refused.status_code == 422
    assert "刚被他人修改" in refused.content.decode()
    assert not Merge.objects.exists()


def test_it_asks_again_before_it_parts_what_was_one(officer, candidate, pair):
    third = firm("青岑岑科新材料有限公司")
    judge(SYSTEM, *pair, Said.SAME)
    judge(SYSTEM, pair[1], third, Said.SAME)
    between = put_forward(SYSTEM, pair[0], third)
    refused = officer.post(judging(between), {"verdict": "different"})
    assert refused.status_code == 422
    assert "已是同一个" in refused.content.decode()
    officer.post(judging(between), {"verdict": "different", "despite": "子公司"})
    assert Judgement.objects.filter(verdict=Said.DIFFERENT, note="子公司").exists()


def test_it_compares_two_of_ones_own_choice(officer, pair):
    other = firm("青岑宏砺精密机械有限公司")
    found = officer.post(
        f"{QUEUE}compare/", {"kind": "organisation", "one": pair[0].name, "other": other.name}
    )
    assert found.url == judging(Candidate.objects.get())
    missed = officer.post(
        f"{QUEUE}compare/", {"kind": "organisation", "one": "没有这一家", "other": other.name}, follow=True
    )
    assert "没有找到唯一的“没有这一家”" in missed.content.decode()


def test_it_looks_for_what_is_like_one_entry(officer, pair):
    found = officer.post(f"{QUEUE}similar/", {"kind": "organisation", "pk": pair[0].pk})
    assert found.url == f"{QUEUE}?of={pair[0].subject}"
    assert Candidate.objects.count() == 1
    lone = firm("青岑宏砺精密机械有限公司")
    none = officer.post(f"{QUEUE}similar/", {"kind": "organisation", "pk": lone.pk}, follow=True)
    assert "没有找到与它相像的记录" in none.content.decode()


def test_it_shows_what_is_alike_before_it_registers(officer, pair):
    said = {"name": "岑科新材料科技有限公司", "kind": "company", "region": "990101", "contact_phone": PHONE}
    first = officer.post("/registry/new/", said)
    assert first.status_code == 422
    assert "登记簿里已有相像的记录" in first.content.decode()
    assert Organisation.objects.count() == 2
    officer.post("/registry/new/", {**said, "sure": "1"})
    assert Organisation.objects.count() == 3
    assert Candidate.objects.exists()


def test_it_is_for_officers_only(client, cast, candidate):
    made = merge(SYSTEM, *(Organisation.objects.order_by("pk")), {}, "同一电话")
    pages = [QUEUE, judging(candidate), merging(candidate), reverse("registry:merge", args=[made.pk])]
    for role in (
        "clerk",
        "reporter",
        "leader",
        "auditor",
        "administrator",
        "researcher",
        "manager",
        "reviewer",
    ):
        client.force_login(getattr(cast, role))
        assert {client.get(page).status_code for page in pages} == {403}, role


def test_it_never_shows_a_confidential_pair(officer, pair):
    work = {"title": "一种高导热石墨烯薄膜", "owner": pair[0]}
    one = register(SYSTEM, ACHIEVEMENT, work)
    other = register(SYSTEM, ACHIEVEMENT, {**work, "owner": pair[1]})
    found = put_forward(SYSTEM, one, other)
    made = merge(SYSTEM, one, other, {}, "同一成果")
    other.is_confidential = True
    other.save()
    assert officer.get(judging(found)).status_code == 404
    assert officer.get(merging(found)).status_code == 404
    assert officer.get(reverse("registry:merge", args=[made.pk])).status_code == 404
    assert other.title not in officer.get(f"{QUEUE}?said=merged").content.decode()

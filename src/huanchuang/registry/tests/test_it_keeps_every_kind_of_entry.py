"""Ten kinds, one way: register, change, confirm, retire; every edit keeps its source, day and person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from huanchuang.audit import queries as audit
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.models import Revision
from huanchuang.registry.queries import history
from huanchuang.registry.queries.kinds import KINDS, kind_named
from huanchuang.registry.queries.listing import Asked, listing
from huanchuang.registry.services import entries
from huanchuang.registry.services.checks import AlreadyRegistered

pytestmark = pytest.mark.django_db
OFFICER = Actor("1", "林科长")
LEAST = {
    "organisation": {"name": "青岑微光电子有限公司", "kind": "company"},
    "person": {"name": "张伟", "roles": ["researcher"]},
    "achievement": {"title": "高强度镁合金轧制工艺"},
    "patent": {"title": "一种镁合金板材", "kind": "invention", "number": "201710601862.3"},
    "need": {"title": "耐高温密封胶", "kind": "technology"},
    "equipment": {"name": "扫描电子显微镜", "asset_no": "YL-001"},
    "service": {"title": "专利撰写", "category": "intellectual-property"},
    "finance-product": {"title": "科创信用贷", "kind": "loan"},
    "space": {"title": "岑创空间三层", "kind": "office"},
    "document": {"title": "青岑区创新券管理办法", "kind": "policy"},
}
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def least(kind, firm):
    owner = {kind.owner_field: firm} if kind.owner_field else {}
    return {**LEAST[kind.name], **owner}


@every_kind
def test_it_registers_with_what_is_asked_at_least(kind, firm):
    made = entries.register(OFFICER, kind, least(kind, firm), source="现场登记")
    stored = kind.model.objects.get(pk=made.pk)
    assert (stored.confirmed_on, stored.confirmed_by) == (dt.date(2026, 6, 30), "林科长")
    assert audit.history(stored.subject)[0].verb == f"registry.{kind.name}.register"
    known = history.provenance(stored)[kind.title_field]
    assert (known.plain, known.source, known.by_name) == (kind.title(stored), "现场登记", "林科长")


@every_kind
def test_it_names_what_is_missing(kind, firm):
    wanted = [field for field in kind.fields if field.required and not kind.start_of(field)]
    with pytest.raises(ProblemError) as refused:
        entries.register(OFFICER, kind, {})
    assert {problem.where for problem in refused.value.problems} == {str(field.label) for field in wanted}
    assert not kind.model.objects.exclude(pk=firm.pk if kind.name == "organisation" else None).exists()


@every_kind
def test_it_finds_the_new_entry_by_a_part_of_its_title(kind, firm, people):
    made = entries.register(OFFICER, kind, least(kind, firm))
    part = kind.title(made)[:3]
    assert list(listing(people.officer, kind, Asked(text=part))) == [made]


@every_kind
def test_it_stops_the_second_editor(kind, firm):
    made = entries.register(OFFICER, kind, least(kind, firm))
    entries.change(OFFICER, made, made.version, {"source": "先到"})
    with pytest.raises(EditedMeanwhile):
        entries.change(OFFICER, made, made.version, {"source": "后到"})
    made.refresh_from_db()
    assert made.source == "先到"


@every_kind
def test_it_retires_with_a_reason_and_keeps_the_record(kind, firm):
    made = entries.register(OFFICER, kind, least(kind, firm))
    with pytest.raises(ProblemError, match="停用原因"):
        entries.retire(OFFICER, made, made.version, " ")
    entries.retire(OFFICER, made, made.version, "不再提供")
    made.refresh_from_db()
    assert (made.retired_on, made.retired_because) == (dt.date(2026, 6, 30), "不再提供")
    assert [edit.deed for edit in history.revisions(made)] == ["register", "retire"]


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.unique_columns])
def test_it_refuses_the_same_entry_twice_and_names_the_first(name, firm):
    kind = kind_named(name)
    made = entries.register(OFFICER, kind, least(kind, firm))
    with pytest.raises(AlreadyRegistered) as refused:
        entries.register(OFFICER, kind, least(kind, firm))
    assert refused.value.existing == made


def test_two_people_of_one_name_in_one_unit_may_be_two(firm):
    kind = kind_named("person")
    assert entries.register(OFFICER, kind, least(kind, firm)) != entries.register(
        OFFICER, kind, least(kind, firm)
    )


@pytest.mark.parametrize(
    ("name", "values", "word"),
    [
        ("finance-product", {"amount_least": "500", "amount_most": "100"}, "最低金额"),
        ("patent", {"applied_on": "2024-03-01", "granted_on": "2023-03-01"}, "申请日"),
        ("patent", {"number": "201710601862.4"}, "校验"),
        ("achievement", {"completed_on": "2030-01-01"}, "晚于今天"),
        ("achievement", {"completed_on": "0202-01-01"}, "不像"),
        ("equipment", {"original_value": "-1"}, "小于零"),
        ("need", {"kind": "wish"}, "词表里没有"),
    ],
)
def test_it_refuses_what_cannot_be_right(name, values, word, firm):
    kind = kind_named(name)
    with pytest.raises(ProblemError, match=word):
        entries.register(OFFICER, kind, {**least(kind, firm), **values})


def test_it_knows_what_was_known_on_a_past_day(firm, settings):
    kind = kind_named("need")
    settings.HUANCHUANG_TODAY = dt.date(2026, 1, 10)
    made = entries.register(
        Actor("2", "何会计"), kind, {**least(kind, firm), "budget": "100"}, source="企业填报"
    )
    settings.HUANCHUANG_TODAY = dt.date(2026, 4, 20)
    entries.change(OFFICER, made, made.version, {"budget": "80", "detail": "耐温三百度"}, source="电话核实")
    made.refresh_from_db()

    def on(month, day):
        return timezone.make_aware(dt.datetime(2026, month, day, 23, 59))

    assert history.state_on(made, on(1, 9)) == {}
    assert history.state_on(made, on(3, 31))["budget"] == Money.parse("100万元")
    assert "detail" not in history.state_on(made, on(3, 31))
    assert history.state_on(made, None)["budget"] == Money.parse("80万元")
    different = history.compare(made, on(3, 31), None, kind.fields)
    assert {(one.field.name, one.before, one.after) for one in different} == {
        ("budget", "100", "80"),
        ("detail", "", "耐温三百度"),
    }
    known = history.provenance(made)
    assert (known["budget"].source, known["budget"].by_name) == ("电话核实", "林科长")
    assert (known["title"].source, known["title"].by_name) == ("企业填报", "何会计")


def test_an_edit_that_says_the_same_leaves_no_revision(firm):
    kind = kind_named("need")
    made = entries.register(OFFICER, kind, {**least(kind, firm), "budget": "100"})
    entries.change(OFFICER, made, made.version, {"budget": "100.00", "title": " 耐高温密封胶 "})
    assert Revision.objects.filter(subject_of=made.subject).count() == 1


def test_confirming_renews_the_day_and_says_so(firm, settings):
    made = entries.register(OFFICER, kind_named("need"), least(kind_named("need"), firm))
    settings.HUANCHUANG_TODAY = dt.date(2026, 12, 1)
    entries.confirm(Actor("2", "何会计"), made, made.version)
    made.refresh_from_db()
    assert (made.confirmed_on, made.confirmed_by) == (dt.date(2026, 12, 1), "何会计")
    with pytest.raises(EditedMeanwhile):
        entries.confirm(OFFICER, made, made.version - 1)


def test_a_renamed_unit_is_found_with_its_belongings_by_its_new_name(firm, people):
    kind = kind_named("achievement")
    made = entries.register(OFFICER, kind, least(kind, firm))
    entries.change(OFFICER, firm, firm.version, {"name": "云澜远帆新材料有限公司"})
    assert list(listing(people.officer, kind, Asked(text="远帆"))) == [made]


def test_the_trail_of_a_confidential_achievement_tells_no_content(firm):
    kind = kind_named("achievement")
    made = entries.register(
        OFFICER, kind, {**least(kind, firm), "is_confidential": True, "summary": "秘密配方"}
    )
    text = "".join(entry.after for entry in audit.history(made.subject))
    assert "镁合金" not in text
    assert "秘密配方" not in text


@pytest.mark.parametrize(
    "given", ["秦怀瑾、岑望，林知衡", "秦怀瑾；岑望;林知衡", "秦怀瑾\n岑望\n\n林知衡\n秦怀瑾"]
)
def test_it_keeps_who_is_credited_as_the_papers_say(firm, given):
    entry = entries.register(
        OFFICER, KINDS["achievement"], {"title": "纳滤膜", "owner": firm, "credited": given}
    )
    assert entry.credited == ["秦怀瑾", "岑望", "林知衡"]

"""An organisation enters the register once, changes leave a trail, and nobody overwrites somebody else unseen."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import change_organisation, register_organisation, retire_organisation
from huanchuang.registry.services.checks import AlreadyRegistered

pytestmark = pytest.mark.django_db


def test_it_registers_with_source_and_confirmation(firm):
    stored = Organisation.objects.get(pk=firm.pk)
    assert stored.uscc.text == "91350100M000100Y43"
    assert (stored.confirmed_on, stored.confirmed_by) == (dt.date(2026, 6, 30), "系统")


@pytest.mark.parametrize(
    "again",
    [
        {"name": "云澜岑科新材料有限公司"},
        {"name": "云澜岑科新材料 有限责任公司"},
        {"name": "另一个名字有限公司", "uscc": "91350100M000100Y43"},
    ],
)
def test_it_refuses_a_second_registration_and_names_the_first(firm, again):
    with pytest.raises(AlreadyRegistered, match="岑科新材料") as refused:
        register_organisation(SYSTEM, kind="company", **again)
    assert refused.value.existing == firm
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"name": ""}, "名称"),
        ({"kind": ""}, "类型"),
        ({"kind": "ministry-of-magic"}, "ministry-of-magic"),
        ({"region": "123"}, "所在区划"),
        ({"industry": "99999"}, "行业"),
        ({"stage": "ancient"}, "发展阶段"),
        ({"founded_on": dt.date(2030, 1, 1)}, "晚于今天"),
        ({"uscc": "91350100M000100Y4Z"}, "统一社会信用代码"),
    ],
)
def test_it_refuses_values_it_cannot_keep(db, values, word):
    with pytest.raises(ProblemError, match=word) as refused:
        register_organisation(SYSTEM, **{"name": "某公司", "kind": "company", **values})
    assert refused.value.problems[0].remedy
    assert not Organisation.objects.exists()


def test_it_writes_what_changed_into_the_trail(firm):
    change_organisation(SYSTEM, firm, firm.version, short_name="岑科", contact_phone="13900005678")
    newest = audit.history(firm.subject)[0]
    assert newest.verb == "registry.organisation.change"
    assert '"short_name":"岑科"' in newest.after
    assert '"short_name":"岑科新材"' in newest.before
    assert "13900005678" not in newest.after


def test_it_leaves_no_trail_where_nothing_changed(firm):
    before = audit.history(firm.subject).count()
    change_organisation(SYSTEM, firm, firm.version, short_name="岑科新材")
    assert audit.history(firm.subject).count() == before


def test_it_stops_the_second_editor_and_writes_nothing(firm):
    seen_by_both = firm.version
    change_organisation(SYSTEM, firm, seen_by_both, short_name="先到")
    with pytest.raises(EditedMeanwhile):
        change_organisation(SYSTEM, firm, seen_by_both, short_name="后到")
    firm.refresh_from_db()
    assert firm.short_name == "先到"


def test_it_retires_with_a_reason_and_frees_the_name(firm):
    with pytest.raises(ProblemError, match="停用原因"):
        retire_organisation(SYSTEM, firm, firm.version, "  ")
    retired = retire_organisation(SYSTEM, firm, firm.version, "已注销")
    assert retired.retired_on == dt.date(2026, 6, 30)
    with pytest.raises(ProblemError, match="已于2026-06-30停用"):
        retire_organisation(SYSTEM, retired, retired.version, "再次")
    register_organisation(SYSTEM, name=firm.name, kind="company")


def test_it_refuses_a_parent_below_itself(firm, bureau):
    child = register_organisation(SYSTEM, name="岑科子公司", kind="company", parent=firm)
    with pytest.raises(ProblemError, match="上级单位"):
        change_organisation(SYSTEM, firm, firm.version, parent=child)


def test_signs_that_turn_the_direction_of_a_name_are_dropped(db):
    made = register_organisation(
        SYSTEM, name="青岑\u202e司公术技\u202c有限公司", kind="company", aliases=["甲\u200b公司", "甲公司"]
    )
    assert made.name == "青岑司公术技有限公司"
    assert made.aliases == ["甲公司"]

"""Relations join what may be joined and end without being erased; qualifications hold from one day to another."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.registry.models import Relation
from huanchuang.registry.queries.kinds import KINDS, kind_named
from huanchuang.registry.queries.kinds.relations import RELATION_TYPES
from huanchuang.registry.queries.page import related
from huanchuang.registry.services import qualify, register, relate, revoke_qualification, unrelate

pytestmark = pytest.mark.django_db


@pytest.fixture
def inventor(firm):
    return register(SYSTEM, kind_named("person"), {"name": "秦岚", "roles": ["researcher"], "unit": firm})


@pytest.fixture
def achievement(firm):
    return register(SYSTEM, kind_named("achievement"), {"title": "镁合金轧制", "owner": firm})


def test_it_shows_a_relation_from_both_ends(people, inventor, achievement):
    relate(SYSTEM, "inventor-of", inventor, achievement, order=1)
    assert [(one.word, one.title) for one in related(people.officer, inventor)] == [
        ("完成或发明", "镁合金轧制")
    ]
    assert [(one.word, one.title) for one in related(people.officer, achievement)] == [
        ("完成人、发明人", "秦岚")
    ]


def test_it_makes_a_lasting_relation_once(inventor, achievement):
    first = relate(SYSTEM, "inventor-of", inventor, achievement)
    assert relate(SYSTEM, "inventor-of", inventor, achievement) == first
    assert Relation.objects.count() == 1


def test_it_ends_a_relation_and_lets_it_begin_again(inventor, achievement):
    first = relate(SYSTEM, "inventor-of", inventor, achievement, since=dt.date(2026, 6, 30))
    ended = unrelate(SYSTEM, first)
    assert ended.until == dt.date(2026, 6, 30)
    assert relate(SYSTEM, "inventor-of", inventor, achievement) != first


@pytest.mark.parametrize("type_name", ["holds", "tenant-of", "offers"])
def test_it_refuses_ends_that_do_not_fit(type_name, inventor, firm):
    with pytest.raises(ProblemError, match="不能连接"):
        relate(SYSTEM, type_name, firm, inventor)


def test_it_refuses_a_relation_to_oneself(firm):
    with pytest.raises(ProblemError, match="不能连接"):
        relate(SYSTEM, "partner-of", firm, firm)


def test_every_relation_type_joins_kinds_that_exist():
    for type_ in RELATION_TYPES.values():
        assert set(type_.sources) | set(type_.targets) <= set(KINDS)


def test_it_hides_the_confidential_end(people, inventor, firm):
    secret = register(
        SYSTEM, kind_named("achievement"), {"title": "未公开成果", "owner": firm, "is_confidential": True}
    )
    relate(SYSTEM, "inventor-of", inventor, secret)
    assert related(people.officer, inventor) == []
    assert [one.title for one in related(people.clerk, inventor)] == ["未公开成果"]


def test_a_qualification_said_again_is_completed_not_doubled(firm):
    begin = dt.date(2024, 11, 1)
    first = qualify(SYSTEM, firm, "high-tech-enterprise", begin)
    again = qualify(
        SYSTEM,
        firm,
        "high-tech-enterprise",
        begin,
        number="GR202499000001",
        valid_until=dt.date(2027, 10, 31),
    )
    assert again.pk == first.pk
    assert firm.qualifications.get().number == "GR202499000001"


def test_it_refuses_unknown_qualifications_and_turned_days(firm):
    with pytest.raises(ProblemError, match="词表里没有"):
        qualify(SYSTEM, firm, "knighthood", dt.date(2024, 1, 1))
    with pytest.raises(ProblemError, match="早于"):
        qualify(SYSTEM, firm, "technology-sme", dt.date(2024, 1, 1), valid_until=dt.date(2023, 1, 1))


def test_it_revokes_with_a_reason_and_keeps_the_row(firm):
    held = qualify(SYSTEM, firm, "technology-sme", dt.date(2025, 1, 1))
    with pytest.raises(ProblemError, match="取消原因"):
        revoke_qualification(SYSTEM, held, dt.date(2026, 1, 1), " ")
    revoke_qualification(SYSTEM, held, dt.date(2026, 1, 1), "抽查不符合条件")
    held.refresh_from_db()
    assert (held.revoked_on, held.revoked_because) == (dt.date(2026, 1, 1), "抽查不符合条件")

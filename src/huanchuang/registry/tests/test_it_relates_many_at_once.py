"""A load of relations is one deed: those that last already stay, the audit keeps one line, a bad one stops all."""

from __future__ import annotations

import pytest

from huanchuang.audit.models import Entry as AuditEntry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.registry.models import Relation
from huanchuang.registry.queries.kinds import kind_named
from huanchuang.registry.services import Tie, register, relate, relate_many, unrelate

pytestmark = pytest.mark.django_db
DIGEST = "0" * 64


@pytest.fixture
def ends(firm):
    person = register(SYSTEM, kind_named("person"), {"name": "秦岚", "roles": ["researcher"], "unit": firm})
    results = [
        register(SYSTEM, kind_named("achievement"), {"title": title, "owner": firm})
        for title in ("镁合金轧制", "镁合金挤压")
    ]
    return person, results


def test_it_makes_what_does_not_last_yet_in_one_deed(ends):
    person, (first, second) = ends
    relate(SYSTEM, "inventor-of", person, first)
    ties = [Tie("inventor-of", person, first), Tie("inventor-of", person, second, order=2, note="第二完成人")]
    assert relate_many(SYSTEM, [*ties, ties[1]], DIGEST, note="成果登记表") == 1
    made = Relation.objects.get(to_subject=second.subject)
    assert (made.order, made.note, made.until) == (2, "第二完成人", None)
    assert AuditEntry.objects.filter(verb="registry.relation.make_many").count() == 1


def test_the_same_load_again_changes_nothing(ends):
    person, (first, _second) = ends
    assert relate_many(SYSTEM, [Tie("inventor-of", person, first)], DIGEST) == 1
    assert relate_many(SYSTEM, [Tie("inventor-of", person, first)], DIGEST) == 0
    assert AuditEntry.objects.filter(verb="registry.relation.make_many").count() == 1


def test_one_that_has_ended_can_begin_again(ends):
    person, (first, _second) = ends
    unrelate(SYSTEM, relate(SYSTEM, "inventor-of", person, first))
    assert relate_many(SYSTEM, [Tie("inventor-of", person, first)], DIGEST) == 1
    assert Relation.objects.count() == 2


def test_one_that_does_not_fit_stops_all(ends, firm):
    person, (first, _second) = ends
    with pytest.raises(ProblemError, match="不能连接"):
        relate_many(SYSTEM, [Tie("inventor-of", person, first), Tie("tenant-of", firm, person)], DIGEST)
    assert not Relation.objects.exists()

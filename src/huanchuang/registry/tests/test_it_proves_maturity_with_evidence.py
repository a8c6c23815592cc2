"""TRL 1 to 9 rises only with evidence for every level, and falls back when evidence is withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.files import services as files
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.models import Achievement, Proof
from huanchuang.registry.queries.maturity import levels_of, live_levels, proved
from huanchuang.registry.services import Evidence, lower_trl, raise_trl, withdraw_proof
from huanchuang.registry.services.sameness.merging import merge
from huanchuang.registry.services.sameness.undoing import undo_merge
from huanchuang.registry.tests.scenes import achievement, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(db):
    """A file that is there already, so that many proofs may use it."""
    name, content = paper()
    return files.store(content, name, SYSTEM)


@pytest.fixture
def entry(firm):
    return achievement(firm)


def shown(stored, *levels):
    return {level: Evidence(f"第{level}级试验合格", stored=[stored]) for level in levels}


def risen(entry, stored, level):
    return raise_trl(
        SYSTEM, entry, entry.version, level, shown(stored, *range((entry.trl or 0) + 1, level + 1))
    )


def test_it_rises_with_uploaded_files(entry):
    evidence = {
        1: Evidence("原理报告", uploads=[paper("报告")], on=dt.date(2026, 1, 5)),
        2: Evidence("方案", [paper("方案")]),
    }
    entry = raise_trl(SYSTEM, entry, entry.version, 2, evidence)
    assert entry.trl == 2
    levels = levels_of(entry)
    assert [level.reached for level in levels] == [True, True] + [False] * 7
    assert [(one.proof.on, one.files[0].stored.name) for one in levels[0].proofs] == [
        (dt.date(2026, 1, 5), "报告.txt")
    ]
    assert audit.history(entry.subject)[0].verb == "registry.achievement.raise-trl"


def test_it_skips_no_level(entry, stored):
    with pytest.raises(ProblemError) as refused:
        raise_trl(SYSTEM, entry, entry.version, 4, shown(stored, 1, 4))
    assert [problem.where for problem in refused.value.problems] == ["第2级", "第3级"]
    assert not Proof.objects.exists()


@pytest.mark.parametrize(
    ("evidence", "word"),
    [
        ({1: Evidence("")}, "没有写证明了什么"),
        ({1: Evidence("有原理")}, "没有上传材料"),
        ({1: Evidence("有原理", [paper()], on=dt.date(2026, 7, 1))}, "晚于今天"),
        ({}, "未评定"),
        ({0: Evidence("有", [paper()])}, "没有第1级"),
        ({1: Evidence("有", [paper()]), 2: Evidence("有", [paper()])}, "高于要评定的第1级"),
    ],
)
def test_it_refuses_what_proves_nothing(entry, evidence, word):
    with pytest.raises(ProblemError, match=word):
        raise_trl(SYSTEM, entry, entry.version, 1, evidence)
    assert not Proof.objects.exists()


def test_it_falls_back_to_what_is_still_proved(entry, stored):
    entry = risen(entry, stored, 5)
    entry = withdraw_proof(SYSTEM, Proof.objects.get(level=3), entry.version, "报告数据有误")
    assert entry.trl == 2
    entry = raise_trl(SYSTEM, entry, entry.version, 3, shown(stored, 3))
    assert entry.trl == 5  # the evidence for 4 and 5 was never withdrawn


def test_it_stays_while_other_evidence_proves_the_level(entry, stored):
    entry = risen(entry, stored, 2)
    entry = raise_trl(SYSTEM, entry, entry.version, 2, shown(stored, 1))
    assert withdraw_proof(SYSTEM, Proof.objects.filter(level=1).first(), entry.version, "换新报告").trl == 2


def test_it_is_lowered_with_a_reason(entry, stored):
    entry = risen(entry, stored, 4)
    with pytest.raises(ProblemError, match="不能为空"):
        lower_trl(SYSTEM, entry, entry.version, 2, "")
    with pytest.raises(ProblemError, match="不比它低"):
        lower_trl(SYSTEM, entry, entry.version, 4, "复核")
    entry = lower_trl(SYSTEM, entry, entry.version, 2, "复核未通过")
    assert (entry.trl, live_levels(entry)) == (2, [1, 2])
    assert {proof.withdrawn_because for proof in Proof.objects.filter(level__gt=2)} == {"复核未通过"}
    assert lower_trl(SYSTEM, entry, entry.version, 0, "不再评定").trl is None


def test_it_stops_who_saw_an_older_version(entry, stored):
    risen(entry, stored, 1)
    with pytest.raises(EditedMeanwhile):
        raise_trl(SYSTEM, entry, entry.version, 2, shown(stored, 2))
    assert list(Proof.objects.values_list("level", flat=True)) == [1]


def test_it_follows_the_evidence_that_a_merge_moves(entry, stored, firm):
    better = risen(achievement(firm, title="同一项成果的旧记录"), stored, 6)
    entry = risen(entry, stored, 3)
    merged = merge(SYSTEM, entry, better, {"trl": "lost"}, "同一项成果")
    entry.refresh_from_db()
    assert (entry.trl, live_levels(entry)) == (6, [1, 2, 3, 4, 5, 6])
    entry = raise_trl(SYSTEM, entry, entry.version, 7, shown(stored, 7))
    undo_merge(SYSTEM, merged, "两项不同")
    entry.refresh_from_db()
    better.refresh_from_db()
    assert (entry.trl, live_levels(entry)) == (3, [1, 2, 3, 7])
    assert (better.trl, live_levels(better)) == (6, [1, 2, 3, 4, 5, 6])


@given(st.sets(st.integers(1, 9)))
def test_proved_is_the_longest_run_from_one(levels):
    level = proved(levels) or 0
    assert set(range(1, level + 1)) <= levels
    assert level + 1 not in levels


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("raise"), st.integers(1, 9), st.sets(st.integers(1, 9))),
        st.tuples(st.just("lower"), st.integers(0, 9), st.just(frozenset())),
        st.tuples(st.just("withdraw"), st.integers(0, 30), st.just(frozenset())),
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_the_level_is_never_above_what_evidence_proves(firm, stored, moves):
    entry = achievement(firm, title=f"试{Achievement.objects.count()}号")
    for move, number, levels in moves:
        try:
            if move == "raise":
                entry = raise_trl(SYSTEM, entry, entry.version, number, shown(stored, *levels))
            elif move == "lower":
                entry = lower_trl(SYSTEM, entry, entry.version, number, "复核")
            else:
                proofs = list(Proof.objects.filter(achievement=entry))
                if proofs:
                    entry = withdraw_proof(SYSTEM, proofs[number % len(proofs)], entry.version, "有误")
        except ProblemError:
            pass
        entry.refresh_from_db()
        assert entry.trl == proved(live_levels(entry))

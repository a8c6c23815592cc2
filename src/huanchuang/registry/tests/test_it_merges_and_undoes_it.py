"""Two entries become one: values chosen, names kept, everything moved; and exactly back."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.accounts.services import grants
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError, Uscc
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.models import Judgement, Merge, Relation, Revision, Said
from huanchuang.registry.queries import history
from huanchuang.registry.queries.kinds import ACHIEVEMENT, NEED, PERSON
from huanchuang.registry.queries.organisations import resolve_unit
from huanchuang.registry.queries.sameness.judged import kept_for
from huanchuang.registry.services import (
    change_organisation,
    join,
    register_organisation,
)
from huanchuang.registry.services.entries import register
from huanchuang.registry.services.links import relate
from huanchuang.registry.services.qualifications import qualify
from huanchuang.registry.services.sameness import merge, undo_merge

CODE = "91350100M000100Y43"
DAY = dt.date(2020, 1, 1)


def firm(name: str, **values):
    return register_organisation(SYSTEM, name=name, kind="company", region="990101", **values)


def fresh(entry):
    return type(entry).objects.get(pk=entry.pk)


@pytest.fixture
def two(db):
    """The one to keep and the one to lose."""
    return (
        firm("青岑星澜新材料有限公司", short_name="星澜", address="澜江路18号"),
        firm("星澜新材", aliases=["青岑岑科材料厂"], uscc=CODE, address="澜江路20号"),
    )


def test_it_keeps_the_chosen_values_and_all_names(two):
    kept, lost = two
    merge(SYSTEM, kept, lost, {"uscc": "lost"}, "同一电话")
    kept, lost = fresh(kept), fresh(lost)
    assert kept.uscc == Uscc.parse(CODE)
    assert kept.address == "澜江路18号"
    assert set(kept.aliases) == {"星澜新材", "青岑岑科材料厂"}
    assert lost.uscc is None
    assert lost.retired_because == "已并入“青岑星澜新材料有限公司”"
    assert resolve_unit("星澜新材") == resolve_unit("青岑岑科材料厂") == kept


def test_it_is_met_by_the_code_of_the_one_it_took_in(two):
    kept, lost = two
    merge(SYSTEM, kept, lost, {}, "同一电话")
    assert fresh(lost).uscc == Uscc.parse(CODE)
    assert resolve_unit(CODE) == kept


def test_it_tells_both_histories(two):
    kept, lost = two
    merge(SYSTEM, kept, lost, {"uscc": "lost"}, "同一电话")
    edit = Revision.objects.filter(subject_of=kept.subject).last()
    assert (edit.deed, edit.note, edit.source) == ("merge", "同一电话", "合并：星澜新材")
    assert history.provenance(fresh(kept))["uscc"].plain == CODE
    assert Revision.objects.filter(subject_of=lost.subject).last().deed == "merge"


def test_it_moves_everything_that_points_at_the_lost_one(two, cast):
    kept, lost = two
    below = firm("青岑星澜贸易有限公司", parent=lost)
    need = register(SYSTEM, NEED, {"title": "导热膜", "kind": "technology", "owner": lost})
    person = register(SYSTEM, PERSON, {"name": "秦砚秋", "unit": lost, "roles": ["researcher"]})
    made = relate(SYSTEM, "tenant-of", lost, below)
    holding = qualify(SYSTEM, lost, "high-tech-enterprise", DAY)
    seat = join(SYSTEM, cast.clerk, lost, since=DAY)
    given = grants.grant(SYSTEM, cast.researcher, lost.subject, field_class="owner", reason="合同")
    merge(SYSTEM, kept, lost, {}, "同一电话")
    for row, column in ((below, "parent"), (need, "owner"), (person, "unit"), (holding, "organisation"), (seat, "organisation")):  # fmt: skip
        assert getattr(fresh(row), column) == kept
    assert fresh(made).from_subject == kept.subject
    assert fresh(given).subject_of == kept.subject
    assert kept.name in fresh(person).search_text or "星澜" in fresh(person).search_text
    assert history.state_on(fresh(need), None)["owner"] == kept.subject


def test_it_leaves_what_the_kept_one_has_already(two, cast):
    kept, lost = two
    for one in two:
        join(SYSTEM, cast.clerk, one, since=DAY)
        qualify(SYSTEM, one, "high-tech-enterprise", DAY)
    made = merge(SYSTEM, kept, lost, {}, "同一电话")
    assert sorted(label for label, _column, _keys in made.stayed) == [
        "registry.membership",
        "registry.qualification",
    ]
    assert lost.memberships.count() == kept.memberships.count() == 1


def test_it_never_relates_an_entry_to_itself_nor_sets_it_above_itself(db):
    kept = firm("青岑星澜新材料有限公司")
    lost = firm("星澜新材")
    between = firm("青岑星澜控股有限公司", parent=lost)
    change_organisation(SYSTEM, kept, 1, parent=between)
    relate(SYSTEM, "partner-of", lost, kept)
    merge(SYSTEM, fresh(kept), lost, {}, "同一电话")
    assert Relation.objects.get().from_subject == lost.subject
    assert fresh(between).parent == lost
    assert fresh(kept).parent == between


def test_it_takes_the_place_above_when_the_lost_one_stood_there(db):
    top = firm("青岑星澜集团有限公司")
    lost = firm("星澜新材", parent=top)
    kept = firm("青岑星澜新材料有限公司", parent=lost)
    merge(SYSTEM, kept, lost, {}, "同一电话")
    assert fresh(kept).parent == top


def test_it_undoes_a_merge(two, cast):
    kept, lost = two
    need = register(SYSTEM, NEED, {"title": "导热膜", "kind": "technology", "owner": lost})
    made = merge(SYSTEM, kept, lost, {"uscc": "lost", "address": "lost"}, "同一电话")
    later = register(SYSTEM, NEED, {"title": "散热片", "kind": "technology", "owner": fresh(kept)})
    undo_merge(SYSTEM, made, "是两家")
    kept, lost = fresh(kept), fresh(lost)
    assert (kept.uscc, kept.address, kept.aliases) == (None, "澜江路18号", [])
    assert (lost.uscc, lost.aliases, lost.retired_on) == (Uscc.parse(CODE), ["青岑岑科材料厂"], None)
    assert fresh(need).owner == lost
    assert fresh(later).owner == kept
    assert resolve_unit("星澜新材") == lost
    assert Judgement.objects.get(is_current=True).verdict == Said.UNSURE
    assert [edit.deed for edit in Revision.objects.filter(subject_of=need.subject)] == [
        "register",
        "merge",
        "unmerge",
    ]


def test_it_keeps_what_was_changed_since(two):
    kept, lost = two
    made = merge(SYSTEM, kept, lost, {"address": "lost"}, "同一电话")
    kept = fresh(kept)
    change_organisation(SYSTEM, kept, kept.version, address="创业路1号", aliases=[*kept.aliases, "星澜总部"])
    undo_merge(SYSTEM, made, "是两家")
    kept = fresh(kept)
    assert (kept.address, kept.aliases) == ("创业路1号", ["星澜总部"])


def test_it_undoes_in_order(two):
    kept, lost = two
    third = firm("云澜星澜新材料有限公司")
    first = merge(SYSTEM, kept, lost, {}, "同一电话")
    second = merge(SYSTEM, third, fresh(kept), {}, "同一电话")
    assert kept_for(lost.subject) == third.subject
    with pytest.raises(ProblemError, match="请先撤销后来的那次合并"):
        undo_merge(SYSTEM, first, "是两家")
    undo_merge(SYSTEM, second, "是两家")
    undo_merge(SYSTEM, first, "是两家")
    assert Merge.objects.filter(undone_at__isnull=True).count() == 0
    assert kept_for(lost.subject) == lost.subject
    with pytest.raises(ProblemError, match="无需再次撤销"):
        undo_merge(SYSTEM, first, "是两家")


def test_it_refuses_what_cannot_be_put_together(two):
    kept, lost = two
    with pytest.raises(ProblemError, match="合并理由：不能为空"):
        merge(SYSTEM, kept, lost, {}, " ")
    with pytest.raises(EditedMeanwhile):
        merge(SYSTEM, kept, lost, {}, "同一电话", versions=(kept.version, lost.version + 1))
    merge(SYSTEM, kept, lost, {}, "同一电话")
    with pytest.raises(ProblemError, match="已并入"):
        merge(SYSTEM, firm("青岑另一家有限公司"), fresh(lost), {}, "同一电话")
    with pytest.raises(ProblemError, match="已并入"):
        merge(SYSTEM, fresh(lost), fresh(kept), {}, "同一电话")


def test_it_merges_again_after_an_undo(two):
    kept, lost = two
    undo_merge(SYSTEM, merge(SYSTEM, kept, lost, {}, "同一电话"), "是两家")
    merge(SYSTEM, fresh(lost), fresh(kept), {}, "执照一致")
    assert Merge.objects.filter(undone_at__isnull=True).get().kept == lost.subject


def test_it_merges_other_kinds(db, two):
    kept_unit, lost_unit = two
    work = {"title": "导热石墨烯膜", "owner": kept_unit}
    one = register(SYSTEM, ACHIEVEMENT, {**work, "keywords": ["石墨烯"]})
    other = register(SYSTEM, ACHIEVEMENT, {**work, "owner": lost_unit, "summary": "面内导热率高"})
    person = register(SYSTEM, PERSON, {"name": "秦砚秋", "unit": kept_unit, "roles": ["researcher"]})
    made = relate(SYSTEM, "inventor-of", person, other)
    done = merge(SYSTEM, one, other, {"summary": "lost"}, "同一成果")
    assert fresh(one).summary == "面内导热率高"
    assert fresh(made).to_subject == one.subject
    undo_merge(SYSTEM, done, "两项")
    assert (fresh(one).summary, fresh(made).to_subject) == ("", other.subject)

"""Whatever points at two entries of the register: after a merge and its undoing every table is as it was.

Random organisations, people, achievements, patents, needs, relations, memberships, qualifications, grants, files,
facts and lines of plans; a random pair of a random kind, random choices. What is left out tells what was done: audit,
merges, judgements, revisions, and how often the two entries themselves were saved.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.services.grants import grant
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period, ProblemError, Uscc
from huanchuang.engines.kernel.identifiers.uscc import check_character
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.services import record_fact
from huanchuang.files.models import StoredFile, Use
from huanchuang.orm import clock
from huanchuang.policies.models import Answer, Decision, Supposition, WindowKey
from huanchuang.registry.models import Entry, Merge, Organisation
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services import join, register_organisation
from huanchuang.registry.services.entries import register
from huanchuang.registry.services.links import relate
from huanchuang.registry.services.qualifications import qualify
from huanchuang.registry.services.sameness import merge, undo_merge
from huanchuang.steering.models import Item, Plan, Responsibility, Target

TELLING = {"audit", "registry.merge", "registry.judgement", "registry.candidate", "registry.revision"}
SAVES = ("version", "updated_at")
QUALIFICATIONS = ("high-tech-enterprise", "technology-sme")
Row = tuple[tuple[str, Any], ...]


def dump(*entries: Entry) -> dict[str, list[str]]:
    """Every row of every table in a fixed order, without what only tells what was done."""
    saved = {(entry._meta.label_lower, entry.pk) for entry in entries}
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if label in TELLING or model._meta.app_label in TELLING:
            continue
        rows = []
        for row in model._default_manager.order_by("pk").values():
            hidden = (
                SAVES if (label, row.get("id")) in saved else ("id",) if label == "registry.namekey" else ()
            )
            rows.append(str(sorted((name, str(value)) for name, value in row.items() if name not in hidden)))
        found[label] = sorted(rows)
    return found


def code(number: int) -> Uscc:
    first = f"91990101MA{number:07}"
    return Uscc(first + check_character(first))


numbers = st.integers(0, 3)
pairs = st.tuples(numbers, numbers)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """How many of what, and who points at whom; small numbers, so that much collides."""
    return {
        "with_code": draw(st.lists(st.booleans(), min_size=4, max_size=4)),
        "parents": draw(st.lists(st.none() | numbers, min_size=4, max_size=4)),
        "names": draw(st.lists(st.lists(st.sampled_from(["星澜", "岑科", "宏砺"]), max_size=2, unique=True), min_size=4, max_size=4)),
        "people": draw(st.lists(numbers, min_size=2, max_size=4)),
        "works": draw(st.lists(numbers, min_size=2, max_size=4)),
        "patents": draw(st.lists(pairs, max_size=3)),
        "needs": draw(st.lists(numbers, max_size=3)),
        "inventors": draw(st.lists(pairs, max_size=4)),
        "partners": draw(st.lists(pairs, max_size=4)),
        "seats": draw(st.lists(numbers, max_size=3)),
        "holdings": draw(st.lists(st.tuples(numbers, st.sampled_from(QUALIFICATIONS), st.sampled_from([2023, 2024])), max_size=4)),
        "grants": draw(st.lists(numbers, max_size=2)),
        "duties": draw(st.lists(numbers, max_size=3)),
        "files": draw(st.lists(numbers, max_size=3)),
        "facts": draw(st.lists(st.tuples(numbers, st.sampled_from(["2023", "2024"]), st.integers(1, 9)), max_size=5)),
        "kind": draw(st.sampled_from(["organisation", "person", "achievement"])),
        "pair": draw(pairs.filter(lambda pair: pair[0] != pair[1])),
        "said": draw(st.lists(st.tuples(numbers, st.sampled_from(["ledger", "jury"])), max_size=4)),
        "choices": draw(st.sets(st.sampled_from(["name", "title", "uscc", "address", "unit", "summary", "owner", "short_name", "parent"]))),
    }  # fmt: skip


def make(world: dict[str, Any]) -> dict[str, list[Any]]:
    """The entries of a world with everything around them."""
    user = User.objects.create_user(username="maker", name="何会计", role=Role.CLERK.value)
    firms = [
        register_organisation(
            SYSTEM, name=f"青岑第{place}号材料有限公司", kind="company", region="990101", address=f"澜江路{place}号",
            aliases=world["names"][place], uscc=code(place) if world["with_code"][place] else None,
        )
        for place in range(4)
    ]  # fmt: skip
    for place, above in enumerate(world["parents"]):
        if above is not None and above < place:
            Organisation.objects.filter(pk=firms[place].pk).update(parent=firms[above])
    people = [
        register(SYSTEM, KINDS["person"], {"name": "秦砚秋", "unit": firms[unit], "roles": ["researcher"], "phone": f"1390000000{place}"})
        for place, unit in enumerate(world["people"])
    ]  # fmt: skip
    works = [
        register(SYSTEM, KINDS["achievement"], {"title": f"导热膜{place}", "owner": firms[owner], "summary": f"第{place}项"})
        for place, owner in enumerate(world["works"])
    ]  # fmt: skip
    for place, (owner, work) in enumerate(world["patents"]):
        kept = works[work % len(works)]
        register(SYSTEM, KINDS["patent"], {"title": f"一种膜{place}", "kind": "invention", "state": "granted", "owner": firms[owner], "achievement": kept})  # fmt: skip
    for place, owner in enumerate(world["needs"]):
        register(
            SYSTEM, KINDS["need"], {"title": f"散热{place}", "kind": "technology", "owner": firms[owner]}
        )
    relations(world, firms, people, works)
    for owner in world["seats"]:
        join(SYSTEM, user, firms[owner], since=dt.date(2020, 1, 1))
    for owner, kind, year in world["holdings"]:
        qualify(SYSTEM, firms[owner], kind, dt.date(year, 1, 1))
    for owner in world["grants"]:
        grant(SYSTEM, user, firms[owner].subject, field_class="owner", reason="合同")
    stored = StoredFile.objects.create(
        digest="0" * 64, kind="pdf", name="证.pdf", size=1, added_by_id="1", added_by_name="何"
    )
    for owner in set(world["files"]):
        Use.objects.create(stored=stored, about=firms[owner].subject, added_by_id="1", added_by_name="何")
    duties(world, firms, user, stored)
    kept_by_policies(world, firms, user)
    for owner, year, value in world["facts"]:
        record_fact(
            SYSTEM, firms[owner].subject, "total-revenue", Period.parse(year), str(value), unit="万元",
            source_kind=SourceKind.IMPORT,
        )  # fmt: skip
    return {"organisation": firms, "person": people, "achievement": works}


def relations(world: dict[str, Any], firms: list[Any], people: list[Any], works: list[Any]) -> None:
    for person, work in world["inventors"]:
        relate(SYSTEM, "inventor-of", people[person % len(people)], works[work % len(works)])
    for one, other in world["partners"]:
        if one != other:
            relate(SYSTEM, "partner-of", firms[one], firms[other])


def duties(world: dict[str, Any], firms: list[Any], user: User, stored: StoredFile) -> None:
    """Lines of a plan for which organisations answer: a slice above the register, with hidden keys into it."""
    plan = Plan.objects.create(title="方案", file=stored, file_digest="0" * 64, uploaded_by=user)
    item = Item.objects.create(plan=plan, code="1", level="task", start=0, end=1, body_end=1, position=0)
    line = Target.objects.create(
        plan=plan, item=item, code="1", position=0, kind="task", name="任务", quote="", start=0, end=1
    )
    for place, owner in enumerate(world["duties"]):
        Responsibility.objects.create(
            target=line,
            unit=f"单位{place}",
            organisation=firms[owner],
            duty="lead",
            order=place,
            start=0,
            end=1,
        )


def kept_by_policies(world: dict[str, Any], firms: list[Any], user: User) -> None:
    """Answers, decisions, what-ifs and a calendar: some of them only one of an organisation can have."""
    now, day = clock.now(), dt.date(2026, 6, 30)
    who = {"given_at": now, "given_by": "1", "given_by_name": "林"}
    for owner, requirement in set(world["said"]):
        about = {"organisation": firms[owner], "policy": "national.rd-deduction"}
        Answer.objects.create(**about, requirement=requirement, is_met=True, basis=f"材料{owner}", **who)
        Decision.objects.create(
            **about, title="加计扣除", version="1", digest="0" * 64, as_of=day, result="yes", inputs=[], findings=[],
            trace="", kept_at=now, kept_by="1", kept_by_name="林",
        )  # fmt: skip
        Supposition.objects.create(
            **about, name=requirement, policy_version="1", digest="0" * 64, as_of=day, result_before="no", result="yes",
            kept_at=now, kept_by_name="林",
        )  # fmt: skip
        WindowKey.objects.get_or_create(
            organisation=firms[owner], user=user, defaults={"digest": f"{owner:064}"}
        )


def choose(kind: str, world: dict[str, Any]) -> dict[str, str]:
    return {name: "lost" for name in sorted(world["choices"]) if name in KINDS[kind].by_name}


def merged_or_none(kept: Entry, lost: Entry, choices: dict[str, str]) -> Merge | None:
    """The merge; None where it is refused, as for an organisation that would stand above itself."""
    try:
        return merge(SYSTEM, kept, lost, choices, "同一家")
    except ProblemError:
        return None


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
def test_a_merge_is_undone_exactly(world: dict[str, Any]) -> None:
    with transaction.atomic():
        made = make(world)
        among = made[world["kind"]]
        kept, lost = (among[place % len(among)] for place in world["pair"])
        if kept.pk != lost.pk:
            before = dump(kept, lost)
            done = merged_or_none(kept, lost, choose(world["kind"], world))
            if done is not None:
                assert not Fact.objects.filter(subject=lost.subject).exists()
                if isinstance(lost, Organisation):
                    assert not Responsibility.objects.filter(organisation=lost).exists()
                undo_merge(SYSTEM, done, "是两家")
            assert dump(kept, lost) == before
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
def test_a_chain_of_merges_is_undone_exactly_from_its_end(world: dict[str, Any]) -> None:
    with transaction.atomic():
        firms = make(world)["organisation"]
        before = [dump(*firms)]
        done = []
        for kept, lost in ((firms[1], firms[0]), (firms[2], firms[1]), (firms[2], firms[3])):
            done.append(merge(SYSTEM, kept, lost, {}, "同一家"))
            before.append(dump(*firms))
        for merged in reversed(done):
            before.pop()
            undo_merge(SYSTEM, merged, "是两家")
            assert dump(*firms) == before[-1]
        assert clock.today() == dt.date(2026, 6, 30)
        transaction.set_rollback(True)

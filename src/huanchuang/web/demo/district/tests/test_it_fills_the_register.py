"""The ten kinds of the demonstration's register: as many as promised, every number valid, every tie in place."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal

import pytest

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import PatentNumber
from huanchuang.facts.models import Fact
from huanchuang.packs import vocabulary
from huanchuang.registry.models import (
    Achievement,
    Claim,
    Document,
    Equipment,
    FinanceProduct,
    Need,
    Organisation,
    Patent,
    Person,
    Qualification,
    Relation,
    Service,
    Space,
    Step,
)
from huanchuang.registry.queries.kinds import ACHIEVEMENT, KINDS, PATENT, Shape
from huanchuang.registry.queries.kinds.values import tree_of
from huanchuang.registry.queries.lives import end_of_protection
from huanchuang.registry.queries.maturity import live_levels, proved
from huanchuang.registry.queries.visibility import visible
from huanchuang.web.demo.district import dirt
from huanchuang.web.demo.district.knowledge import items
from huanchuang.web.demo.district.persons import people
from huanchuang.web.demo.district.wants import wants

TODAY = dt.date(2026, 6, 30)
pytestmark = pytest.mark.usefixtures("district", "db")
PROMISED = [
    (Person, 160), (Achievement, 150), (Patent, 320), (Equipment, 60), (Need, 80),
    (Service, 24), (FinanceProduct, 14), (Space, 16), (Document, 20),
]  # fmt: skip


@pytest.mark.parametrize(("model", "promised"), PROMISED)
def test_it_has_as_many_as_promised(model, promised):
    old = (dirt.OLD_SHEET, "2024年专家库旧表")
    assert model.objects.exclude(source__in=old).count() == promised


def test_it_says_the_same_whatever_the_machine_does_with_hashes():
    code = (
        "from huanchuang.web.demo.district.persons import people\n"
        "from huanchuang.web.demo.district.results import rights, patent_row\n"
        "from huanchuang.web.demo.district.wants import wants\n"
        "from huanchuang.web.demo.district.honours import honours\n"
        "import hashlib\n"
        "said = [people(), [patent_row(r, None, None) for r in rights()], [(w.firm.code, w.words) for w in wants()], list(honours())]\n"
        "print(hashlib.sha256(repr(said).encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            check=True, capture_output=True, text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "DJANGO_SETTINGS_MODULE": "settings_for_tests"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_it_numbers_patents_as_the_office_does():
    for patent in Patent.objects.all():
        assert patent.number, patent.title
        if patent.kind in ("invention", "utility-model", "design"):
            number = PatentNumber.parse(patent.number)
            assert number.kind == patent.kind.replace("-", "_")
            assert number.year == patent.applied_on.year
            assert patent.expires_on == end_of_protection(patent)


def test_every_code_stands_in_its_vocabulary():
    for kind in KINDS.values():
        fields = [field for field in kind.fields if field.shape in (Shape.CODE, Shape.CODES)]
        for entry in kind.model.objects.all():
            for field in fields:
                value = getattr(entry, field.name)
                codes = value if isinstance(value, list) else [value]
                assert {code for code in codes if code} <= {code.code for code in tree_of(field)}


def test_its_days_are_in_order():
    for patent in Patent.objects.all():
        assert patent.applied_on <= (patent.granted_on or patent.applied_on) <= TODAY
        if patent.fee_due_on:
            assert patent.state in ("granted", "transferred")
            assert patent.fee_due_on < patent.expires_on
    for thing in Equipment.objects.all():
        assert thing.bought_on <= thing.accepted_on <= TODAY


def test_its_instruments_never_work_more_than_a_year_has_hours():
    hours: dict[tuple[str, str], dict[str, Decimal]] = {}
    for fact in Fact.objects.filter(key__startswith="instrument-"):
        hours.setdefault((fact.subject, fact.period.code), {})[fact.key] = Decimal(fact.value)
    assert len(hours) > 120
    for both in hours.values():
        assert 0 <= both["instrument-outside-hours"] <= both["instrument-hours"] <= 8784


def test_fees_fall_due_around_its_day():
    late = Patent.objects.filter(fee_due_on__lt=TODAY)
    soon = Patent.objects.filter(fee_due_on__range=(TODAY, TODAY + dt.timedelta(days=90)))
    assert 5 <= late.count() <= 20
    assert soon.count() >= 30


def test_qualifications_end_within_each_term_of_notice():
    left = Counter()
    for one in Qualification.objects.filter(revoked_on=None, valid_until__isnull=False):
        days = (one.valid_until - TODAY).days
        left["over" if days < 0 else next((n for n in (30, 90, 180) if days <= n), "later")] += 1
    assert set(left) == {"over", 30, 90, 180, "later"}
    assert min(left.values()) >= 5
    revoked = Qualification.objects.exclude(revoked_on=None).get()
    assert revoked.kind == "high-tech-enterprise"
    assert revoked.revoked_because


def test_needs_are_anonymous_expired_and_stale():
    days = vocabulary.register_columns().confirm_within_days("need")
    stale = Need.objects.filter(confirmed_on__lt=TODAY - dt.timedelta(days=days))
    assert Need.objects.filter(is_anonymous=True).count() >= 10
    assert Need.objects.filter(valid_until__lt=TODAY).count() >= 5
    assert stale.count() >= 5
    assert set(Need.objects.values_list("kind", flat=True)) == {
        "technology",
        "finance",
        "talent",
        "testing",
        "space",
    }


def met(asked: dict[str, str], offered: list[dict[str, str]]) -> bool:
    """Whether an achievement states the figure that a need asks for, in the same unit, and reaches it."""
    for one in offered:
        if (one.get("name"), one.get("unit")) == (asked["name"], asked.get("unit")):
            least = asked["comparator"] in (">=", ">")
            ours, theirs = Decimal(one["value"]), Decimal(asked["value"])
            return one["comparator"] == asked["comparator"] and (ours >= theirs if least else ours <= theirs)
    return False


def test_needs_find_their_answer_in_the_district_outside_or_nowhere():
    by_key = {item.key: item for item in items()}
    places = Counter()
    for want in wants():
        if want.kind != "technology":
            continue
        need = Need.objects.get(title=want.words["title"])
        assert all("value" in one for one in need.parameters), need.title
        if not want.answer:
            places["nowhere"] += 1
            continue
        item = by_key[want.answer]
        answer = Achievement.objects.get(title=item.title)
        assert not answer.is_confidential
        assert answer.owner_id != need.owner_id
        assert all(met(asked, answer.parameters) for asked in need.parameters), need.title
        places["district" if answer.owner.region == "990101" else "outside"] += 1
    assert places == {"district": 28, "outside": 8, "nowhere": 10}


def test_nobody_who_is_outside_knows_of_its_confidential_achievements():
    officer = User.objects.get(username="demo-officer")
    secret = Achievement.objects.filter(is_confidential=True)
    assert Counter(secret.values_list("owner__short_name", flat=True)) == {"云澜理工": 6, "岑科新材": 1}
    assert not visible(officer, ACHIEVEMENT).filter(is_confidential=True).exists()
    assert not Patent.objects.filter(achievement__in=secret).exists()
    assert visible(officer, PATENT).count() == 320


def test_every_result_has_those_who_made_it():
    made = set(Relation.objects.filter(type="inventor-of").values_list("to_subject", flat=True))
    for entry in (
        *Achievement.objects.filter(source="科技成果登记表", owner__region="990101"),
        *Patent.objects.all(),
    ):
        assert entry.subject in made, entry
    for relation in Relation.objects.filter(type="inventor-of"):
        assert relation.order >= 1


def test_people_of_one_name_are_different_people():
    names = Counter(human.name for human in people())
    shared = [name for name, count in names.items() if count > 1]
    assert len(shared) >= 5
    same_house = [
        (human.name, human.unit) for human in people() if human.name in shared and human.unit == "云澜理工"
    ]
    assert max(Counter(same_house).values()) == 2
    assert (
        Person.objects.filter(roles__icontains='"technology-manager"').exclude(source__contains="旧").count()
        == 14
    )


def test_some_stand_in_the_register_twice():
    assert Organisation.objects.filter(source=dirt.OLD_LIST, uscc=None).count() == 6
    assert Achievement.objects.filter(source=dirt.OLD_SHEET).count() == 5
    assert Person.objects.filter(source="2024年专家库旧表").count() == 5


def test_its_words_are_whole_sentences():
    for achievement in Achievement.objects.all():
        for text in (achievement.summary, achievement.solves, achievement.better_than):
            assert not text or (text.endswith("。") and not re.search(r"。。|，，|[|｜]|  ", text)), text


def test_some_lives_can_be_followed_deed_by_deed():
    followed = Achievement.objects.filter(trl__isnull=False)
    assert followed.count() == 12
    for achievement in followed:
        assert achievement.trl == proved(live_levels(achievement))
        steps = list(Step.objects.filter(subject_of=achievement.subject).order_by("on"))
        assert achievement.state == (steps[-1].state if steps else "disclosed")
        assert all(step.on <= TODAY for step in steps)
    assert {"disclosed", "listed"} <= set(followed.values_list("state", flat=True))


def test_the_nine_people_have_their_profiles():
    """The manager's waits to be confirmed, so that there is a claim to decide about."""
    kept = dict(Person.objects.filter(user__isnull=False).values_list("user__username", "name"))
    assert len(kept) == 8
    assert kept["demo-researcher"] == "秦怀瑾"
    assert kept["demo-clerk"] == "何晓月"
    assert Claim.objects.get(state=Claim.State.OPEN).user.username == "demo-manager"


def test_the_clerks_need_meets_an_achievement_of_the_researcher():
    """The thread of the story: the firm's need, the university's achievement, the professor who made it."""
    need = Need.objects.get(title="聚酰亚胺产线二甲基乙酰胺废液回收")
    answer = Achievement.objects.get(title="耐溶剂纳滤膜及其有机溶剂回收装置")
    professor = Person.objects.get(user__username="demo-researcher")
    assert (need.owner.short_name, answer.owner.short_name) == ("岑科新材", "云澜理工")
    assert Relation.objects.filter(
        type="inventor-of", from_subject=professor.subject, to_subject=answer.subject, order=1
    ).exists()

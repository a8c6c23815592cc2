"""The demonstration district is the same on every machine and at every load, and has the cases it promises."""

from __future__ import annotations

import hashlib
from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import QuerySet

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period, Uscc
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import differing, history, value
from huanchuang.packs import vocabulary
from huanchuang.registry.models import (
    Achievement,
    Claim,
    Document,
    Equipment,
    FinanceProduct,
    Membership,
    Need,
    Organisation,
    Patent,
    Person,
    Proof,
    Qualification,
    Relation,
    Service,
    Space,
    Step,
)
from huanchuang.registry.queries import organisations_of, resolve_unit
from huanchuang.web.demo.district import Counts, load
from huanchuang.web.demo.district.codes import REGION
from huanchuang.web.demo.district.enterprises import LEAD, OLDEST, YOUNGEST, firms
from huanchuang.web.demo.district.figures import threshold_percent
from huanchuang.web.demo.district.source import bodies

Y = {year: Period.year(year) for year in (2023, 2024, 2025)}
AS_THE_DEMO_PROMISES = {
    "government": 12,
    "academic": 6,
    "carrier": 6,
    "finance": 5,
    "service": 12,
    "enterprise": 240,
}
NEIGHBOURS = 3
OWNED = (Achievement, Need, Equipment, Service, FinanceProduct, Space, Document)


def digest() -> str:
    """Everything that was loaded, without numbers and moments of the database."""
    lines = sorted(
        f"{o.name}|{o.short_name}|{o.aliases}|{o.kind}|{o.uscc}|{o.industry}|{o.stage}|{o.founded_on}|{o.contact_phone}"
        for o in Organisation.objects.all()
    )
    names = {o.subject: o.name for o in Organisation.objects.all()}
    names |= {e.subject: e.asset_no for e in Equipment.objects.all()}
    lines += sorted(
        f"{names.get(f.subject, f.subject)}|{f.key}|{f.period.code}|{f.value}|{f.unit}|{f.source_kind}|{f.current_until is None}"
        for f in Fact.objects.all()
    )
    titles = {a.subject: a.title for a in Achievement.objects.all()} | {
        p.subject: p.title for p in Patent.objects.all()
    }
    lines += sorted(
        f"{r.type}|{titles.get(r.to_subject, names.get(r.to_subject, ''))}|{r.since}|{r.order}"
        for r in Relation.objects.all()
    )
    lines += sorted(
        f"{p.name}|{names[f'registry.organisation:{p.unit_id}']}|{p.post}|{p.phone}"
        for p in Person.objects.all()
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


pytestmark = pytest.mark.usefixtures("district", "db")


def own() -> QuerySet[Organisation]:
    """The bodies of the district itself, each once: not the neighbours, not what an old list has again."""
    return Organisation.objects.filter(uscc__isnull=False, region=REGION)


def test_it_has_what_the_demo_promises(district):
    assert district.organisations == sum(AS_THE_DEMO_PROMISES.values()) + NEIGHBOURS
    tree = vocabulary.organisation_kinds()
    groups = Counter((*tree.ancestors(o.kind), o.kind)[0] for o in own())
    # The testing centre of the academic list is a testing body by kind.
    assert groups == {**AS_THE_DEMO_PROMISES, "academic": 5, "service": 13}
    assert district.memberships == 9


def test_it_changes_nothing_at_the_second_load():
    before = digest()
    assert load(SYSTEM) == Counts(0, 0, 0, 0)
    assert digest() == before


def test_it_gives_the_same_district_again():
    before = digest()
    Fact.objects.update(superseded_by=None)
    Fact.objects.all().delete()
    for model in (
        Membership,
        Relation,
        Qualification,
        Step,
        Proof,
        Patent,
        *OWNED,
        Claim,
        Person,
        Organisation,
    ):
        model.objects.all().delete()
    load(SYSTEM)
    assert digest() == before


def test_it_gives_every_body_a_right_code_outside_the_real_regions():
    for organisation in Organisation.objects.filter(uscc__isnull=False):
        assert Uscc.parse(organisation.uscc.text).region == organisation.region
        assert organisation.region in {"990101", "990102"}


@pytest.mark.parametrize(
    "written",
    ["区科技局", "青岑区科技局", "青岑高新区管委会", "区财政局", "青岑区财政局", "区教委", "区人社局", "区督查办", "云澜理工大学", "青岑职业技术学院",
     "云澜新材料产业技术研究院", "青岑检验检测中心", "岑创空间", "理工孵化器", "青岑加速器", "望岑镇"],
)  # fmt: skip
def test_it_answers_to_the_names_of_the_plan(written):
    assert resolve_unit(written) is not None


def test_it_gives_every_firm_names_of_its_own():
    for firm in firms():
        assert resolve_unit(firm.name).uscc.text == firm.code
        assert resolve_unit(firm.short).uscc.text == firm.code


def test_it_has_firms_from_three_months_to_thirty_years():
    founded = [firm.founded_on for firm in firms()]
    assert (min(founded), max(founded)) == (OLDEST, YOUNGEST)


def test_it_knows_its_industries():
    assert {firm.industry for firm in firms()} <= {code.code for code in vocabulary.industries()}
    assert len({firm.scale for firm in firms()}) == 7


def figures_of(firm):
    subject = resolve_unit(firm.code).subject

    def amount(key, year=2025):
        fact = value(subject, key, Y[year])
        return None if fact is None else Decimal(fact.value)

    return amount


def rd_gap(amount):
    """R&D of three years beyond the threshold, in yuan."""
    sales = sum(amount("sales-revenue", year) for year in Y)
    percent = threshold_percent(int(amount("sales-revenue") * 100))
    return sum(amount("rd-expense", year) for year in Y) - sales * percent / 100


@pytest.mark.parametrize(
    ("case", "tech_gap", "rd_short", "score"),
    [
        ("exact", 0, "0", 71),
        ("one-person-short", -1, "0", 71),
        ("one-fen-short", 0, "-0.01", 71),
        ("one-point-short", 0, "0", 70),
    ],
)
def test_it_meets_or_misses_the_high_tech_conditions_by_exactly_one(case, tech_gap, rd_short, score):
    chosen = [firm for firm in firms() if firm.case == case]
    assert len(chosen) >= 12
    for firm in chosen:
        amount = figures_of(firm)
        assert amount("tech-staff") * 10 - amount("staff") == tech_gap * 10
        assert rd_gap(amount) == Decimal(rd_short)
        assert amount("high-tech-revenue") * 100 == amount("total-revenue") * 60
        assert amount("innovation-score") == score


def test_it_leaves_gaps_as_gaps():
    lacking = [firm for firm in firms() if firm.case == "gap"]
    full = len(Fact.objects.filter(subject=resolve_unit(LEAD.code).subject, source_kind="import"))
    assert len(lacking) >= 20
    for firm in lacking:
        assert (
            Fact.objects.filter(subject=resolve_unit(firm.code).subject, source_kind="import").count() < full
        )


def test_it_shows_two_sources_that_differ():
    firm = next(firm for firm in firms() if firm.number == 5)
    said = differing(resolve_unit(firm.code).subject, "sales-revenue", Y[2025])
    assert [fact.source_kind for fact in said] == ["report", "import"]
    assert said[0].value != said[1].value


def test_it_has_a_choice_among_sources_to_look_at():
    [choice] = SourceChoice.objects.all()
    assert value(choice.subject, choice.key, choice.period).source_kind == "import"
    assert differing(choice.subject, choice.key, choice.period)[1].source_kind == "report"


def test_it_has_a_correction_to_look_at():
    rows = list(history(resolve_unit("岑科新材").subject, "interns", Y[2025]))
    assert [(row.value, row.current_until is None) for row in rows] == [("18", True), ("80", False)]


def test_it_seats_the_people(django_user_model):
    clerk = django_user_model.objects.get(username="demo-clerk")
    assert [o.short_name for o in organisations_of(clerk)] == ["岑科新材"]


def test_it_numbers_the_bodies_once():
    codes = [body.code for body in bodies()] + [firm.code for firm in firms()]
    assert len(set(codes)) == len(codes)

"""“This is me”: an account claims a profile, its institution confirms, and from then on the person keeps it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.notices.models import Notice
from huanchuang.registry.models import Claim, Person
from huanchuang.registry.services import join
from huanchuang.registry.services.claims import claim, confirm_claim, refuse_claim, release
from huanchuang.registry.tests.scenes import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(people, bureau):
    """A profile at the bureau, whose reporter is in the cast."""
    return entry("person", name="秦致远", unit=bureau, roles=["researcher"], source="教师名录")


def say(client, name, user, **arguments):
    client.force_login(user)
    return client.post(reverse(f"registry:{name}", kwargs=arguments), {"note": "工号 1024"})


def decide(client, user, made, **sent):
    client.force_login(user)
    return client.post(reverse("registry:claim-decide", kwargs={"claim": made.pk}), sent)


def test_it_is_claimed_confirmed_and_kept_by_its_person(client, people, person):
    change = reverse("registry:person-change", kwargs={"pk": person.pk})
    client.force_login(people.researcher)
    assert client.get(change).status_code == 404
    say(client, "person-claim", people.researcher, pk=person.pk)
    made = Claim.objects.get()
    assert [notice.user for notice in Notice.objects.all()] == [people.reporter]
    decide(client, people.reporter, made, decision="confirm")
    assert Notice.objects.get(user=people.researcher).title == "您的认领已确认"
    client.force_login(people.researcher)
    page = client.get(change)
    assert page.status_code == 200
    form = page.context["form"]
    sent = {
        f"initial-{name}": form[name].field.prepare_value(form[name].value()) or "" for name in form.fields
    }
    sent |= {name.removeprefix("initial-"): value for name, value in sent.items()}
    sent |= {
        "roles": ["researcher"],
        "initial-roles": ["researcher"],
        "expertise": "复合材料",
        "version": page.context["entry"].version,
    }
    assert client.post(change, sent).status_code == 302
    assert Person.objects.get(pk=person.pk).expertise == "复合材料"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("researcher", 302),
        ("manager", 302),
        ("reviewer", 403),
        ("clerk", 403),
        ("officer", 403),
        ("auditor", 403),
    ],
)
def test_researchers_and_managers_claim(client, people, person, who, status):
    assert say(client, "person-claim", getattr(people, who), pk=person.pk).status_code == status
    assert Claim.objects.exists() is (status == 302)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("reporter", 302),
        ("officer", 302),
        ("clerk", 404),
        ("stranger", 404),
        ("researcher", 403),
        ("leader", 403),
    ],
)
def test_the_institution_or_the_bureau_decides(client, people, person, who, status):
    made = claim(actor_of(people.researcher), people.researcher, person)
    assert decide(client, getattr(people, who), made, decision="confirm").status_code == status
    assert (Person.objects.get(pk=person.pk).user == people.researcher) is (status == 302)


def test_a_manager_keeps_the_own_profile_too(client, people, person):
    confirm_claim(SYSTEM, claim(actor_of(people.manager), people.manager, person))
    client.force_login(people.manager)
    person.refresh_from_db()
    confirm = reverse("registry:person-confirm", kwargs={"pk": person.pk})
    assert client.get(reverse("registry:person-change", kwargs={"pk": person.pk})).status_code == 200
    assert client.post(confirm, {"version": person.version}).status_code == 302
    other = entry("person", name="别人", unit=person.unit, roles=["researcher"])
    assert client.get(reverse("registry:person-change", kwargs={"pk": other.pk})).status_code == 404


def test_it_is_refused_with_a_reason_and_may_be_claimed_again(client, people, person):
    made = claim(actor_of(people.researcher), people.researcher, person)
    decide(client, people.reporter, made, decision="refuse", reason="")
    assert Claim.objects.get().state == "open"
    decide(client, people.reporter, made, decision="refuse", reason="不是本校教师")
    assert (Claim.objects.get().state, Claim.objects.get().reason) == ("refused", "不是本校教师")
    assert "不是本校教师" in Notice.objects.get(user=people.researcher).body
    claim(actor_of(people.researcher), people.researcher, person)


def test_one_account_has_one_profile_and_one_profile_one_account(people, person, bureau):
    other = entry("person", name="秦致远", unit=bureau, roles=["researcher"], post="二")
    first = claim(actor_of(people.researcher), people.researcher, person)
    with pytest.raises(ProblemError, match="认领了另一份"):
        claim(actor_of(people.researcher), people.researcher, other)
    second = claim(actor_of(people.manager), people.manager, person)
    confirm_claim(SYSTEM, first)
    second.refresh_from_db()
    assert second.state == "refused"
    with pytest.raises(ProblemError, match="已有账户"):
        claim(actor_of(people.manager), people.manager, person)
    for again in (confirm_claim, lambda actor, made: refuse_claim(actor, made, "晚了")):
        with pytest.raises(ProblemError, match="已经处理过"):
            again(SYSTEM, first)


def test_the_claimant_withdraws(client, people, person):
    made = claim(actor_of(people.researcher), people.researcher, person)
    assert say(client, "claim-withdraw", people.manager, claim=made.pk).status_code == 404
    assert say(client, "claim-withdraw", people.researcher, claim=made.pk).status_code == 302
    assert Claim.objects.get().state == "withdrawn"


def test_it_is_released_with_a_reason(client, people, person):
    confirm_claim(SYSTEM, claim(actor_of(people.researcher), people.researcher, person))
    client.force_login(people.reporter)
    url = reverse("registry:person-release", kwargs={"pk": person.pk})
    client.post(url, {"reason": ""})
    assert Person.objects.get(pk=person.pk).user == people.researcher
    client.post(url, {"reason": "已调离"})
    assert Person.objects.get(pk=person.pk).user is None
    assert Claim.objects.get().state == "released"
    client.force_login(people.researcher)
    assert client.get(reverse("registry:person-change", kwargs={"pk": person.pk})).status_code == 404


def test_everything_leaves_a_trail(people, person):
    confirm_claim(SYSTEM, claim(actor_of(people.researcher), people.researcher, person))
    release(SYSTEM, Person.objects.get(pk=person.pk), "已调离")
    verbs = [one.verb.rpartition(".")[2] for one in audit.history(person.subject)][:3]
    assert verbs == ["release", "confirm-claim", "claim"]


def test_officers_are_asked_where_the_unit_has_nobody(people, db):
    alone = entry("person", name="周明", roles=["technology-manager"])
    claim(actor_of(people.manager), people.manager, alone)
    assert [notice.user for notice in Notice.objects.all()] == [people.officer]


def test_each_reader_sees_what_they_can_do(client, people, person):
    def part(user):
        client.force_login(user)
        found = client.get(person.get_absolute_url()).context["leading"]
        return {
            name for name in ("own", "may_claim", "to_decide", "holder") if found and found[0].context[name]
        }

    assert part(people.researcher) == {"may_claim"}
    assert part(people.reporter) == set()
    made = claim(actor_of(people.researcher), people.researcher, person)
    assert part(people.researcher) == {"own"}
    assert part(people.reporter) == part(people.officer) == {"to_decide"}
    assert part(people.reviewer) == set()
    confirm_claim(SYSTEM, made)
    assert part(people.reporter) == {"holder"}
    assert part(people.researcher) == set()


def test_the_desk_lists_what_waits(client, people, person):
    made = claim(actor_of(people.researcher), people.researcher, person)
    join(SYSTEM, people.stranger, person.unit, since=dt.date(2020, 1, 1))
    for user, waiting in (
        (people.officer, [made]),
        (people.reporter, [made]),
        (people.stranger, [made]),
        (people.clerk, []),
    ):
        client.force_login(user)
        assert client.get(reverse("registry:claims")).context["claims"] == waiting

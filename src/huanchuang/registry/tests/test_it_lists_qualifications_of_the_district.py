"""All qualifications by kind and state, on any day, with an export of exactly that; entered, completed, revoked by officers."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.models import Qualification
from huanchuang.registry.services import (
    change_qualification,
    qualify,
    register_organisation,
    reinstate_qualification,
    revoke_qualification,
)

pytestmark = pytest.mark.django_db
LIST = "registry:qualifications"
D = dt.date


@pytest.fixture
def held(firm, people):
    """One of each state today, 2026-06-30, of the firm; one of another firm."""
    other = register_organisation(SYSTEM, name="青岑乙公司", kind="company")
    rows = {
        "long": qualify(
            SYSTEM, firm, "high-tech-enterprise", D(2024, 1, 1), valid_until=D(2027, 12, 31), number="GR1"
        ),
        "days-150": qualify(SYSTEM, firm, "specialised-sme", D(2024, 1, 1), valid_until=D(2026, 11, 27)),
        "days-60": qualify(SYSTEM, firm, "innovative-sme", D(2024, 1, 1), valid_until=D(2026, 8, 29)),
        "days-30": qualify(SYSTEM, other, "technology-sme", D(2026, 1, 1), valid_until=D(2026, 7, 30)),
        "endless": qualify(SYSTEM, firm, "incubator", D(2020, 1, 1)),
        "over": qualify(SYSTEM, firm, "gazelle", D(2020, 1, 1), valid_until=D(2026, 6, 29)),
        "revoked": qualify(SYSTEM, firm, "unicorn", D(2024, 1, 1), valid_until=D(2027, 1, 1)),
        "future": qualify(SYSTEM, firm, "little-giant", D(2026, 7, 1), valid_until=D(2029, 6, 30)),
    }
    revoke_qualification(SYSTEM, rows["revoked"], D(2026, 3, 1), "抽查不符合条件")
    return rows


@pytest.fixture
def names(client, held):
    by_key = {one.pk: name for name, one in held.items()}

    def ask(query=""):
        page = client.get(f"{reverse(LIST)}?{query}")
        return {by_key[one.pk] for one, _cells in page.context["rows"]}

    return ask


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"long", "days-150", "days-60", "days-30", "endless"}),
        ("status=180", {"days-150", "days-60", "days-30"}),
        ("status=90", {"days-60", "days-30"}),
        ("status=30", {"days-30"}),
        ("status=expired", {"over"}),
        ("status=revoked", {"revoked"}),
        ("status=not-yet", {"future"}),
        ("kind=technology-sme", {"days-30"}),
        ("q=乙公司", {"days-30"}),
        ("q=GR1", {"long"}),
        ("on=2026-02-28", {"long", "days-150", "days-60", "days-30", "endless", "over", "revoked"}),
        ("on=2026-03-01&status=revoked", {"revoked"}),
        ("on=2026-07-30&status=30", {"days-60", "days-30"}),
        ("on=2026-07-31&status=expired", {"days-30", "over"}),
        ("on=nonsense&status=nonsense&kind=nonsense", set()),
    ],
)
def test_it_narrows_by_state_kind_and_day(client, people, names, query, expected):
    client.force_login(people.officer)
    assert names(query) == expected


def test_it_counts_each_state_with_one_question(client, people, held, django_assert_max_num_queries):
    client.force_login(people.officer)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(9):
        page = client.get(reverse(LIST))
    counts = {str(one["value"]): one["count"] for one in page.context["groups"][0]["options"]}
    assert counts == {
        "in-force": 5,
        "180": 3,
        "90": 2,
        "30": 1,
        "expired": 1,
        "revoked": 1,
        "not-yet": 1,
        "all": 8,
    }


@pytest.mark.parametrize(
    ("person", "count"),
    [
        ("officer", 5),
        ("auditor", 5),
        ("leader", 5),
        ("researcher", 5),
        ("reviewer", 5),
        ("clerk", 4),
        ("reporter", 0),
        ("stranger", 0),
    ],
)
def test_it_lists_and_exports_what_a_person_may_see(client, people, held, person, count):
    client.force_login(getattr(people, person))
    assert len(client.get(reverse(LIST)).context["rows"]) == count
    answer = client.get(reverse("registry:qualification-export", kwargs={"form": "csv"}))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == count


def test_its_export_carries_the_same_rows_and_words(client, people, held):
    client.force_login(people.officer)
    answer = client.get(reverse("registry:qualification-export", kwargs={"form": "csv"}) + "?status=30")
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["单位"], row["资质"], row["有效期止"], row["状态"]) == (
        "青岑乙公司",
        "科技型中小企业",
        "2026-07-30",
        "30天后到期",
    )
    assert client.get(reverse("registry:qualification-export", kwargs={"form": "exe"})).status_code == 404


def test_it_shows_reasons_inside_only(client, people, held):
    for person, shown in (("officer", True), ("clerk", True), ("researcher", False)):
        client.force_login(getattr(people, person))
        assert ("抽查不符合条件" in client.get(f"{reverse(LIST)}?status=revoked").content.decode()) is shown


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("clerk", 403),
        ("reporter", 403),
        ("leader", 403),
        ("researcher", 403),
        ("anonymous", 302),
    ],
)
@pytest.mark.parametrize("page", ["new", "change", "revoke"])
def test_only_officers_write(client, people, firm, held, person, status, page):
    if person != "anonymous":
        client.force_login(getattr(people, person))
    arguments = {"pk": firm.pk} if page == "new" else {"qualification": held["long"].pk}
    assert client.get(reverse(f"registry:qualification-{page}", kwargs=arguments)).status_code == status


def test_it_is_entered_completed_and_revoked_on_pages(client, people, firm):
    client.force_login(people.officer)
    new = reverse("registry:qualification-new", kwargs={"pk": firm.pk})
    sent = {"kind": "high-tech-enterprise", "valid_from": "2026-01-01", "valid_until": "2025-01-01"}
    assert client.post(new, sent).status_code == 422
    assert client.post(new, {**sent, "valid_until": "2028-12-31"}).url == firm.get_absolute_url()
    one = Qualification.objects.get()
    change = reverse("registry:qualification-change", kwargs={"qualification": one.pk})
    sent |= {"valid_until": "2028-12-31", "number": "GR2", "version": one.version}
    assert client.post(change, sent).status_code == 302
    assert client.post(change, {**sent, "number": "GR3"}).status_code == 422  # seen before the first change
    one.refresh_from_db()
    assert one.number == "GR2"
    revoke = reverse("registry:qualification-revoke", kwargs={"qualification": one.pk})
    assert client.post(revoke, {"on": "2026-07-01", "reason": "抽查"}).status_code == 422
    assert client.post(revoke, {"on": "2026-06-01", "reason": "抽查"}).status_code == 302
    assert "已取消" in client.get(firm.get_absolute_url()).content.decode()
    assert client.post(revoke, {"reason": "复查符合条件"}).status_code == 302
    one.refresh_from_db()
    assert (one.revoked_on, one.revoked_because) == (None, "")


def test_it_refuses_what_cannot_be(firm):
    one = qualify(SYSTEM, firm, "gazelle", D(2024, 1, 1))
    qualify(SYSTEM, firm, "gazelle", D(2025, 1, 1))
    with pytest.raises(ProblemError, match="已登记"):
        change_qualification(SYSTEM, one, one.version, valid_from=D(2025, 1, 1))
    with pytest.raises(EditedMeanwhile):
        change_qualification(SYSTEM, one, one.version + 1, number="7")
    for on in (D(2023, 12, 31), D(2026, 7, 1)):
        with pytest.raises(ProblemError, match="取消日期"):
            revoke_qualification(SYSTEM, one, on, "抽查")
    with pytest.raises(ProblemError, match="恢复原因"):
        reinstate_qualification(SYSTEM, one, " ")


def test_each_change_leaves_a_trail(firm):
    one = qualify(SYSTEM, firm, "gazelle", D(2024, 1, 1))
    one = change_qualification(SYSTEM, one, one.version, number="7")
    one = revoke_qualification(SYSTEM, one, D(2026, 1, 1), "抽查")
    reinstate_qualification(SYSTEM, one, "复查")
    verbs = [entry.verb.rpartition(".")[2] for entry in audit.history(firm.subject)][:4]
    assert verbs == ["reinstate", "revoke", "change", "grant"]


def test_the_history_of_an_organisation_shows_what_it_held_that_day(client, people, firm, held):
    client.force_login(people.clerk)
    page = client.get(reverse("registry:organisation-history", kwargs={"pk": firm.pk}), {"on": "2026-02-28"})
    assert {one.kind for one in page.context["qualifications"]} == {
        "high-tech-enterprise", "specialised-sme", "innovative-sme", "incubator", "gazelle", "unicorn",
    }  # fmt: skip
    assert "当天有效的资质" in page.content.decode()

"""The fees that fall due, and the desk of what waits to be confirmed."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Need
from huanchuang.registry.services import register_organisation
from huanchuang.registry.tests.scenes import achievement, entry, patent

pytestmark = pytest.mark.django_db
FEES = "registry:fees"


@pytest.fixture
def rights(firm, people):
    other = register_organisation(SYSTEM, name="青岑乙公司", kind="company")
    secret = achievement(firm, is_confidential=True)

    def granted(owner, name, due, **values):
        return patent(owner, title=name, state="granted", fee_due_on=due, fee_amount="900", **values)

    granted(firm, "逾期的", dt.date(2026, 5, 1))
    granted(firm, "七天内的", dt.date(2026, 7, 7))
    granted(firm, "三十天内的", dt.date(2026, 7, 30))
    granted(firm, "九十天内的", dt.date(2026, 9, 28))
    granted(firm, "以后的", dt.date(2026, 9, 29))
    granted(other, "别家的", dt.date(2026, 7, 1))
    granted(firm, "保密的", dt.date(2026, 7, 2), achievement=secret)
    patent(firm, title="审查中的", fee_due_on=dt.date(2026, 7, 1))


@pytest.mark.parametrize(
    ("person", "query", "expected"),
    [
        ("clerk", "", ["逾期的", "保密的", "七天内的", "三十天内的", "九十天内的"]),
        ("clerk", "status=7", ["保密的", "七天内的"]),
        ("clerk", "status=30", ["保密的", "七天内的", "三十天内的"]),
        ("clerk", "status=overdue", ["逾期的"]),
        ("clerk", "status=all&q=以后", ["以后的"]),
        ("officer", "status=7", ["别家的", "七天内的"]),
        ("researcher", "status=all", []),
        ("auditor", "status=overdue", ["逾期的"]),
    ],
)
def test_it_lists_the_fees_that_fall_due(client, people, rights, person, query, expected):
    client.force_login(getattr(people, person))
    page = client.get(f"{reverse(FEES)}?{query}")
    assert [row.title for row, _cells in page.context["rows"]] == expected
    answer = client.get(reverse("registry:fees-export", kwargs={"form": "csv"}) + f"?{query}")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert [row["名称"] for row in rows] == expected


def test_it_says_how_urgent_each_is(client, people, rights):
    client.force_login(people.clerk)
    text = client.get(reverse(FEES)).content.decode()
    assert "逾期60天，可补缴" in text
    assert "还有7天" in text


@pytest.mark.parametrize(
    ("person", "status"), [("reviewer", 403), ("manager", 403), ("stranger", 200), ("leader", 200)]
)
def test_it_opens_to_those_who_hold_rights_or_watch_them(client, people, rights, person, status):
    client.force_login(getattr(people, person))
    assert client.get(reverse(FEES)).status_code == status


def test_one_press_confirms_at_the_desk(client, people, firm):
    found = entry("need", owner=firm, title="久未核实的", kind="technology", confirmed_on=dt.date(2025, 1, 1))
    entry("need", owner=firm, title="过期的", kind="technology", valid_until=dt.date(2026, 6, 1))
    client.force_login(people.clerk)
    desk = reverse("registry:stale")
    [part] = client.get(desk).context["parts"]
    assert (part.count, [one.title for one in part.entries]) == (2, ["久未核实的", "过期的"])
    confirm = reverse("registry:need-confirm", kwargs={"pk": found.pk})
    answer = client.post(confirm, {"version": found.version, "next": desk})
    assert answer.url == desk
    assert Need.objects.get(pk=found.pk).confirmed_on == dt.date(2026, 6, 30)
    assert [one.title for one in client.get(desk).context["parts"][0].entries] == ["过期的"]


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_it_goes_back_to_its_own_pages_only(client, people, firm, address):
    client.force_login(people.clerk)
    answer = client.post(
        reverse("registry:organisation-confirm", kwargs={"pk": firm.pk}),
        {"version": firm.version, "next": address},
    )
    assert answer.url == firm.get_absolute_url()


@pytest.mark.parametrize(
    ("person", "kinds"), [("stranger", 0), ("reporter", 0), ("clerk", 1), ("officer", 1)]
)
def test_the_desk_shows_each_their_own(client, people, firm, person, kinds):
    entry("need", owner=firm, title="久未核实的", kind="technology", confirmed_on=dt.date(2025, 1, 1))
    client.force_login(getattr(people, person))
    assert len(client.get(reverse("registry:stale")).context["parts"]) == kinds

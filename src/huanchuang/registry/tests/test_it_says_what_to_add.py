"""How complete an entry is, with what to add first; shown to its owner and the authority only."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from huanchuang.registry.queries.completeness import completeness, weight_of
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.tests.scenes import achievement, entry

pytestmark = pytest.mark.django_db


def labels(found):
    return [str(field.label) for field in completeness(found).missing]


def test_what_counts_most_comes_first(firm):
    found = achievement(firm, solves="")
    assert labels(found)[:3] == ["解决的问题", "与现有方案相比的优势", "技术指标"]
    assert (
        completeness(found).score
        < completeness(achievement(firm, title="另一项", better_than="轻一半")).score
    )


def test_a_full_entry_is_complete(firm):
    full = entry(
        "finance-product", title="科技贷", owner=firm, kind="loan", region="990101", valid_until="2027-01-01",
        amount_most="500", rate_least="3.2", term_most="12", collateral=["guarantee"], conditions="注册满一年",
    )  # fmt: skip
    assert labels(full) == []
    assert completeness(full).score == 100


def test_it_asks_only_for_what_belongs(firm):
    talent = entry("need", owner=firm, title="引进博士", kind="talent", headcount=2, is_negotiable=True)
    missing = {field.name for field in completeness(talent).missing}
    assert "degree" in missing
    assert missing.isdisjoint({"amount", "area", "difficulty", "parameters", "budget"})


@pytest.mark.parametrize("kind", KINDS)
def test_something_counts_in_every_kind(kind):
    assert sum(weight_of(field) for field in KINDS[kind].fields) > 5


@pytest.mark.parametrize(
    ("person", "shown"), [("clerk", True), ("officer", True), ("researcher", False), ("reviewer", False)]
)
def test_it_is_told_to_the_owner_and_the_authority(client, people, firm, person, shown):
    found = achievement(firm)
    client.force_login(getattr(people, person))
    assert ("part-completeness" in client.get(found.get_absolute_url()).content.decode()) is shown
    page = client.get(reverse("registry:achievements") + "?column=completeness")
    assert [cells for _row, cells in page.context["rows"]] == [
        [f"{completeness(found).score}" if shown else ""]
    ]


def test_it_is_a_column_of_the_export_too(client, people, firm, django_assert_max_num_queries):
    for number in range(30):
        achievement(firm, title=f"成果{number}")
    client.force_login(people.officer)
    url = reverse("registry:achievement-export", kwargs={"form": "csv"}) + "?column=completeness"
    with django_assert_max_num_queries(10):
        rows = list(csv.DictReader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))
    assert {row["完整度（%）"] for row in rows} == {
        str(completeness(achievement(firm, title="再一项")).score)
    }

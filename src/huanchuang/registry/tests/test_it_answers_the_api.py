"""The register as JSON: the rows of the page, nothing personal."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "count"), [("officer", 2), ("researcher", 2), ("clerk", 1), ("reporter", 1), ("stranger", 0)]
)
def test_it_lists_what_the_page_lists(client, people, person, count):
    client.force_login(getattr(people, person))
    answer = client.get("/api/registry/organisations").json()
    assert (answer["count"], len(answer["entries"])) == (count, count)


def test_it_filters_like_the_page(client, people, firm):
    client.force_login(people.officer)
    found = client.get("/api/registry/organisations", {"q": "岑科", "kind": "enterprise"}).json()
    assert [row["id"] for row in found["entries"]] == [firm.pk]


def test_it_never_carries_personal_data(client, people, firm):
    client.force_login(people.officer)
    text = client.get(f"/api/registry/organisations/{firm.pk}").content.decode()
    assert "91350100M000100Y43" in text
    assert "1380000" not in text
    assert "contact" not in text


@pytest.mark.parametrize(("person", "status"), [("clerk", 200), ("stranger", 404), ("reporter", 404)])
def test_it_hides_others_organisations(client, people, firm, person, status):
    client.force_login(getattr(people, person))
    assert client.get(f"/api/registry/organisations/{firm.pk}").status_code == status


def test_it_asks_the_unknown_visitor_to_sign_in(client, firm):
    assert client.get("/api/registry/organisations").status_code == 401

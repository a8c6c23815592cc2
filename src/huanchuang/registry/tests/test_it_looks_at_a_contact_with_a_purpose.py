"""A look at personal data is a deed: it needs a purpose and leaves a trail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit import queries as audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client, people, firm):
    def go(purpose):
        client.force_login(people.clerk)
        return client.post(
            reverse("registry:organisation-unmask", kwargs={"pk": firm.pk}), {"purpose": purpose}
        )

    return go


def test_it_shows_the_contact_and_records_the_look(look, firm):
    page = look("通知补正材料")
    assert "13800001234" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    newest = audit.history(firm.subject)[0]
    assert (newest.kind, newest.purpose) == ("look", "通知补正材料")
    assert "13800001234" not in newest.after


@pytest.mark.parametrize("purpose", ["", "看", "   "])
def test_it_asks_for_the_purpose_first(look, firm, purpose):
    before = audit.history(firm.subject).count()
    page = look(purpose)
    assert "13800001234" not in page.content.decode()
    assert page.context["purpose"].errors
    assert audit.history(firm.subject).count() == before

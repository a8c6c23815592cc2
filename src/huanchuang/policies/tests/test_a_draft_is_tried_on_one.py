"""A draft is put to one organisation before it is published; nothing is kept of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry
from huanchuang.definitions.models import Draft
from huanchuang.definitions.services import start_draft, submit
from huanchuang.definitions.services.start import continued_files
from huanchuang.policies.queries.library import policy_named

from .conftest import HTE

pytestmark = pytest.mark.django_db
NAME = "云澜岑科新材料有限公司"


@pytest.fixture
def draft(cast, firm) -> Draft:
    """The next version of a recognition whose every condition the firm meets, the R&D share to the fen."""
    last = policy_named(HTE).version
    return start_draft(actor_of(cast.officer), "policies", HTE, continued_files(last), based_on=last.digest)


def page_of(draft: Draft) -> str:
    return reverse("policies:trial", args=[draft.pk])


def test_it_is_found_by_name_and_shows_every_reason(client, cast, draft, firm):
    client.force_login(cast.officer)
    assert page_of(draft) in client.get(draft.get_absolute_url()).content.decode()
    shown = client.get(page_of(draft), {"q": "岑科"}).content.decode()
    for words in (NAME, "符合", "第十一条", "8000万元", "逐项理由"):
        assert words in shown
    assert "没有这个名称的单位" in client.get(page_of(draft), {"q": "查无此厂"}).content.decode()


def test_nothing_is_kept_and_what_waits_for_publication_can_be_tried(client, cast, draft, firm):
    client.force_login(cast.officer)
    before = Entry.objects.count()
    client.get(page_of(draft), {"firm": firm.pk})
    assert Draft.objects.get(pk=draft.pk).version == draft.version
    assert Entry.objects.count() == before
    assert client.post(page_of(draft), {"firm": firm.pk}).status_code == 405
    submit(actor_of(cast.officer), draft, draft.version)
    assert "逐项理由" in client.get(page_of(draft), {"q": NAME}).content.decode()


def test_a_changed_threshold_changes_the_answer(client, cast, draft, firm):
    client.force_login(cast.officer)
    assert client.get(page_of(draft), {"q": NAME}).context["decision"].result == "yes"
    text = draft.files["policy.yaml"].replace(">= 60%", ">= 60.01%")
    assert text != draft.files["policy.yaml"]
    Draft.objects.filter(pk=draft.pk).update(files={**draft.files, "policy.yaml": text})
    assert client.get(page_of(draft), {"q": NAME}).context["decision"].result == "no"


def test_who_sees_no_drafts_or_no_decisions_cannot_try(client, cast, draft, firm):
    for role, status in (("leader", 403), ("administrator", 403), ("clerk", 403), ("auditor", 200)):
        client.force_login(getattr(cast, role))
        assert client.get(page_of(draft), {"q": NAME}).status_code == status, role


def test_a_draft_with_a_mistake_says_so(client, cast, draft):
    Draft.objects.filter(pk=draft.pk).update(files={**draft.files, "policy.yaml": "id: ]["})
    client.force_login(cast.officer)
    assert "草稿现在读不通" in client.get(page_of(draft)).content.decode()

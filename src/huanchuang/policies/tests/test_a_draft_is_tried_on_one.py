"""A draft is put to one organisation before it is published; its figures become an example case that names nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import check_of
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


def take(client, draft: Draft, firm, **more):
    given = {"firm": firm.pk, "as_of": "2026-06-30", "version": draft.version, **more}
    return client.post(page_of(draft), given)


def test_it_is_found_by_name_and_shows_every_reason(client, cast, draft, firm):
    client.force_login(cast.officer)
    assert page_of(draft) in client.get(draft.get_absolute_url()).content.decode()
    shown = client.get(page_of(draft), {"q": "岑科"}).content.decode()
    for words in (NAME, "符合", "第十一条", "8000万元", "逐项理由", "收作案例"):
        assert words in shown
    assert "没有这个名称的单位" in client.get(page_of(draft), {"q": "查无此厂"}).content.decode()


def test_its_figures_become_a_case_that_holds_and_names_nobody(client, cast, draft, firm):
    client.force_login(cast.officer)
    before = check_of(draft)
    assert take(client, draft, firm).status_code == 302
    stored = Draft.objects.get(pk=draft.pk)
    after = check_of(stored)
    assert after.is_clean
    assert (len(after.asked), after.passed) == (len(before.asked) + 1, len(before.asked) + 1)
    assert NAME not in stored.files["cases.yaml"]
    assert "取自实际数据：2026-06-30，符合（1）" in stored.files["cases.yaml"]
    assert Entry.objects.filter(verb="definitions.draft.save", subject=draft.subject).count() == 1
    take(client, stored, firm)
    assert "符合（2）" in Draft.objects.get(pk=draft.pk).files["cases.yaml"]


def test_a_change_of_the_rules_is_caught_by_it(client, cast, draft, firm):
    client.force_login(cast.officer)
    take(client, draft, firm)
    stored = Draft.objects.get(pk=draft.pk)
    stored.files = {**stored.files, "policy.yaml": stored.files["policy.yaml"].replace(">= 60%", ">= 60.01%")}
    assert "取自实际数据" in " ".join(one.problem.text("zh") for one in check_of(stored).found)


def test_two_at_once_and_what_waits_for_publication_are_left_alone(client, cast, draft, firm):
    client.force_login(cast.officer)
    take(client, draft, firm)
    late = take(client, draft, firm)
    assert "没有收作案例" in client.get(late["Location"]).content.decode()
    stored = Draft.objects.get(pk=draft.pk)
    submit(actor_of(cast.officer), stored, stored.version)
    assert take(client, Draft.objects.get(pk=draft.pk), firm).status_code == 403
    shown = client.get(page_of(draft), {"q": NAME}).content.decode()
    assert "逐项理由" in shown
    assert 'name="version"' not in shown


def test_who_sees_no_drafts_or_no_decisions_cannot_try(client, cast, draft, firm):
    for role, status in (("leader", 403), ("administrator", 403), ("clerk", 403), ("auditor", 200)):
        client.force_login(getattr(cast, role))
        assert client.get(page_of(draft), {"q": NAME}).status_code == status, role
        assert take(client, draft, firm).status_code == 403, role


def test_a_draft_with_a_mistake_says_so(client, cast, draft):
    Draft.objects.filter(pk=draft.pk).update(files={**draft.files, "policy.yaml": "id: ]["})
    client.force_login(cast.officer)
    assert "草稿现在读不通" in client.get(page_of(draft)).content.decode()

"""A new version decides from its first day; the day before is decided by the one before, whenever it is computed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.definitions.models import Published
from huanchuang.definitions.queries.versions import versions_of
from huanchuang.definitions.services import publish, save_draft, start_draft, submit
from huanchuang.definitions.services.start import continued_files, moved_to
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.library import in_force, policy_named, policy_with
from huanchuang.policies.services.keep import keep

PACK = "qingcen.patent-navigation"
OLD, FIRST = dt.date(2026, 6, 30), dt.date(2027, 1, 1)
pytestmark = pytest.mark.django_db


def published(cast, first: dt.date, edit=lambda text: text, cases=lambda text: text) -> Published:
    """The next version of the policy, written by the officer and published by the administrator."""
    officer, last = actor_of(cast.officer), versions_of("policies")[PACK][-1]
    made = start_draft(officer, "policies", PACK, continued_files(last), based_on=last.digest)
    files = moved_to("policies", made.files, first)
    files = {**files, "policy.yaml": edit(files["policy.yaml"]), "cases.yaml": cases(files["cases.yaml"])}
    asked = save_draft(officer, made, made.version, files)
    asked = submit(officer, asked, asked.version)
    return publish(actor_of(cast.administrator), asked, asked.version, "常务会议通过")


def test_the_day_decides_which_version_does(cast):
    before = policy_named(PACK, OLD).pack
    made = published(cast, FIRST)
    assert policy_named(PACK, OLD).pack is before
    assert policy_named(PACK, FIRST - dt.timedelta(days=1)).pack is before
    assert policy_named(PACK, FIRST).pack.hash == made.digest
    assert [one.policy.version for one in in_force(FIRST) if one.id == PACK] == ["1.1"]
    assert [one.policy.version for one in in_force(OLD) if one.id == PACK] == ["1.0"]


def test_a_version_with_an_earlier_first_day_corrects_the_past(cast):
    first = policy_named(PACK, OLD).policy.valid_from
    made = published(cast, first)
    assert policy_named(PACK, OLD).pack.hash == made.digest


def test_what_has_ended_is_not_followed_by_what_was_before(cast):
    def ends(text: str) -> str:
        return "\n".join(
            "valid_to: 2027-12-31" if line.startswith("valid_to") else line for line in text.split("\n")
        )

    published(cast, FIRST, edit=ends)
    after = policy_named(PACK, dt.date(2028, 1, 1))
    assert after.policy.version == "1.1"
    assert not after.policy.is_in_force(dt.date(2028, 1, 1))


def test_a_decision_on_file_stays_and_opens_after_its_policy_was_superseded(client, cast, firm):
    found = found_for(firm, PACK, OLD)
    kept = keep(actor_of(cast.officer), found.subject, found.card)
    made = published(cast, policy_named(PACK, OLD).policy.valid_from)
    assert kept.digest != made.digest
    client.force_login(cast.officer)
    shown = client.get(reverse("policies:kept", args=[kept.pk])).content.decode()
    assert f"?version={kept.digest}" in shown
    assert policy_with(kept.digest).policy.version == kept.version == "1.0"
    old = client.get(reverse("policies:policy", args=[PACK]), {"version": kept.digest}).content.decode()
    assert "这里显示的是版本 1.0" in old


def test_the_library_says_how_each_version_stands(client, cast):
    made = published(cast, FIRST)
    client.force_login(cast.clerk)
    page = client.get(reverse("policies:policy", args=[PACK])).content.decode()
    assert "待生效" in page
    assert "现行" in page
    assert f"生效日期：{policy_named(PACK, OLD).policy.valid_from} → 2027-01-01" in page
    assert made.publisher_name in page
    assert "起草新版本" not in page
    library = client.get(reverse("policies:library"), {"q": "专利导航"}).content.decode()
    assert "版本 1.1 自 2027-01-01 起" in library
    assert client.get(made.get_absolute_url()).status_code == 200


def test_a_version_that_cannot_be_read_any_more_lets_no_older_one_decide(cast, monkeypatch):
    made = published(cast, policy_named(PACK, OLD).policy.valid_from)
    values = {
        field.attname: getattr(made, field.attname)
        for field in Published._meta.concrete_fields
        if field.name != "id"
    }
    files = {
        **made.files,
        "policy.yaml": made.files["policy.yaml"].replace("version: 1.1", "version: 1.2") + "odd: 1\n",
    }
    draft = start_draft(actor_of(cast.officer), "policies", PACK, files)
    Published.objects.create(
        **{**values, "files": files, "version": "1.2", "digest": "f" * 64, "draft_id": draft.pk}
    )
    assert policy_named(PACK, OLD) is None
    assert policy_with(made.digest).policy.version == "1.1"


def test_the_newest_publication_is_asked_once_a_request(client, cast):
    client.force_login(cast.officer)
    where = reverse("policies:library")
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(where)
    assert sum("definitions_published" in one["sql"] for one in queries) == 1


@pytest.mark.parametrize(
    ("words", "passage"),
    [
        ("第十一条(四)", "第十一条(四)"),
        ("科技人员数 / 职工总数", "科技人员数 / 职工总数"),
        ("研发补助上限", "研发补助上限"),
    ],
)
def test_clauses_rules_and_figures_are_found_with_their_passage(client, cast, words, passage):
    client.force_login(cast.clerk)
    page = client.get(reverse("policies:library"), {"q": words, "state": "all"}).content.decode()
    assert "passage" in page
    assert passage in page

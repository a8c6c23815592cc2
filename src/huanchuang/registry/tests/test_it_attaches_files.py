"""Files are attached to entries: papers of the district open for all, other papers for their owner and the authority."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.files.queries import files_of
from huanchuang.registry.queries.kinds import kind_named
from huanchuang.registry.services import register

pytestmark = pytest.mark.django_db


def text_file(name="证明.txt"):
    return SimpleUploadedFile(name, "用户使用报告".encode(), content_type="text/plain")


@pytest.fixture
def achievement(firm):
    return register(SYSTEM, kind_named("achievement"), {"title": "镁合金轧制", "owner": firm})


@pytest.fixture
def document(bureau):
    return register(
        SYSTEM, kind_named("document"), {"title": "创新券办法", "kind": "policy", "issuer": bureau}
    )


def attach(client, person, entry, *files):
    client.force_login(person)
    url = reverse(f"registry:{entry.kind_name()}-attach", kwargs={"pk": entry.pk})
    return client.post(url, {"files": files}, follow=True)


def test_it_attaches_several_files_and_shows_them(client, people, achievement):
    page = attach(client, people.clerk, achievement, text_file(), text_file("检测报告.txt")).content.decode()
    assert "证明.txt" in page
    assert "检测报告.txt" in page


def test_a_refused_file_is_said_and_attaches_none(client, people, achievement):
    evil = SimpleUploadedFile("宏.docx", b"MZ\x90\x00", content_type="application/octet-stream")
    page = attach(client, people.clerk, achievement, text_file(), evil).content.decode()
    assert "宏.docx" in page
    assert not files_of(achievement.subject).exists()


def test_choosing_nothing_is_said(client, people, achievement):
    assert "请选择要上传的文件" in attach(client, people.clerk, achievement).content.decode()


@pytest.mark.parametrize(
    ("person", "status"),
    [("officer", 200), ("clerk", 200), ("leader", 200), ("auditor", 200), ("manager", 404), ("researcher", 404), ("stranger", 404), ("reporter", 404)],
)  # fmt: skip
def test_others_do_not_open_what_is_attached_to_an_achievement(client, people, achievement, person, status):
    attach(client, people.clerk, achievement, text_file())
    stored = files_of(achievement.subject).get().stored
    client.force_login(getattr(people, person))
    assert client.get(reverse("files:download", kwargs={"pk": stored.pk})).status_code == status
    page = client.get(achievement.get_absolute_url()).content.decode()
    assert ("证明.txt" in page) == (status == 200)


@pytest.mark.parametrize("person", ["officer", "clerk", "manager", "stranger"])
def test_everybody_opens_the_papers_of_the_district(client, people, document, person):
    attach(client, people.officer, document, text_file("创新券办法.txt"))
    stored = files_of(document.subject).get().stored
    client.force_login(getattr(people, person))
    assert client.get(reverse("files:download", kwargs={"pk": stored.pk})).status_code == 200


@pytest.mark.parametrize(
    ("person", "status"), [("stranger", 404), ("reporter", 404), ("leader", 403), ("manager", 403)]
)
def test_only_owner_and_officer_attach_and_remove(client, people, achievement, person, status):
    attach(client, people.clerk, achievement, text_file())
    stored = files_of(achievement.subject).get().stored
    client.force_login(getattr(people, person))
    there = reverse("registry:achievement-attach", kwargs={"pk": achievement.pk})
    off = reverse("registry:achievement-detach", kwargs={"pk": achievement.pk, "file": stored.pk})
    assert client.post(there, {"files": [text_file("另一份.txt")]}).status_code == status
    assert client.post(off).status_code == status
    assert files_of(achievement.subject).count() == 1


def test_a_file_is_taken_off_by_its_owner(client, people, achievement):
    attach(client, people.clerk, achievement, text_file())
    stored = files_of(achievement.subject).get().stored
    client.post(reverse("registry:achievement-detach", kwargs={"pk": achievement.pk, "file": stored.pk}))
    assert not files_of(achievement.subject).exists()


def test_a_file_of_another_entry_cannot_be_taken_off_through_this_one(client, people, achievement, document):
    attach(client, people.officer, document, text_file("创新券办法.txt"))
    stored = files_of(document.subject).get().stored
    client.force_login(people.clerk)
    url = reverse("registry:achievement-detach", kwargs={"pk": achievement.pk, "file": stored.pk})
    assert client.post(url).status_code == 404
    assert files_of(document.subject).count() == 1

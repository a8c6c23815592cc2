"""Somebody takes a file away: only with the word of the owner of its subject, and never so that it can run."""

from io import BytesIO

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import RequestFactory
from django.urls import reverse

from huanchuang.audit.models import Entry, Kind
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.files import effects
from huanchuang.files.services import attach, store
from huanchuang.files.services.streaming import SizeLimit
from huanchuang.files.tests import papers

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "officer",
    "reporter",
    "clerk",
    "researcher",
    "manager",
    "reviewer",
    "leader",
    "auditor",
    "administrator",
    "stranger",
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HUANCHUANG_DATA = tmp_path


@pytest.fixture(autouse=True)
def officers_read_tasks(monkeypatch):
    monkeypatch.setattr(effects, "_checkers", {})
    effects.may_read(
        "steering.task", lambda user, subject: user.role == "officer" and subject == "steering.task:1"
    )


def kept(data: bytes = b"x", name: str = "说明 (一).txt", subject: str = "steering.task:1", **options) -> str:
    stored = store(data, name, SYSTEM)
    if subject:
        attach(stored, subject, SYSTEM, **options)
    return reverse("files:download", args=[stored.pk])


@pytest.mark.parametrize("who", EVERYBODY)
def test_it_follows_the_word_of_the_owner_of_the_subject(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(kept()).status_code == (200 if who == "officer" else 404)


@pytest.mark.parametrize("subject", ["", "steering.task:2", "registry.organisation:1"])
def test_it_says_no_without_a_word(client, cast, subject):
    client.force_login(cast.officer)
    assert client.get(kept(subject=subject)).status_code == 404


def test_it_sends_nobody_to_the_sign_in(client):
    answer = client.get(kept())
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_it_leaves_as_an_attachment_under_its_chinese_name(client, cast):
    client.force_login(cast.officer)
    answer = client.get(kept())
    assert (
        answer["Content-Disposition"]
        == "attachment; filename*=utf-8''%E8%AF%B4%E6%98%8E%20%28%E4%B8%80%29.txt"
    )
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    assert b"".join(answer.streaming_content) == b"x"


@pytest.mark.parametrize(
    ("name", "data", "inline"),
    [
        ("a.png", papers.png(), True),
        ("a.jpg", papers.jpg(), True),
        ("a.pdf", papers.pdf(), True),
        ("a.html", b"<html><script>alert(1)</script></html>", False),
        ("a.docx", papers.docx(), False),
    ],
)
def test_only_pictures_and_pdf_are_shown_in_place(client, cast, name, data, inline):
    client.force_login(cast.officer)
    answer = client.get(kept(data, name) + "?inline=1")
    assert answer["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_it_is_not_sent_again_when_the_browser_has_it(client, cast):
    client.force_login(cast.officer)
    url = kept()
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": etag}).status_code == 304
    client.force_login(cast.stranger)
    assert client.get(url, headers={"if-none-match": etag}).status_code == 404


@pytest.mark.parametrize("personal", [True, False])
def test_a_download_of_personal_data_is_a_look(client, cast, personal):
    client.force_login(cast.officer)
    client.get(kept(personal=personal))
    looks = Entry.objects.filter(kind=Kind.LOOK, subject="steering.task:1", actor_id=str(cast.officer.pk))
    assert looks.count() == int(personal)


def test_a_lost_content_is_no_page(client, cast, tmp_path):
    client.force_login(cast.officer)
    url = kept()
    for path in (tmp_path / "files").glob("*/*"):
        path.unlink()
    assert client.get(url).status_code == 404


def posted(size: int):
    request = RequestFactory().post("/", {"file": BytesIO(bytes(size))})
    request.upload_handlers = [SizeLimit(request), TemporaryFileUploadHandler(request)]
    (upload,) = request.FILES.getlist("file")
    return upload


def test_an_upload_above_the_limit_never_reaches_the_disk(settings):
    settings.HUANCHUANG_FILE_LIMIT = 300_000
    assert posted(200_000).size == 200_000
    upload = posted(1_000_000)
    assert (upload.size, upload.read()) == (1_000_000, b"")
    with pytest.raises(ProblemError, match="超过"):
        store(upload, "a.txt", SYSTEM)

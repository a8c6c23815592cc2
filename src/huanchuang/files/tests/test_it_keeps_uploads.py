"""Somebody uploads an honest file: it is checked, kept once, and found again."""

import errno
import hashlib
import os
import stat
import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.files.models import StoredFile
from huanchuang.files.queries import content, files_of, place_of
from huanchuang.files.services import attach, detach, remove_unused, store
from huanchuang.files.services.names import display_name
from huanchuang.files.tests import papers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HUANCHUANG_DATA = tmp_path


HONEST = {
    "工作要点.docx": papers.docx,
    "任务分工.xlsx": papers.xlsx,
    "方案.pdf": papers.pdf,
    "对象打包.pdf": lambda: papers.pdf(papers.object_stream(b"8 0 << /Type /Font >>")),
    "对象不压缩.pdf": lambda: papers.pdf(papers.plain_object_stream()),
    "图.png": papers.png,
    "图.jpeg": papers.jpg,
    "页.htm": lambda: "<!DOCTYPE html><html><body>一、总体要求</body></html>".encode(),
    "文.txt": lambda: "一、总体要求".encode(),
    "旧文.txt": lambda: "一、总体要求".encode("gb18030"),
    "带标记.txt": lambda: "一、总体要求".encode("utf-8-sig"),
    "说明.md": lambda: b"# a\n",
    "表.csv": lambda: "单位,目标\r\n科技局,3\r\n".encode("gb18030"),
    "制表符.csv": lambda: "单位\t目标\r\n科技局\t3\r\n".encode("utf-16"),
    "模板在本机.docx": lambda: papers.linked("attachedTemplate", "file:///C:\\Users\\a\\公文.dotx"),
    "有链接.docx": lambda: papers.linked("hyperlink", "https://www.example.org/"),
}


@pytest.mark.parametrize("name", HONEST)
def test_it_takes_an_honest_file(name):
    data = HONEST[name]()
    stored = store(SimpleUploadedFile(name, data), name, SYSTEM)
    assert (stored.digest, stored.size, stored.name) == (hashlib.sha256(data).hexdigest(), len(data), name)
    assert content(stored) == data
    assert not stored.notes
    assert Entry.objects.filter(verb="files.file.store", subject=stored.subject).count() == 1


@pytest.mark.shared
def test_it_takes_every_seed(shared):
    seeds = sorted((shared / "seeds").glob("*.txt"))
    assert [store(path.read_bytes(), path.name, SYSTEM).kind for path in seeds] == ["txt"] * 5


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.html", b"<html><script>alert(1)</script></html>", "脚本"),
        ("a.pdf", papers.pdf(b"8 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n"), "附件"),
        ("a.docx", papers.linked("image", "https://www.example.org/a.png"), "外部图片"),
        ("a.docx", papers.rezipped(papers.docx(), {"word/embeddings/book.xlsx": papers.xlsx()}), "内嵌"),
    ],
)
def test_it_notes_what_is_harmless_here_but_worth_knowing(name, data, word):
    (note,) = store(data, name, SYSTEM).notes
    assert word in note["zh"]
    assert note["en"].isascii()


def test_it_takes_a_pdf_that_only_restricts_printing(monkeypatch):
    from huanchuang.files.services import pdf

    monkeypatch.setattr(pdf, "_check_opens_without_password", lambda path: None)
    assert store(papers.locked_pdf(), "a.pdf", SYSTEM).kind == "pdf"


def test_it_keeps_the_content_privately_and_without_the_name(tmp_path):
    stored = store(papers.docx(), "张三的身份证.docx", SYSTEM)
    path = place_of(stored.digest)
    assert path == tmp_path / "files" / stored.digest[:2] / stored.digest[2:]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not list(tmp_path.rglob("*张三*"))


def test_it_keeps_the_same_content_once_and_each_name_for_itself():
    first = store(b"same", "a.txt", SYSTEM)
    assert store(b"same", "a.txt", SYSTEM).pk == first.pk
    other = store(b"same", "b.txt", SYSTEM)
    assert (other.pk == first.pk, other.digest == first.digest) == (False, True)


def test_it_says_when_the_content_was_changed_on_the_disk():
    stored = store(b"true", "a.txt", SYSTEM)
    place_of(stored.digest).write_bytes(b"false")
    with pytest.raises(ProblemError, match="缺失或已被改动"):
        content(stored)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\要点.docx", "要点.docx"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\x00\r\nb.txt", "ab.txt"),
        ('<img src="x">.png', "img src=x.png"),
        ("\u200b.. ", "未命名"),
        ("", "未命名"),
        ("e\u0301.txt", "\u00e9.txt"),
    ],
)
def test_it_shows_names_that_cannot_deceive(given, shown):
    assert display_name(given) == shown


def test_it_shortens_long_names_and_keeps_their_ending():
    shown = display_name("长" * 500 + ".docx")
    assert len(shown) == 120
    assert shown.endswith("….docx")


def test_it_removes_what_nothing_uses_after_some_days():
    used, young, old = (store(text.encode(), f"{text}.txt", SYSTEM) for text in ("used", "young", "old"))
    attach(used, "steering.task:1", SYSTEM)
    long_ago = timezone.now() - timedelta(days=40)
    StoredFile.objects.filter(pk__in=[used.pk, old.pk]).update(updated_at=long_ago)
    for stored in (used, old):
        os.utime(place_of(stored.digest), (long_ago.timestamp(),) * 2)
    assert remove_unused(30) == 1
    assert set(StoredFile.objects.all()) == {used, young}
    assert [place_of(stored.digest).is_file() for stored in (used, young, old)] == [True, True, False]
    assert Entry.objects.get(verb="files.file.remove").subject == old.subject


def test_it_removes_uploads_that_were_broken_off(tmp_path):
    store(b"x", "x.txt", SYSTEM)
    abandoned = tmp_path / "files" / "incoming" / "tmp123"
    abandoned.write_bytes(b"half")
    assert remove_unused(30) == 0
    assert abandoned.is_file()
    os.utime(abandoned, (0, 0))
    remove_unused(30)
    assert not abandoned.exists()


def test_it_keeps_content_that_came_again_before_the_removal():
    old = store(b"again", "a.txt", SYSTEM)
    long_ago = timezone.now() - timedelta(days=40)
    StoredFile.objects.update(updated_at=long_ago)
    store(b"again", "b.txt", SYSTEM)
    assert remove_unused(30) == 1
    assert not StoredFile.objects.filter(pk=old.pk).exists()
    assert place_of(old.digest).is_file()


def test_a_file_is_no_more_unused_when_it_is_uploaded_again():
    stored = store(b"again", "a.txt", SYSTEM)
    StoredFile.objects.update(updated_at=timezone.now() - timedelta(days=40))
    store(b"again", "a.txt", SYSTEM)
    assert remove_unused(30) == 0
    assert content(stored) == b"again"


def test_it_lists_the_files_of_a_subject():
    stored = store(b"x", "x.txt", SYSTEM)
    use = attach(stored, "steering.task:1", SYSTEM)
    assert attach(stored, "steering.task:1", SYSTEM) == use
    assert list(files_of("steering.task:1")) == [use]
    detach(stored, "steering.task:1", SYSTEM)
    assert not files_of("steering.task:1")


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_the_same_content_at_once_become_one():
    start, results = threading.Barrier(4), []

    def upload():
        try:
            start.wait()
            results.append(store(b"same" * 100_000, "同一份.txt", SYSTEM).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len(set(results)) == 1
    assert content(StoredFile.objects.get()) == b"same" * 100_000


def test_a_full_storage_is_said_and_leaves_nothing_behind(monkeypatch, tmp_path):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("huanchuang.files.services.keep.os.fsync", full)
    with pytest.raises(ProblemError) as refused:
        store("正文".encode(), "方案.txt", SYSTEM)
    assert refused.value.problems[0].code == "files.no_room"
    assert not StoredFile.objects.exists()
    assert list((tmp_path / "files/incoming").iterdir()) == []

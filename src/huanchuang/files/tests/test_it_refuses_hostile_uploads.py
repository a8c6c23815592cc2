"""Somebody uploads what could harm: it is refused with the place, the reason and the way out, and nothing is kept."""

import io
import re
import tracemalloc
import zipfile
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.files.models import StoredFile
from huanchuang.files.queries import folder
from huanchuang.files.services import store
from huanchuang.files.tests import papers

pytestmark = pytest.mark.django_db
XXE = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HUANCHUANG_DATA = tmp_path


def document_part(data: bytes) -> bytes:
    return papers.part(data, "word/document.xml")


def with_prolog(prolog: bytes) -> bytes:
    plain = papers.docx()
    head, _sep, rest = document_part(plain).partition(b"?>")
    return papers.rezipped(plain, {"word/document.xml": head + b"?>" + prolog + rest})


def in_encoding(encoding: str, prolog: str) -> bytes:
    plain = papers.docx()
    text = document_part(plain).decode().partition("?>")[2]
    return papers.rezipped(
        plain, {"word/document.xml": (prolog + text).encode(encoding, "xmlcharrefreplace")}
    )


def noise() -> bytes:
    """A megabyte that does not pack well."""
    return b"".join(sha256(b"%d" % number).hexdigest().encode() for number in range(1 << 14))


def plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


def content_type(part: str, kind: str) -> bytes:
    entry = f'<Override PartName="{part}" ContentType="{kind}"/></Types>'.encode()
    return papers.edited(papers.docx(), "[Content_Types].xml", b"</Types>", entry)


def many_parts() -> bytes:
    return papers.rezipped(papers.docx(), {f"word/media/image{n}.png": b"" for n in range(3100)})


def overlapping() -> bytes:
    """Two entries of the directory point to the same local header."""
    data = papers.rezipped(papers.docx(), {"word/a.bin": b"a" * 50, "word/b.bin": b"b" * 50})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, second = (archive.getinfo(name).header_offset for name in ("word/a.bin", "word/b.bin"))
    place = data.rindex(b"word/b.bin") - 4
    return data[:place] + first.to_bytes(4, "little") + data[place + 4 :] if second > first else b""


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
HOSTILE = {
    "a bomb of 10 GB that tells most of its size": ("a.docx", lambda: papers.bomb(), "files.bomb"),
    "a bomb of 10 GB that claims 1000 bytes": ("a.docx", lambda: papers.bomb(claimed=1000), "files.bomb"),
    "thousands of members": ("a.docx", many_parts, "files.bomb"),
    "overlapping members": ("a.docx", overlapping, "files.bomb"),
    "a zip in the docx": (
        "a.docx",
        lambda: papers.rezipped(papers.docx(), {"word/media/i.png": plain_zip()}),
        "files.odd_archive",
    ),
    "a path that leaves": (
        "a.docx",
        lambda: papers.rezipped(papers.docx(), {"../../etc/cron.d/x": b"x"}),
        "files.odd_archive",
    ),
    "an absolute path": (
        "a.docx",
        lambda: papers.rezipped(papers.docx(), {"/etc/x": b"x"}),
        "files.odd_archive",
    ),
    "a Windows path": (
        "a.docx",
        lambda: papers.with_raw_member(papers.docx(), b"..\\x", b"\x03\x00", 0),
        "files.odd_archive",
    ),
    "a symbolic link": (
        "a.docx",
        lambda: papers.with_raw_member(
            papers.docx(), b"word/l", papers.deflated(b"/etc"), 4, attributes=0o120777 << 16
        ),
        "files.odd_archive",
    ),
    "an encrypted member": (
        "a.docx",
        lambda: papers.with_raw_member(papers.docx(), b"word/x", b"\x03\x00", 0, flags=1),
        "files.encrypted",
    ),
    "a false checksum": (
        "a.docx",
        lambda: papers.with_raw_member(papers.docx(), b"word/x", papers.deflated(b"abc"), 3, crc=7),
        "files.damaged",
    ),
    "an entity that reads a file": ("a.docx", lambda: with_prolog(XXE), "files.doctype"),
    "a billion laughs": ("a.docx", lambda: with_prolog(LAUGHS), "files.doctype"),
    "a DTD behind a megabyte of comment": (
        "a.docx",
        lambda: with_prolog(b"<!--" + noise() + b"-->" + XXE),
        "files.doctype",
    ),
    "an entity in UTF-16": ("a.docx", lambda: in_encoding("utf-16", XXE.decode()), "files.doctype"),
    "an entity in UTF-16 without a mark": (
        "a.docx",
        lambda: in_encoding("utf-16-be", XXE.decode()),
        "files.doctype",
    ),
    "an entity in UTF-7": (
        "a.docx",
        lambda: in_encoding(
            "ascii", '<?xml version="1.0" encoding="UTF-7"?>' + XXE.decode().replace("<!", "+ADwAIQ-")
        ),
        "files.odd_archive",
    ),
    "an entity in UTF-32": ("a.docx", lambda: in_encoding("utf-32", XXE.decode()), "files."),
    "an entity in EBCDIC": (
        "a.docx",
        lambda: in_encoding("cp037", '<?xml version="1.0"?>' + XXE.decode()),
        "files.odd_archive",
    ),
    "an entity in the relationships": (
        "a.docx",
        lambda: papers.edited(papers.docx(), "_rels/.rels", b"<Relationships", XXE + b"<Relationships"),
        "files.doctype",
    ),
    "a macro project": (
        "a.docx",
        lambda: papers.rezipped(papers.docx(), {"word/vbaProject.bin": b"\xd0\xcf"}),
        "files.macros",
    ),
    "a macro type": ("a.docx", lambda: content_type("/word/x.xml", MACRO), "files.macros"),
    "a docm": ("a.docm", lambda: content_type("/word/x.xml", MACRO), "files.macros"),
    "a control": (
        "a.docx",
        lambda: papers.rezipped(papers.docx(), {"word/activeX/activeX1.bin": b"x"}),
        "files.macros",
    ),
    "a macro sheet": (
        "a.xlsx",
        lambda: papers.rezipped(papers.xlsx(), {"xl/macrosheets/sheet1.xml": b"<a/>"}),
        "files.macros",
    ),
    "a document that calls itself a picture": (
        "a.docx",
        lambda: content_type("/word/media/i.png", "application/xml"),
        "files.odd_archive",
    ),
    "a template from the network": (
        "a.docx",
        lambda: papers.linked("attachedTemplate", "https://evil.example/t.dotm"),
        "files.fetches",
    ),
    "a template from a share": (
        "a.docx",
        lambda: papers.linked("attachedTemplate", "file://evil.example/t.dotm"),
        "files.fetches",
    ),
    "a template from a share, Windows style": (
        "a.docx",
        lambda: papers.linked("attachedTemplate", "\\\\evil.example\\t.dotm"),
        "files.fetches",
    ),
    "an object from the network": (
        "a.docx",
        lambda: papers.linked("oleObject", "mhtml:http://evil.example/x!x-usc:"),
        "files.fetches",
    ),
    "a frame": ("a.docx", lambda: papers.linked("frame", "http://evil.example/"), "files.fetches"),
    "a docx with a password": (
        "a.docx",
        lambda: papers.compound("EncryptionInfo", "EncryptedPackage"),
        "files.encrypted",
    ),
    "an old Word file": ("a.doc", lambda: papers.compound("WordDocument"), "files.legacy_office"),
    "an old Word file under a new name": (
        "a.docx",
        lambda: papers.compound("WordDocument"),
        "files.legacy_office",
    ),
    "a plain zip": ("a.docx", plain_zip, "files.archive"),
    "a RAR": ("a.docx", lambda: b"Rar!\x1a\x07\x00" + bytes(50), "files.archive"),
    "a program": ("a.docx", lambda: b"MZ\x90\x00" + bytes(200), "files.unknown_type"),
    "a program called text": ("a.txt", lambda: b"MZ\x90\x00" + bytes(200), "files.not_text"),
    "a PDF called docx": ("a.docx", papers.pdf, "files.name_disagrees"),
    "an xlsx called docx": ("a.docx", papers.xlsx, "files.name_disagrees"),
    "HTML called docx": ("a.docx", lambda: b"<html><body>x</body></html>", "files.name_disagrees"),
    "text called html": ("a.html", lambda: "只有文字".encode(), "files.name_disagrees"),
    "a name without an ending": ("a", papers.pdf, "files.name_disagrees"),
    "half a docx": ("a.docx", lambda: papers.docx()[:4000], "files.damaged"),
    "half a PDF": ("a.pdf", lambda: papers.pdf()[:100], "files.damaged"),
    "half a PNG": ("a.png", lambda: papers.png()[:-6], "files.damaged"),
    "half a JPEG": ("a.jpg", lambda: papers.jpg()[:-2], "files.damaged"),
    "a PNG with a false checksum": ("a.png", lambda: papers.png().replace(b"IDAT", b"IDAt"), "files.damaged"),
    "a PNG of 10 gigapixels": ("a.png", lambda: papers.png(100_000, 100_000), "files.huge_picture"),
    "a JPEG of 4 gigapixels": ("a.jpg", lambda: papers.jpg(65_000, 65_000), "files.huge_picture"),
    "a PNG with a zip behind it": ("a.png", lambda: papers.png() + plain_zip(), "files.two_in_one"),
    "a JPEG with a zip behind it": ("a.jpg", lambda: papers.jpg() + plain_zip(), "files.two_in_one"),
    "a PDF with a zip behind it": ("a.pdf", lambda: papers.pdf() + plain_zip(), "files.two_in_one"),
    "text with a zip behind it": ("a.txt", lambda: b"hello\n" + plain_zip(), "files."),
    "a docx with a zip behind it": ("a.docx", lambda: papers.docx() + plain_zip(), "files.two_in_one"),
    "a docx with something behind it": ("a.docx", lambda: papers.docx() + b"<script>", "files.two_in_one"),
    "a PDF with a password": ("a.pdf", papers.locked_pdf, "files.encrypted"),
    "a PDF with a script": (
        "a.pdf",
        lambda: papers.pdf(b"8 0 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n"),
        "files.active_pdf",
    ),
    "a PDF with a disguised script": (
        "a.pdf",
        lambda: papers.pdf(b"8 0 obj\n<< /S /J#61vaScript /JS (x) >>\nendobj\n"),
        "files.active_pdf",
    ),
    "a PDF with a packed script": (
        "a.pdf",
        lambda: papers.pdf(papers.object_stream(b"8 0 << /S /JavaScript >>")),
        "files.active_pdf",
    ),
    "a PDF that starts a program": (
        "a.pdf",
        lambda: papers.pdf(b"8 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n"),
        "files.active_pdf",
    ),
    "a PDF whose objects are packed oddly": (
        "a.pdf",
        lambda: papers.pdf(papers.object_stream(b"x", b"[/ASCIIHexDecode /FlateDecode]")),
        "files.odd_archive",
    ),
    "a PDF that disguises its packed objects": (
        "a.pdf",
        lambda: papers.pdf(papers.object_stream(b"8 0 x").replace(b"/ObjStm", b"/Obj#53tm")),
        "files.odd_archive",
    ),
    "a PDF that pads its packed objects": (
        "a.pdf",
        lambda: papers.pdf(
            papers.object_stream(b"8 0 x").replace(b"/ObjStm", b"/ObjStm /Pad (" + b"x" * 9000 + b")")
        ),
        "files.odd_archive",
    ),
    "a PDF that hides how its objects are packed": (
        "a.pdf",
        lambda: papers.pdf(
            papers.object_stream(b"8 0 x")
            .replace(b"/Type", b"/Filter /FlateDecode /Pad ( obj) /Type")
            .replace(b"/Filter /FlateDecode /Length", b"/Length")
        ),
        "files.odd_archive",
    ),
    "a PDF of nothing but mentions": ("a.pdf", lambda: papers.pdf(b"/ObjStm" * 500_000), "files.odd_archive"),
    "a PDF with a bomb": ("a.pdf", lambda: papers.pdf(papers.object_stream(bytes(70 << 20))), "files.bomb"),
    "text with zero bytes": ("a.csv", lambda: b"a,b\n\x00,1\n", "files.not_text"),
    "a table in UTF-16 with zeros": ("a.csv", lambda: "a\x00b".encode("utf-16"), "files.not_text"),
    "a table in broken UTF-16": ("a.csv", lambda: b"\xff\xfea\x00\x00\xd8", "files.not_text"),
    "text in UTF-16": ("a.txt", lambda: "单位".encode("utf-16"), "files.not_text"),
    "text with control characters": ("a.md", lambda: b"# a\n\x1b[2J", "files.not_text"),
    "bytes that decode nowhere": ("a.txt", lambda: b"\xff\xfe\xfd" * 20, "files.not_text"),
    "nothing": ("a.txt", lambda: b"", "files.empty"),
    "a presentation": (
        "a.pptx",
        lambda: papers.edited(
            papers.docx(),
            "[Content_Types].xml",
            b"wordprocessingml.document.main",
            b"presentationml.presentation.main",
        ),
        "files.not_accepted",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_and_leaves_nothing(what):
    name, build, code = HOSTILE[what]
    with pytest.raises(ProblemError) as caught:
        store(build(), name, SYSTEM)
    (problem,) = caught.value.problems
    assert problem.code.startswith(code), problem.text()
    assert name in problem.where
    assert problem.remedy.startswith("请")
    english = problem.text("en")
    assert not re.search("[\u4e00-\u9fff]", english)
    assert "{" not in problem.text() + english
    assert not StoredFile.objects.exists()
    assert not [path for path in folder().rglob("*") if path.is_file() and path.name != ".lock"]


class Endless(SimpleUploadedFile):
    """200 MB that exist only while they are read; counts how many were asked for."""

    asked = 0

    def chunks(self, chunk_size=None):
        for _ in range(200):
            self.asked += 1
            yield bytes(1 << 20)


def test_it_stops_reading_at_the_limit(settings):
    settings.HUANCHUANG_FILE_LIMIT = 50 << 20
    upload = Endless("计划.docx", b"")
    with pytest.raises(ProblemError) as caught:
        store(upload, "计划.docx", SYSTEM)
    assert "超过 50 MB" in str(caught.value)
    assert upload.asked == 51


def test_it_believes_the_size_told_without_reading(settings):
    upload = Endless("计划.docx", b"")
    upload.size = 200 << 20
    with pytest.raises(ProblemError, match="超过"):
        store(upload, "计划.docx", SYSTEM)
    assert upload.asked == 0


def test_a_bomb_is_found_without_unpacking_it():
    bomb = papers.bomb(claimed=1000)
    tracemalloc.start()
    with pytest.raises(ProblemError):
        store(bomb, "a.docx", SYSTEM)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20

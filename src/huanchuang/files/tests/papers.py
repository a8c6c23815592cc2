"""Builders of honest and hostile files, so that no hostile file lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from docx import Document
from openpyxl import Workbook

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(text: str = "各单位要加快建设环大学创新生态圈。") -> bytes:
    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    book.active.append(["单位", "目标"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezipped(data: bytes, changes: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def edited(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    content = part(data, name)
    assert old in content
    return rezipped(data, {name: content.replace(old, new)})


def linked(kind: str, target: str) -> bytes:
    """A docx with one outside relationship."""
    entry = f'<Relationship Id="rIdX" Type="{RELATIONSHIPS}/{kind}" Target="{target}" TargetMode="External"/>'
    return edited(
        docx(), "word/_rels/document.xml.rels", b"</Relationships>", f"{entry}</Relationships>".encode()
    )


def bomb(claimed: int | None = None, blocks: int = 10_240) -> bytes:
    """A docx with a member of `blocks` MB of zeros in about 1 KB each, built without inflating it.

    `claimed`: the size that its headers tell instead of the true one.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * blocks + b"\x03\x00"
    size = claimed if claimed is not None else min(blocks << 20, 0xFFFFFFFE)
    return with_raw_member(docx(), b"word/media/image9.bin", packed, size)


def with_raw_member(
    data: bytes, name: bytes, packed: bytes, size: int, crc: int = 0, flags: int = 0, attributes: int = 0
) -> bytes:
    """Append a deflated member byte by byte, as no honest program would."""
    ending = data.rindex(b"PK\x05\x06")
    count, directory_size, start = struct.unpack("<H2L", data[ending + 10 : ending + 20])
    common = struct.pack("<3H2x2x3L2H", 20, flags, 8, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + common + name + packed
    entry = (
        b"PK\x01\x02"
        + struct.pack("<H", 0x0314)
        + common
        + struct.pack("<3H2L", 0, 0, 0, attributes, start)
        + name
    )
    directory = data[start : start + directory_size] + entry
    total = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0
    )
    return data[:start] + local + directory + total


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def compound(*streams: str) -> bytes:
    """The shell of an old Office file with these streams in its directory."""
    names = b"".join(stream.encode("utf-16-le").ljust(128, b"\x00") for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(4096)


def pdf(extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A small PDF of one empty page, with further objects and trailer entries."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    out += extra
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 4 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
    return bytes(out)


def object_stream(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    packed = zlib.compress(content)
    head = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>\nstream\n" % (
        filters,
        len(packed),
    )
    return head + packed + b"\nendstream\nendobj\n"


def plain_object_stream() -> bytes:
    return b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 9 >>\nstream\n8 0 << >>\nendstream\nendobj\n"


def locked_pdf() -> bytes:
    """A PDF whose user password is not empty (its key values fit no password)."""
    values = b"/V 1 /R 2 /P -44 /O <%s> /U <%s>" % (b"5a" * 32, b"a5" * 32)
    return pdf(trailer=b"/ID [<00><00>] /Encrypt << /Filter /Standard %s >>" % values)


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    rows = zlib.compress(b"".join(b"\x00" + b"\xff\xff\xff" * min(width, 4) for _ in range(min(height, 4))))
    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpg(width: int = 2, height: int = 2) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HB2HB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"\x12\x34"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + frame + scan + b"\xff\xd9"
    )

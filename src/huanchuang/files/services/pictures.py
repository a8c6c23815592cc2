"""Pictures: whole, of a sane size, and nothing behind them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from huanchuang.files.services.refusals import Refused

Note = dict[str, str]
MOST_PIXELS = 60_000_000
_PNG_START = 8
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset(range(0xD0, 0xD8)) | {0x01}
_JPG_TAIL = 64 << 10
"""Cameras append previews behind the end of the picture; more than this is something else."""


def check_png(path: Path) -> tuple[str, list[Note]]:
    """Walk the chunks of a PNG to its very end. Raises Refused."""
    data = path.read_bytes()
    place, size = _PNG_START, None
    while True:
        kind, body, place = _png_chunk(data, place)
        if size is None:
            if kind != b"IHDR" or len(body) != 13:
                raise _damaged()
            size = struct.unpack(">II", body[:8])
            _check_size(*size)
        if kind == b"IEND":
            break
    if place != len(data):
        raise Refused("two_in_one")
    return "png", []


def _png_chunk(data: bytes, place: int) -> tuple[bytes, bytes, int]:
    if place + 12 > len(data):
        raise _damaged()
    length = int.from_bytes(data[place : place + 4], "big")
    end = place + 12 + length
    if end > len(data):
        raise _damaged()
    content = data[place + 4 : end - 4]
    if zlib.crc32(content) != int.from_bytes(data[end - 4 : end], "big"):
        raise _damaged()
    return content[:4], content[4:], end


def check_jpg(path: Path) -> tuple[str, list[Note]]:
    """Walk the segments of a JPEG to its scan and look for its end. Raises Refused."""
    data = path.read_bytes()
    if not _jpg_has_frame_and_scan(data) or data.rfind(b"\xff\xd9") < max(2, len(data) - _JPG_TAIL):
        raise _damaged()
    return "jpg", []


def _jpg_has_frame_and_scan(data: bytes) -> bool:
    place, framed = 2, False
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _ALONE:
            place += 2
            continue
        if marker == 0xDA:
            return framed
        if marker in _FRAMES and place + 9 <= len(data):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            _check_size(width, height)
            framed = True
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return False


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise _damaged()
    if width * height > MOST_PIXELS:
        raise Refused("huge_picture", f"{width}×{height}")


def _damaged() -> Refused:
    return Refused("damaged", "图片数据不完整", "its picture data are incomplete")

"""Zip archives, measured before anybody unpacks them.

Sizes in the directory are claims. Each member is therefore inflated here in pieces, under limits, and must come out
exactly as long and with exactly the checksum that the directory claims: other readers trust other fields.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from huanchuang.files.services.refusals import Refused

MOST_MEMBERS = 3000
MOST_BYTES = 300 << 20
"""Unpacked, all members together."""
MOST_RATIO = 200
"""Unpacked to packed, for members above RATIO_FROM: text of office files stays below 100."""
RATIO_FROM = 1 << 20
PIECE = 256 << 10
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ENDING = b"PK\x05\x06"
_ENDING_SIZE = 22


def members(path: Path) -> list[ZipInfo]:
    """The directory of an archive whose shape is sound. Raises Refused."""
    try:
        with ZipFile(path) as archive:
            found = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError, struct.error):
        raise Refused("damaged", "压缩结构读不完", "its directory cannot be read") from None
    if len(found) > MOST_MEMBERS:
        raise Refused("bomb", f"含 {len(found)} 个部分", f"{len(found)} parts")
    for info in found:
        _check_claims(info)
    _check_shape(path, found)
    total = sum(info.file_size for info in found)
    if total > MOST_BYTES:
        raise Refused("bomb", f"共 {total >> 20} MB", f"{total >> 20} MB in all")
    return found


def _check_claims(info: ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise Refused("encrypted")
    if _unsafe_name(info.orig_filename):
        raise Refused("odd_archive", "路径越出文件", "a part's path leads outside")
    if info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("odd_archive", "含符号链接", "it holds a symbolic link")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused("odd_archive", "压缩方法不常见", "uncommon compression")
    if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise Refused("bomb", f"压缩比超过 {MOST_RATIO}", f"packed more than {MOST_RATIO} times")


def _unsafe_name(name: str) -> bool:
    return (
        not name
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or any(ord(char) < 32 for char in name)
    )


def _check_shape(path: Path, found: list[ZipInfo]) -> None:
    names = {info.filename.casefold() for info in found}
    if len(names) != len(found):
        raise Refused("odd_archive", "部分重名", "two parts share a name")
    with path.open("rb") as handle:
        if not found or min(info.header_offset for info in found) != 0 or not _ends_plainly(handle):
            raise Refused("two_in_one")
        reached = 0
        for info in sorted(found, key=lambda info: info.header_offset):
            if info.header_offset < reached:
                raise Refused("bomb", "部分相互重叠", "parts overlap")
            reached = _data_start(handle, info) + info.compress_size


def _ends_plainly(handle: BinaryIO) -> bool:
    """The archive's end is the file's end: no comment, nothing appended."""
    handle.seek(0, 2)
    handle.seek(max(0, handle.tell() - _ENDING_SIZE))
    return handle.read(4) == _ENDING


def _data_start(handle: BinaryIO, info: ZipInfo) -> int:
    handle.seek(info.header_offset)
    header = handle.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise Refused("damaged", "部分的开头缺失", "a part lacks its header")
    fields = _LOCAL_HEADER.unpack(header)
    name = handle.read(fields[9])
    sizes_agree = bool(fields[2] & 0x8) or fields[7:9] == (info.compress_size, info.file_size)
    encoding = "utf-8" if info.flag_bits & 0x800 else "cp437"
    if (
        name != info.orig_filename.encode(encoding, "replace")
        or fields[3] != info.compress_type
        or not sizes_agree
    ):
        raise Refused("odd_archive", "目录与内容不符", "directory and content disagree")
    return info.header_offset + _LOCAL_HEADER.size + int(fields[9]) + int(fields[10])


def pieces(handle: BinaryIO, info: ZipInfo) -> Iterator[bytes]:
    """The content of a member in pieces, never more than its claimed size. Raises Refused where the claim is false."""
    handle.seek(_data_start(handle, info))
    total, checksum = 0, 0
    for piece in _raw(handle, info) if info.compress_type == ZIP_STORED else _inflated(handle, info):
        total += len(piece)
        if total > info.file_size:
            raise Refused("bomb", "实际大小超过标称", "larger than it claims")
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if total != info.file_size or checksum != info.CRC:
        raise Refused("damaged", "校验和不符", "a checksum is wrong")


def _raw(handle: BinaryIO, info: ZipInfo) -> Iterator[bytes]:
    left = info.compress_size
    while left and (piece := handle.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _inflated(handle: BinaryIO, info: ZipInfo) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _raw(handle, info):
            waiting = packed
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, PIECE)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error:
        raise Refused("damaged", "压缩数据有误", "its packed data are wrong") from None
    if not inflater.eof:
        raise Refused("damaged", "压缩数据不完整", "its packed data end early")

"""What the files of a draft may be: few, small, text, and named as the files of a pack are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from huanchuang.engines.kernel import refuse
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.pack import CASES, README

MOST_FILES = 8
LARGEST_FILE = 256 * 1024
"""Bytes of one file: the largest shipped definition has a tenth of it."""
LARGEST_TOGETHER = 512 * 1024
_TABLE = re.compile(r"[a-z][a-z0-9-]{0,40}\.csv")


def clean_files(kind: str, files: Mapping[str, str]) -> dict[str, str]:
    """The files with plain line ends. ProblemError for names that no pack has, for too many, too large or odd ones."""
    if len(files) > MOST_FILES:
        raise refuse(
            "definitions.files.many",
            ("文件", f"一共{len(files)}个，最多{MOST_FILES}个", "只保留定义、样例、案例、说明和用到的表"),
            (
                "Files",
                f"there are {len(files)}, at most {MOST_FILES} are taken",
                "Keep definition, samples, cases, README and tables",
            ),
        )
    cleaned = {name: _clean(kind, name, text) for name, text in files.items()}
    size = sum(len(text.encode()) for text in cleaned.values())
    if size > LARGEST_TOGETHER:
        raise _too_large("全部文件", "All files together", size, LARGEST_TOGETHER)
    definition = kind_named(kind).definition
    if not cleaned.get(definition, "").strip():
        raise refuse(
            "definitions.files.definition",
            (definition, "没有内容", "请填写定义文件，或从骨架开始"),
            (definition, "is missing or empty", "Write the definition, or begin with the skeleton"),
        )
    return cleaned


def _clean(kind: str, name: str, text: str) -> str:
    known = (kind_named(kind).definition, "samples.yaml", CASES, README)
    if name not in known and not _TABLE.fullmatch(name):
        raise refuse(
            "definitions.files.name",
            (
                name[:60] or "文件",
                "不是定义包里的文件",
                f"可用的文件名：{'、'.join(known)}，以及小写的 .csv 表",
            ),
            (
                name[:60] or "A file",
                "is no file of a pack",
                f"Names taken: {', '.join(known)}, and tables in lower case ending in .csv",
            ),
        )
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in plain or any("\ud800" <= letter <= "\udfff" for letter in plain):
        raise refuse(
            "definitions.files.text",
            (name, "含有不是文字的字符", "请用文本编辑器另存为 UTF-8 后再试"),
            (name, "holds characters that are no text", "Save it as UTF-8 in an editor and try again"),
        )
    if len(plain.encode()) > LARGEST_FILE:
        raise _too_large(name, name, len(plain.encode()), LARGEST_FILE)
    return plain


def _too_large(name: str, english: str, size: int, limit: int) -> Exception:
    return refuse(
        "definitions.files.large",
        (
            name,
            f"{size // 1024}KB，超过{limit // 1024}KB",
            "请拆成几项政策，或把大表交系统管理员作为定义包安装",
        ),
        (
            english,
            f"{size // 1024} KB is more than {limit // 1024} KB",
            "Split it into several definitions, or have large tables installed as a pack",
        ),
    )

"""What the archive says of itself, and how a bad one is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.problem import refuse

FORMAT, FORM = "huanchuang-everything", 1
"""The form grows when an older product could no longer read the archive."""
NAME = "manifest.json"
LARGEST = 64 << 20


@dataclass(frozen=True)
class Part:
    """One file of rows."""

    name: str
    table: str
    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Parts in the order of the archive, the digests of the files beside them, and what was left behind on purpose."""

    product: str
    parts: list[Part]
    files: list[str]
    left_out: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT
    form: int = FORM

    def text(self) -> str:
        """As it stands in the archive: no moment in it, so that the same data give the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_manifest(text: bytes) -> Manifest:
    """The manifest of an archive. Raises ProblemError where it is not one, or one of a form to come."""
    try:
        data = json.loads(text)
    except ValueError:
        raise damaged("清单 manifest.json 无法读取", "its manifest.json cannot be read") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise refuse(
            "web.archive.foreign",
            ("归档", "不是环创的全部数据归档", "请使用 huanchuang export everything 生成的文件"),
            ("Archive", "is no archive of everything", "Take a file made by huanchuang export everything"),
        )
    if not isinstance(data.get("form"), int) or data["form"] > FORM:
        raise newer(f"格式 {data.get('form')}", f"form {data.get('form')}")
    try:
        parts = [Part(**one) for one in data.pop("parts")]
        manifest = Manifest(parts=parts, **data)
    except (TypeError, KeyError):
        raise _incomplete() from None
    if not _is_sound(parts, data.get("files")):
        raise _incomplete()
    return manifest


def _incomplete() -> ProblemError:
    return damaged("清单 manifest.json 内容不完整", "its manifest.json is incomplete")


def _is_sound(parts: Sequence[Part], files: Any) -> bool:
    names = [part.name for part in parts]
    return (
        len(set(names)) == len(names)
        and all(isinstance(part.rows, int) and isinstance(part.columns, list) for part in parts)
        and isinstance(files, list)
        and all(isinstance(one, str) and len(one) == 64 and one.isalnum() for one in files)
    )


def damaged(zh: str, en: str) -> ProblemError:
    """Why an archive cannot be read."""
    return refuse(
        "web.archive.damaged",
        ("归档", f"{zh}，没有写入任何内容", "请换一份完整的归档"),
        ("Archive", f"{en}; nothing was written", "Take a whole archive"),
    )


def newer(zh: str, en: str) -> ProblemError:
    """The archive knows something that this version does not."""
    return refuse(
        "web.archive.newer",
        ("归档", f"来自更新的版本（{zh}），没有写入任何内容", "请先升级本系统"),
        ("Archive", f"comes from a newer version ({en}); nothing was written", "Upgrade this system first"),
    )


def product_version() -> str:
    """The version of the product, `development` when it runs from its source."""
    try:
        return version("huanchuang")
    except PackageNotFoundError:
        return "development"

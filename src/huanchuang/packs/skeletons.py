"""The parts that the skeletons of all kinds have in common, with comments for whoever fills them in."""

from __future__ import annotations

from pathlib import Path


def header(pack_id: str, title: str, title_en: str) -> str:
    """Returns the header of a definition file as text."""
    return f"""\
# 编号必须与文件夹同名：地区.名称
id: {pack_id}
title: {title}
title_en: {title_en}
# 内容有任何改动，都要提高版本号
version: 1.0
# 生效日期（含当日）；失效日期留空表示直到被取代
valid_from: 2026-01-01
valid_to:
# 依据：文件名称、文号、条款，尽量写全
sources:
  - title: 请填写依据的文件名称
"""


def copy_of(model: Path, begins: str, pack_id: str, title: str, title_en: str) -> str:
    """Returns a shipped definition from the line that begins so, under a header of its own: a definition of many numbers
    and words is changed one by one, not written from nothing."""
    _, first, body = model.read_text(encoding="utf-8").partition(f"\n{begins}")
    return header(pack_id, title, title_en) + first + body


def readme(pack_id: str) -> str:
    """Returns a README that asks for the sources."""
    return f"""\
# {pack_id}

一句话说明这个定义包管什么、谁来维护。

## 依据

- 请写明每项内容出自哪份文件、哪一条；拿不准的写“未知”，不要猜。

## 怎样修改

1. 改定义文件，提高 `version`。
2. 在 `cases.yaml` 里补一个案例。
3. 运行 `huanchuang packs check`。
"""

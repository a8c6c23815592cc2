"""The kind ``documents``: grammars of papers (plans, replies, notices).

The reader knows what a grammar may hold: here the pack is found, hashed and frozen with its content left as nested
texts, and its cases are put to the reader. The grammar itself is built by :mod:`huanchuang.packs.documents`.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from huanchuang.engines.reader import Paper, Reading, read
from huanchuang.engines.reader.compile import compile_grammar
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.pack import Kind, Pack
from huanchuang.packs.problems import Gather, refusal
from huanchuang.packs.schema import Words, free
from huanchuang.packs.skeletons import header, readme
from huanchuang.packs.tree import Mapping

DEFINITION = "document.yaml"
_MODEL = Path(__file__).parent / "data" / "documents" / "national.plan-documents" / DEFINITION
_NOTHING = "无"
_TITLE = "示例实施方案"


def _read(body: Mapping, folder: PackFolder) -> Any:
    """Returns the entries after the header as frozen texts, tuples and read-only mappings."""
    return free(body)


def _check_together(packs: tuple[Pack, ...]) -> None:
    """Builds each grammar, as the reader will."""
    gather = Gather()
    for pack in packs:
        gather.take(partial(compile_grammar, pack.content, pack.id))
    gather.settle()


def _answer(content: Any, case: Case) -> str:
    """Reads the text of a case and answers with what the reader finds, joined by 、 or 无.

    A case about ``kind`` gives a title; the others give a passage, which is read below a title of our own.
    """
    text = case.of if case.ask == "kind" else f"{_TITLE}\n\n{case.of}"
    reading: Reading = read(Paper(text), compile_grammar(content, case.place.file))
    found = {
        "kind": [reading.document.kind or ""],
        "outline": [node.heading for node in reading.outline if node.level != "document"],
        "quantities": [item.text for item in reading.quantities],
        "deadlines": [item.resolved or "" for item in reading.deadlines],
        "units": [unit for item in reading.responsibilities for unit in item.units],
        "documents": [item.title for item in reading.documents_to_issue],
    }
    if case.ask not in found:
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(found))
    return "、".join(text for text in found[case.ask] if text) or _NOTHING


_CASES = """\
# 案例：ask 问什么（kind、outline、quantities、deadlines、units、documents），of 一段原文，gives 应读出的内容，用顿号分开，没有写“无”
cases:
  - name: 带比较词的数量读得出来
    ask: quantities
    of: 到2027年，高新技术企业达到300家以上。
    gives: 达到300家以上
"""


def _skeleton(pack_id: str) -> MappingType[str, str]:
    """A new grammar begins as a copy of the national one: it is changed word by word, not written from nothing."""
    _, _, body = _MODEL.read_text(encoding="utf-8").partition("\n\n")
    return MappingProxyType(
        {
            DEFINITION: header(pack_id, "新的文种", "New kind of paper") + "\n" + body,
            "cases.yaml": _CASES,
            "README.md": readme(pack_id),
        }
    )


KIND = Kind(
    name="documents",
    definition=DEFINITION,
    title=Words("文种语法", "Grammars of papers"),
    read=_read,
    skeleton=_skeleton,
    answer=_answer,
    check_together=_check_together,
)

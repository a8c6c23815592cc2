"""The kind ``vocabulary``: codes, facts, words, calendars, columns and rules of handling, told apart by the ``shape`` of a pack."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from functools import partial
from types import MappingProxyType
from typing import Any

from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.pack import Kind, Pack
from huanchuang.packs.problems import Gather, refusal
from huanchuang.packs.schema import Words, one_of
from huanchuang.packs.skeletons import header, readme
from huanchuang.packs.tree import Mapping
from huanchuang.packs.vocabulary import calendar, codes, columns, facts, handling, terms

Part = (
    codes.CodeList | facts.FactKeys | terms.Terms | calendar.Years | columns.ColumnNames | handling.Handling
)

_READERS: dict[str, Callable[[Mapping, PackFolder], Part]] = {
    "codes": codes.read,
    "facts": facts.read,
    "glossary": terms.read,
    "calendar": calendar.read,
    "columns": columns.read,
    "handling": handling.read,
}
_ANSWERS: dict[str, Callable[[Any, Case], str]] = {
    "codes": codes.answer,
    "facts": facts.answer,
    "glossary": terms.answer,
    "calendar": calendar.answer,
    "columns": columns.answer,
    "handling": handling.answer,
}


def _read(body: Mapping, folder: PackFolder) -> Part:
    shape = body.get("shape")
    if shape is None:
        raise refusal("missing-key", body.place, key="shape")
    return _READERS[one_of(_READERS)(shape.value)](body, folder)


def _answer(part: Part, case: Case) -> str:
    return _ANSWERS[part.shape](part, case)


def _check_together(packs: tuple[Pack, ...]) -> None:
    """Merges the packs of each vocabulary as the accessors do."""
    gather = Gather()
    parts = [pack.content for pack in packs]
    for name in sorted({part.vocabulary for part in parts}):
        same = [part for part in parts if part.vocabulary == name]
        gather.take(partial(_merge, same))
    gather.settle()


def _merge(parts: list[Part]) -> None:
    lists = [part for part in parts if isinstance(part, codes.CodeList)]
    if lists:
        codes.CodeTree(lists).refuse_dangling()
    facts.FactDictionary(part for part in parts if isinstance(part, facts.FactKeys))
    terms.Glossary(part for part in parts if isinstance(part, terms.Terms))
    columns.RegisterColumns(part for part in parts if isinstance(part, columns.ColumnNames))


_BODY = """
# 词表的名字：同名的词表会合并；形状：codes（代码）、facts（指标）、glossary（术语）、calendar（日历）、columns（表头）、handling（建议提案办理）
vocabulary: example
shape: codes
# 每个代码一项：code 代码，zh 中文名，en 英文名，parent 上级代码（可省），aliases 别名（可省）
codes:
  - code: first
    zh: 第一项
    en: First entry
  - code: second
    zh: 第二项
    en: Second entry
    parent: first
    aliases:
      - 次项
"""
_CASES = """\
# 案例：每个案例一句话命名；ask 问什么（name、full_name、english、parent、find、children、count），of 问谁，gives 应得什么
cases:
  - name: 次项就是第二项
    ask: find
    of: 次项
    gives: second
"""


def _skeleton(pack_id: str) -> MappingType[str, str]:
    return MappingProxyType(
        {
            "vocabulary.yaml": header(pack_id, "新的词表", "New vocabulary") + _BODY,
            "cases.yaml": _CASES,
            "README.md": readme(pack_id),
        }
    )


KIND = Kind(
    name="vocabulary",
    definition="vocabulary.yaml",
    title=Words("词表", "Vocabularies"),
    read=_read,
    skeleton=_skeleton,
    answer=_answer,
    check_together=_check_together,
)

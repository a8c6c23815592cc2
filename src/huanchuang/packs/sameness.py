"""The kind ``sameness``: words, weights and thresholds by which two records are held to be the same.

The engine knows which fields and outcomes there are: here the pack is found, hashed and frozen with its table of signs,
and its cases are put to the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from huanchuang.engines.sameness import (
    OrganisationRecord,
    PersonRecord,
    Places,
    Rules,
    ThingRecord,
    Verdict,
    compare_organisations,
    compare_people,
    compare_things,
    compile_rules,
)
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.library import library
from huanchuang.packs.pack import Kind, Pack
from huanchuang.packs.problems import Gather, refusal
from huanchuang.packs.schema import Words, free, text
from huanchuang.packs.skeletons import copy_of, readme
from huanchuang.packs.tree import Mapping

DEFINITION = "sameness.yaml"
STANDARD = "national.same-or-different"
SIGNS = "signs.csv"
_MODEL = Path(__file__).parent / "data" / "sameness" / STANDARD
_ANSWERS = {Verdict.SAME: "相同", Verdict.UNSURE: "拿不准", Verdict.DIFFERENT: "不同"}
_BETWEEN = "｜"


@dataclass(frozen=True, slots=True)
class Content:
    """A definition as nested texts, and its table of signs: as written → as met."""

    data: MappingType[str, Any]
    signs: MappingType[str, str]


def _read(body: Mapping, folder: PackFolder) -> Content:
    """Returns the entries after the header frozen, and the signs of the table that ``signs`` names."""
    entry = body.get("signs")
    signs: dict[str, str] = {}
    if entry is not None:
        rows = folder.table(text(100)(entry.value), entry.place, ("written", "plain"))
        signs = {row.cells["written"]: row.cells["plain"] for row in rows}
    data = free(body)
    if not isinstance(data, MappingType):  # the header alone, nothing after it
        raise refusal("not-a-mapping", body.place)
    return Content(data, MappingProxyType(signs))


def _rules(content: Content, pack_id: str) -> Rules:
    return compile_rules(content.data, content.signs, pack_id)


def _check_together(packs: tuple[Pack, ...]) -> None:
    """Builds each set of rules, as the engine will."""
    gather = Gather()
    for pack in packs:
        gather.take(partial(_rules, pack.content, pack.id))
    gather.settle()


def _answer(content: Any, case: Case) -> str:
    """Compares the two names of a case (``甲｜乙``), with the fields that ``more`` adds on either side."""
    questions: dict[str, Callable[[list[str], list[dict[str, Any]], NameReader], str]] = {
        "organisations": _compare_organisations,
        "people": _compare_people,
        "things": _compare_things,
        "core": lambda written, _, names: names.read(written[0]).cores[0],
    }
    if case.ask not in questions:
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(questions))
    more = case.more or {}
    sides = [dict(more.get(side) or {}) for side in ("one", "other")]
    regions = [tuple(chain) for chain in more.get("regions") or ()]
    names = NameReader(_rules(content, case.place.file), Places(regions, home=regions))
    return questions[case.ask](case.of.split(_BETWEEN), sides, names)


def _compare_organisations(written: list[str], sides: list[dict[str, Any]], names: NameReader) -> str:
    one, other = (
        OrganisationRecord(
            name,
            code=side.get("code", ""),
            phones=frozenset({side["phone"]} if "phone" in side else ()),
            address=side.get("address", ""),
            regions=tuple(side.get("regions", ())),
        )
        for name, side in zip(written, sides, strict=True)
    )
    return _ANSWERS[compare_organisations(one, other, names).verdict]


def _compare_people(written: list[str], sides: list[dict[str, Any]], names: NameReader) -> str:
    one, other = (
        PersonRecord(
            name,
            unit=side.get("unit", ""),
            fields=tuple(side.get("fields", ())),
            coworkers=frozenset(side.get("coworkers", ())),
            emails=frozenset({side["email"]} if "email" in side else ()),
        )
        for name, side in zip(written, sides, strict=True)
    )
    return _ANSWERS[compare_people(one, other, names).verdict]


def _compare_things(written: list[str], sides: list[dict[str, Any]], names: NameReader) -> str:
    one, other = (
        ThingRecord(name, number=side.get("number", ""), owner=side.get("owner", ""))
        for name, side in zip(written, sides, strict=True)
    )
    return _ANSWERS[compare_things(one, other, names).verdict]


_CASES = """\
# 案例：ask 问什么（organisations、people、things 比较两个名称，core 拆出字号），of 写“甲｜乙”，
# more 里 one、other 补充各自的其他内容，gives 为 相同、拿不准 或 不同
cases:
  - name: 有限责任公司与有限公司是一种组织形式的两种写法
    ask: organisations
    of: 青岑星澜新材料有限责任公司｜青岑星澜新材料有限公司
    gives: 相同
"""


def _skeleton(pack_id: str) -> MappingType[str, str]:
    """A new definition begins as a copy of the national one: weights are changed one by one, not written from nothing."""
    return MappingProxyType(
        {
            DEFINITION: copy_of(
                _MODEL / DEFINITION, "signs:", pack_id, "新的同异判定", "New definition of sameness"
            ),
            SIGNS: (_MODEL / SIGNS).read_text(encoding="utf-8"),
            "cases.yaml": _CASES,
            "README.md": readme(pack_id),
        }
    )


@cache
def load_rules(pack_id: str = STANDARD, extra_dirs: tuple[Path, ...] = ()) -> Rules:
    """The rules of a sameness pack, compiled once. Raises ProblemError where there is no such pack or it is wrong."""
    return _rules(library(extra_dirs).get(pack_id).content, pack_id)


KIND = Kind(
    name="sameness",
    definition=DEFINITION,
    title=Words("同异判定", "Same or different"),
    read=_read,
    skeleton=_skeleton,
    answer=_answer,
    check_together=_check_together,
)

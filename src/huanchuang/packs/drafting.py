"""The kind ``drafting``: how sentences of policy papers set conditions, amounts and times.

Its cases are put to the forms: one sentence, and what of it can be computed.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from huanchuang.engines.reader import Paper
from huanchuang.packs.cases import Case
from huanchuang.packs.documents import load_grammar
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.library import Library, library
from huanchuang.packs.pack import Kind
from huanchuang.packs.policies.proposal import Proposal, Words, compile_words, propose
from huanchuang.packs.problems import refusal
from huanchuang.packs.schema import Words as Wording
from huanchuang.packs.schema import free
from huanchuang.packs.skeletons import copy_of, readme
from huanchuang.packs.tree import Mapping

DEFINITION = "drafting.yaml"
STANDARD = "national.policy-papers"
_MODEL = Path(__file__).parent / "data" / "drafting" / STANDARD
_NOTHING = "无"
_PAPER = "示例管理办法\n\n第一条 申请补助的企业应当符合下列条件：\n（一）{text}。\n"
_AMOUNT = "示例管理办法\n\n第一条 支持标准\n{text}。\n"


@dataclass(frozen=True)
class Content:
    """The forms, and the library whose facts and regions they speak of."""

    words: Words
    packs: Library


def _read(body: Mapping, folder: PackFolder) -> Content:
    data = free(body)
    if not isinstance(data, MappingType):  # the header alone, nothing after it
        raise refusal("not-a-mapping", body.place)
    return Content(compile_words(data, folder.path.name), folder.library or library())


def _answer(content: Content, case: Case) -> str:
    """What a sentence gives, joined by ｜, or 无."""
    questions: dict[str, Callable[[], list[str]]] = {
        "condition": lambda: _values(_read_as(content, _PAPER, case), "requirement", "when"),
        "asked": lambda: [str(len(_read_as(content, _PAPER, case).of("requirement")))],
        "amount": lambda: _values(_read_as(content, _AMOUNT, case), "amount", "is"),
        "window": lambda: [
            f"{w.value['opens']} {w.value['closes']}" for w in _read_as(content, _AMOUNT, case).of("window")
        ],
        "groups": lambda: _values(_read_as(content, _AMOUNT, case), "group", "rule"),
        "valid": lambda: [
            " ".join(_read_as(content, _AMOUNT, case).frame(name) for name in ("valid_from", "valid_to"))
        ],
    }
    if case.ask not in questions:
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(questions))
    return "｜".join(filter(None, questions[case.ask]())) or _NOTHING


def _read_as(content: Content, paper: str, case: Case) -> Proposal:
    return propose(Paper(paper.format(text=case.of)), load_grammar(), content.words, content.packs)


def _values(proposal: Proposal, kind: str, key: str) -> list[str]:
    return [item.value.get(key, "") for item in proposal.of(kind)]


def _skeleton(pack_id: str) -> MappingType[str, str]:
    """A new pack begins as a copy of the national one: forms are added one by one, not written from nothing."""
    return MappingProxyType(
        {
            DEFINITION: copy_of(
                _MODEL / DEFINITION, "# What a heading", pack_id, "新的转写规则", "New forms of papers"
            ),
            "cases.yaml": (_MODEL / "cases.yaml").read_text(encoding="utf-8"),
            "README.md": readme(pack_id),
        }
    )


@cache
def load_words(pack_id: str = STANDARD, extra_dirs: tuple[Path, ...] = ()) -> Words:
    """The forms of a drafting pack. Raises ProblemError where there is no such pack or it is wrong."""
    words: Words = library(extra_dirs).get(pack_id).content.words
    return words


KIND = Kind(
    name="drafting",
    definition=DEFINITION,
    title=Wording("转写规则", "Forms of policy papers"),
    read=_read,
    skeleton=_skeleton,
    answer=_answer,
)

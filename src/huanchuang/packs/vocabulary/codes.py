"""Vocabularies of the shape ``codes``: lists and trees of codes, such as regions, industries and kinds of organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder, Row
from huanchuang.packs.messages import hints
from huanchuang.packs.pack import HEADER_KEYS
from huanchuang.packs.problems import Gather, Place, refusal, suggestion
from huanchuang.packs.schema import (
    Field,
    Located,
    formed,
    list_of,
    located,
    optional,
    record,
    required,
    text,
    verbatim,
)
from huanchuang.packs.tree import Mapping

CODE_FORM = r"[0-9A-Za-z]([0-9A-Za-z._-]{0,40})"
_ALIAS_MARK = ";"


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its names, its parent's code ("" at the top), the level it stands on, and what it means in a sentence."""

    code: str
    zh: str
    en: str = ""
    parent: str = ""
    level: str = ""
    aliases: tuple[str, ...] = ()
    meaning: str = ""
    meaning_en: str = ""


@dataclass(frozen=True)
class CodeList:
    """The codes of one pack and how their full names are written.

    ``extends`` names the pack that holds parents missing here. Levels in ``silent_levels`` (市辖区, 省直辖县级行政区划)
    only group and are left out of full names; ``joint`` stands between the names of levels. ``endings`` may be dropped
    by people who look a name up.
    """

    vocabulary: str
    shape: str
    codes: tuple[Located[Code], ...]
    extends: str | None = None
    joint: str = ""
    silent_levels: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    @cached_property
    def tree(self) -> CodeTree:
        """These codes alone, as a tree."""
        return CodeTree((self,))


class CodeTree:
    """The codes of a vocabulary, merged from its packs. Questions about unknown codes raise :class:`ProblemError`."""

    def __init__(self, lists: Iterable[CodeList]) -> None:
        self._lists = tuple(lists)
        self.vocabulary = self._lists[0].vocabulary
        self._codes: dict[str, Code] = {}
        self._children: dict[str, list[str]] = {}
        self._list_of: dict[str, CodeList] = {}
        self._merge()
        self._index: dict[str, list[str]] | None = None

    def _merge(self) -> None:
        gather = Gather()
        places: dict[str, Place] = {}
        for codes in self._lists:
            for entry in codes.codes:
                code = entry.value
                if code.code in self._codes:
                    first = places[code.code]
                    gather.add(
                        "duplicate-code", entry.place, code=code.code, first=first.zh, first_en=first.en
                    )
                    continue
                places[code.code] = entry.place
                self._codes[code.code] = code
                self._list_of[code.code] = codes
                self._children.setdefault(code.parent, []).append(code.code)
        gather.settle()

    def refuse_dangling(self) -> None:
        """Raises :class:`ProblemError` for parents that stand in none of the merged packs."""
        gather = Gather()
        for entry in (entry for codes in self._lists for entry in codes.codes):
            if entry.value.parent and entry.value.parent not in self._codes:
                gather.add("dangling-parent", entry.place, parent=entry.value.parent)
        gather.settle()

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def get(self, code: str) -> Code | None:
        """Returns the entry, or None."""
        return self._codes.get(code)

    def entry(self, code: str) -> Code:
        """Returns the entry; raises :class:`ProblemError` with the nearest known code otherwise."""
        found = self._codes.get(code)
        if found is None:
            guess = hints(suggestion(code, self._codes))
            raise refusal(
                "unknown-code", Place(self.vocabulary), vocabulary=self.vocabulary, code=code, **guess
            )
        return found

    def name(self, code: str, language: str = "zh") -> str:
        """Returns the name of a code; the Chinese one where there is no other."""
        entry = self.entry(code)
        return entry.en if language.startswith("en") and entry.en else entry.zh

    def meaning(self, code: str, language: str = "zh") -> str:
        """Returns what a code means, "" where its pack does not say; the Chinese sentence where there is no other."""
        entry = self.entry(code)
        return entry.meaning_en if language.startswith("en") and entry.meaning_en else entry.meaning

    def full_name(self, code: str, language: str = "zh") -> str:
        """Returns the name with those of its parents in front: 重庆市合川区."""
        own = self._list_of[self.entry(code).code]
        spoken = [step for step in (*self.ancestors(code), code) if step == code or not self._is_silent(step)]
        joint = own.joint if language == "zh" or own.joint else " "
        return joint.join(self.name(step, language) for step in spoken)

    def _is_silent(self, code: str) -> bool:
        return self._codes[code].level in self._list_of[code].silent_levels

    def parent(self, code: str) -> str:
        """Returns the parent's code, "" at the top."""
        return self.entry(code).parent

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Returns the codes above, the top first."""
        chain: list[str] = []
        above = self.parent(code)
        while above in self._codes:
            chain.append(above)
            above = self._codes[above].parent
        return tuple(reversed(chain))

    def is_within(self, code: str, ancestor: str) -> bool:
        """Tells whether ``code`` is ``ancestor`` or stands below it."""
        return code == self.entry(ancestor).code or ancestor in self.ancestors(code)

    def roots(self) -> tuple[str, ...]:
        """Returns the codes without a parent here."""
        return tuple(code.code for code in self if code.parent not in self._codes)

    def children(self, code: str = "") -> tuple[str, ...]:
        """Returns the codes below, in the order written; without a code those at the top.

        A silent level is passed through: the counties of 重庆市 are its children, not 市辖区 and 县.
        """
        if not code:
            return self.roots()
        below: list[str] = []
        for child in self._children.get(self.entry(code).code, ()):
            below.extend(self.children(child) if self._is_silent(child) else (child,))
        return tuple(below)

    def descendants(self, code: str) -> tuple[str, ...]:
        """Returns all codes below, each after its parent."""
        below: list[str] = []
        for child in self.children(code):
            below.extend((child, *self.descendants(child)))
        return tuple(below)

    def find_all(self, name: str) -> tuple[str, ...]:
        """Returns the codes a person may mean: exact names first, else full names, aliases and names without ending."""
        wanted = "".join(name.split())
        index = self._names()
        return tuple(index.get(wanted, ()))

    def find(self, name: str) -> str | None:
        """Returns the code that a name means, or None where none or several do (朝阳区 needs its city: 北京市朝阳区).

        A group and the only class in it that bear one name (277 and 2770 of the industries) are one thing; the class is meant.
        """
        found = sorted(self.find_all(name), key=lambda code: len(self.ancestors(code)))
        alone = all(self.children(above) == (below,) for above, below in pairwise(found))
        return found[-1] if found and alone else None

    def _names(self) -> dict[str, list[str]]:
        """Builds the index of names once: a name given to a code by right wins over shortened ones."""
        if self._index is None:
            exact: dict[str, list[str]] = {}
            loose: dict[str, list[str]] = {}
            for code in self:
                if self._is_silent(code.code):
                    continue
                for name in (code.code, code.zh, *code.aliases):
                    _enter(exact, name, code.code)
                for name in self._longer_and_shorter(code):
                    _enter(loose, name, code.code)
            self._index = {**loose, **exact}
        return self._index

    def _longer_and_shorter(self, code: Code) -> Iterator[str]:
        own = self._list_of[code.code]
        chain = (*self.ancestors(code.code), code.code)
        spoken = [self._codes[step].zh for step in chain if not self._is_silent(step)]
        for start in range(len(spoken) - 1):
            yield "".join(spoken[start:])
        if len(spoken) > 2:
            yield spoken[0] + spoken[-1]
        yield code.en.casefold()
        for ending in own.endings:
            short = code.zh.removesuffix(ending)
            if short != code.zh and len(short) > 1:
                yield short


def _enter(index: dict[str, list[str]], name: str, code: str) -> None:
    codes = index.setdefault("".join(name.split()), [])
    if name and code not in codes:
        codes.append(code)


_CODE = formed(
    CODE_FORM, "字母、数字、点和连字符，例如 500117", "letters, digits, dots and hyphens, such as 500117"
)
_INLINE: dict[str, Field[Any]] = {
    "code": required(_CODE),
    "zh": required(text(100)),
    "en": optional(text(200), default=""),
    "parent": optional(_CODE, default=""),
    "level": optional(text(40), default=""),
    "aliases": optional(list_of(text(100)), default=()),
    "meaning": optional(text(300), default=""),
    "meaning_en": optional(text(500), default=""),
}
_FIELDS: dict[str, Field[Any]] = {
    "vocabulary": required(text(60)),
    "shape": required(text(20)),
    "extends": optional(text(100)),
    "joint": optional(verbatim(10), default=""),
    "silent_levels": optional(list_of(text(40)), default=()),
    "endings": optional(list_of(text(20)), default=()),
    "codes": optional(list_of(located(record(Code, _INLINE)), least=1)),
    "file": optional(located(text(100))),
}


def read(body: Mapping, folder: PackFolder) -> CodeList:
    """Returns the codes of one pack, checked: codes unique, parents there, no circles."""

    def build(codes: tuple[Located[Code], ...] | None, file: Located[str] | None, **values: Any) -> CodeList:
        if (codes is None) == (file is None):
            raise refusal("both-or-none", body.place, one="codes", other="file")
        return CodeList(codes=codes or _from_table(folder, file), **values)

    found = record(build, _FIELDS, elsewhere=HEADER_KEYS)(body)
    _check(found)
    return found


def answer(codes: CodeList, case: Case) -> str:
    """Answers the questions of example cases."""
    tree = codes.tree
    questions: dict[str, Callable[[str], str]] = {
        "name": tree.name,
        "full_name": tree.full_name,
        "english": lambda of: tree.name(of, "en"),
        "parent": tree.parent,
        "meaning": tree.meaning,
        "level": lambda of: tree.entry(of).level or "无",
        "find": lambda of: "、".join(tree.find_all(of)) or "无",
        "children": lambda of: "、".join(tree.children(of)) or "无",
        "count": lambda of: str(len(tree.descendants(of)) if of else len(tree)),
    }
    if case.ask not in questions:
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(questions))
    return questions[case.ask](case.of)


def _from_table(folder: PackFolder, file: Located[str] | None) -> tuple[Located[Code], ...]:
    if file is None:
        return ()
    rows = folder.table(file.value, file.place, ("code", "zh", "parent"), ("en", "level", "aliases"))
    gather = Gather()
    codes = [gather.take(partial(_from_row, row)) for row in rows]
    gather.settle()
    return tuple(Located(code, row.place) for code, row in zip(codes, rows, strict=True) if code is not None)


def _from_row(row: Row) -> Code:
    cells = row.cells
    for column in ("code", "zh"):
        if not cells[column]:
            raise refusal("blank-cell", row.place, column=column)
    aliases = tuple(part.strip() for part in cells.get("aliases", "").split(_ALIAS_MARK) if part.strip())
    return Code(
        code=cells["code"],
        zh=cells["zh"],
        en=cells.get("en", ""),
        parent=cells["parent"],
        level=cells.get("level", ""),
        aliases=aliases,
    )


def _check(codes: CodeList) -> None:
    """Refuses duplicate codes (in building the tree), parents that are nowhere and circles."""
    tree = codes.tree
    if codes.extends is None:
        tree.refuse_dangling()
    parents = {code.code: code.parent for code in tree}
    safe: set[str] = set()
    for entry in codes.codes:
        path: list[str] = []
        step = entry.value.code
        while step in parents and step not in safe:
            if step in path:
                raise refusal("cycle", entry.place, ring=" → ".join([*path[path.index(step) :], step]))
            path.append(step)
            step = parents[step]
        safe.update(path)

"""One pack: its header, content and example cases, read from a folder and frozen."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.packs.cases import Case, read_cases
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.forms import Part
from huanchuang.packs.problems import Gather, problem, refusal
from huanchuang.packs.schema import (
    ID,
    Field,
    Words,
    day,
    formed,
    list_of,
    mapping,
    optional,
    record,
    required,
    text,
)
from huanchuang.packs.tree import Mapping, Node, plain

README = "README.md"
CASES = "cases.yaml"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a definition is taken from: a document with its number, clause and address, as far as known."""

    title: str
    number: str | None = None
    clause: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What every pack says about itself before its content begins."""

    id: str
    title: str
    title_en: str
    version: str
    valid_from: date | None
    valid_to: date | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A definition as loaded: values only, identified by the hash of its content.

    ``hash`` is the SHA-256 of the definition and its tables in canonical form: comments, order of keys
    and line endings do not change it, any value does. README and cases explain and prove, they are not part of it.
    """

    id: str
    kind: str
    version: str
    hash: str
    title: Words
    path: Path
    content: Any
    valid_from: date | None
    valid_to: date | None
    sources: tuple[Source, ...]
    cases: tuple[Case, ...] = field(default=(), repr=False)

    def is_in_force(self, on: date) -> bool:
        """Tells whether the definition holds on that day (both ends included; a missing end leaves it open)."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of definition: all that the loader has to know about it. One module per kind gives one of these.

    ``read`` turns the entries after the header into the content; ``answer`` is asked by the example cases
    (content, question, about what) and gives a text; ``skeleton`` writes the files of a new pack;
    ``check_together`` raises :class:`ProblemError` for packs that are sound alone and clash with each other;
    ``complete`` gives the content what the header says, for kinds whose content depends on it (validity, version);
    ``changes`` says in words what differs between an older and a newer pack; ``form`` describes the form in which
    people who do not know YAML write one.
    """

    name: str
    definition: str
    title: Words
    read: Callable[[Mapping, PackFolder], Any]
    skeleton: Callable[[str], MappingType[str, str]]
    answer: Callable[[Any, Case], str] | None = None
    check_together: Callable[[tuple[Pack, ...]], None] = lambda packs: None
    complete: Callable[[Any, Header], Any] = lambda content, header: content
    changes: Callable[[Pack, Pack], tuple[Words, ...]] = lambda older, newer: ()
    form: tuple[Part, ...] = ()


_SOURCE = record(
    Source,
    {
        "title": required(text(300)),
        "number": optional(text(100)),
        "clause": optional(text(300)),
        "address": optional(text(500)),
    },
)
_HEADER: dict[str, Field[Any]] = {
    "id": required(text(100)),
    "title": required(text(200)),
    "title_en": required(text(300)),
    "version": required(
        formed(r"[0-9]+(\.[0-9]+){0,2}", "数字和点，例如 1.0 或 2024.1", "digits and points, such as 1.0")
    ),
    "valid_from": optional(day),
    "valid_to": optional(day),
    "sources": optional(list_of(_SOURCE, least=1), default=()),
}
HEADER_KEYS = tuple(_HEADER)


def load_pack(folder: PackFolder, kind: Kind) -> Pack:
    """Reads and checks one pack.

    Raises :class:`ProblemError` with everything that is wrong, each with file, line and remedy, in the order of the file.
    """
    if folder.is_link:
        raise refusal("link", folder.place(), name=folder.path.name)
    if not re.fullmatch(ID, folder.path.name):
        raise refusal("bad-id", folder.place(), name=folder.path.name)
    if not folder.has(kind.definition):
        raise refusal("no-definition", folder.place(), name=kind.definition)
    tree = mapping(folder.definition(kind.definition))
    gather = Gather()
    header = gather.take(lambda: _header(tree, folder))
    content = gather.take(lambda: kind.read(_part(tree, is_header=False), folder))
    cases = gather.take(lambda: read_cases(folder.definition(CASES)) if folder.has(CASES) else ())
    if gather.problems or header is None:
        raise ProblemError(sorted(gather.problems, key=_reading_order))
    return Pack(
        id=header.id,
        kind=kind.name,
        version=header.version,
        hash=content_hash(kind.name, tree, folder.tables),
        title=Words(header.title, header.title_en),
        path=folder.path,
        content=kind.complete(content, header),
        valid_from=header.valid_from,
        valid_to=header.valid_to,
        sources=header.sources,
        cases=cases or (),
    )


def content_hash(kind: str, tree: Node, tables: MappingType[str, list[list[str]]]) -> str:
    """Returns the SHA-256 (hex) of a definition and its tables, whatever the order of keys or the line endings."""
    canonical = {"kind": kind, "definition": plain(tree), "tables": dict(tables)}
    data = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def missing_companions(folder: PackFolder, kind: Kind) -> list[Problem]:
    """Returns what a pack needs beside its definition and lacks: it can be used without, but not published."""
    needed = {README: "no-readme", CASES: "no-cases"} if kind.answer else {README: "no-readme"}
    return [problem(code, folder.place()) for name, code in needed.items() if not folder.has(name)]


def run_cases(pack: Pack, kind: Kind) -> list[Problem]:
    """Asks every example case of the pack and returns a problem for each that gives another answer."""
    return [wrong for case in pack.cases if (wrong := run_case(pack, kind, case)) is not None]


def run_case(pack: Pack, kind: Kind, case: Case) -> Problem | None:
    """Returns None when the case gives what it says."""
    return ask_case(pack, kind, case)[1]


def ask_case(pack: Pack, kind: Kind, case: Case) -> tuple[str, Problem | None]:
    """Returns what a case gives, and the problem where that is not what it says."""
    if kind.answer is None:
        return case.gives, None
    try:
        got = kind.answer(pack.content, case)
    except ProblemError as error:
        first = error.problems[0]
        if first.where == case.place.zh:  # the case itself is wrong: nobody can answer what it asks
            return "", first
        got = first.what
    if got == case.gives:
        return got, None
    return got, problem("case-fails", case.place, name=case.name, got=got, expected=case.gives)


def _header(tree: Mapping, folder: PackFolder) -> Header:
    header = record(Header, _HEADER)(_part(tree, is_header=True))
    gather = Gather()
    entry = tree.get("id")
    place = entry.place if entry else tree.place
    if not ID.fullmatch(header.id):
        gather.add("bad-id", place, name=header.id)
    elif header.id != folder.path.name:
        gather.add("id-differs", place, found=header.id, folder=folder.path.name)
    last = tree.get("valid_to")
    if last and header.valid_from and header.valid_to and header.valid_to < header.valid_from:
        gather.add("validity", last.place, first=header.valid_from, last=header.valid_to)
    gather.settle()
    return header


def _part(tree: Mapping, *, is_header: bool) -> Mapping:
    return Mapping(tuple(entry for entry in tree.entries if (entry.key in _HEADER) == is_header), tree.place)


def _reading_order(entry: Problem) -> tuple[str, int]:
    name, _, line = entry.where.partition(" 第")
    return name, int(line.removesuffix("行") or 0)

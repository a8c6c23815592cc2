"""A pack whose files are texts in memory, such as a draft or a published version: read with the same suspicion, and proved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.library import Library, library
from huanchuang.packs.pack import CASES, Pack, ask_case, load_pack, missing_companions
from huanchuang.packs.problems import Place, problem, refusal

Files = Mapping[str, str]
LEAST_CASES = 5
"""Example cases without which nothing is published."""
_WHERE = re.compile(r"(?P<file>[^/]+\.\w+)(?: 第(?P<line>\d+)行)?$")


class PackTexts(PackFolder):
    """The files of one pack by name. `around` is the library whose facts and codes it speaks of."""

    def __init__(self, kind: str, pack_id: str, files: Files, around: Library | None = None) -> None:
        super().__init__(Path(pack_id), kind)
        self.files = files
        self.library = around or library()

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.files

    @property
    def is_link(self) -> bool:
        """Texts lead nowhere else."""
        return False

    def _bytes(self, name: str, limit: int, asked_at: Place) -> bytes:
        if name not in self.files:
            raise refusal("no-file", asked_at, name=name)
        data = self.files[name].encode("utf-8", "surrogatepass")
        if len(data) > limit:
            raise refusal("too-large", self.place(name), size=len(data), limit=limit)
        return data


@dataclass(frozen=True, slots=True)
class Asked:
    """One example case put to the definition."""

    case: Case
    got: str
    problem: Problem | None

    @property
    def passed(self) -> bool:
        """Whether it gives what it says."""
        return self.problem is None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a check of texts found: the pack if it can be read, everything that is wrong, each case with its answer."""

    pack: Pack | None
    problems: tuple[Problem, ...]
    asked: tuple[Asked, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands against publishing it."""
        return self.pack is not None and not self.problems


def read_texts(kind: str, pack_id: str, files: Files) -> Pack:
    """The pack of some texts. ProblemError with everything that is wrong."""
    return load_pack(PackTexts(kind, pack_id, files), kind_named(kind))


def prove(kind: str, pack_id: str, files: Files) -> Proof:
    """Check texts as the loader does, and put the example cases to them; never raises for what is written in them."""
    folder, known = PackTexts(kind, pack_id, files), kind_named(kind)
    found = missing_companions(folder, known) if folder.has(known.definition) else []
    try:
        pack = load_pack(folder, known)
    except ProblemError as error:
        return Proof(None, (*found, *error.problems))
    asked = tuple(Asked(case, *ask_case(pack, known, case)) for case in pack.cases)
    found += [one.problem for one in asked if one.problem is not None]
    if known.answer is not None and folder.has(CASES) and len(asked) < LEAST_CASES:
        found.append(problem("few-cases", folder.place(CASES), size=len(asked), least=LEAST_CASES))
    return Proof(pack, tuple(found), asked)


def place_of(found: Problem) -> tuple[str, int | None]:
    """The file (without its folder) and the line that a problem of a pack names; nothing and None where it names none."""
    match = _WHERE.search(found.where)
    if match is None:
        return "", None
    return match["file"], int(match["line"]) if match["line"] else None

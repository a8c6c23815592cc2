"""Finds packs in folders ``<root>/<kind>/<id>`` and loads each when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.kinds import MODULES, kind_named, refuse_unknown_kind
from huanchuang.packs.messages import hints
from huanchuang.packs.pack import Pack, load_pack, missing_companions, run_cases
from huanchuang.packs.problems import Gather, Place, refusal, suggestion

SHIPPED = Path(__file__).parent / "data"
_BESIDE_PACKS = ("README.md", "expected.txt")


class Library:
    """Packs by id: own folders on top of a ``base`` library. Every id is used once.

    Packs are frozen: a library never looks at the disk again for one it has loaded.
    """

    def __init__(
        self, folders: Iterable[PackFolder], base: Library | None = None, problems: Iterable[Problem] = ()
    ) -> None:
        self._base = base
        self._folders: dict[str, PackFolder] = {}
        self._packs: dict[str, Pack] = {}
        gather = Gather()
        gather.problems.extend(problems)
        for folder in folders:
            self._add(folder, gather)
        self.problems: tuple[Problem, ...] = tuple(gather.problems)

    def _add(self, folder: PackFolder, gather: Gather) -> None:
        other = self._folder(folder.path.name)
        if other is None:
            folder.library = self
            self._folders[folder.path.name] = folder
        else:
            gather.add("duplicate-pack", folder.place(), name=folder.path.name, other=other.place().file)

    def _folder(self, pack_id: str) -> PackFolder | None:
        if pack_id in self._folders:
            return self._folders[pack_id]
        return self._base._folder(pack_id) if self._base else None

    def ids(self, kind: str | None = None) -> tuple[str, ...]:
        """Returns the ids of all packs, or of those of one kind, those of the base first."""
        own = sorted(name for name, folder in self._folders.items() if kind in (None, folder.kind))
        return (*(self._base.ids(kind) if self._base else ()), *own)

    def get(self, pack_id: str) -> Pack:
        """Returns one pack. Raises :class:`ProblemError` if there is none or it is faulty."""
        if pack_id in self._folders:
            if pack_id not in self._packs:
                folder = self._folders[pack_id]
                self._packs[pack_id] = load_pack(folder, kind_named(folder.kind))
            return self._packs[pack_id]
        if self._base and pack_id in self._base.ids():
            return self._base.get(pack_id)
        guess = hints(suggestion(pack_id, self.ids()))
        raise refusal("unknown-pack", Place(pack_id or "—"), name=pack_id, **guess)

    def all(self, kind: str | None = None) -> tuple[Pack, ...]:
        """Returns all packs, or those of one kind. Raises :class:`ProblemError` with the mistakes of all faulty ones."""
        gather = Gather()
        gather.problems.extend(self.problems)
        found = [gather.take(partial(self.get, name)) for name in self.ids(kind)]
        gather.settle()
        return tuple(pack for pack in found if pack is not None)

    def check(self) -> list[Problem]:
        """Returns all mistakes of the own packs: of each by itself, of its cases, and of all together."""
        found = list(self.problems)
        for folder in self._folders.values():
            found.extend(self._check_one(folder))
        return found or self._check_together()

    def _check_one(self, folder: PackFolder) -> list[Problem]:
        kind = kind_named(folder.kind)
        found = missing_companions(folder, kind) if folder.has(kind.definition) else []
        try:
            pack = self.get(folder.path.name)
        except ProblemError as error:
            return [*found, *error.problems]
        return [*found, *run_cases(pack, kind)]

    def _check_together(self) -> list[Problem]:
        gather = Gather()
        for name in MODULES:
            gather.take(partial(self._check_kind, name))
        return gather.problems

    def _check_kind(self, name: str) -> None:
        kind_named(name).check_together(self.all(name))


def library(extra_dirs: Iterable[Path] = ()) -> Library:
    """Returns the shipped packs together with those of ``extra_dirs`` (folders laid out like ``packs/data``).

    The same folders give the same library: a change on disk is seen by the next process.
    """
    return _library_of(tuple(extra_dirs))


@cache
def _library_of(extra_dirs: tuple[Path, ...]) -> Library:
    if not extra_dirs:
        return open_library((SHIPPED,))
    return open_library(extra_dirs, base=_library_of(()))


def open_library(roots: Iterable[Path], base: Library | None = None) -> Library:
    """Returns a library of the packs below some roots, looked for now."""
    gather = Gather()
    folders = [folder for root in roots for folder in _packs_in(root, gather)]
    return Library(folders, base, gather.problems)


def _packs_in(root: Path, gather: Gather) -> list[PackFolder]:
    """Returns the pack folders below a root; what is no folder of a known kind goes to ``gather``."""
    if not root.is_dir():
        gather.add("not-a-folder", Place(root.name), name=root.name)
        return []
    folders: list[PackFolder] = []
    for entry in _visible(root):
        if not entry.is_dir():
            gather.add("stray-file", Place(root.name), name=entry.name)
        elif entry.name in MODULES:
            folders.extend(_packs_of(entry, gather))
        else:
            gather.take(partial(refuse_unknown_kind, entry.name))
    return folders


def _packs_of(kind_folder: Path, gather: Gather) -> list[PackFolder]:
    folders = []
    for entry in _visible(kind_folder):
        if entry.is_dir() or entry.is_symlink():
            folders.append(PackFolder(entry, kind_folder.name))
        else:
            gather.add("stray-file", Place(kind_folder.name), name=entry.name)
    return folders


def _visible(folder: Path) -> list[Path]:
    return sorted(
        entry for entry in folder.iterdir() if entry.name[0] not in "._" and entry.name not in _BESIDE_PACKS
    )

"""Finds packs in folders ``<root>/<kind>/<id>`` and loads each when it is first asked for."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.messages import hints
from huanchuang.packs.pack import Pack, load_pack, run_cases
from huanchuang.packs.problems import Gather, Place, refusal, suggestion

SHIPPED = Path(__file__).parent / "data"
_IGNORED = ("README.md", "expected.txt")


class Library:
    """All packs of some roots. Packs are frozen; a library never looks at the disk again for a pack it has loaded."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        gather = Gather()
        self._folders: dict[str, PackFolder] = {}
        for root in roots:
            for folder in packs_in(root, gather):
                self._add(folder, gather)
        self.problems: tuple[Problem, ...] = tuple(gather.problems)
        self._packs: dict[str, Pack] = {}

    def _add(self, folder: PackFolder, gather: Gather) -> None:
        name = folder.path.name
        if name in self._folders:
            gather.add("duplicate-pack", folder.place(), name=name, other=self._folders[name].place().file)
        else:
            self._folders[name] = folder

    def ids(self, kind: str | None = None) -> tuple[str, ...]:
        """Returns the ids of all packs, or of those of one kind, in order."""
        return tuple(sorted(name for name, folder in self._folders.items() if kind in (None, folder.kind)))

    def get(self, pack_id: str) -> Pack:
        """Returns one pack. Raises :class:`ProblemError` if there is none or it is faulty."""
        if pack_id not in self._packs:
            folder = self._folders.get(pack_id)
            if folder is None:
                guess = hints(suggestion(pack_id, self._folders))
                raise refusal("unknown-pack", Place(pack_id), name=pack_id, **guess)
            self._packs[pack_id] = load_pack(folder, kind_named(folder.kind))
        return self._packs[pack_id]

    def all(self, kind: str | None = None) -> tuple[Pack, ...]:
        """Returns all packs, or those of one kind. Raises :class:`ProblemError` with the mistakes of all faulty ones."""
        gather = Gather()
        gather.problems.extend(self.problems)
        found = [gather.take(partial(self.get, name)) for name in self.ids(kind)]
        gather.settle()
        return tuple(pack for pack in found if pack is not None)

    def check(self) -> list[Problem]:
        """Returns all mistakes of all packs, those of their example cases included."""
        found = list(self.problems)
        for name in self.ids():
            try:
                pack = self.get(name)
            except ProblemError as error:
                found.extend(error.problems)
            else:
                found.extend(run_cases(pack, kind_named(pack.kind)))
        return found


@cache
def library(extra_dirs: tuple[Path, ...] = ()) -> Library:
    """Returns the shipped packs together with those of ``extra_dirs`` (folders laid out like ``packs/data``)."""
    return Library((SHIPPED, *extra_dirs))


def packs_in(root: Path, gather: Gather) -> list[PackFolder]:
    """Returns the pack folders below a root; what is no folder of a known kind goes to ``gather``."""
    if not root.is_dir():
        gather.add("not-a-folder", Place(root.name), name=root.name)
        return []
    folders: list[PackFolder] = []
    for entry in _visible(root):
        if not entry.is_dir():
            gather.add("stray-file", Place(root.name), name=entry.name)
        elif gather.take(partial(kind_named, entry.name)):
            folders.extend(_packs_of(entry, gather))
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
        entry for entry in folder.iterdir() if entry.name[0] not in "._" and entry.name not in _IGNORED
    )

"""What ``huanchuang packs`` does: check, list, show and begin packs. Everything is returned, nothing printed."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from huanchuang.engines.kernel import Problem
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.kinds import MODULES, kind_named
from huanchuang.packs.library import Library, library, open_library
from huanchuang.packs.pack import Pack
from huanchuang.packs.problems import Place, refusal
from huanchuang.packs.schema import ID


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of packs."""

    id: str
    kind: str
    version: str
    title: str
    title_en: str
    hash: str
    cases: int

    def text(self, language: str = "zh") -> str:
        """Returns the line as printed: id, kind, version, first twelve digits of the hash, title."""
        title = self.title_en if language.startswith("en") else self.title
        return f"{self.id:<28} {self.kind:<12} {self.version:<8} {self.hash[:12]} {title}"


def check(folder: Path | None = None) -> list[Problem]:
    """Returns every mistake found: of the shipped packs, of a folder laid out like them, or of one pack's folder.

    An empty list means that all is well, example cases included.
    """
    if folder is None:
        return library().check()
    folder = folder.absolute()
    if folder.is_dir() and folder.parent.name in MODULES:
        return Library([PackFolder(folder, folder.parent.name)], base=library()).check()
    return open_library([folder], base=library()).check()


def listing(packs: Library | None = None) -> tuple[Summary, ...]:
    """Returns one summary per pack, in order of their ids."""
    found = (packs or library()).all()
    return tuple(
        Summary(pack.id, pack.kind, pack.version, pack.title.zh, pack.title.en, pack.hash, len(pack.cases))
        for pack in found
    )


def show(pack_id: str, language: str = "zh", packs: Library | None = None) -> str:
    """Returns a pack in words: what it is, since when, from which sources, proven by how many cases.

    Raises :class:`ProblemError` for an unknown id, naming the nearest one.
    """
    pack = (packs or library()).get(pack_id)
    is_english = language.startswith("en")
    labels = _LABELS_EN if is_english else _LABELS
    values = (
        pack.id,
        pack.title.text(language),
        kind_named(pack.kind).title.text(language),
        pack.version,
        _validity(pack, is_english=is_english),
        pack.hash,
        str(len(pack.cases)),
    )
    colon = ": " if is_english else "："
    lines = [f"{label}{colon}{value}" for label, value in zip(labels, values, strict=True)]
    for source in pack.sources:
        parts = (part for part in (source.title, source.number, source.clause, source.address) if part)
        lines.append(f"{'Source' if is_english else '出处'}{colon}{' '.join(parts)}")
    return "\n".join(lines)


def new(kind: str, pack_id: str, where: Path) -> Path:
    """Writes the skeleton of a pack below ``where`` and returns its folder; the skeleton passes :func:`check`.

    Raises :class:`ProblemError` for an unknown kind, an id of the wrong form or a folder that is there already.
    """
    skeleton = kind_named(kind).skeleton
    if not re.fullmatch(ID, pack_id):
        raise refusal("bad-id", Place(pack_id or "—"), name=pack_id)
    folder = where / kind / pack_id
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise refusal("exists", Place(f"{kind}/{pack_id}"), name=pack_id) from None
    try:
        for name, text in skeleton(pack_id).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


_LABELS = ("编号", "名称", "类别", "版本", "有效期", "内容指纹", "案例数")
_LABELS_EN = ("Id", "Title", "Kind", "Version", "Valid", "Content hash", "Cases")


def _validity(pack: Pack, *, is_english: bool) -> str:
    first = str(pack.valid_from) if pack.valid_from else ("always" if is_english else "一直")
    last = str(pack.valid_to) if pack.valid_to else ("until replaced" if is_english else "被取代为止")
    return f"{first} to {last}" if is_english else f"{first} 至 {last}"

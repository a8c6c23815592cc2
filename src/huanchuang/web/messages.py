"""Compiles the English catalogues (`locale/en/LC_MESSAGES/django.po`) by Babel, without gettext on the machine."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

PACKAGE = Path(__file__).resolve().parent.parent


class BrokenCatalogue(ValueError):
    """A `.po` file that cannot be read; the text names file and line."""


def catalogues(package: Path = PACKAGE) -> list[Path]:
    """The `.po` files of all slices."""
    return sorted(package.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_catalogues(package: Path = PACKAGE) -> int:
    """Write the `.mo` beside each `.po` that is newer; how many were written. Raises BrokenCatalogue."""
    return sum(_compile(path) for path in catalogues(package))


def _compile(path: Path) -> bool:
    target = path.with_suffix(".mo")
    if target.is_file() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    try:
        with path.open("rb") as handle:
            catalogue = read_po(handle, abort_invalid=True)
    except PoFileError as error:
        raise BrokenCatalogue(f"{path.name} ({path.parts[-5]})：{error}") from error
    temporary = target.with_suffix(".mo.new")
    with temporary.open("wb") as handle:
        write_mo(handle, catalogue)
    temporary.replace(target)
    return True

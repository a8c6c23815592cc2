"""Files written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from huanchuang.web.cli.words import CommandError

STANDARD = "-"
"""As a file name: standard output."""


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place when the block ends well, and is removed when it does not.

    A link stays a link: what it points to is replaced.
    """
    _check(path)
    path = path.resolve()
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_all(contents: Mapping[str, bytes]) -> None:
    """Write several files; all are made ready before the first takes its place. `-` is standard output."""
    for name in contents:
        if name != STANDARD:
            _check(Path(name))
    for name, data in contents.items():
        if name == STANDARD:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
            continue
        if _is_device(Path(name)):
            Path(name).write_bytes(data)
            continue
        with written_whole(Path(name)) as temporary:
            temporary.write_bytes(data)


def _is_device(path: Path) -> bool:
    """Whether this is /dev/null, a pipe or the like, which is written to and never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _check(path: Path) -> None:
    if path.is_dir():
        raise CommandError(
            f"{path}：这是文件夹，请写文件名", f"{path}: is a folder; give a file name", status=2
        )
    if not path.parent.is_dir():
        raise CommandError(
            f"{path}：文件夹 {path.parent} 不存在，请先建立",
            f"{path}: the folder {path.parent} does not exist",
            status=2,
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

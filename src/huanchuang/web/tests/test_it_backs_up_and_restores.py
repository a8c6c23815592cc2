"""A backup holds everything and comes back whole; a damaged or hostile one changes nothing."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from huanchuang.web.cli.archive import MANIFEST, unpack
from huanchuang.web.cli.words import CommandError

CONTENT = b"evidence" * 1000


@pytest.fixture(scope="module")
def archive(data: Path, huanchuang, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of one account and one stored file."""
    stored = data / "files/ab/cdef"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(CONTENT)
    (data / "files/incoming").mkdir()
    (data / "files/incoming/half").write_bytes(b"half an upload")
    target = tmp_path_factory.mktemp("backups") / "b.tar.gz"
    done = huanchuang("backup", target, data=data)
    assert (done.returncode, done.stderr) == (0, "")
    return target


def repacked(source: Path, target: Path, change) -> Path:
    """The archive with its members passed through `change(name, data) -> (name, data) | None`."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            kept = change(member.name, old.extractfile(member).read())
            if kept:
                info = tarfile.TarInfo(kept[0])
                info.size = len(kept[1])
                new.addfile(info, io.BytesIO(kept[1]))
    return target


def test_it_holds_database_files_and_audit_head_but_no_secret(archive: Path) -> None:
    with tarfile.open(archive) as found:
        names = found.getnames()
        manifest = json.load(found.extractfile(MANIFEST))
    assert set(names) == {"database.sqlite3", "files/ab/cdef", "audit-heads.log", MANIFEST}
    assert names[-1] == MANIFEST
    assert len(manifest["audit_head"]) == 64
    assert manifest["migrations"]


def test_it_comes_back_on_an_empty_machine(archive: Path, huanchuang, tmp_path: Path) -> None:
    fresh = tmp_path / "var"
    done = huanchuang("restore", archive, data=fresh)
    assert done.returncode == 0, done.stderr
    assert "lin\t" in huanchuang("user", "list", data=fresh).stdout
    assert (fresh / "files/ab/cdef").read_bytes() == CONTENT
    assert huanchuang("audit", "verify", data=fresh).returncode == 0


def test_it_asks_before_it_replaces_and_keeps_the_former(archive: Path, huanchuang, data: Path) -> None:
    assert huanchuang("user", "add", "later", "--name", "后来", "--role", "clerk", data=data).returncode == 0
    asked = huanchuang("restore", archive, data=data)
    assert asked.returncode == 2
    assert "--yes" in asked.stderr
    done = huanchuang("restore", archive, "--yes", data=data)
    assert done.returncode == 0, done.stderr
    assert "later" not in huanchuang("user", "list", data=data).stdout
    with closing(sqlite3.connect(data / "before-restore/huanchuang.sqlite3")) as former:
        assert former.execute("SELECT count(*) FROM accounts_user WHERE username = 'later'").fetchone() == (
            1,
        )


def test_it_refuses_while_the_site_runs(archive: Path, huanchuang, data: Path) -> None:
    beat = data / "heartbeats/worker"
    beat.parent.mkdir(exist_ok=True)
    beat.touch()
    try:
        refused = huanchuang("restore", archive, "--yes", data=data)
    finally:
        shutil.rmtree(beat.parent)
    assert refused.returncode == 1
    assert "serve" in refused.stderr


def test_it_leaves_everything_when_the_archive_is_damaged(
    archive: Path, huanchuang, data: Path, tmp_path: Path
) -> None:
    short = tmp_path / "short.tar.gz"
    short.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    before = (data / "huanchuang.sqlite3").read_bytes()
    refused = huanchuang("restore", short, "--yes", data=data)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "short.tar.gz" in refused.stderr
    assert (data / "huanchuang.sqlite3").read_bytes() == before
    assert not list(data.glob("restore-*"))


def test_it_names_a_backup_that_is_not_there(huanchuang, tmp_path: Path) -> None:
    missing = huanchuang("restore", tmp_path / "none.tar.gz", data=tmp_path / "var")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "none.tar.gz" in missing.stderr


def swapped(name: str, data: bytes):
    return (name, b"other" if name.startswith("files/") else data)


def added(name: str, data: bytes):
    return ("files/ab/more" if name == "audit-heads.log" else name, data)


def climbing(name: str, data: bytes):
    return ("../evil" if name.startswith("files/") else name, data)


def absolute(name: str, data: bytes):
    return ("/tmp/evil" if name.startswith("files/") else name, data)  # noqa: S108  (never written: that is the test)


def without_manifest(name: str, data: bytes):
    return None if name == MANIFEST else (name, data)


def without_database(name: str, data: bytes):
    return None if name == "database.sqlite3" else (name, data)


def broken_manifest(name: str, data: bytes):
    return (name, b"{" if name == MANIFEST else data)


def strange_manifest(name: str, data: bytes):
    return (name, json.dumps({**json.loads(data), "more": 1}).encode() if name == MANIFEST else data)


def of_the_future(name: str, data: bytes):
    return (name, json.dumps({**json.loads(data), "form": 99}).encode() if name == MANIFEST else data)


@pytest.mark.parametrize(
    "change",
    [
        swapped,
        added,
        climbing,
        absolute,
        without_manifest,
        without_database,
        broken_manifest,
        strange_manifest,
        of_the_future,
    ],
)
def test_it_refuses_a_tampered_archive(archive: Path, tmp_path: Path, change) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(CommandError, match="没有恢复任何内容"):
        unpack(repacked(archive, tmp_path / "t.tar.gz", change), folder)
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_it_refuses_links_and_devices(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "links.tar.gz"
    with tarfile.open(path, "w:gz") as made:
        info = tarfile.TarInfo("files/link")
        info.type, info.linkname = kind, "/etc/passwd"
        made.addfile(info)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(CommandError, match="不安全"):
        unpack(path, folder)
    assert list(folder.iterdir()) == []


def test_a_copy_that_finds_no_room_is_said_in_one_line(
    data: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    from huanchuang.web.cli import run
    from huanchuang.web.cli.grammar import build_parser

    def full(_options: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(run, "_action", lambda _options: full)
    assert run._guarded(build_parser().parse_args(["backup", str(tmp_path / "b.tar.gz")])) == 1
    said = capsys.readouterr().err
    assert "database or disk is full" in said
    assert said.count("\n") == 1

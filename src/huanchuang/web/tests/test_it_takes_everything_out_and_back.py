"""Everything goes out as one archive and comes back into an empty system that is equal; a bad archive changes nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from huanchuang.accounts.models import User
from huanchuang.accounts.services.demo import set_demo_users
from huanchuang.audit.queries import history
from huanchuang.audit.services import SYSTEM
from huanchuang.files.models import StoredFile
from huanchuang.files.queries import place_of
from huanchuang.registry.models import NameKey, Organisation
from huanchuang.registry.services import register_organisation
from huanchuang.steering.models import Plan
from huanchuang.web.cli import main
from huanchuang.web.demo import loader
from huanchuang.web.services.portable.manifest import NAME
from huanchuang.web.services.portable.tables import LEFT_OUT, SECRETS, SLICES, tables

ELSEWHERE = {
    "account", "admin", "audit", "auth", "axes", "contenttypes", "django_tasks_database", "jobs", "mfa", "notices", "sessions", "socialaccount", "usersessions",
}  # fmt: skip
"""Apps whose tables belong to one installation: sign-in, trail, running work, messages already sent."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An archive of nine accounts and two organisations."""
    officer = set_demo_users(SYSTEM)["officer"]
    officer.set_password("Kept-inside-2026")
    officer.save(update_fields=["password"])
    for name in ("青岑岑科新材料有限公司", "澜江精密仪器有限公司"):
        register_organisation(SYSTEM, name=name, kind="company", region="990101")
    path = tmp_path / "small.zip"
    assert main(["export", "everything", str(path)]) == 0
    return path


def emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)


def dump() -> dict[str, list[str]]:
    """Every row of every table of the slices, but what is said to stay behind."""
    links = {table.label: table.emptied for table in tables()}
    found = {}
    for model in (model for name in SLICES for model in apps.get_app_config(name).get_models()):
        label = model._meta.label_lower
        if label in LEFT_OUT and model is not NameKey:
            continue
        hidden = {*SECRETS.get(label, {}), *(f"{name}_id" for name in links.get(label, ()))}
        hidden |= {"id"} if model is NameKey else set()
        rows = model._default_manager.values()
        found[label] = sorted(
            json.dumps(
                {key: value for key, value in row.items() if key not in hidden}, sort_keys=True, default=str
            )
            for row in rows
        )
    return found


def repacked(source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """The archive with its members passed through `change`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            kept = change(info.filename, old.read(info))
            if kept:
                new.writestr(*kept)
    return target


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.strip()


def test_the_district_comes_back_equal(tmp_path, capsys):
    loader.load()
    before, first, second = dump(), tmp_path / "first.zip", tmp_path / "second.zip"
    assert {label for label, rows in before.items() if rows} >= {
        "registry.organisation",
        "facts.fact",
        "steering.target",
    }
    assert main(["export", "everything", str(first)]) == 0
    assert first.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(first) as archive:
        contents = [name.removeprefix("files/") for name in archive.namelist() if name.startswith("files/")]
    emptied()
    for digest in contents:
        place_of(digest).unlink()

    assert main(["import", "everything", str(first)]) == 0
    assert dump() == before
    assert contents
    assert all(place_of(digest).is_file() for digest in contents)
    assert main(["export", "everything", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert not User.objects.get(username="demo-officer").has_usable_password()
    assert [entry.verb for entry in history("web.everything:archive")] == [
        "web.everything.export",
        "web.everything.import",
    ]

    new = register_organisation(SYSTEM, name="后来登记的有限公司", kind="company", region="990101")
    assert new.pk == max(Organisation.objects.values_list("pk", flat=True))
    with connection.cursor():
        connection.check_constraints()
    assert Plan.objects.earliest("pk").targets.exists()


def test_every_table_goes_or_is_said_to_stay():
    taken = {table.label for table in tables()}
    for model in apps.get_models():
        label, app = model._meta.label_lower, model._meta.app_label
        assert (label in taken) + (label in LEFT_OUT) + (app in ELSEWHERE) == 1, label
    words = [table.word for table in tables()]
    assert len(set(words)) == len(words)


def test_nobodys_password_leaves(small):
    with zipfile.ZipFile(small) as archive:
        accounts = archive.read("accounts.jsonl").decode()
    assert "demo-officer" in accounts
    assert '"password"' not in accounts
    assert User.objects.get(username="demo-officer").password.rpartition("$")[2] not in accounts


def test_it_checks_without_writing(small, capsys):
    emptied()
    assert main(["import", "everything", str(small), "--check"]) == 0
    assert "归档完整" in capsys.readouterr().out
    assert not Organisation.objects.exists()


def test_it_fills_only_an_empty_system(small, capsys):
    before = dump()
    assert main(["import", "everything", str(small)]) == 1
    assert "已有数据（accounts），没有写入任何内容" in said(capsys)
    assert dump() == before


def _bad_count(name: str, data: bytes) -> tuple[str, bytes] | None:
    return (name, data[: data.rindex(b"\n", 0, -1) + 1]) if name == "organisations.jsonl" else (name, data)


def _manifest(**changes: object) -> Callable[[str, bytes], tuple[str, bytes]]:
    def change(name: str, data: bytes) -> tuple[str, bytes]:
        return (name, json.dumps({**json.loads(data), **changes}).encode()) if name == NAME else (name, data)

    return change


def _newer(name: str, data: bytes) -> tuple[str, bytes]:
    if name != NAME:
        return name, data
    found = json.loads(data)
    found["parts"][-1]["columns"].append("colour_of_tomorrow")
    return name, json.dumps(found).encode()


BAD: dict[str, tuple[Callable[[str, bytes], tuple[str, bytes] | None], str]] = {
    "a row is gone": (_bad_count, "organisations.jsonl 与清单不符"),
    "a part is gone": (lambda name, data: None if name == "needs.jsonl" else (name, data), "“needs.jsonl”与清单不符"),
    "a climbing path": (lambda name, data: ("../evil.jsonl", data) if name == "needs.jsonl" else (name, data), "与清单不符"),
    "no manifest": (lambda name, data: None if name == NAME else (name, data), "没有清单 manifest.json"),
    "a broken manifest": (lambda name, data: (name, b"{") if name == NAME else (name, data), "manifest.json 无法读取"),
    "another product": (_manifest(format="zip"), "不是环创的全部数据归档"),
    "a form to come": (_manifest(form=99), "来自更新的版本（格式 99）"),
    "parts that are none": (_manifest(parts=[{"name": 1}]), "内容不完整"),
    "a column to come": (_newer, "colour_of_tomorrow"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_archive_is_told_and_nothing_is_written(case, small, tmp_path, capsys):
    change, words = BAD[case]
    bad = repacked(small, tmp_path / "bad.zip", change)
    emptied()
    assert main(["import", "everything", str(bad)]) == 1
    err = said(capsys)
    assert words in err
    assert "Traceback" not in err
    assert not any(dump().values())


@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.98])
def test_an_archive_cut_short_is_told(keep, small, tmp_path, capsys):
    whole = small.read_bytes()
    bad = tmp_path / "cut.zip"
    bad.write_bytes(whole[: keep if isinstance(keep, int) else int(len(whole) * keep)])
    emptied()
    assert main(["import", "everything", str(bad)]) == 1
    assert "文件不完整或不是压缩包，没有写入任何内容" in said(capsys)
    assert not any(dump().values())


def _signed(
    part: str, turn: Callable[[list[dict[str, object]]], list[dict[str, object]]], small: Path, target: Path
) -> Path:
    """An archive somebody changed with care: rows turned, count and digest of the manifest made to fit."""
    import hashlib

    with zipfile.ZipFile(small) as archive:
        rows = turn([json.loads(line) for line in archive.read(part).splitlines()])
        told = json.loads(archive.read(NAME))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    for one in told["parts"]:
        if one["name"] == part:
            one.update(rows=len(rows), sha256=hashlib.sha256(text).hexdigest())

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        return (name, {part: text, NAME: json.dumps(told).encode()}.get(name, data))

    return repacked(small, target, change)


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (lambda rows: [*rows, rows[0]], "内容自相矛盾"),
        (lambda rows: [{**rows[0], "parent": 987654}, *rows[1:]], "内容自相矛盾"),
        (lambda rows: [{**rows[0], "id": "eins"}, *rows[1:]], "organisations.jsonl 第1行的 id"),
        (lambda rows: [{**rows[0], "more": 1}, *rows[1:]], "栏目与清单不符"),
    ],
    ids=["one key twice", "a link into nothing", "text for a number", "a column too many"],
)
def test_rows_that_contradict_each_other_are_told(turn, words, small, tmp_path, capsys):
    bad = _signed("organisations.jsonl", turn, small, tmp_path / "bad.zip")
    emptied()
    assert main(["import", "everything", str(bad)]) == 1
    assert words in said(capsys)
    assert not any(dump().values())


def test_a_lost_file_stops_the_export_and_nothing_is_left(tmp_path, capsys):
    loader.load()
    target = tmp_path / "all.zip"
    stored = place_of(StoredFile.objects.order_by("pk")[0].digest)
    whole = stored.read_bytes()
    stored.write_bytes(whole + b"!")
    try:
        assert main(["export", "everything", str(target)]) == 1
        assert "存储中的内容缺失或已被改动，没有导出任何内容" in said(capsys)
        assert list(tmp_path.iterdir()) == []
    finally:
        stored.write_bytes(whole)

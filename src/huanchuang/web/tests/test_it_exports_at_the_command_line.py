"""`huanchuang export`: whole files that an import reads again, nothing secret or personal unless asked for by right."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from huanchuang.accounts.services.demo import set_demo_users
from huanchuang.audit.queries import history
from huanchuang.audit.services import SYSTEM
from huanchuang.facts.models import Fact
from huanchuang.registry.models import Achievement, Organisation, Person
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.queries.whole import open_entries
from huanchuang.registry.services import change
from huanchuang.web.cli import main
from huanchuang.web.demo.district import load


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        set_demo_users(SYSTEM)
        load(SYSTEM)
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_went_out_changes_nothing_when_it_comes_in(kind, form, tmp_path, capsys):
    path = tmp_path / f"list.{form}"
    assert main(["export", kind, str(path), "--status", "in-force"]) == 0
    main(["import", kind, str(path), "--check"])
    told = capsys.readouterr()
    count = open_entries(KINDS[kind]).filter(retired_on=None).count()
    if kind == "person":  # people of one name in one unit cannot be told apart without what is personal
        assert told.err.count("登记簿里有2条记录都符合") == 1
        return
    assert f"无变化 {count}，有问题 0" in told.out
    assert told.err == ""


def test_secrets_and_personal_data_stay_inside(tmp_path):
    for kind in KINDS:
        main(["export", kind, str(tmp_path / f"{kind}.jsonl")])
    every = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.jsonl"))
    secrets = list(Achievement.objects.filter(is_confidential=True).values_list("title", flat=True))
    phones = [phone for phone in Person.objects.values_list("phone", flat=True) if phone]
    assert secrets
    assert phones
    assert not [one for one in (*secrets, *phones) if one in every]


def test_personal_data_need_a_person_with_the_right_and_a_purpose(tmp_path, capsys):
    path = tmp_path / "people.csv"
    assert main(["export", "person", str(path), "--with-personal"]) == 2
    assert "须同时写明 --user 账户 和 --purpose 用途" in capsys.readouterr().err
    asked = ["export", "person", str(path), "--with-personal", "--purpose", "编制通讯录并逐一电话核对"]
    assert main([*asked, "--user", "demo-reviewer"]) == 2
    assert "没有权限（registry.person.unmask）" in capsys.readouterr().err
    assert main([*asked, "--user", "demo-nobody"]) == 2
    assert not path.exists()
    assert main([*asked, "--user", "demo-officer"]) == 0
    phones = {phone for phone in Person.objects.values_list("phone", flat=True) if phone}
    for_officer = phones & {cell for row in rows(path) for cell in row}
    assert main([*asked, "--user", "demo-clerk"]) == 0
    for_clerk = phones & {cell for row in rows(path) for cell in row}
    assert len(for_clerk) < 5 < len(for_officer)  # a clerk sees those of their own unit
    looks = [entry for entry in history("registry.person") if entry.purpose]
    assert [(entry.actor_name, entry.purpose) for entry in looks] == [
        ("何会计", "编制通讯录并逐一电话核对"),
        ("林科长", "编制通讯录并逐一电话核对"),
    ]


def test_the_facts_go_out_with_names_units_and_sources(tmp_path):
    path = tmp_path / "facts.jsonl"
    assert main(["export", "facts", str(path)]) == 0
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) <= Fact.objects.filter(superseded_by=None).count()
    assert len({tuple(line) for line in lines}) == 1
    assert all(str(value) for line in lines for value in list(line.values())[2:6])


def test_a_formula_goes_out_as_text(tmp_path):
    firm = Organisation.objects.order_by("pk")[0]
    change(SYSTEM, firm, firm.version, {"address": '=HYPERLINK("http://x","y")'})
    main(["export", "organisation", str(tmp_path / "a.csv")])
    cells = {cell for row in rows(tmp_path / "a.csv") for cell in row}
    assert '\'=HYPERLINK("http://x","y")' in cells
    main(["export", "organisation", str(tmp_path / "a.xlsx")])
    sheet = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert any('HYPERLINK("http://x"' in str(cell) for row in sheet for cell in row)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["planet", "a.csv"], "planet：没有这一类，可导出：organisation"),
        (["need", "a.pdf"], "文件名请以 .xlsx、.csv、.jsonl 结尾"),
        (["everything", "a.csv"], "文件名请以 .zip 结尾"),
        (["document", "a.csv", "--with-personal", "--user", "demo-officer"], "document 没有个人信息"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["export", *words]) == 2
    err = capsys.readouterr().err.strip()
    assert told in err
    assert "\n" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_and_nothing_half_written(tmp_path, capsys):
    assert main(["export", "need", str(tmp_path / "nowhere/a.csv")]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err

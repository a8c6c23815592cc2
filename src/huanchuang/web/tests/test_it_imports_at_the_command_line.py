"""`huanchuang import`: status 0 when every row is in the register, 1 for bad data, 2 for a wrong call; one line each."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from huanchuang.registry.models import Import, Need, Organisation
from huanchuang.registry.tests.sheets import firms, uscc, xlsx
from huanchuang.web.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tmp_path: Path):
    def write(rows, name: str = "名录.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(rows if isinstance(rows, bytes) else xlsx(rows))
        return str(path)

    return write


def said(capsys) -> tuple[str, str]:
    found = capsys.readouterr()
    return found.out.strip(), found.err.strip()


def test_it_imports_a_sheet(sheet, capsys):
    assert main(["import", "organisation", sheet(firms(3))]) == 0
    assert said(capsys) == ("已导入：新增 3，更新 0，无变化 0，有问题 0，可能重复 0", "")
    assert Organisation.objects.count() == 3


def test_the_second_time_nothing_changes(sheet, capsys):
    main(["import", "organisation", sheet(firms(3))])
    assert main(["import", "organisation", sheet(firms(3))]) == 0
    assert said(capsys)[0].endswith("已导入：新增 0，更新 0，无变化 3，有问题 0，可能重复 0")


def test_it_checks_only(sheet, capsys):
    assert main(["import", "organisation", sheet(firms(3)), "--check"]) == 0
    assert said(capsys)[0].startswith("未写入：新增 3")
    assert not Organisation.objects.exists()
    assert Import.objects.get().state == "dropped"


def test_one_bad_row_holds_all_back_and_is_named_with_its_cell(sheet, capsys):
    path = sheet([*firms(2), ["坏行公司", "123", "企业", "青岑区", "2023-02-30"]])
    assert main(["import", "organisation", path]) == 1
    out, err = said(capsys)
    assert out.startswith("未写入：新增 2")
    assert err == (
        "名录.xlsx B4（统一社会信用代码）：有3位，应为18位。请对照营业执照补全或删去多余的字符（另有 1 处，用 --problems 另存）"
    )
    assert not Organisation.objects.exists()


def test_the_good_rows_are_taken_where_asked_for_and_the_bad_ones_written_out(sheet, tmp_path, capsys):
    path = sheet([*firms(2), ["坏行公司", uscc(9), "企业", "青岑区", "2023-02-30"]])
    out = tmp_path / "问题.xlsx"
    assert main(["import", "organisation", path, "--good", "--problems", str(out)]) == 1
    assert said(capsys)[1].startswith("名录.xlsx E4（成立日期）：日历上没有这一天")
    assert Organisation.objects.count() == 2
    assert CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()[1][0] == "坏行公司"


def test_it_says_a_value_for_all_rows(sheet, capsys):
    main(["import", "organisation", sheet(firms(1))])
    path = sheet([["需求名称", "需求单位"], ["降噪", uscc(1)]], "需求.xlsx")
    assert main(["import", "need", path, "--set", "kind=技术需求"]) == 0
    assert Need.objects.get().kind == "technology"
    assert main(["import", "need", path, "--set", "kind"]) == 2
    assert main(["import", "need", path, "--set", "title=全部同名"]) == 2
    assert "--set kind：请写 字段=内容" in said(capsys)[1]


def test_it_acts_with_the_rights_of_an_account(sheet, cast, capsys):
    path = sheet(firms(1))
    assert main(["import", "organisation", path, "--user", cast.clerk.username]) == 2
    assert "没有导入权限" in said(capsys)[1]
    assert main(["import", "organisation", path, "--user", cast.officer.username]) == 0
    assert Import.objects.latest("pk").owner == cast.officer


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["organisations", "x.xlsx"], "organisations：没有这一类，可导入：organisation、person"),
        (["organisation", "nothing-there.xlsx"], "没有这个文件"),
        (["organisation", "."], "这是文件夹"),
        (["organisation", __file__, "--user", "nobody"], "nobody：没有这个在用账户"),
    ],
)
def test_a_wrong_call_is_answered_in_one_line(arguments, told, capsys):
    assert main(["import", *arguments]) == 2
    out, err = said(capsys)
    assert (out, told in err, "\n" in err) == ("", True, False)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.xlsx", xlsx([]), "工作表“Sheet1”：是空的"),
        ("宽.xlsx", xlsx([[f"列{number}" for number in range(300)]]), "超过200列（GS1 有内容）"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Office"),
        ("无名.xlsx", xlsx([["企业地址", "联系电话"], ["学府路1号", "13800000001"]]), "名称：没有对应的列"),
    ],
    ids=["empty", "wide", "old", "nameless"],
)
def test_bad_data_are_answered_in_one_line_with_the_file(name, data, told, sheet, capsys):
    assert main(["import", "organisation", sheet(data, name)]) == 1
    out, err = said(capsys)
    assert (out, told in err, name in err, "\n" in err) == ("", True, True, False)
    assert not Organisation.objects.exists()


def test_it_speaks_english(sheet, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert main(["import", "organisation", sheet([*firms(1), ["坏行公司", "123", "企业", None, None]])]) == 1
    out, err = said(capsys)
    assert out == "nothing written: 1 new, 0 changed, 0 the same, 1 with problems, 0 possible duplicates"
    assert err.startswith("名录.xlsx B3 (Unified social credit code): has 3 characters instead of 18.")

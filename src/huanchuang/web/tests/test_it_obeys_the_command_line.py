"""The contract of the command line: exit status, one clear line, whole files."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from huanchuang.web.cli import build_parser, main

PLAN = """青岑区科技创新实施方案

一、工作目标
到2026年底，高新技术企业达到250家以上，技术合同成交额增长30%以上。

二、重点任务
（一）建设孵化平台。新建孵化器5家，2026年9月底前完成。（牵头单位：区科技局；责任单位：区财政局、区教委）
（二）完善金融服务。设立种子基金，规模2亿元。（牵头单位：区财政局）
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_it_reads_a_plan_into_every_form(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outs = [tmp_path / name for name in ("a.json", "a.xlsx", "a.docx", "a.txt")]
    status = main(
        [
            "read",
            str(plan),
            "--json",
            str(outs[0]),
            "--xlsx",
            str(outs[1]),
            "--docx",
            str(outs[2]),
            "--text",
            str(outs[3]),
        ]
    )
    assert (status, capsys.readouterr().err) == (0, "")
    found = json.loads(outs[0].read_text(encoding="utf-8"))
    text = outs[3].read_text(encoding="utf-8")
    for item in found["quantities"]:
        assert text[item["start"] : item["end"]] == item["text"]
    book = load_workbook(outs[1])
    assert book.sheetnames == ["工作台账", "量化目标", "待核对", "文件"]
    cells = "".join(str(cell.value) for row in book["工作台账"].iter_rows() for cell in row)
    assert "区科技局" in cells
    table = Document(str(outs[2])).tables[0]
    assert [cell.text for cell in table.rows[0].cells][:2] == ["序号", "工作任务"]
    assert len(table.rows) > 2


def test_it_masks_contacts_in_the_workbook(tmp_path: Path) -> None:
    paper, out = tmp_path / "letter.txt", tmp_path / "a.xlsx"
    paper.write_text(f"{PLAN}（联系人：周某，联系电话：023-60010002）\n", encoding="utf-8")
    assert main(["read", str(paper), "--xlsx", str(out)]) == 0
    shown = [str(cell.value) for row in load_workbook(out)["待核对"].iter_rows() for cell in row]
    assert {"周*", "023****02"} <= set(shown)
    assert not any("60010002" in text for text in shown)


def test_it_reads_an_allotment_workbook(tmp_path: Path) -> None:
    book, out = Workbook(), tmp_path / "a.json"
    for row in (["序号", "工作任务", "牵头单位", "完成时限"], [1, "建设孵化器5家", "区科技局", "2026年9月"]):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    assert main(["read", str(tmp_path / "table.xlsx"), "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [(q["value"], q["resolved"]) for q in found["quantities"]] == [(5, "2026-09-30")]
    assert found["responsibilities"][0]["lead"] == ["区科技局"]


def test_it_writes_json_to_standard_output_by_default(
    plan: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["read", str(plan)]) == 0
    assert json.loads(capfdbinary.readouterr().out)["document"]["title"]


def test_it_gives_a_list_for_several_files(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(PLAN, encoding="utf-8")
    out = tmp_path / "both.json"
    assert main(["read", str(plan), str(other), "--json", str(out)]) == 0
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 2


def test_it_makes_no_formula_of_a_papers_words(tmp_path: Path) -> None:
    path, out = tmp_path / "evil.txt", tmp_path / "evil.xlsx"
    path.write_text('方案\n\n一、任务\n（一）=HYPERLINK("x")。新建孵化器5家。\n', encoding="utf-8")
    assert main(["read", str(path), "--xlsx", str(out)]) == 0
    kinds = {cell.data_type for sheet in load_workbook(out) for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nothing"],
        ["read"],
        ["read", "--json", "x"],
        ["serve", "--port", "99999"],
        ["packs"],
        ["packs", "show"],
        ["user", "add"],
        ["serve", "--what"],
    ],
)
def test_it_ends_a_wrong_call_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    one_line(capsys)


def test_it_names_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.docx")]) == 2
    assert "none.docx" in one_line(capsys)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b"no zip"), ("a.pdf", b"no pdf"), ("a.xyz", b"?"), ("a", b"?"), ("a.docx", b"")],
)
def test_it_ends_bad_data_with_one_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], plan: Path, name: str, content: bytes
) -> None:
    bad, out = tmp_path / name, tmp_path / "out.json"
    bad.write_bytes(content)
    assert main(["read", str(plan), str(bad), "--json", str(out)]) == 1
    assert bad.name in one_line(capsys)
    assert not out.exists()


def test_it_never_overwrites_what_it_reads(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(plan), "--text", str(plan)]) == 2
    assert "覆盖" in one_line(capsys)
    assert plan.read_text(encoding="utf-8") == PLAN


def test_it_leaves_the_former_output_when_it_cannot_write(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("former", encoding="utf-8")
    assert main(["read", str(plan), "--json", str(kept), "--xlsx", str(tmp_path / "missing" / "a.xlsx")]) == 2
    assert "missing" in one_line(capsys)
    assert kept.read_text(encoding="utf-8") == "former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.json", "plan.txt"]


def test_it_speaks_english_where_the_terminal_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    main(["read", str(tmp_path / "none.docx")])
    assert "no such file" in capsys.readouterr().err


def test_it_lists_shows_and_checks_packs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "list"]) == 0
    assert "national.facts" in capsys.readouterr().out
    assert main(["packs", "show", "national.facts"]) == 0
    assert "national.facts" in capsys.readouterr().out
    assert main(["packs", "show", "national.fact"]) == 1
    assert "national.fact" in one_line(capsys)


def test_it_checks_a_new_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "new", "vocabulary", "qingcen.words", "--where", str(tmp_path)]) == 0
    assert main(["packs", "check", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["packs", "check", str(tmp_path / "none")]) == 2
    assert "none" in one_line(capsys)


def test_it_reads_without_settings_or_database(plan: Path, tmp_path: Path, huanchuang) -> None:
    done = huanchuang(
        "read", plan, "--json", tmp_path / "o.json", cwd=tmp_path, DATABASE_URL="mysql://nowhere"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.json", "plan.txt"]


def test_it_refuses_a_bad_setting_in_one_line(tmp_path: Path, huanchuang) -> None:
    done = huanchuang("migrate", data=tmp_path / "var", FILE_LIMIT_MB="many")
    assert done.returncode == 2
    assert done.stderr.startswith("HUANCHUANG_FILE_LIMIT_MB")
    assert done.stderr.count("\n") == 1


def test_it_asks_for_tables_before_it_serves(tmp_path: Path, huanchuang) -> None:
    done = huanchuang("serve", data=tmp_path / "var")
    assert done.returncode == 1
    assert "huanchuang migrate" in done.stderr
    assert done.stderr.count("\n") == 1


def test_it_manages_accounts(db, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["user", "add", "lin", "--name", "林科长", "--role", "officer"]) == 0
    assert main(["user", "list"]) == 0
    assert "lin\t林科长\tofficer\t启用" in capsys.readouterr().out
    assert main(["user", "role", "lin", "auditor"]) == 0
    assert main(["user", "password", "lin"]) == 0
    assert main(["user", "deactivate", "lin"]) == 0
    assert main(["user", "list"]) == 0
    assert "lin\t林科长\tauditor\t停用" in capsys.readouterr().out
    assert main(["audit", "verify"]) == 0
    assert "审计记录完整" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["user", "add", "lin", "--name", "别人", "--role", "clerk"], 1),
        (["user", "add", "x", "--name", "X", "--role", "king"], 2),
        (["user", "password", "nobody"], 1),
        (["user", "password", "lin", "--stdin"], 1),
    ],
)
def test_it_refuses_wrong_accounts(
    db, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str], status: int
) -> None:
    assert main(["user", "add", "lin", "--name", "林科长", "--role", "officer"]) == 0
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", StringIO("12345678\n"))
    assert main(words) == status
    one_line(capsys)


def test_it_documents_every_command() -> None:
    text = build_parser().format_help()
    for command in (
        "read",
        "packs",
        "migrate",
        "serve",
        "demo",
        "user",
        "audit",
        "backup",
        "restore",
        "messages",
        "static",
        "openapi",
    ):
        assert command in text


def test_it_writes_through_links_and_never_replaces_a_device(plan: Path, tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.json", tmp_path / "link.json"
    kept.write_text("old", encoding="utf-8")
    link.symlink_to(kept)
    device = tmp_path / "null.json"
    device.symlink_to("/dev/null")
    assert main(["read", str(plan), "--json", str(link), "--text", str(device)]) == 0
    assert link.is_symlink()
    assert json.loads(kept.read_text(encoding="utf-8"))["quantities"]
    assert Path("/dev/null").is_char_device()
    assert device.is_symlink()


def test_a_full_device_is_said_in_one_line(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(plan), "--json", "/dev/full"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert Path("/dev/full").is_char_device()


def test_an_output_that_was_closed_is_no_mishap(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert main(["read", str(plan)]) == 0

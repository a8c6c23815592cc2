"""`huanchuang assess`: the files offices have in, one row for every organisation and policy out, bad cells named."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from huanchuang.web.cli.run import main

HTE, SME = "national.high-tech-enterprise", "national.technology-sme"
GOOD = {
    "注册日期": "2015-03-01",
    "职工总数": "100",
    "科技人员数": "30",
    "销售收入": "100000000",
    "总收入": "100000000",
    "成本费用总额": "90000000",
    "资产总额": "150000000",
    "研发费用": "6000000",
    "境内研发费用": "3600000",
    "高新技术产品收入": "60000000",
    "一类知识产权数": "1",
    "二类知识产权数": "0",
    "技术领域符合": "是",
    "知识产权支撑主要产品": "是",
    "创新能力评分": "71",
    "重大事故": "否",
    "严重失信": "否",
    "居民企业": "是",
    "产品属禁限淘汰": "否",
    "有效高企证书": "否",
    "五年内国家科技奖": "否",
    "省部级研发机构": "否",
    "主导标准": "否",
}
Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def _in_chinese(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def firm(name: str = "甲", **changes: str) -> Rows:
    """Three years of a firm; a year stands behind an underscore, without one the change holds for all years."""
    rows = [{"organisation": name, "year": year, **GOOD} for year in ("2023", "2024", "2025")]
    for key, value in changes.items():
        column, _, year = key.partition("_")
        for row in rows:
            if year in ("", row["year"]):
                row[column] = value
    return rows


def written(path: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def assessed(
    path: Path, out: str = "out.csv", status: int = 0, policies: tuple[str, ...] = (HTE, SME)
) -> Path:
    target = path.parent / out
    asked = [word for policy in policies for word in ("--policy", policy)]
    assert (
        main(["assess", "--facts", str(path), "--as-of", "2026-01-01", *asked, "--out", str(target)])
        == status
    )
    return target


def answers(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return {(row["organisation"], row["policy"]): row for row in csv.DictReader(handle)}


def problems(path: Path) -> list[tuple[str, str, str]]:
    with Path(f"{path}.problems.csv").open(encoding="utf-8", newline="") as handle:
        return [(row["row"], row["column"], row["value"]) for row in csv.DictReader(handle)]


def test_a_good_firm_has_both(tmp_path, capsys):
    out = assessed(written(tmp_path / "f.csv", firm()))
    found = answers(out)
    assert list(found) == [("甲", HTE), ("甲", SME)]
    assert [row["result"] for row in found.values()] == ["yes", "yes"]
    assert not Path(f"{out}.problems.csv").exists()
    assert capsys.readouterr().err == ""


def test_it_has_the_columns_of_the_contract(tmp_path):
    header = assessed(written(tmp_path / "f.csv", firm())).read_text(encoding="utf-8").splitlines()[0]
    assert header == "organisation,policy,version,result,amount_fen,failed,unknown,missing,distance"


def test_a_no_says_what_failed_and_how_far(tmp_path):
    out = assessed(written(tmp_path / "f.csv", firm(研发费用="3640000", 境内研发费用="3640000")))
    row = answers(out)["甲", HTE]
    assert (row["result"], row["failed"]) == ("no", "rd-intensity")
    assert row["distance"] == "2025年研发费用再增108万元"


def test_a_blank_is_unknown_and_named(tmp_path):
    row = answers(assessed(written(tmp_path / "f.csv", firm(创新能力评分="", 研发费用_2023=""))))["甲", HTE]
    assert (row["result"], row["unknown"]) == ("unknown", "domestic-rd;innovation")
    assert row["missing"] == "创新能力评分;研发费用@2023年"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("职工总数", "约100"),
        ("职工总数", "-3"),
        ("职工总数", "99.5"),
        ("研发费用", "一笔"),
        ("研发费用", "6000000.001"),
        ("研发费用", "99999999999999999999"),
        ("居民企业", "大概"),
        ("注册日期", "2025-13-01"),
        ("注册日期", "20255-01-01"),
        ("创新能力评分", "101"),
        ("行业代码", "C9999"),
    ],
)
def test_a_bad_value_is_named_and_the_rest_decided(tmp_path, capsys, column, value):
    out = assessed(written(tmp_path / "f.csv", [*firm("甲", **{f"{column}_2025": value}), *firm("乙")]))
    assert problems(out) == [("4", column, value)]
    assert answers(out)["乙", HTE]["result"] == "yes"
    assert ("甲", HTE) in answers(out)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert f"第4行“{column}”" in line


def test_a_bad_year_costs_its_row_not_the_firm(tmp_path):
    out = assessed(written(tmp_path / "f.csv", firm(year_2025="20255")))
    assert problems(out) == [("4", "year", "20255")]
    assert answers(out)["甲", HTE]["result"] == "unknown"


def test_rows_that_stand_twice_count_once(tmp_path):
    rows = firm()
    out = assessed(written(tmp_path / "f.csv", [*rows, rows[2]]))
    assert answers(out)["甲", HTE]["result"] == "yes"
    assert problems(out) == [("5", "", "")]


def test_rows_that_contradict_each_other_make_unknown(tmp_path):
    rows = firm()
    out = assessed(written(tmp_path / "f.csv", [*rows, {**rows[2], "职工总数": "200"}]))
    assert answers(out)["甲", HTE]["unknown"] == "tech-staff"
    assert ("4", "职工总数", "100") in problems(out)


def test_a_row_without_organisation_is_named(tmp_path):
    out = assessed(written(tmp_path / "f.csv", [*firm(), {**firm()[2], "organisation": " "}]))
    assert [row for row, _, _ in problems(out)] == ["5"]
    assert len(answers(out)) == 2


def test_blank_rows_are_no_fault_and_rows_keep_their_numbers(tmp_path):
    path = written(tmp_path / "f.csv", firm(职工总数_2025="x"))
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join([header, rows[0], "", rows[1], "," * header.count(","), rows[2]]), encoding="utf-8"
    )
    assert problems(assessed(path)) == [("6", "职工总数", "x")]


def test_missing_columns_make_unknown(tmp_path):
    rows = [{key: value for key, value in row.items() if key != "创新能力评分"} for row in firm()]
    assert answers(assessed(written(tmp_path / "f.csv", rows)))["甲", HTE]["missing"] == "创新能力评分"


def test_a_column_nobody_knows_is_named_once(tmp_path):
    out = assessed(written(tmp_path / "f.csv", firm(联系电话="1")))
    assert problems(out) == [("1", "联系电话", "")]


def test_it_reads_what_people_write(tmp_path):
    rows = firm(
        职工总数="１００",
        销售收入="100,000,000",
        研发费用="600万元",
        居民企业="yes",
        注册日期="2015年3月1日",
        创新能力评分="７１．０",
    )
    out = assessed(written(tmp_path / "f.csv", rows))
    assert [row["result"] for row in answers(out).values()] == ["yes", "yes"]


def test_columns_may_have_any_name_of_the_dictionary(tmp_path):
    names = {
        "研发费用": "rd-expense",
        "职工总数": "从业人员数",
        "注册日期": "成立日期",
        "organisation": "企业名称",
        "year": "年度",
    }
    rows = [{names.get(key, key): value for key, value in row.items()} for row in firm()]
    assert answers(assessed(written(tmp_path / "f.csv", rows)))["甲", HTE]["result"] == "yes"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_encodings_of_offices_are_read(tmp_path, encoding):
    out = assessed(written(tmp_path / "f.csv", firm(), encoding))
    assert answers(out)["甲", HTE]["result"] == "yes"


def test_rows_longer_than_the_heading_are_named(tmp_path):
    path = written(tmp_path / "f.csv", firm())
    path.write_text(
        path.read_text(encoding="utf-8") + "乙,2025,2015-03-01" + ",1" * 40 + "\n", encoding="utf-8"
    )
    out = assessed(path)
    assert problems(out)[0][0] == "5"
    assert answers(out)["甲", HTE]["result"] == "yes"


def test_workbook_and_parquet_give_the_same(tmp_path):
    rows = [*firm("甲"), *firm("乙", 研发费用="3640000"), *firm("丙", 创新能力评分="")]
    plain = answers(assessed(written(tmp_path / "f.csv", rows)))
    frame = pl.DataFrame(rows)
    frame.write_excel(tmp_path / "f.xlsx")
    numbers = [name for name in frame.columns if (frame[name].str.contains(r"^\d*$")).all()]
    typed = frame.with_columns(
        *(pl.col(name).cast(pl.Int64, strict=False) for name in numbers),
        *((pl.col(name) == "是").alias(name) for name in frame.columns if set(frame[name]) <= {"是", "否"}),
        pl.col("注册日期").str.to_date(),
    )
    typed.write_parquet(tmp_path / "f.parquet")
    assert answers(assessed(tmp_path / "f.xlsx", "x.csv")) == plain
    assert answers(assessed(tmp_path / "f.parquet", "p.csv")) == plain


def test_floats_of_other_programs_are_read_exactly(tmp_path):
    frame = pl.DataFrame(firm()).with_columns(
        pl.col("研发费用", "销售收入", "职工总数", "year").cast(pl.Float64)
    )
    frame.write_parquet(tmp_path / "f.parquet")
    assert answers(assessed(tmp_path / "f.parquet"))["甲", HTE]["result"] == "yes"


def test_columns_that_hold_no_plain_values_are_told(tmp_path):
    frame = pl.DataFrame(firm()).with_columns(pl.lit([1, 2]).alias("职工总数"), pl.lit(b"x").alias("附件"))
    frame.write_parquet(tmp_path / "f.parquet")
    out = assessed(tmp_path / "f.parquet")
    assert problems(out) == [("1", "职工总数", ""), ("1", "附件", "")]
    assert answers(out)["甲", HTE]["missing"] == "职工总数@2025年"


def test_json_lines_and_parquet_hold_lists(tmp_path):
    path = written(tmp_path / "f.csv", firm(技术领域符合="否", 重大事故="是"))
    first = json.loads(assessed(path, "o.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["failed"] == ["field", "conduct"]
    assert pl.read_parquet(assessed(path, "o.parquet"))["failed"].to_list()[0] == ["field", "conduct"]


def test_a_policy_not_in_force_says_so(tmp_path):
    path, out = written(tmp_path / "f.csv", firm()), tmp_path / "o.csv"
    assert (
        main(["assess", "--facts", str(path), "--as-of", "2016-06-30", "--policy", SME, "--out", str(out)])
        == 0
    )
    assert answers(out)["甲", SME]["result"] == "not_in_force"


def test_without_policies_all_are_decided(tmp_path):
    found = answers(assessed(written(tmp_path / "f.csv", firm()), policies=()))
    assert {("甲", HTE), ("甲", SME)} <= set(found)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"--policy": "national.nothing"}, 2),
        ({"--as-of": "2026-02-30"}, 2),
        ({"--facts": "nowhere.csv"}, 2),
        ({"--facts": "f.doc"}, 2),
        ({"--out": "o.txt"}, 2),
        ({"--out": "f.csv"}, 2),
        ({"--out": "nowhere/o.csv"}, 2),
        ({"--facts": "empty.csv"}, 1),
        ({"--facts": "broken.parquet"}, 1),
        ({"--facts": "broken.xlsx"}, 1),
        ({"--facts": "unpaired.csv"}, 1),
        ({"--facts": "columns.csv"}, 1),
        ({"--facts": "heading.csv"}, 1),
    ],
)
def test_a_wrong_call_and_bad_data_are_told_in_one_line(tmp_path, capsys, monkeypatch, change, status):
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "f.csv", firm())
    for name, data in (
        ("empty.csv", b""),
        ("broken.parquet", b"PAR1"),
        ("broken.xlsx", b"PK\x03\x04nothing"),
        ("unpaired.csv", 'organisation,year\n"甲,2025\n'.encode()),
        ("columns.csv", "name,staff\n甲,1\n".encode()),
        ("heading.csv", b"organisation,year\n"),
        ("f.doc", b"x"),
    ):
        (tmp_path / name).write_bytes(data)
    options = {"--facts": "f.csv", "--as-of": "2026-01-01", "--policy": HTE, "--out": "o.csv", **change}
    assert main(["assess", *(word for pair in options.items() for word in pair)]) == status
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "o.csv").exists()


def test_an_old_list_of_problems_goes_with_the_problems(tmp_path):
    out = assessed(written(tmp_path / "f.csv", firm(职工总数="x")))
    assert Path(f"{out}.problems.csv").exists()
    assessed(written(tmp_path / "f.csv", firm()))
    assert not Path(f"{out}.problems.csv").exists()


def test_it_speaks_english_where_the_terminal_does(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assessed(written(tmp_path / "f.csv", firm(职工总数="x")))
    assert "3 problems; first: row 2, 职工总数 is no value of this fact" in capsys.readouterr().err


def test_the_quick_way_gives_the_same_results_without_details(tmp_path):
    path = written(tmp_path / "f.csv", [*firm("甲", 研发费用="3640000"), *firm("乙", 创新能力评分="")])
    whole = answers(assessed(path))
    out = tmp_path / "quick.csv"
    call = [
        "assess",
        "--facts",
        str(path),
        "--as-of",
        "2026-01-01",
        "--policy",
        HTE,
        "--out",
        str(out),
        "--quick",
    ]
    assert main(call) == 0
    for key, row in answers(out).items():
        assert row == {**whole[key], "missing": "", "distance": ""}


def test_a_timeless_value_past_its_allowed_age_is_unknown_and_told_apart_from_a_blank(tmp_path):
    rows = firm(
        更新日期_2023="2023-12-31", 更新日期_2024="2024-12-31", 更新日期_2025="2024年1月2日",
        创新能力评分="", 知识产权支撑主要产品="", 知识产权支撑主要产品_2025="是",
    )  # fmt: skip
    kept = answers(assessed(written(tmp_path / "f.csv", rows)))["甲", HTE]
    assert (kept["result"], kept["missing"]) == ("unknown", "创新能力评分")
    for row in rows:
        row["更新日期"] = "2025-06-01" if row["year"] != "2025" else "2024-01-01"
    out = assessed(written(tmp_path / "f.csv", rows))
    old = answers(out)["甲", HTE]
    assert (old["result"], old["unknown"]) == ("unknown", "intellectual-property;field;innovation")
    assert old["missing"] == "技术领域符合（已过期）;创新能力评分;知识产权支撑主要产品（已过期）"
    assert not Path(f"{out}.problems.csv").exists()


def test_a_day_of_recording_that_is_none_is_named_and_takes_nothing_away(tmp_path):
    rows = firm(更新日期="2015-01-01", 更新日期_2025="去年")
    out = assessed(written(tmp_path / "f.csv", rows))
    assert answers(out)["甲", HTE]["result"] == "yes"
    assert problems(out) == [("4", "更新日期", "去年")]


def test_a_figure_of_a_year_has_its_year_and_does_not_age(tmp_path):
    rows = firm(更新日期="2010-01-01")
    found = answers(assessed(written(tmp_path / "f.csv", rows)))["甲", HTE]
    assert "@" not in found["missing"]
    assert set(found["unknown"].split(";")) == {"intellectual-property", "field", "innovation"}

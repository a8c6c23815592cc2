"""Every problem names its cell, what is wrong there and what to do, in Chinese and in English."""

from io import BytesIO

import pytest
from openpyxl import Workbook as Written

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Organisation, Person
from huanchuang.registry.services import retire_organisation

from .sheets import begun, checked, outcomes, taken, told, uscc, xlsx

pytestmark = pytest.mark.django_db
HEAD = ["企业名称", "统一社会信用代码", "单位性质", "成立日期"]


def problems(cast, *rows, kind="organisation", head=HEAD):
    found = checked(cast.officer, kind, [head, *rows])
    assert all(all(one["en"]) and one["en"] != one["zh"] for row in found.rows.all() for one in row.problems)
    return told(found)


def test_a_wrong_check_character_names_the_right_one(cast):
    right = uscc(1)
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    assert problems(cast, ["甲公司", wrong, "企业", None]) == [
        f"B2（统一社会信用代码）：校验位（第18位）是“{wrong[-1]}”，按前17位应为“{right[-1]}”。请逐位核对，多半是前面某一位抄错"
    ]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("2023-02-29", "日历上没有这一天"),
        (2023, "只写了年份"),
        ("2023.6", "只写了年月"),
        (2019.1, "可能是1月，也可能是10月：Excel 去掉了数字末尾的0"),
        ("前年", "不是能识别的日期"),
        ("2199-01-01", "2199-01-01晚于今天"),
        (-3, "不是能识别的日期"),
    ],
)
def test_a_day_that_cannot_be(written, what, cast):
    (line,) = problems(cast, ["甲公司", None, "企业", written])
    assert line.startswith(f"D2（成立日期）：{what}。")


def test_a_month_is_its_first_day_where_that_is_said(cast):
    found = checked(
        cast.officer, "organisation", [HEAD, ["甲公司", None, "企业", "2023年6月"]], with_months=True
    )
    (row,) = found.rows.all()
    assert (row.values["founded_on"], row.remarks[0][0]) == (
        "2023-06-01",
        "D2（成立日期）：只写到月，按2023-06-01读入",
    )


@pytest.mark.parametrize("written", [45078, "45078", 20230601, "2023.6.1", "２０２３年６月１日"])
def test_days_as_numbers_are_days(written, cast):
    done = taken(cast.officer, "organisation", [HEAD, ["甲公司", None, "企业", written]])
    assert (told(done), Organisation.objects.get().founded_on.isoformat()) == ([], "2023-06-01")


def test_formulas_and_errors(cast):
    book = Written()
    book.active.append(HEAD)
    book.active.append(["甲公司", None, "企业", "=TODAY()"])
    buffer = BytesIO()
    book.save(buffer)
    assert told(checked(cast.officer, "organisation", buffer.getvalue())) == [
        "D2（成立日期）：公式没有算出结果。请用 Excel 或 WPS 打开并保存一次，或直接填写数值"
    ]


def test_a_code_that_excel_has_rounded(cast):
    (line,) = problems(cast, ["甲公司", 911234567890123456, "企业", None])
    assert line.startswith("B2（统一社会信用代码）：超过15位，Excel 已经把后面的数字变成了0。")


def test_a_word_that_no_vocabulary_has(cast):
    (line,) = problems(cast, ["甲公司", None, "外星单位", None])
    assert line.startswith("C2（类型）：词表里没有“外星单位”。请填写规范名称或代码，例如：")


def test_what_is_missing_and_only_that(cast):
    assert problems(cast, ["甲公司", None, None, None], [None, uscc(1), "企业", None]) == [
        "C2（类型）：不能为空。请填写后再保存",
        "A3（名称）：不能为空。请填写后再保存",
    ]


def test_rows_of_one_entry_in_one_sheet(cast):
    found = checked(
        cast.officer,
        "organisation",
        [
            HEAD,
            ["甲公司", uscc(1), "企业", "2020-01-01"],
            ["甲公司", uscc(1), "企业", "2020-01-01"],
            ["甲公司", uscc(1), "企业", "2021-01-01"],
        ],
    )
    assert outcomes(found) == ["new", "same", "problem"]
    assert found.rows.get(number=3).remarks == [["与第2行相同，只导入一次", "The same as row 2, taken once"]]
    assert told(found) == ["A4（名称）：与第2行是同一条记录，内容却不同。请合并成一行"]


def test_a_name_that_belongs_to_another_code(cast, firm):
    assert problems(cast, [firm.name, uscc(3), "企业", None]) == [
        f"A2（名称）：“{firm.name}”已登记，代码是 {firm.uscc.text}，与本行不符。请核对名称和编号；确是两家的，请用完整的名称区分"
    ]


def test_an_organisation_out_of_force(cast, firm):
    retire_organisation(SYSTEM, firm, firm.version, "已注销")
    (line,) = problems(cast, ["另名公司", firm.uscc.text, "企业", None])
    assert line.startswith(f"A2（名称）：“{firm.name}”已于")


def test_a_unit_that_nobody_knows(cast):
    assert problems(
        cast, ["降噪", "查无此公司", "技术需求"], kind="need", head=["需求名称", "需求单位", "需求类别"]
    ) == ["B2（需求单位）：没有找到唯一的单位。请填写全称或统一社会信用代码；尚未登记的单位请先登记"]


def test_people_of_one_name_in_one_unit(cast, firm):
    head = ["姓名", "单位", "身份", "手机"]
    for phone in ("13800000001", "13800000002"):
        person = Person(
            name="周云", unit=firm, roles=["expert"], phone=phone, title_key="周云", search_text="周云"
        )
        person.save()
    assert problems(cast, ["周云", firm.name, "专家", None], kind="person", head=head) == [
        "A2（姓名）：登记簿里有2条记录都符合。请补上能区分的编号、电话或单位，或直接在登记簿里修改"
    ]
    assert outcomes(checked(cast.officer, "person", [head, ["周云", firm.name, "专家", 13800000002]])) == [
        "same"
    ]


def test_amounts_are_counted_in_the_unit_of_the_heading_of_the_sheet_or_as_said(cast, firm):
    head = ["需求名称", "需求单位", "需求类别", "预算金额"]
    row = ["降噪", firm.name, "技术需求", 50000]
    found = checked(cast.officer, "need", [head, row])
    assert found.rows.get().values["budget"] == 50000 * 10**6
    found = checked(cast.officer, "need", [head, row], units={"3": "元"})
    assert found.rows.get().values["budget"] == 50000 * 100
    above = [["需求汇总表"], ["单位：元"], head, row]
    assert checked(cast.officer, "need", above).rows.get().values["budget"] == 50000 * 100


def test_terms_are_counted_in_months(cast, firm):
    head = ["产品名称", "金融机构", "产品类别", "贷款期限（年）", "最低年利率"]
    done = taken(cast.officer, "finance-product", [head, ["科技贷", firm.name, "信用贷款", 3, "3.45%"]])
    assert told(done) == []
    (row,) = done.rows.all()
    assert (row.values["term_most"], row.values["rate_least"]) == (36, "3.45")
    found = checked(
        cast.officer,
        "finance-product",
        [["产品名称", "金融机构", "产品类别", "贷款期限（天）"], ["科技贷", firm.name, "信用贷款", 90]],
    )
    assert told(found) == ["D2（最长期限）：不能换算成月。请把这一列改成以月为单位"]


def test_a_blank_sign_says_nothing(cast):
    done = taken(cast.officer, "organisation", [HEAD, ["甲公司", "/", "企业", "—"]])
    assert told(done) == []
    assert (Organisation.objects.get().uscc, Organisation.objects.get().founded_on) == (None, None)


def test_a_code_alone_is_enough_for_what_is_there_already(cast, firm):
    head = ["统一社会信用代码", "地址"]
    found = checked(
        cast.officer, "organisation", [head, [firm.uscc.text, "学府路9号"], [uscc(5), "学府路10号"]]
    )
    assert outcomes(found) == ["changed", "problem"]
    assert found.rows.get(number=2).title == firm.name
    assert told(found) == [
        "第3行（名称）：不能为空。请填写后再保存",
        "第3行（类型）：不能为空。请填写后再保存",
    ]


def test_the_best_sheet_of_a_workbook_is_chosen(cast):
    rows = xlsx([["说明"], ["请按要求填写"]], "填表说明", 名录=[HEAD, ["甲公司", None, "企业", None]])
    assert begun(cast.officer, "organisation", rows).sheet == "名录"

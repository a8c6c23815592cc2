"""The pages of an import, from the upload to the undo, as a clerk in an office uses them."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from huanchuang.jobs.services import work_off
from huanchuang.registry.models import Import, Need, Organisation, SheetShape

from .sheets import firms, taken, uscc, xlsx

pytestmark = pytest.mark.django_db
NEEDS = ["需求名称", "需求单位", "需求类别", "预算金额"]


@pytest.fixture
def office(client, people):
    """The officer's browser."""
    client.force_login(people.officer)
    return client


def upload(client, kind, data, name="名录.xlsx"):
    """The answer to an upload."""
    return client.post(reverse("registry:import-new", args=[kind]), {"file": SimpleUploadedFile(name, data)})


def page(client, name, pk=None, **query):
    return client.get(reverse(f"registry:{name}", args=[pk] if pk else []), query)


def chosen(html: str) -> dict[str, str]:
    """What the selects of the page where columns are matched stand at."""
    found = {}
    for name, body in re.findall(
        r'<select class="form-select" name="(column-\d+)".*?>(.*?)</select>', html, re.S
    ):
        selected = re.search(r'value="(\w+)" selected', body)
        found[name] = selected[1] if selected else ""
    return found


def checked_on_page(client, kind, data, name="名录.xlsx", **said):
    """An import brought to its preview."""
    answer = upload(client, kind, data, name)
    made = Import.objects.latest("pk")
    if answer.url == reverse("registry:import-columns", args=[made.pk]):
        form = chosen(client.get(answer.url).content.decode())
        client.post(answer.url, {**form, **said})
    work_off()
    made.refresh_from_db()
    return made


def test_a_sheet_comes_in_is_taken_and_undone(office, people):
    made = checked_on_page(office, "organisation", xlsx(firms(3)))
    shown = page(office, "import", made.pk).content.decode()
    assert "导入 3 行" in shown
    assert not Organisation.objects.filter(name__startswith="云澜第").exists()
    office.post(reverse("registry:import-take", args=[made.pk]))
    work_off()
    shown = page(office, "import", made.pk).content.decode()
    assert "新增 3 条，更新 0 条。" in shown
    assert reverse("registry:organisations") in shown
    assert "将撤销“名录.xlsx”" in page(office, "import-undo", made.pk).content.decode()
    office.post(reverse("registry:import-undo", args=[made.pk]))
    work_off()
    assert "恢复 3 条" in page(office, "import", made.pk).content.decode()
    assert not Organisation.objects.filter(name__startswith="云澜第").exists()
    assert "已撤销" in page(office, "imports").content.decode()


def test_columns_are_matched_and_doubtful_ones_marked(office):
    rows = [["企业名称", "统一信用代码证", "性质", "血型"], ["甲公司", uscc(1), "企业", "A"]]
    answer = upload(office, "organisation", xlsx(rows))
    shown = office.get(answer.url).content.decode()
    assert chosen(shown) == {"column-0": "name", "column-1": "uscc", "column-2": "kind", "column-3": ""}
    assert "请核对" in shown
    assert "没有对应的字段，不导入" in shown


def test_the_next_sheet_with_the_same_heading_is_not_asked_about(office):
    first = checked_on_page(office, "organisation", xlsx(firms(1)))
    assert first.state == "preview"
    answer = upload(office, "organisation", xlsx(firms(2)), "下月名录.xlsx")
    again = Import.objects.latest("pk")
    assert answer.url == reverse("registry:import", args=[again.pk])
    assert "已按上次的对应关系检查" in office.get(answer.url).content.decode()
    work_off()
    assert Import.objects.get(pk=again.pk).counts["new"] == 2


def test_what_a_clerk_chose_is_not_what_officers_get(office, people, client):
    checked_on_page(office, "need", xlsx([NEEDS, ["降噪", "岑科新材", "技术需求", 3]]))
    client.force_login(people.clerk)
    answer = upload(client, "need", xlsx([NEEDS, ["降噪", "岑科新材", "技术需求", 3]]))
    assert answer.url.endswith("/columns/")
    assert SheetShape.objects.get().holder == ""


def test_two_columns_of_one_field_are_refused(office):
    answer = upload(office, "organisation", xlsx(firms(1)))
    shown = office.post(answer.url, {"column-0": "name", "column-1": "name"})
    assert shown.status_code == 422
    assert "A、B列都对应它" in shown.content.decode()


def test_a_sheet_without_names_cannot_be_checked(office):
    answer = upload(office, "organisation", xlsx(firms(1)))
    shown = office.post(answer.url, {"column-3": "region"})
    assert (shown.status_code, "没有对应的列" in shown.content.decode()) == (422, True)


def test_a_column_of_money_without_unit_asks_for_it(office, firm):
    answer = upload(office, "need", xlsx([NEEDS, ["降噪", firm.name, "技术需求", 50000]]))
    shown = office.get(answer.url).content.decode()
    assert 'name="unit-3"' in shown
    office.post(answer.url, {**chosen(shown), "unit-3": "元"})
    work_off()
    made = Import.objects.latest("pk")
    office.post(reverse("registry:import-take", args=[made.pk]))
    work_off()
    assert str(Need.objects.get().budget) == "5万元"


def test_one_value_for_all_rows(office, firm):
    made = checked_on_page(
        office, "person", xlsx([["姓名", "单位"], ["周云", firm.name]]), **{"constant-roles": "expert"}
    )
    assert made.rows.get().values["roles"] == ["expert"]


def test_an_odd_word_is_asked_for_once_and_remembered(office, firm):
    rows = xlsx(
        [
            NEEDS[:3],
            ["降噪", firm.name, "攻关类"],
            ["除尘", firm.name, "攻关类"],
            ["涂层", firm.name, "看不懂"],
        ]
    )
    made = checked_on_page(office, "need", rows)
    shown = page(office, "import", made.pk).content.decode()
    assert "词表里没有的写法" in shown
    assert "攻关类" in shown
    office.post(reverse("registry:import-words", args=[made.pk]), {"word-0": "technology", "word-1": ""})
    work_off()
    made.refresh_from_db()
    assert (made.counts["new"], made.counts["problem"]) == (2, 1)
    assert checked_on_page(office, "need", rows, "下月.xlsx").counts["new"] == 2


def test_rows_are_filtered_by_their_result(office):
    rows = [*firms(3), ["坏行公司", "123", "企业", "青岑区", None]]
    made = checked_on_page(office, "organisation", xlsx(rows))
    bad = page(office, "import", made.pk, only="problem").content.decode()
    assert "坏行公司" in bad
    assert "云澜第1精密" not in bad
    assert "有3位，应为18位" in bad


def test_the_bad_rows_are_corrected_and_uploaded_again(office):
    rows = [*firms(2), ["坏行公司", uscc(9), "企业", "青岑区", "2023-02-30"]]
    made = checked_on_page(office, "organisation", xlsx(rows))
    office.post(reverse("registry:import-take", args=[made.pk]))
    work_off()
    answer = page(office, "import-bad", made.pk)
    assert "%E9%97%AE%E9%A2%98%E8%A1%8C" in answer["Content-Disposition"]
    (heading, row) = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert heading == [*rows[0], "问题"]
    assert row[5] == "E4（成立日期）：日历上没有这一天。请核对月份和日期"
    row[4] = "2023-02-28"
    again = checked_on_page(office, "organisation", xlsx([heading, row]), "改正.xlsx")
    assert (again.counts["new"], again.counts["problem"]) == (1, 0)


def test_it_is_given_up_without_a_trace(office, people):
    made = checked_on_page(office, "organisation", xlsx(firms(3)))
    office.post(reverse("registry:import-drop", args=[made.pk]))
    made.refresh_from_db()
    assert (made.state, made.rows.count()) == ("dropped", 0)
    office.post(reverse("registry:import-take", args=[made.pk]))
    assert Organisation.objects.filter(name__startswith="云澜第").count() == 0
    assert "已经开始或已经结束" in page(office, "import", made.pk).content.decode()


def test_another_sheet_of_the_file_can_be_taken(office):
    data = xlsx(firms(1), "企业", 高校=[["单位名称", "单位性质"], ["云澜大学", "大学"]])
    answer = upload(office, "organisation", data)
    made = Import.objects.latest("pk")
    assert "改用这张工作表" in office.get(answer.url).content.decode()
    office.post(reverse("registry:import-sheet", args=[made.pk]), {"sheet": "高校"})
    made.refresh_from_db()
    assert (made.sheet, made.counts) == ("高校", {"rows": 1})
    answer = office.post(reverse("registry:import-sheet", args=[made.pk]), {"sheet": "没有"}, follow=True)
    assert "在文件里找不到" in answer.content.decode()


def test_the_page_waits_for_the_job_and_then_shows_the_result(office):
    answer = upload(office, "organisation", xlsx(firms(1)))
    made = Import.objects.latest("pk")
    office.post(answer.url, chosen(office.get(answer.url).content.decode()))
    waiting = page(office, "import", made.pk).content.decode()
    assert "every 1s" in waiting
    work_off()
    polled = office.get(reverse("registry:import", args=[made.pk]), headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == reverse("registry:import", args=[made.pk])


def test_possible_duplicates_are_taken_when_ticked(office, firm):
    made = checked_on_page(office, "organisation", xlsx([["企业名称", "单位性质"], ["岑科材料", "企业"]]))
    shown = page(office, "import", made.pk, only="possible").content.decode()
    assert "可能已经登记的 1 行也作为新记录导入" in shown
    assert firm.get_absolute_url() in shown
    office.post(reverse("registry:import-take", args=[made.pk]), {"with_possible": "on"})
    work_off()
    assert Organisation.objects.filter(name="岑科材料").exists()


def test_personal_data_stay_masked_in_the_preview(office, firm):
    rows = [["统一社会信用代码", "企业名称", "联系电话"], [firm.uscc.text, firm.name, "13900009999"]]
    made = checked_on_page(office, "organisation", xlsx(rows))
    shown = page(office, "import", made.pk).content.decode()
    assert "138****1234" in shown
    assert "139****9999" in shown
    assert "13900009999" not in shown


def test_the_raw_file_can_be_had_by_whoever_may_see_the_import(office, people, client):
    data = xlsx(firms(1))
    made = checked_on_page(office, "organisation", data)
    address = reverse("files:download", args=[made.file_id])
    assert b"".join(office.get(address).streaming_content) == data
    client.force_login(people.clerk)
    assert client.get(address).status_code == 404


def test_the_template_is_a_workbook(office):
    answer = office.get(reverse("registry:import-template", args=["need"]))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.sheet_names == ["需求", "填写说明", "choices"]
    assert "需求名称*" in book.get_sheet_by_index(0).to_python()[0]


def test_the_list_of_a_kind_leads_to_its_import(office, people, client):
    assert (
        reverse("registry:import-new", args=["need"])
        in office.get(reverse("registry:needs")).content.decode()
    )
    client.force_login(people.leader)
    assert "imports/new" not in client.get(reverse("registry:needs")).content.decode()


def test_a_list_that_was_exported_can_be_imported_again(office, firm, people):
    taken(
        people.officer,
        "need",
        [
            ["需求名称", "需求单位", "需求类别", "预算金额（万元）", "合作方式", "技术指标"],
            ["=降噪", firm.name, "技术需求", 12.5, "委托开发、合作开发", "噪声 ≤ 60 dB；寿命 ≥ 5 年"],
        ],
    )
    for form in ("xlsx", "csv"):
        columns = {"column": ["title", "owner", "kind", "budget", "cooperation", "parameters"]}
        data = office.get(reverse("registry:need-export", args=[form]), columns).content
        made = checked_on_page(office, "need", data, f"导出.{form}")
        assert (made.counts["same"], made.counts["rows"]) == (1, 1), list(
            made.rows.values("values", "problems")
        )


WIDE = xlsx([[f"列{number}" for number in range(300)]])


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.xlsx", xlsx([]), "是空的"),
        ("标题.xlsx", xlsx([["2026年企业名录"]]), "只有A1的标题，没有表头和数据"),
        ("宽.xlsx", WIDE, "超过200列（GS1 有内容）"),
        ("长.csv", "企业名称,信用代码\n".encode() + "甲,乙\n".encode() * 1_000_000, "超过50,000行"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Office"),
        ("说明.docx", b"PK\x03\x04", "已损坏"),
        ("数字.csv", b"1,2,3\n4,5,6\n", "没有找到表头"),
        ("引号.csv", '企业名称,信用代码\n甲,"乙\n'.encode(), "第2行：引号不成对"),
    ],
    ids=["empty", "title", "wide", "long", "old", "other", "numbers", "quote"],
)
def test_a_file_that_cannot_be_read_is_answered_at_once(name, data, told, office):
    answer = upload(office, "organisation", data, name)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not Import.objects.exists()


def test_it_speaks_english(office):
    office.cookies["django_language"] = "en"
    with override("zh-hans"):  # what a request leaves behind is nothing to the tests that follow
        made = checked_on_page(
            office, "organisation", xlsx([*firms(1), ["坏行公司", "123", "企业", None, None]])
        )
        shown = page(office, "import", made.pk).content.decode()
    assert "has 3 characters instead of 18" in shown
    assert "B3 (Unified social credit code)" in shown

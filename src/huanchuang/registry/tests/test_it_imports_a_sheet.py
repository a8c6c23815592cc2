"""A sheet is checked row by row and its good rows are written; the same sheet again changes nothing."""

import datetime as dt
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from huanchuang.audit.models import Entry as AuditEntry
from huanchuang.engines.kernel import Money
from huanchuang.orm import clock
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Need, Organisation, Person, Revision
from huanchuang.registry.queries.history import provenance
from huanchuang.registry.queries.imports.template import template_of
from huanchuang.registry.queries.kinds import KINDS, Shape
from huanchuang.registry.services.imports import importer_named

from .sheets import checked, firms, outcomes, taken, told, uscc, xlsx

pytestmark = pytest.mark.django_db


def test_it_registers_new_organisations(cast):
    done = taken(cast.officer, "organisation", firms(3))
    assert (done.state, done.counts["taken_new"], told(done)) == ("done", 3, [])
    firm = Organisation.objects.get(name="云澜第2精密机械有限公司")
    assert (firm.kind, firm.region, firm.founded_on) == ("enterprise", "990101", dt.date(2015, 3, 3))


def test_checking_writes_nothing(cast):
    found = checked(cast.officer, "organisation", firms(3))
    assert (found.state, found.counts["new"]) == ("preview", 3)
    assert not Organisation.objects.exists()


def test_the_same_sheet_again_changes_nothing(cast):
    taken(cast.officer, "organisation", firms(3))
    before = list(Organisation.objects.values())
    again = taken(cast.officer, "organisation", firms(3))
    assert (again.counts["same"], outcomes(again)) == (3, ["same"] * 3)
    assert list(Organisation.objects.values()) == before
    assert Revision.objects.count() == 3


def test_it_changes_what_the_sheet_says_otherwise_and_leaves_the_rest(cast, firm):
    rows = [
        ["统一社会信用代码", "企业名称", "单位性质", "地址", "联系电话"],
        [firm.uscc.text, firm.name, None, "学府路9号", None],
    ]
    done = taken(cast.officer, "organisation", rows)
    assert outcomes(done) == ["changed"]
    firm.refresh_from_db()
    assert (firm.address, firm.kind, firm.contact_phone, firm.version) == (
        "学府路9号",
        "company",
        "13800001234",
        2,
    )
    (row,) = done.rows.all()
    assert (row.values, row.before) == ({"address": "学府路9号"}, {"address": ""})


def test_each_field_knows_the_file_it_came_from(cast):
    taken(cast.officer, "organisation", firms(1), "企业名录2026.xlsx")
    known = provenance(Organisation.objects.get())["founded_on"]
    assert (known.source, known.by_name, known.deed) == ("企业名录2026.xlsx", cast.officer.name, "import")


def test_an_organisation_that_changed_its_name_keeps_the_former_one(cast, firm):
    rows = [["统一社会信用代码", "企业名称"], [firm.uscc.text, "云澜岑科先进材料有限公司"]]
    taken(cast.officer, "organisation", rows)
    firm.refresh_from_db()
    assert firm.name == "云澜岑科先进材料有限公司"
    assert firm.aliases == ["岑科材料", "云澜岑科新材料有限责任公司"]
    assert taken(cast.officer, "organisation", rows).counts["same"] == 1


def test_it_tells_the_trail_once_for_all_rows(cast):
    done = taken(cast.officer, "organisation", firms(3))
    (entry,) = AuditEntry.objects.filter(verb="registry.organisation.import")
    assert (entry.subject, entry.actor_name) == (done.subject, cast.officer.name)
    assert '"count":3' in entry.after
    assert done.file.digest in entry.after


def test_it_takes_a_unit_by_any_of_its_names(cast, firm):
    rows = [
        ["需求名称", "所属单位或公司名称", "需求类型", "预算金额（万元）", "有效期"],
        ["涂层寿命", "岑科新材", "技术需求", 120, "2027.12.31"],
        ["降噪", firm.uscc.text, "技术", "面议", "长期"],
        ["除尘", "云澜岑科新材料有限公司", "技术难题", "1,250.5", "2027年6月"],
    ]
    done = taken(cast.officer, "need", rows)
    assert told(done) == []
    coating, noise, dust = Need.objects.order_by("pk")
    assert {need.owner_id for need in (coating, noise, dust)} == {firm.pk}
    assert (coating.budget, coating.valid_until) == (Money.parse("120万元"), dt.date(2027, 12, 31))
    assert (noise.budget, noise.is_negotiable, noise.valid_until) == (None, True, None)
    assert (dust.budget, dust.valid_until) == (Money.parse("1250.5万元"), dt.date(2027, 6, 30))
    assert done.rows.get(number=4).remarks[0][0] == "E4（有效期至）：只写到月，按2027-06-30读入"


def test_one_value_can_be_said_for_all_rows(cast, firm):
    rows = [["专家名称", "所属单位"], ["周云", "岑科新材"], ["吴澜", "岑科新材"]]
    done = taken(cast.officer, "person", rows, constants={"roles": "expert"})
    assert told(done) == []
    assert [person.roles for person in Person.objects.all()] == [["expert"], ["expert"]]


def test_a_cell_goes_before_what_is_said_for_all_rows(cast, firm):
    rows = [["需求名称", "需求单位", "需求类别"], ["甲", "岑科新材", "融资需求"], ["乙", "岑科新材", None]]
    taken(cast.officer, "need", rows, constants={"kind": "技术需求"})
    assert list(Need.objects.order_by("title").values_list("title", "kind")) == [
        ("乙", "technology"),
        ("甲", "finance"),
    ]


def test_a_word_means_what_was_said_for_it(cast, firm):
    rows = [["需求名称", "需求单位", "需求类别"], ["甲", "岑科新材", "攻关类"]]
    assert checked(cast.officer, "need", rows).counts["problem"] == 1
    done = taken(cast.officer, "need", rows, words={"kind": {"攻关类": "technology"}})
    assert (told(done), Need.objects.get().kind) == ([], "technology")


def test_rows_may_name_organisations_of_the_same_sheet(cast):
    rows = [
        ["单位名称", "单位性质", "上级单位"],
        ["云澜理工大学材料学院实验室", "研究机构", "云澜理工大学材料学院"],
        ["云澜理工大学材料学院", "研究机构", "云澜理工大学"],
        ["云澜理工大学", "高等院校", None],
        ["青岑无主研究所", "研究机构", "查无此校"],
    ]
    done = taken(
        cast.officer,
        "organisation",
        rows,
        words={"kind": {"研究机构": "research-institute", "高等院校": "university"}},
    )
    assert told(done) == [
        "C5（上级单位）：没有找到唯一的单位。请填写全称或统一社会信用代码；尚未登记的单位请先登记"
    ]
    lab = Organisation.objects.get(name="云澜理工大学材料学院实验室")
    assert lab.parent.parent.name == "云澜理工大学"
    assert taken(cast.officer, "organisation", rows, words=done.mapping["words"]).counts["same"] == 3


def test_a_row_that_names_a_bad_row_is_bad_too(cast):
    rows = [
        ["单位名称", "单位性质", "上级单位", "成立日期"],
        ["青岑下属所", "大学", "青岑上级所", None],
        ["青岑上级所", "大学", None, "2026-02-30"],
    ]
    found = checked(cast.officer, "organisation", rows)
    assert told(found) == [
        "第2行：所指的单位在第3行，那一行不能导入。请先改正那一行",
        "D3（成立日期）：日历上没有这一天。请核对月份和日期",
    ]


def test_possible_duplicates_are_shown_and_left_out_unless_asked_for(cast, firm):
    rows = [["企业名称", "单位性质"], ["岑科材料", "企业"], ["云澜另一家有限公司", "企业"]]
    done = taken(cast.officer, "organisation", rows)
    assert (done.counts["possible"], done.counts["taken_new"]) == (1, 1)
    assert done.rows.get(number=2).possible == [
        [
            firm.subject,
            firm.name,
            "名称是它的简称、别名或旧称",
            "The name is a short, other or former name of it",
        ]
    ]
    assert taken(cast.officer, "organisation", rows, with_possible=True).counts["taken_new"] == 1


def test_two_instruments_of_one_model_are_two(cast, firm):
    rows = [
        ["仪器名称", "所属单位", "规格型号", "资产编号", "原值（万元）"],
        ["电子显微镜", "岑科新材", "SU-8", "A1", 300],
        ["电子显微镜", "岑科新材", "SU-8", "A2", 310],
    ]
    assert taken(cast.officer, "equipment", rows).counts["taken_new"] == 2
    rows[2][4] = 320
    assert outcomes(taken(cast.officer, "equipment", rows)) == ["same", "changed"]


def sample(field):
    """Something that a person would write under the heading of a field."""
    if field.shape in (Shape.CODE, Shape.CODES):
        tree = vocabulary.code_tree(field.vocabulary)
        return tree.name(next(code.code for code in tree if tree.find(code.zh) == code.code))
    if field.shape is Shape.DATE:
        return (
            "2020-06-30"
            if field.past or "least" in field.name or field.name == "valid_from"
            else "2030-06-30"
        )
    return {
        Shape.USCC: uscc(7), Shape.IP_NUMBER: "201710601862.3", Shape.MONEY: 12.5, Shape.NUMBER: 3, Shape.WHOLE: 3,
        Shape.YES_NO: "否", Shape.PARAMETERS: "抗拉强度 ≥ 500 MPa；硬度 ≤ 60 HRC", Shape.LINES: "第一项、第二项",
    }.get(field.shape, f"样例{field.name}")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_template_of_every_kind_can_be_filled_in_and_imported(kind, cast, firm):
    book = CalamineWorkbook.from_filelike(BytesIO(template_of(kind)))
    headings, example = book.get_sheet_by_index(0).to_python()[:2]
    assert len(headings) == len(kind.settable)
    assert example[0].startswith("（示例）")
    filled = [
        ""
        if field.name == "parent" or field.target == "achievement"
        else firm.name
        if field.target
        else sample(field)
        for field in kind.settable
    ]
    done = taken(cast.officer, kind.name, xlsx([headings, example, filled], "表"), "模板.xlsx")
    assert told(done) == []
    assert outcomes(done) == ["new"]
    entry = kind.model.objects.latest("pk")
    assert all(
        getattr(entry, field.name) not in (None, "", [])
        for field, text in zip(kind.settable, filled, strict=True)
        if text
    )
    assert outcomes(taken(cast.officer, kind.name, xlsx([headings, filled], "表"), "模板.xlsx")) == ["same"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_field_of_a_kind_has_its_words(kind):
    known = vocabulary.register_columns().fields(kind.name)
    assert set(known) == {field.name for field in kind.settable}
    wanted = importer_named(kind.name).wanted(None)
    assert all(str(one.label) and one.names for one in wanted)


def test_entries_come_of_age_as_the_pack_says():
    days = vocabulary.register_columns().confirm_within_days
    assert {kind: days(kind) for kind in KINDS} == {
        "organisation": 365, "person": 365, "achievement": 365, "patent": 365, "need": 180, "equipment": 365,
        "service": 365, "finance-product": 180, "space": 180, "document": None,
    }  # fmt: skip


def test_new_entries_count_as_confirmed_today(cast):
    taken(cast.officer, "organisation", firms(1))
    assert Organisation.objects.get().confirmed_on == clock.today()

"""A sheet with a row for each unit and year becomes facts; the same sheet again changes nothing, and it can be undone."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import CalamineWorkbook

from huanchuang.accounts.models import User
from huanchuang.audit.models import Entry as AuditEntry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import current, history, value
from huanchuang.facts.services import correct_fact, record_fact
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Import
from huanchuang.registry.services import register_organisation, retire_organisation
from huanchuang.registry.services.imports import importer_named
from huanchuang.registry.tests.sheets import checked, outcomes, taken, told, undone

pytestmark = pytest.mark.django_db
Y2024, Y2025 = Period.year(2024), Period.year(2025)
HEAD = ["单位名称", "统一社会信用代码", "年度", "销售收入（万元）", "职工总数", "重大事故", "注册日期"]


def rows_of(firm, *years):
    return [HEAD, *([firm.name, firm.uscc.text, year, *more] for year, *more in years)]


@pytest.fixture
def sheet(firm):
    return rows_of(
        firm, [2024, 1234.5, 50, "否", dt.date(2016, 4, 18)], ["2025年度", "1,300", "52人", "否", None]
    )


def said(firm, key, period=Y2025):
    fact = value(firm.subject, key, period)
    return fact and (fact.value, fact.unit, fact.source_kind, fact.source_link)


def test_it_records_the_figures_of_every_row(cast, firm, sheet):
    done = taken(cast.officer, "facts", sheet, "2025年报.xlsx")
    assert (done.state, outcomes(done), told(done)) == ("done", ["new", "new"], [])
    assert said(firm, "sales-revenue", Y2024) == ("12345000", "元", "import", "2025年报.xlsx")
    assert value(firm.subject, "sales-revenue", Y2024).given == "1234.5万元"
    assert said(firm, "sales-revenue") == ("13000000", "元", "import", "2025年报.xlsx")
    assert said(firm, "staff") == ("52", "人", "import", "2025年报.xlsx")
    assert said(firm, "major-accident") == ("no", "", "import", "2025年报.xlsx")
    assert said(firm, "registered-on", Y2024)[0] == "2016-04-18"
    assert Fact.objects.count() == 7


def test_checking_writes_nothing(cast, sheet):
    assert checked(cast.officer, "facts", sheet).counts["new"] == 2
    assert not Fact.objects.exists()


def test_the_same_sheet_again_changes_nothing(cast, sheet):
    taken(cast.officer, "facts", sheet)
    before = list(Fact.objects.values())
    again = taken(cast.officer, "facts", sheet)
    assert outcomes(again) == ["same", "same"]
    assert list(Fact.objects.values()) == before


def test_it_supersedes_what_another_sheet_said(cast, firm, sheet):
    taken(cast.officer, "facts", sheet, "初报.xlsx")
    better = rows_of(firm, [2025, 1305, 52, "否", None])
    done = taken(cast.officer, "facts", better, "终报.xlsx")
    assert outcomes(done) == ["changed"]
    (row,) = done.rows.all()
    assert list(row.values) == ["sales-revenue"]
    assert said(firm, "sales-revenue") == ("13050000", "元", "import", "终报.xlsx")
    assert [fact.value for fact in history(firm.subject, "sales-revenue", Y2025)] == ["13050000", "13000000"]
    assert said(firm, "staff")[3] == "初报.xlsx"


def test_it_leaves_what_other_sources_say(cast, firm, sheet):
    record_fact(SYSTEM, firm.subject, "staff", Y2025, "60", "人", "report")
    taken(cast.officer, "facts", sheet)
    assert said(firm, "staff")[:3] == ("60", "人", "report")
    assert current().filter(subject=firm.subject, key="staff", period=Y2025).count() == 2


def test_it_reads_years_in_the_headings(cast, firm):
    rows = [
        ["企业名称", "2024年营业收入净额（万元）", "2025年营业收入净额（万元）", "2025年末职工总数"],
        [firm.name, 100, 120, 9],
    ]
    done = taken(cast.officer, "facts", rows)
    assert (outcomes(done), told(done)) == (["new"], [])
    assert said(firm, "sales-revenue", Y2024)[0] == "1000000"
    assert said(firm, "sales-revenue")[0] == "1200000"
    assert said(firm, "staff")[0] == "9"


def test_it_reads_a_heading_of_two_rows_under_a_title(cast, firm):
    rows = [
        ["青岑区企业年度数据"],
        ["单位：万元"],
        ["企业名称", "2025年", None],
        [None, "销售收入", "研发费用"],
        [firm.name, 120, 8],
        ["合计", 120, 8],
    ]
    done = taken(cast.officer, "facts", rows)
    assert outcomes(done) == ["new"], told(done)
    assert said(firm, "sales-revenue")[0] == "1200000"
    assert said(firm, "rd-expense")[0] == "80000"


def test_one_year_may_be_given_for_all_rows(cast, firm):
    done = taken(
        cast.officer, "facts", [["企业名称", "职工总数"], [firm.name, 9]], constants={"period": "2025"}
    )
    assert outcomes(done) == ["new"]
    assert said(firm, "staff")[0] == "9"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["没有登记的公司", None, 2025, 1, 1], "登记簿里没有“没有登记的公司”"),
        ([None, None, 2025, 1, 1], "没有写是哪个单位的"),
        (["云澜岑科新材料有限公司", None, None, 1, 1], "没有写年度"),
        (["云澜岑科新材料有限公司", None, "第五纪", 1, 1], "C2（年度）"),
        (["云澜岑科新材料有限公司", None, 2025, "很多", 1], "D2（销售收入）"),
        (["云澜岑科新材料有限公司", None, 2025, 1.23456789, 1], "不足一分"),
        (["云澜岑科新材料有限公司", None, 2025, 1, -3], "不会小于0人"),
        (["青岑微光电子有限公司", "91350100M000100Y43", 2025, 1, 1], "代码是“云澜岑科新材料有限公司”的"),
    ],
)
def test_it_says_in_which_cell_what_is_wrong(cast, firm, other_firm, row, problem):
    found = checked(cast.officer, "facts", [HEAD[:5], row])
    assert outcomes(found) == ["problem"]
    assert any(problem in line for line in told(found)), told(found)


def test_it_takes_the_good_rows_and_leaves_the_bad(cast, firm, other_firm):
    rows = [["单位名称", "年度", "职工总数"], [firm.name, 2025, 9], [other_firm.name, 2025, "很多"]]
    done = taken(cast.officer, "facts", rows)
    assert outcomes(done) == ["new", "problem"]
    assert said(firm, "staff")[0] == "9"
    assert said(other_firm, "staff") is None


def test_a_figure_twice_in_a_sheet_is_taken_once_or_refused(cast, firm):
    rows = [
        ["单位名称", "年度", "职工总数"],
        [firm.name, 2025, 9],
        [firm.name, 2025, 9],
        [firm.name, 2025, 10],
    ]
    found = checked(cast.officer, "facts", rows)
    assert outcomes(found) == ["new", "same", "problem"]
    assert "第2行已给出 9人" in told(found)[0]


def test_it_refuses_a_retired_unit(cast, firm):
    retire_organisation(SYSTEM, firm, firm.version, reason="注销")
    found = checked(cast.officer, "facts", [["单位名称", "年度", "职工总数"], [firm.name, 2025, 9]])
    assert "已停用" in told(found)[0]


def test_a_clerk_brings_in_the_figures_of_the_own_unit_only(people, firm, other_firm):
    rows = [
        ["单位名称", "年度", "职工总数"], [firm.name, 2025, 9], [other_firm.name, 2025, 9], ["没有这一家", 2025, 9],
    ]  # fmt: skip
    found = checked(people.clerk, "facts", rows)
    assert outcomes(found) == ["new", "problem", "problem"]
    assert (
        told(found)[0].partition("：")[2] == told(found)[1].partition("：")[2]
    )  # nobody learns who is there


def test_a_clerk_never_brings_in_what_the_authority_judges(people, firm):
    found = checked(people.clerk, "facts", [["单位名称", "年度", "创新能力评分"], [firm.name, 2025, 90]])
    assert outcomes(found) == ["problem"]
    assert "由主管部门填写" in told(found)[0]


def test_it_is_undone_as_one(cast, firm, sheet):
    taken(cast.officer, "facts", rows_of(firm, [2025, 1000, 40, None, None]), "初报.xlsx")
    done = taken(cast.officer, "facts", sheet, "终报.xlsx")
    undone(cast.officer, done)
    assert said(firm, "sales-revenue") == ("10000000", "元", "import", "初报.xlsx")
    assert said(firm, "staff")[0] == "40"
    assert said(firm, "sales-revenue", Y2024) is None
    assert history(firm.subject, "staff", Y2024)[0].withdrawn_because == "撤销导入：终报.xlsx"
    assert AuditEntry.objects.filter(verb="registry.import.undo").count() == 1


def test_an_undo_keeps_what_was_corrected_since_and_says_so(cast, firm, sheet):
    done = taken(cast.officer, "facts", sheet)
    correct_fact(SYSTEM, value(firm.subject, "staff", Y2025), "53", "人", "录错一位")
    undone(cast.officer, done)
    assert said(firm, "staff")[0] == "53"
    assert said(firm, "sales-revenue") is None
    kept = [line for row in Import.objects.get(pk=done.pk).rows.all() for line in row.kept]
    assert kept == [
        [
            "职工总数：导入后又被更正或撤回，保留现在的数值",
            "Number of staff: corrected or withdrawn since, kept",
        ]
    ]


def test_the_template_can_be_filled_in_and_brought_back(cast, firm):
    """Every heading of the template is understood; its example is left out."""
    book = CalamineWorkbook.from_filelike(BytesIO(importer_named("facts").template()))
    head, example, *_ = book.get_sheet_by_index(0).to_python()
    keys = [vocabulary.fact_dictionary().key(title.partition("（")[0]) for title in head[3:]]
    filled = [{"yes-no": "否", "date": "2020-01-01"}.get(key.value_type, "1") for key in keys]
    done = taken(cast.officer, "facts", [head, example, [firm.name, firm.uscc.text, "2025", *filled]])
    assert (outcomes(done), told(done)) == (["new"], [])
    assert set(Fact.objects.values_list("key", flat=True)) == {key.code for key in keys}
    assert said(firm, "sales-revenue")[:2] == ("10000", "元")


def test_the_pages_of_imports_offer_it(client, people, firm, sheet):
    client.force_login(people.officer)
    assert "年度数据" in client.get(reverse("registry:imports")).content.decode()
    done = checked(people.officer, "facts", sheet)
    page = client.get(reverse("registry:import", args=[done.pk])).content.decode()
    for word in ("销售收入 · 2024年", "1,234.5万元", firm.name):
        assert word in page
    assert client.get(reverse("registry:import-columns", args=[done.pk])).status_code == 200
    assert client.get(reverse("registry:import-template", args=["facts"])).status_code == 200
    client.force_login(people.leader)
    assert client.get(reverse("registry:import-new", args=["facts"])).status_code == 403


class UndoBringsBack(TestCase):
    """Property: after an import is undone the current facts are those from before it, and the past stays as it was known."""

    @classmethod
    def setUpTestData(cls):
        cls.firms = [
            register_organisation(SYSTEM, name=name, kind="company") for name in ("甲公司", "乙公司")
        ]
        cls.officer = User.objects.create_user("officer-of-imports", role="officer", name="科长")

    figures = st.dictionaries(
        st.tuples(st.integers(0, 1), st.sampled_from((2024, 2025))),
        st.tuples(st.none() | st.integers(1, 3), st.none() | st.integers(1, 3)),
        max_size=4,
    )

    @settings(deadline=None, max_examples=25)
    @given(figures, figures)
    def test_an_undone_import_leaves_no_trace_among_the_current_facts(self, first, second):
        Fact.objects.all()._raw_delete("default")  # rows point at each other
        self._import(first, "一.xlsx")
        before = self._view()
        done = self._import(second, "二.xlsx")
        for (unit, year), (staff, tech) in second.items():
            for key, number in (("staff", staff), ("tech-staff", tech)):
                if number is not None:
                    assert value(self.firms[unit].subject, key, Period.year(year)).value == str(number)
        if done is not None and (done.counts["taken_new"] or done.counts["taken_changed"]):
            undone(self.officer, done)
        assert self._view() == before

    def _import(self, figures, name):
        if not figures:
            return None
        rows = [[self.firms[unit].name, year, *numbers] for (unit, year), numbers in figures.items()]
        return taken(self.officer, "facts", [["单位名称", "年度", "职工总数", "科技人员数"], *rows], name)

    def _view(self):
        return {(f.subject, f.key, f.period.code, f.value, f.unit, f.source_link) for f in current()}

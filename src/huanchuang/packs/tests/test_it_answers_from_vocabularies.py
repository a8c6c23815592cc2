"""What other rooms ask the vocabularies."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.packs import vocabulary

FACTS_OF_THE_ASSESS_FILE = [
    "注册日期",
    "职工总数",
    "科技人员数",
    "销售收入",
    "总收入",
    "成本费用总额",
    "资产总额",
    "净资产",
    "研发费用",
    "境内研发费用",
    "高新技术产品收入",
    "一类知识产权数",
    "二类知识产权数",
    "年均成果转化数",
    "技术领域符合",
    "知识产权支撑主要产品",
    "创新能力评分",
    "重大事故",
    "严重失信",
    "居民企业",
    "产品属禁限淘汰",
    "有效高企证书",
    "五年内国家科技奖",
    "省部级研发机构",
    "主导标准",
    "行业代码",
    "地区代码",
]


class TestRegions:
    def test_it_writes_full_names_without_grouping_levels(self):
        assert vocabulary.regions().full_name("500117") == "重庆市合川区"
        assert vocabulary.regions().full_name("419001") == "河南省济源市"
        assert vocabulary.regions().full_name("370102") == "山东省济南市历下区"

    def test_it_offers_counties_right_below_a_municipality(self):
        children = vocabulary.regions().children("500000")
        assert len(children) == 38
        assert "500117" in children

    def test_it_finds_by_name_short_name_and_full_name(self):
        find = vocabulary.regions().find
        assert find("合川区") == find("合川") == find("重庆市合川区") == "500117"
        assert find("济南市历下区") == "370102"
        assert find("内蒙古") == "150000"

    def test_it_does_not_guess_between_regions_of_one_name(self):
        assert vocabulary.regions().find("朝阳区") is None
        assert vocabulary.regions().find_all("朝阳区") == ("110105", "220104")
        assert vocabulary.regions().find("长春市朝阳区") == "220104"

    def test_it_takes_the_class_where_a_group_holds_only_a_class_of_its_name(self):
        industries = vocabulary.industries()
        assert industries.find_all("卫生材料及医药用品制造") == ("277", "2770")
        assert industries.find("卫生材料及医药用品制造") == "2770"

    def test_it_finds_nothing_for_an_unknown_name(self):
        assert vocabulary.regions().find("青丘区") is None

    def test_it_merges_the_demonstration_region(self):
        regions = vocabulary.regions()
        assert regions.full_name("990101") == "云澜市青岑区"
        assert regions.find("青岑区") == "990101"
        assert regions.is_within("990101", "990000")
        assert not regions.is_within("500117", "990000")

    def test_it_names_the_nearest_code_for_an_unknown_one(self):
        with pytest.raises(ProblemError, match="您是不是想写“50011"):
            vocabulary.regions().name("50011")

    def test_it_holds_all_three_levels(self):
        levels = [code.level for code in vocabulary.regions()]
        assert levels.count("province") == 34 + 1
        assert levels.count("city") > 330
        assert levels.count("county") > 2840

    def test_it_holds_no_development_zones(self):
        names = [code.zh for code in vocabulary.regions()]
        assert not [name for name in names if "开发区" in name or "示范区" in name]

    @given(st.sampled_from(list(vocabulary.regions())))
    def test_every_region_is_found_by_its_full_name(self, code):
        regions = vocabulary.regions()
        if code.level != "grouping":
            assert code.code in regions.find_all(regions.full_name(code.code))

    @given(st.sampled_from(list(vocabulary.regions())))
    def test_every_region_is_within_its_ancestors(self, code):
        regions = vocabulary.regions()
        assert all(regions.is_within(code.code, above) for above in regions.ancestors(code.code))


class TestIndustries:
    def test_it_has_the_sizes_of_the_standard(self):
        levels = [code.level for code in vocabulary.industries()]
        sizes = [levels.count(level) for level in ("section", "division", "group", "class")]
        assert sizes == [20, 97, 473, 1381]

    def test_a_class_lies_within_its_division_and_section(self):
        industries = vocabulary.industries()
        assert industries.is_within("2661", "26")
        assert industries.is_within("2661", "C")
        assert industries.name("C", "en") == "Manufacturing"


class TestFields:
    def test_there_are_eight(self):
        assert len(vocabulary.high_tech_fields().roots()) == 8


class TestKindsOfOrganisations:
    def test_a_university_is_academic(self):
        kinds = vocabulary.organisation_kinds()
        assert kinds.parent("university") == "academic"
        assert kinds.find("专班") == "task-force"
        assert kinds.full_name("bank", "en") == "Financial institution / Bank"


class TestFacts:
    @pytest.mark.parametrize("name", FACTS_OF_THE_ASSESS_FILE)
    def test_it_knows_the_columns_of_the_assess_file(self, name):
        assert vocabulary.fact_dictionary().key(name).zh == name

    def test_it_is_large_enough(self):
        assert len(vocabulary.fact_dictionary()) >= 60

    def test_it_takes_codes_names_and_aliases(self):
        facts = vocabulary.fact_dictionary()
        assert (
            facts.key("rd-expense")
            is facts.key("研发费用")
            is facts.key("研发投入")
            is facts.key("R&D expense")
        )

    def test_it_guesses_what_was_meant(self):
        with pytest.raises(ProblemError, match="您是不是想写“研发费用总额”"):
            vocabulary.fact_dictionary().key("研发费用总和")

    def test_money_is_kept_in_yuan_and_the_rest_has_units_of_its_type(self):
        for key in vocabulary.fact_dictionary():
            assert (key.unit == "元") == (key.value_type == "money")
            assert bool(key.unit) == (key.value_type in ("money", "count", "ratio", "quantity"))

    def test_facts_of_type_code_name_a_vocabulary_there_is(self):
        for key in vocabulary.fact_dictionary():
            if key.value_type == "code":
                assert len(vocabulary.code_tree(key.vocabulary)) > 0

    def test_it_lists_what_a_region_may_have(self):
        codes = {key.code for key in vocabulary.fact_dictionary().about("region")}
        assert "contract-value" in codes
        assert "staff" not in codes


class TestGlossary:
    def test_each_english_form_belongs_to_one_term(self):
        forms = [term.en.casefold() for term in vocabulary.glossary()]
        assert len(forms) == len(set(forms))

    def test_aliases_lead_to_the_term(self):
        assert vocabulary.glossary().english("高企") == "high-tech enterprise"
        assert vocabulary.glossary().get("Close-Out").zh == "销号"
        assert vocabulary.glossary().get("无此词") is None


class TestWorkCalendar:
    @pytest.mark.parametrize(
        ("day", "is_worked"),
        [
            (date(2019, 1, 1), False),
            (date(2019, 4, 28), True),
            (date(2020, 1, 31), False),
            (date(2020, 2, 1), False),
            (date(2020, 2, 3), True),
            (date(2023, 6, 25), True),
            (date(2024, 2, 9), True),
            (date(2025, 10, 8), False),
            (date(2026, 9, 20), True),
            (date(2026, 6, 30), True),
        ],
    )
    def test_it_knows_holidays_and_make_up_days(self, day, is_worked):
        assert vocabulary.work_calendar().is_workday(day) is is_worked

    def test_later_years_are_weekends_only_and_provisional(self):
        calendar = vocabulary.work_calendar()
        assert calendar.known_years == frozenset(range(2019, 2027))
        assert calendar.is_provisional(2027)
        assert calendar.is_workday(date(2027, 10, 1))

    @pytest.mark.parametrize(
        ("year", "worked"),
        [
            (2019, 250),
            (2020, 249),
            (2021, 250),
            (2022, 249),
            (2023, 249),
            (2024, 251),
            (2025, 248),
            (2026, 248),
        ],
    )
    def test_every_year_has_its_number_of_working_days(self, year, worked):
        calendar = vocabulary.work_calendar()
        days = (date(year, 1, 1) + timedelta(days=offset) for offset in range(366))
        assert sum(calendar.is_workday(day) for day in days if day.year == year) == worked


def test_a_missing_vocabulary_is_told():
    with pytest.raises(ProblemError, match="您是不是想写“regions”"):
        vocabulary.code_tree("region")


def test_loading_needs_no_framework():
    """The packs room runs without Django, as the fence demands, in a process of its own."""
    script = (
        "import sys; from huanchuang.packs import vocabulary as v; v.regions(); v.industries(); v.fact_dictionary(); "
        "v.glossary(); v.work_calendar(); v.high_tech_fields(); v.organisation_kinds(); "
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "[]"

"""The scanner finds figures with unit, comparator and place, and leaves alone what only looks like one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import find_unit, scan_figures


def only(text):
    """The single figure of a text."""
    (figure,) = scan_figures(text)
    return figure


def short(figure):
    """Value, upper end, unit and comparator of a figure."""
    ends = f"{figure.value:f}" if figure.value_max is None else f"{figure.value:f}..{figure.value_max:f}"
    return f"{figure.comparator} {ends} {figure.unit}"


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("高新技术企业突破250家，", "突破250家", "> 250 家"),
        ("占GDP比重达到10%以上", "达到10%以上", ">= 10 %"),
        ("力争60%以上的规上企业建立研发平台", "60%以上", ">= 60 %"),
        ("常驻研发人员达到100人以上", "达到100人以上", ">= 100 人"),
        ("机构50 家以上", "50 家以上", ">= 50 家"),
        ("带动上下游50余家企业", "50余家", "> 50 家"),
        ("签署协议共90余份", "共90余份", "> 90 份"),
        ("学术交流近150场次", "近150场次", "~ 150 场次"),
        ("农机总动力稳定在11亿千瓦左右", "稳定在11亿千瓦左右", "~ 11 亿千瓦"),
        ("基金规模26.9亿元", "26.9亿元", "= 26.9 亿元"),
        ("技术合同成交额增长30%以上", "增长30%以上", "growth 30 %"),
        ("提高3—5个百分点", "提高3—5个百分点", "growth 3..5 个百分点"),
        ("新增10~20 个平台", "10~20 个", "range 10..20 个"),
        ("规模在5000万元（含）至1亿元的企业", "5000万元（含）至1亿元", "range 0.5..1 亿元"),
        ("覆盖率提高到50%", "提高到50%", "= 50 %"),
        ("一般不超过15个工作日", "不超过15个工作日", "<= 15 个工作日"),
        ("控制在3%以内", "控制在3%以内", "<= 3 %"),
        ("每家最高支持200万元", "最高支持200万元", "<= 200 万元"),
        ("注册资本不低于人民币100万元", "不低于人民币100万元", ">= 100 万元"),
        ("不足10家的", "不足10家", "< 10 家"),
        ("科研人员占比≥30%", "≥30%", ">= 30 %"),
        ("百分之三十以上", "百分之三十以上", ">= 30 %"),
        ("占三分之一", "三分之一", "= 33.33 %"),
        ("承担投资的2/3", "2/3", "= 66.67 %"),
        ("发明专利转化率翻一番", "翻一番", "growth 100 %"),
        ("新型研发机构实现全覆盖", "实现全覆盖", "= 100 %"),
        ("占一半以上", "一半以上", ">= 50 %"),
        ("约三成以上", "约三成以上", ">= 30 %"),
        ("连续举办三届大赛", "三届", "= 3 届"),
        ("聚集二十余家机构", "二十余家", "> 20 家"),
        ("至少一家", "至少一家", ">= 1 家"),
        ("安排五百万元", "五百万元", "= 500 万元"),
        ("新设企业1万6千多户", "1万6千多户", "> 1.6 万户"),
        ("产值突破千亿元", "突破千亿元", "> 1000 亿元"),
        ("惠及6000多万农村人口", "6000多万", "> 6000 万人"),
        ("解决3亿多农村人口饮水", "3亿多", "> 3 亿人"),
        ("带动2000万左右城乡居民增收", "2000万左右", "~ 2000 万人"),
        ("贫困人口减少5000多万", "减少5000多万", "> 5000 万人"),
        ("惠及300万个体工商户", "300万", "= 300 万户"),
        ("销量突破800万", "突破800万", "> 800 万"),
        ("玻璃产能400万重量箱", "400万重量箱", "= 400 万重量箱"),
        ("申报材料精简60%", "精简60%", "growth 60 %"),
        ("压减涉企收费项目35%", "35%", "growth 35 %"),
        ("削减后留用项目占35%", "35%", "= 35 %"),
        ("处违法所得2倍以上6倍以下的罚款", "2倍以上6倍以下", "range 2..6 倍"),
        ("连续两年亏损", "两年", "= 2 年"),
        ("期限最长3年", "最长3年", "<= 3 年"),
        ("工作温度-20℃～80℃", "-20℃～80℃", "range -20..80 ℃"),
        ("企业１，２００家", "１，２００家", "= 1200 家"),
        ("增长６．５％", "增长６．５％", "growth 6.5 %"),
        ("平台3家以\n上", "3家以\n上", ">= 3 家"),
        ("机构10\n个以上", "10\n个以上", ">= 10 个"),
    ],
)
def test_it_reads_the_figures_of_plans(text, phrase, expected):
    figure = only(text)
    assert (figure.text, short(figure)) == (phrase, expected)
    assert text[figure.start : figure.end] == phrase


@pytest.mark.parametrize(
    "text",
    [
        "渝科局发〔2020〕153号",
        "市政协五届五次会议第0328号提案",
        "第3次会议，第一届，第3—5条，第一、二、三批",
        "2020年12月31日，6月底前，2020—2025年，2021年至2025年，二〇〇四年十月十五日",
        "联系电话：023-68511253，邮编401221，18183033323",
        "一城两院八校，“1+10+N”，1+10+N体系，“4100”建设",
        "《支持100家企业三年行动方案》",
        "《关于〈50项措施〉的通知》",
        "三个代表，四大工程，三项制度，两个维护，一批项目，五位一体，九条措施",
        "近三年，未来五年，过去3年，每年，五年来",
        "2020人力资源管理高峰论坛",
        "5G基站，PM2.5浓度，2D异构，IPv6",
        "前10名，名列第5位",
        "上午9时30分，5月3日内蒙古地震，改革开放40周年",
        "百亿级产业，千家万户，百强企业",
        "健全覆盖城乡的体系，多层次、全覆盖、人性化",
        "1.完善机制\n2.强化保障",
        "11500000009276804M/2022-00245",
    ],
)
def test_it_leaves_alone_what_is_no_figure(text):
    assert [figure.text for figure in scan_figures(text)] == []


def test_it_gives_base_units_and_exact_shares():
    figure = only("总动力超过1.2亿千瓦")
    assert (figure.value_base, figure.unit_base, figure.scale, figure.dimension) == (
        Decimal(120_000_000),
        "千瓦",
        "亿",
        "power",
    )
    third = only("占三分之一")
    assert (third.exact.numerator, third.exact.denominator) == (100, 3)
    assert only("实现全覆盖").implied
    assert only("投入3—5亿元").value_max_base == 500_000_000


def test_growth_keeps_how_it_binds():
    assert [
        (figure.comparator, figure.bound)
        for figure in scan_figures("增长30%以上，同比增长约15%，增长不低于10%")
    ] == [
        ("growth", ">="),
        ("growth", "~"),
        ("growth", ">="),
    ]


def test_values_told_apart_come_one_by_one():
    figures = scan_figures("种植、收获机械化率分别达到65%和55%；收入、利润分别增长10%和20%")
    assert [short(figure) for figure in figures] == ["= 65 %", "= 55 %", "growth 10 %", "growth 20 %"]


def test_conditions_of_support_come_one_by_one():
    text = "处3个月以上6个月以下；营业收入5000万元以上2亿元以下的，按10%给予补助，最高不超过100万元"
    assert [short(figure) for figure in scan_figures(text)] == [
        "range 3..6 个月",
        "range 0.5..2 亿元",
        "= 10 %",
        "<= 100 万元",
    ]


def test_the_noun_holds_for_both_ends_of_a_change():
    visits = scan_figures("出境旅游人次由3000万增加到4千多万")
    assert [short(figure) for figure in visits] == ["= 3000 万人次", "> 4 千万人次"]
    insured = scan_figures("参保人数从2亿增加到2.4亿")
    assert [short(figure) for figure in insured] == ["= 2 亿人", "= 2.4 亿人"]


def test_it_tells_the_cues_of_the_clause():
    assert only("2020年，力争累计新增企业100家").cues == ("力争", "累计", "新增")
    assert only("基地各100个").cues == ("各",)


@given(
    st.integers(1, 10**9),
    st.sampled_from(["家", "个", "项", "万元", "亿元", "%", "人次", "平方米", "个百分点"]),
)
def test_any_number_with_a_unit_is_found_with_its_place(value, unit):
    text = f"全市共有机构{value}{unit}，比重较高"
    figure = only(text)
    assert (figure.value, figure.unit) == (value, unit)
    assert text[figure.number_start : figure.number_end] == f"{value}{unit}"


PIECES = st.sampled_from(
    [
        *'一二三十百千万亿年月日第前近约超家个项元%至—-~,，.。《》“”"+/〔〕()（） \n多余',
        "12",
        "2026",
        "0.5",
        "百分之",
        "以上",
        "增长",
        "全覆盖",
        "翻一番",
        "１２",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_text_breaks_it_and_places_always_fit(text):
    last = -1
    for figure in scan_figures(text):
        assert figure.start <= figure.number_start < figure.number_end <= figure.end
        assert text[figure.start : figure.end] == figure.text
        assert figure.number_start > last
        assert find_unit(figure.unit) is not None
        assert figure.value_max is None or figure.value_max > figure.value
        last = figure.number_start


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "1,",
        "1,111",
        "1-",
        "1.",
        "1 ",
        "1\n",
        "第1、",
        "《",
        "“",
        '"',
        "最高",
        "增长了",
        "百分之",
        "1万",
        "3家至",
        "以\n",
        "一、",
    ],
)
def test_long_repetitions_take_linear_time(piece):
    """A run of 200 000 characters: quadratic time would keep this test busy for minutes instead of a moment."""
    assert len(scan_figures(piece * (200_000 // len(piece)))) <= 200_000

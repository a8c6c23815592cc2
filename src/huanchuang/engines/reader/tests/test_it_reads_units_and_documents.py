"""Who has to do it, who leads, and which documents are to be issued."""

from __future__ import annotations

import pytest

from huanchuang.engines.reader.tests.papers import PLAN

HEAD = "关于某事的意见\n各区县人民政府：\n一、任务\n"


def units(result):
    return [(list(r.units), list(r.lead)) for r in result.responsibilities]


def test_it_reads_the_units_of_a_plan(reading):
    found = {r.task_id: (r.units, r.lead) for r in reading(PLAN).responsibilities}
    assert found["3.1.1"] == (("区科技局", "区财政局", "青禾经开区管委会"), ("区科技局",))
    assert found["3.1.2"] == (("区科技局", "区教委", "各街道办事处"), ())
    assert found["4.1"] == (("区发展改革委",), ())
    assert found["4.2"] == (("区政府督查室", "区科技局"), ())


@pytest.mark.parametrize(
    ("bracket", "names", "lead"),
    [
        ("（市科技局、市教育局等负责）", ["市科技局", "市教育局"], []),
        ("（市科技局牵头，市财政局、市教育局参与）", ["市科技局", "市财政局", "市教育局"], ["市科技局"]),
        (
            "（牵头单位：市科技局；配合单位：市财政局、各区县）",
            ["市科技局", "市财政局", "各区县"],
            ["市科技局"],
        ),
        (
            "（工业和信息化部、文化和旅游部和各省级人民政府负责）",
            ["工业和信息化部", "文化和旅游部", "各省级人民政府"],
            [],
        ),
        ("（市科技局、市财政局牵头负责）", ["市科技局", "市财政局"], ["市科技局", "市财政局"]),
        ("（负责部门：商务部，适用范围：某自贸试验区）", ["商务部"], []),
        ("（责任领导：李某某；责任单位：经济开发区、各镇（街道））", ["经济开发区", "各镇（街道）"], []),
        ("（市科技局、市教育局按职责分工负责）", ["市科技局", "市教育局"], []),
    ],
)
def test_it_reads_brackets(reading, bracket, names, lead):
    assert units(reading(f"{HEAD}（一）推进工作。内容如此。{bracket}")) == [(names, lead)]


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位者为牵头单位",
        "排在第一位的部门为牵头部门",
        "排在首位的为牵头单位",
        "列首位的单位牵头",
        "第一单位为牵头单位",
    ],
)
def test_the_first_leads_where_the_paper_says_so_once(reading, rule):
    text = (
        HEAD
        + f"（一）甲。内容。（市科技局、市财政局负责。{rule}，下同）\n（二）乙。内容。（市教育局、市科技局负责）"
    )
    assert units(reading(text)) == [
        (["市科技局", "市财政局"], ["市科技局"]),
        (["市教育局", "市科技局"], ["市教育局"]),
    ]


def test_it_reads_lines_with_a_label(reading):
    text = HEAD + "（一）甲。内容。\n牵头单位：区科技局\n责任单位：区财政局、区教委"
    assert units(reading(text)) == [(["区科技局"], ["区科技局"]), (["区财政局", "区教委"], [])]


@pytest.mark.parametrize(
    ("sentence", "names", "lead"),
    [
        ("请财政部会同有关部门制定具体办法。", ["财政部", "有关部门"], []),
        ("科技部、财政部等有关部门要加强宣传。", ["科技部", "财政部"], []),
        ("建立由农业农村部牵头的协调机制。", ["农业农村部"], ["农业农村部"]),
        ("各省（区、市）人民政府要高度重视。", ["各省（区、市）人民政府"], []),
        ("西部开发办会同水利部研究提出意见。", ["西部开发办", "水利部"], []),
        ("各镇（街道）、各有关部门要按时报送。", ["各镇（街道）", "各有关部门"], []),
        ("由民政部综合上报国务院。", ["民政部"], []),
        ("区政府督查办牵头，每年督查一次。", ["区政府督查办"], ["区政府督查办"]),
        ("应急管理部门要会同公安部门排查。", ["应急管理部门", "公安部门"], []),
        ("科学技术局、经济和信息化局要建立台账。", ["科学技术局", "经济和信息化局"], []),
        ("具体名额由区人才办研究确定。", ["区人才办"], []),
        ("登记事项分别由区民政局和区市场监管局依法办理。", ["区民政局", "区市场监管局"], []),
        ("由区政府确定的审核机构进行审核。", ["审核机构"], []),
        ("承担试点任务的县级人民政府，要落实经费。", ["县级人民政府"], []),
        ("江苏省、浙江省等地区，应当加强协作。", ["江苏省", "浙江省"], []),
        ("住房城乡建设部门依法核实面积。", ["住房城乡建设部门"], []),
        ("各地区、各部门都要建立台账。", ["各地区", "各部门"], []),
        ("项目管理部门对在研项目要每年检查。", ["项目管理部门"], []),
        ("各有关部门根据本办法规定，负责日常监管。", ["各有关部门"], []),
        ("各高校、科研院所、智库以及其他科研力量要开放设施。", ["各高校", "科研院所"], []),
        ("各地区各有关部门要落实责任。", ["各地区", "各有关部门"], []),
        ("区政府作为建设主体，要落实责任。", ["区政府"], []),
        ("各级政府仍要过紧日子。", ["各级政府"], []),
        ("共建省市要派出干部。", ["共建省市"], []),
        (
            "环保总局正在修订规划，同时将会同水利部、建设部等有关部门研究。",
            ["环保总局", "水利部", "建设部"],
            [],
        ),
    ],
)
def test_it_reads_sentences_that_give_a_duty(reading, sentence, names, lead):
    assert units(reading(f"{HEAD}（一）推进工作。{sentence}")) == [(names, lead)]


@pytest.mark.parametrize(
    "sentence",
    [
        "推行部门联合监管。",
        "统筹做好部门联合抽查。",
        "打造全国样板（含二级机构）。",
        "创办领办企业，要注重质量。",
        "成员由教育部等部门负责同志组成。",
        "西部要加快发展。",
        "召集人由教育部主要负责同志担任。",
        "请批转各地执行。",
        "严格管理由区政府审定的重大项目。",
        "动员科研单位参与攻关。",
        "上述事项报区政府审批。",
        "自由贸易试验区要先行先试。",
    ],
)
def test_it_takes_no_other_words_for_units(reading, sentence):
    assert units(reading(f"{HEAD}（一）推进工作。{sentence}")) == []


def test_your_province_is_the_addressee(reading):
    text = "某厅关于有关问题的函\n东岭省人民政府：\n一、关于道路问题。\n请你省有关部门抓紧办理。"
    assert units(reading(text)) == [(["东岭省有关部门"], [])]


def test_it_reads_the_documents_of_a_plan(reading):
    assert [(i.title, i.task_id) for i in reading(PLAN).documents_to_issue] == [
        ("《青禾区概念验证中心管理办法》", "3.1.2"),
        ("高新技术企业倍增工作方案", "3.2"),
    ]


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("出台《甲办法》《乙细则》。", ["《甲办法》", "《乙细则》"]),
        ("出台《甲办法》和《乙细则》。", ["《甲办法》", "《乙细则》"]),
        ("编制产业技术路线图。", ["产业技术路线图"]),
        ("要结合实际制定实施意见。", ["实施意见"]),
        ("正在对《甲规划》进行修订。", ["《甲规划》"]),
        ("加强数据共享标准的制修订。", ["数据共享标准"]),
        ("2026年底前完成7个园区建设规划编制。", ["园区建设规划"]),
        ("抓紧制定出台成果转化实施细则。", ["成果转化实施细则"]),
        ("对现行的项目经费管理办法进行修订。", ["项目经费管理办法"]),
        ("各单位按照上述原则制定绩效考核办法。", ["绩效考核办法"]),
        ("区水务局拟继续做好节水规划编制工作。", ["节水规划"]),
    ],
)
def test_it_reads_documents_to_be_issued(reading, sentence, titles):
    assert [i.title for i in reading(f"{HEAD}（一）推进工作。{sentence}").documents_to_issue] == titles


@pytest.mark.parametrize(
    "sentence",
    [
        "已出台《甲办法》。",
        "先后制定了管理办法。",
        "落实国务院印发的《甲规划》。",
        "特制定如下实施方案。",
        "各部门在制定相关规定时，要听取意见。",
        "推进标准化建设。",
        "信息发布不规范、更新不及时。",
        "现公布修订后的《甲条例》。",
        "说明制定文件所依据的法规、规章和政策规定。",
        "起草并初步形成了平台组建方案。",
    ],
)
def test_it_leaves_out_what_is_issued_already(reading, sentence):
    assert reading(f"{HEAD}（一）推进工作。{sentence}").documents_to_issue == ()

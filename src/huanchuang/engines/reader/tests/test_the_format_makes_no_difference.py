"""One text gives one result, whether it comes as docx, pdf, html, txt or md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import huanchuang
from huanchuang.engines.reader import paper_from_bytes, read
from huanchuang.engines.reader.tests.papers import LETTER, PLAN, REPORT, as_docx, as_html, as_pdf

DEMO = Path(huanchuang.__file__).parent / "web" / "demo" / "plan" / "plan.txt"
LISTED = """青禾区科创服务提升行动工作方案
一、工作目标
2026年、2027年和2028年，新增科技服务机构分别达到12家、18家和25家，PM2.5年均浓度控制在35微克/立方米以内，闲置厂房动态清零。
二、重点任务
（一）建设概念验证中心。科技、教育、财政等有关部门要与有关高校协商确定建设名单，督促各镇街按月上报进展。具体支持办法由区科技局会同区财政局另行制定。
（二）办好路演。2026年4月—9月举办路演不少于6场，每场补助不超过每场次2万元。
青禾区人民政府办公室
2026年2月9日
"""
WRAP = re.compile(r".{1,36}[，。、；：）”》？！]{0,3}")
"""Lines of a pdf as Word sets them: no line begins with a closing sign."""
TEXTS = {"plan": PLAN, "letter": LETTER, "report": REPORT, "listed": LISTED, "demo": DEMO.read_text("utf-8")}


def in_pages(lines: list[str]) -> bytes:
    wrapped = [part for line in lines for part in WRAP.findall(line)]
    return as_pdf([wrapped[at : at + 30] for at in range(0, len(wrapped), 30)])


def said(reading):
    """All that was read, without places."""
    return {
        "head": (
            reading.document.title,
            reading.document.number,
            reading.document.date,
            reading.document.kind,
        ),
        "outline": [("".join(node.number.split()), node.level, node.parent) for node in reading.outline[1:]],
        "quantities": [
            (q.value, q.value_max, q.unit, q.comparator, q.kind, q.resolved, q.task_id)
            for q in reading.quantities
        ],
        "open": [(target.target_kind, target.task_id) for target in reading.targets_without_number],
        "deadlines": [(time.resolved, time.recurring, time.task_id) for time in reading.deadlines],
        "units": [(duty.units, duty.lead, duty.task_id) for duty in reading.responsibilities],
        "documents": [(issue.title, issue.task_id) for issue in reading.documents_to_issue],
    }


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_kind_of_file_gives_what_the_plain_text_gives(grammar, name):
    lines = [line.strip().replace("\u3000", "") for line in TEXTS[name].splitlines() if line.strip()]
    plain = "\n".join(lines) + "\n"
    expected = said(read(paper_from_bytes(plain.encode(), "txt"), grammar))
    assert expected["quantities"]
    files = {
        "docx": as_docx(plain),
        "html": as_html(plain),
        "md": plain.encode(),
        "pdf": in_pages(lines),
        "gb18030.txt": plain.encode("gb18030"),
    }
    for kind, data in files.items():
        assert said(read(paper_from_bytes(data, kind.rpartition(".")[2]), grammar)) == expected, kind


def test_lines_of_any_width_give_what_whole_paragraphs_give(grammar):
    lines = [line for line in LISTED.splitlines() if line]
    expected = said(read(paper_from_bytes(LISTED.encode(), "txt"), grammar))
    for width in (24, 28, 32, 40, 44):
        wrap = re.compile(f".{{1,{width}}}[，。、；：）”》？！]{{0,3}}")
        broken = "\n".join(part for line in lines for part in wrap.findall(line))
        assert said(read(paper_from_bytes(broken.encode(), "txt"), grammar)) == expected, width


SENTENCES = [
    line for text in TEXTS.values() for line in text.splitlines()[1:] if len(line) > 24 and "|" not in line
]


FEW_LINES = [
    "（一）强化统筹协调。成立生态圈建设工作专班，每季度召开一次调度会议，研究解决跨部门问题。（区科技局牵头，有关单位配合）",
    "到2028年，高新技术企业突破260家，研发投入强度达到3.2%以上，技术合同成交额年均增长20%左右，规上企业研发机构实现全覆盖，创新生态更加完善。",
    "（三）强化督查考核。建立工作台账，实行销号管理，每年开展一次专项督查，结果纳入年度考核。（区督查办牵头，区科技局配合）",
]
"""So few lines that only headings with a sentence in them show at which width the paper breaks."""


@settings(max_examples=40, deadline=None)
@example(paragraphs=FEW_LINES)
@given(paragraphs=st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=12, unique=True))
def test_any_paper_made_of_our_paragraphs_reads_the_same_from_docx_html_and_pdf(grammar, paragraphs):
    lines = ["青禾区科创服务提升行动工作方案", "一、重点任务", *(line.strip() for line in paragraphs)]
    plain = "\n".join(lines) + "\n"
    expected = said(read(paper_from_bytes(plain.encode(), "txt"), grammar))
    for kind, data in {"docx": as_docx(plain), "html": as_html(plain), "pdf": in_pages(lines)}.items():
        assert said(read(paper_from_bytes(data, kind), grammar)) == expected, kind

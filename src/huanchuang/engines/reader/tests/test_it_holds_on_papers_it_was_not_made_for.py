"""Floors of quality on papers that were labelled before the reader saw them, and properties on all papers we have."""

from __future__ import annotations

import importlib.util
import re
from random import Random  # noqa: TID251 - damage with a fixed seed

import pytest

from huanchuang.engines.reader import Paper, paper_from_bytes, read
from huanchuang.engines.reader.tests import labels
from huanchuang.engines.reader.tests.papers import as_docx, as_html, as_pdf

FLOORS = {
    "outline": 0.98,
    "levels": 0.97,
    "quantities": 0.95,
    "typed": 0.92,
    "deadlines": 0.95,
    "units": 0.9,
    "documents": 0.85,
}
MUTATIONS = 6
WRAP = re.compile(r".{1,36}[，。、；：）”》？！]{0,3}")
"""Lines of a pdf as Word sets them: no line begins with a closing sign."""
DUE = re.compile(
    r"(?:到|至)20[2-4]\d年[^。；\n]{0,30}?(?:达到|超过|突破|不低于|建成|新增)\D{0,8}?(\d[\d.]*)(?=[家个项%亿万])"
)


def scorer(shared):
    spec = importlib.util.spec_from_file_location("score_reader", shared / "tools" / "score_reader.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def collection(shared):
    return [
        *sorted((shared / "seeds").glob("*.txt")),
        *sorted((shared / "data" / "policy_dev").glob("*_*.txt")),
    ]


def items(reading):
    groups = (
        reading.quantities, reading.targets_without_number, reading.responsibilities, reading.deadlines,
        reading.documents_to_issue, reading.problems,
    )  # fmt: skip
    return [item for group in groups for item in group]


def said(reading):
    """What was read, without places."""
    return (
        [("".join(node.number.split()), node.level) for node in reading.outline[1:]],
        [(q.value, q.unit, q.comparator, q.kind, q.resolved) for q in reading.quantities],
        [(d.resolved, d.recurring) for d in reading.deadlines],
        [(r.units, r.lead) for r in reading.responsibilities],
        [issue.title for issue in reading.documents_to_issue],
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", labels.sets())
def test_the_floors_are_met(shared, grammar, name):
    score = scorer(shared).score
    total = {measure: [0, 0, 0] for measure in FLOORS}
    for text, gold in labels.papers(name, shared):
        data = read(paper_from_bytes(text.encode(), "txt"), grammar).as_data()
        for measure, row in score(gold, labels.comparable(data, gold)).items():
            counts = [row["hit"], row["miss"], row["extra"]]
            total[measure] = [a + b for a, b in zip(total.get(measure, [0, 0, 0]), counts, strict=True)]
    reached = {
        measure: 2 * hit / (2 * hit + miss + extra)
        for measure, (hit, miss, extra) in total.items()
        if hit + miss + extra
    }
    assert "deadlines" in reached
    assert {measure: f1 for measure, f1 in reached.items() if f1 < FLOORS.get(measure, 0)} == {}


@pytest.mark.shared
def test_every_span_is_exact_in_every_paper(shared, grammar):
    for file in collection(shared):
        paper = paper_from_bytes(file.read_bytes(), "txt", file.name)
        reading = read(paper, grammar)
        for item in items(reading):
            assert paper.text[item.start : item.end] == item.text, file.name
        for node in reading.outline[1:]:
            assert paper.text[node.start : node.end] == node.heading, file.name
        assert all(item.why for item in (*items(reading), *reading.outline)), file.name


@pytest.mark.shared
def test_no_figure_with_a_deadline_is_lost(shared, grammar):
    for file in collection(shared):
        paper = paper_from_bytes(file.read_bytes(), "txt", file.name)
        reading = read(paper, grammar)
        spans = [(q.start, q.end) for q in reading.quantities]
        for match in DUE.finditer(paper.text):
            assert any(start <= match.start(1) < end for start, end in spans), (file.name, match[0])


@pytest.mark.shared
def test_no_paper_cut_or_damaged_makes_it_fail(shared, grammar):
    chance = Random(20260301)
    signs = "，。、（）《》“”|\n年月0 9%万第一是：〔"
    for file in collection(shared):
        text = file.read_bytes().decode("utf-8-sig")[:6000]
        for _ in range(MUTATIONS):
            cut = text[chance.randrange(len(text)) :][: chance.randrange(1, 3000)]
            damaged = list(cut)
            for _ in range(chance.randrange(30)):
                at = chance.randrange(len(damaged))
                damaged[at] = chance.choice((chance.choice(signs), "", damaged[at] * 3))
            spoiled = "".join(damaged)
            for item in items(read(Paper(spoiled), grammar)):
                assert spoiled[item.start : item.end] == item.text


@pytest.mark.shared
def test_one_paper_gives_the_same_items_in_every_format(shared, grammar):
    for file in collection(shared):
        text = file.read_bytes().decode("utf-8-sig").replace("\u3000", "").replace("\r", "")
        lines = [line.strip() for line in text.split("\n") if line.strip() and "|" not in line]
        plain = "\n".join(lines) + "\n"
        broken = sum(len(line) > 20 and line[-1] not in "。：；" for line in lines) * 4 > len(lines)
        if "\ufffd" in plain or "&" in plain or broken or len(plain) > 8000:
            continue
        expected = said(read(Paper(plain), grammar))
        wrapped = [part for line in lines for part in WRAP.findall(line)]
        pages = [wrapped[at : at + 30] for at in range(0, len(wrapped), 30)]
        files = {"docx": as_docx(plain), "html": as_html(plain), "pdf": as_pdf(pages)}
        for kind, data in files.items():
            assert said(read(paper_from_bytes(data, kind), grammar)) == expected, (file.name, kind)

"""The JSON contract of design.md section 5, on our papers and on the seeds; floors of quality on the labels."""

from __future__ import annotations

import importlib.util
import json

import pytest

from huanchuang.engines.reader import paper_from_bytes, read
from huanchuang.engines.reader.tests.papers import BROKEN, LETTER, PLAN

KEYS = {
    "document": {"title", "number", "issuer", "date", "kind", "index_no", "addressee", "date_signed", "date_published", "annexes"},
    "outline": {"id", "level", "number", "heading", "start", "end", "parent"},
    "quantities": {
        "text", "start", "end", "indicator", "value", "value_max", "unit", "value_base", "unit_base", "comparator",
        "kind", "target_kind", "period", "resolved", "task_id", "duplicate_of",
    },
    "targets_without_number": {"text", "start", "end", "target_kind", "task_id"},
    "responsibilities": {"text", "start", "end", "units", "units_resolved", "lead", "task_id"},
    "deadlines": {"text", "start", "end", "resolved", "recurring", "task_id"},
    "documents_to_issue": {"title", "start", "end", "task_id"},
    "problems": {"text", "start", "end", "why"},
}  # fmt: skip
FLOORS = {
    "outline": 0.98,
    "levels": 0.97,
    "quantities": 0.95,
    "typed": 0.92,
    "deadlines": 0.95,
    "units": 0.92,
    "leads": 0.92,
    "documents": 0.85,
}


def conforms(data):
    assert set(data) == set(KEYS)
    for name, keys in KEYS.items():
        for item in [data[name]] if name == "document" else data[name]:
            assert keys | {"why", "inferred", "repaired"} <= set(item)
    for quantity in data["quantities"]:
        assert quantity["comparator"] in (">", ">=", "<", "<=", "=", "~", "range", "growth")
        assert quantity["kind"] in ("target", "achieved", "condition")
    json.dumps(data, ensure_ascii=False, allow_nan=False)


@pytest.mark.parametrize("text", [PLAN, BROKEN, LETTER])
def test_our_papers_conform(reading, text):
    conforms(reading(text).as_data())


@pytest.mark.shared
def test_the_seeds_conform_with_exact_spans(shared, grammar):
    for file in sorted((shared / "seeds").glob("*.txt")):
        paper = paper_from_bytes(file.read_bytes(), "txt", file.name)
        data = read(paper, grammar).as_data()
        conforms(data)
        for name in ("quantities", "responsibilities", "deadlines", "documents_to_issue", "problems"):
            assert all(paper.text[item["start"] : item["end"]] == item["text"] for item in data[name])


@pytest.mark.shared
def test_the_labels_are_met(shared, grammar):
    spec = importlib.util.spec_from_file_location("score_reader", shared / "tools" / "score_reader.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    total = {measure: [0, 0, 0] for measure in FLOORS}
    for label in sorted((shared / "gold").glob("*.json")):
        source = next(
            (shared / "seeds").glob(f"{label.stem}_*"), shared / "data" / "policy_dev" / f"{label.stem}.txt"
        )
        data = read(paper_from_bytes(source.read_bytes(), "txt"), grammar).as_data()
        for measure, row in scorer.score(json.loads(label.read_text(encoding="utf-8")), data).items():
            total[measure] = [
                a + row[b] for a, b in zip(total[measure], ("hit", "miss", "extra"), strict=True)
            ]
    reached = {measure: 2 * hit / (2 * hit + miss + extra) for measure, (hit, miss, extra) in total.items()}
    assert {measure: f1 for measure, f1 in reached.items() if f1 < FLOORS[measure]} == {}


@pytest.mark.shared
def test_every_paper_of_the_collection_is_read(shared, grammar):
    for file in sorted((shared / "data" / "policy_dev").glob("*_*.txt")):
        paper = paper_from_bytes(file.read_bytes(), "txt", file.name)
        result = read(paper, grammar)
        assert all(paper.text[q.start : q.end] == q.text for q in result.quantities)
        assert result.document.title


def test_a_user_teaches_words_without_python(words):
    from huanchuang.engines.reader import Paper
    from huanchuang.engines.reader.compile import compile_grammar

    text = "关于某事的意见\n一、任务\n【甲】推进工作。交由牵总承担。（市星火总站挂帅）"
    taught = json.loads(json.dumps(words))
    taught["organisations"]["verbs"]["lead"].append("挂帅")
    taught["organisations"]["suffixes"].append("总站")
    taught["markers"].append({"style": "square", "level": "task", "rank": "6", "pattern": "【[甲乙丙]】"})
    result = read(Paper(text), compile_grammar(taught, "local.taught"))
    assert result.responsibilities[0].lead == ("市星火总站",)
    assert result.outline[-1].number == "【甲】"


def test_a_wrong_grammar_is_refused(words):
    from huanchuang.engines.kernel.problem import ProblemError
    from huanchuang.engines.reader.compile import compile_grammar

    for change in (
        {"markers": [{"style": "x", "level": "task", "rank": "1", "pattern": "("}]},
        {"kinds": None},
        {"run_in": "none"},
    ):
        with pytest.raises(ProblemError) as refusal:
            compile_grammar({**words, **change}, "local.wrong")
        assert refusal.value.problems[0].code == "reader.grammar"

"""The reader against a plain regex base line: speed, and (where the labelled papers lie beside the repository) quality.

The text is our own demonstration plan, repeated to the length of a long document. A page is 500 characters. Quality is
measured on the labels of ../shared and on sets that we labelled before the reader had seen their papers.
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import huanchuang
from huanchuang.engines.reader import paper_from_bytes, read
from huanchuang.engines.reader.tests import labels
from huanchuang.packs.documents import load_grammar

PLAN_FILE = Path(huanchuang.__file__).parent / "web" / "demo" / "plan" / "plan.docx"
PAGE = 500
PAGES = 200
ROUNDS = 5
SHARED = Path(__file__).resolve().parents[2] / "shared"
PLAIN_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*(%|万元|亿元|[家个项件人亿万])")
PLAIN_HEADING = re.compile(
    r"^\s*([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.、])", re.M
)


def base_line(text: str) -> dict[str, object]:
    """What a script written in an afternoon finds: figures by unit and headings by marker."""
    outline = [
        {"start": hit.start(1), "end": text.find("\n", hit.start()), "number": hit[1], "heading": text[hit.start(1) :].split("\n")[0].split("。")[0], "level": "section"}
        for hit in PLAIN_HEADING.finditer(text)
    ]  # fmt: skip
    quantities = [
        {
            "text": hit[0],
            "start": hit.start(),
            "end": hit.end(),
            "value": float(hit[1]),
            "unit": hit[2],
            "comparator": "=",
            "kind": "target",
        }
        for hit in PLAIN_FIGURE.finditer(text)
    ]
    return {
        "outline": outline,
        "quantities": quantities,
        "deadlines": [],
        "responsibilities": [],
        "documents_to_issue": [],
    }


def median_seconds(work: Callable[[], object]) -> float:
    """Median of some rounds, in seconds of one core: what else runs on the machine does not count."""
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def quality(grammar: object) -> None:
    """The scorer's closing lines for the reader and for the base line: on the labels of ../shared and on our own sets."""
    if not (SHARED / "gold").is_dir():
        return
    chosen: list[tuple[str, list[tuple[str, dict[str, object]]]]] = [("labels of ../shared", _given())]
    chosen += [(f"our labels, {name}", list(labels.papers(name, SHARED))) for name in labels.sets()]
    readers: list[tuple[str, Callable[[str], dict[str, object]]]] = [
        ("reader", lambda text: read_text(text, grammar)),
        ("regex base line", base_line),
    ]
    for title, papers in chosen:
        print(f"\n{title}: {len(papers)} papers")
        for name, reader in readers:
            print(f"  {name:<16} {_scored(papers, reader)}")


def _given() -> list[tuple[str, dict[str, object]]]:
    """The papers that ../shared labels, with their labels."""
    found = []
    for gold in sorted((SHARED / "gold").glob("*.json")):
        seeds = [*(SHARED / "seeds").glob(f"{gold.stem}_*.txt")]
        source = seeds[0] if seeds else SHARED / "data/policy_dev" / f"{gold.stem}.txt"
        text = source.read_bytes().decode("utf-8-sig")
        found.append((text, json.loads(gold.read_text(encoding="utf-8"))))
    return found


def _scored(papers: list[tuple[str, dict[str, object]]], reader: Callable[[str], dict[str, object]]) -> str:
    """The scorer's line for all papers: F1 of each measure."""
    with tempfile.TemporaryDirectory() as folder:
        words = []
        for number, (text, gold) in enumerate(papers):
            label, found = Path(folder) / f"{number}-gold.json", Path(folder) / f"{number}.json"
            label.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
            data = labels.comparable(reader(text), gold)
            found.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            words += [str(label), str(found)]
        done = subprocess.run(
            [sys.executable, str(SHARED / "tools/score_reader.py"), *words],
            capture_output=True,
            text=True,
            check=True,
        )
    total = done.stdout.strip().splitlines()[-1]
    return "  ".join(
        f"{measure} {f1}" for measure, f1 in re.findall(r"(\w+) P[\d.]+ R[\d.]+ F1 ([\d.]+)", total)
    )


def read_text(text: str, grammar: object) -> dict[str, object]:
    """The reader on a plain text."""
    return read(paper_from_bytes(text.encode("utf-8"), "txt"), grammar).as_data()


def main() -> None:
    """Print speed and quality."""
    grammar = load_grammar()
    plan = paper_from_bytes(PLAN_FILE.read_bytes(), "docx").text
    text = (plan + "\n") * (PAGES * PAGE // len(plan) + 1)
    pages = len(text) / PAGE
    ours, plain = median_seconds(lambda: read_text(text, grammar)), median_seconds(lambda: base_line(text))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{pages:.0f} pages of {PAGE} characters, median of {ROUNDS}, one core")
    print(f"reader           {pages / ours:8.0f} pages/s   peak memory of the process {memory:.0f} MB")
    print(f"regex base line  {pages / plain:8.0f} pages/s   ratio {ours / plain:.1f}")
    quality(grammar)

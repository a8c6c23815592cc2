"""The reader against a plain regex base line: speed, and (where the labelled papers lie beside the repository) quality.

The text is our own demonstration plan, repeated to the length of a long document. A page is 500 characters.
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
    """Median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def quality(grammar: object) -> None:
    """The scorer's closing table for the reader and for the base line."""
    golds = sorted((SHARED / "gold").glob("*.json"))
    if not golds:
        return
    with tempfile.TemporaryDirectory() as folder:
        for title, reader in (
            ("reader", lambda text: read_text(text, grammar)),
            ("regex base line", base_line),
        ):
            words = []
            for gold in golds:
                source = next(
                    [
                        *(SHARED / "seeds").glob(f"{gold.stem}*.txt"),
                        *(SHARED / "data/policy_dev").glob(f"{gold.stem}.txt"),
                    ].__iter__()
                )
                found = Path(folder) / f"{gold.stem}.json"
                found.write_text(
                    json.dumps(reader(source.read_bytes().decode("utf-8-sig")), ensure_ascii=False),
                    encoding="utf-8",
                )
                words += [str(gold), str(found)]
            print(f"\n{title}")
            print(
                subprocess.run(
                    [sys.executable, str(SHARED / "tools/score_reader.py"), *words],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
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

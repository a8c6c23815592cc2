"""The scanner against the labelled papers: value and unit at the place of the label."""

import json

import pytest

from huanchuang.engines.kernel import scan_figures

PAPERS = ("000", "001", "002", "003", "004", "sc_06", "sc_30")


def _text(shared, paper):
    places = [
        *(shared / "seeds").glob(f"{paper}_*.txt"),
        *(shared / "data" / "policy_dev").glob(f"{paper}.txt"),
    ]
    return places[0].read_bytes().decode("utf-8").removeprefix("\ufeff")


def _match(figures, label):
    for figure in figures:
        meets = figure.number_start < label["end"] and label["start"] < figure.number_end
        if meets and abs(float(figure.value) - label["value"]) < 0.01 and figure.unit == label["unit"]:
            return figure
    return None


def _borderline(figure, labels):
    return any(
        label.get("borderline") and label["start"] < figure.number_end and figure.number_start < label["end"]
        for label in labels
    )


@pytest.mark.shared
def test_it_finds_the_labelled_figures_and_little_else(shared):
    found = extra = missed = compared = 0
    for paper in PAPERS:
        gold = json.loads((shared / "gold" / f"{paper}.json").read_text(encoding="utf-8"))
        left = list(scan_figures(_text(shared, paper)))
        for label in gold["quantities"]:
            figure = _match(left, label)
            if figure is not None:
                left.remove(figure)
            if label.get("borderline"):
                continue
            missed += figure is None
            found += figure is not None
            compared += figure is not None and figure.comparator == label["comparator"]
        extra += sum(not _borderline(figure, gold["quantities"] + gold.get("decoys", [])) for figure in left)
    assert found / (found + missed) >= 0.98
    assert found / (found + extra) >= 0.95
    assert compared / found >= 0.95

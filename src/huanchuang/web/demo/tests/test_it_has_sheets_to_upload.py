"""The two sheets for visitors: the same bytes every time, readable as tables, with the mistakes they are made for."""

from __future__ import annotations

import pytest

from huanchuang.engines.kernel import ProblemError, Uscc
from huanchuang.web.demo import sheets
from huanchuang.web.demo.district.enterprises import firms


@pytest.mark.parametrize("name", sheets.SHEETS)
def test_the_same_bytes_every_time(name):
    assert sheets.SHEETS[name]() == sheets.SHEETS[name]()


def test_they_are_written_once(tmp_path):
    sheets.write(tmp_path)
    folder = tmp_path / sheets.FOLDER
    assert {path.name for path in folder.iterdir()} == set(sheets.SHEETS)
    (folder / sheets.FIRMS).write_bytes(b"changed by a visitor")
    sheets.write(tmp_path)
    assert (folder / sheets.FIRMS).read_bytes() == b"changed by a visitor"


def test_three_codes_cannot_be_and_the_others_are_right():
    wrong = 0
    for row in sheets._firm_rows():
        try:
            Uscc.parse(row[2])
        except ProblemError:
            wrong += 1
    assert wrong == len(sheets.WRONG_CHECKS) + 1  # and the letter O for a zero


def test_some_firms_are_known_and_some_are_new():
    codes = {firm.code for firm in firms()}
    known = [row for row in sheets._firm_rows() if row[2] in codes]
    assert len(known) >= 5
    assert [row[0] for row in sheets._firm_rows() if row[-1] == "新增"] == list(sheets.NEW)

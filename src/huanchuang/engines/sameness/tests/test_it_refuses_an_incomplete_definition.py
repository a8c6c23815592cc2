"""A definition gives a weight to every outcome; what is missing or strange is named."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sameness import compile_rules
from huanchuang.engines.sameness.tests.conftest import definition


def broken(change: Any) -> str:
    data = copy.deepcopy(dict(definition()))
    change(data)
    with pytest.raises(ProblemError) as caught:
        compile_rules(data, {}, "test")
    return caught.value.text("zh")


def test_it_names_a_missing_outcome() -> None:
    said = broken(lambda data: data["scales"]["people"]["fields"]["unit"]["outcomes"].pop("past"))
    assert "people.unit" in said
    assert "past" in said


def test_it_names_a_strange_field() -> None:
    assert "colour" in broken(lambda data: data["scales"]["things"]["fields"].update(colour={}))


def test_it_names_a_weight_that_is_no_number() -> None:
    fields = "scales", "organisations", "fields"

    def change(data: Any) -> None:
        data[fields[0]][fields[1]][fields[2]]["name"]["outcomes"]["same"]["bits"] = "viel"

    assert "viel" in broken(change)


def test_it_names_a_wrong_expression() -> None:
    assert "表达式" in broken(lambda data: data["names"].update(bare=["(("]))

import pytest

from huanchuang.orm.models import key_of_subject
from huanchuang.orm.numbers import whole_number, whole_numbers


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1)])
def test_it_takes_a_whole_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", [None, "", "x", "-1", "1.5", " 1", "²", "１２", "9" * 19])
def test_anything_else_is_no_number(text: str | None) -> None:
    """Among it what Python calls a digit, and what no column of keys holds."""
    assert whole_number(text) is None


def test_of_several_it_keeps_the_numbers_in_their_order() -> None:
    assert whole_numbers(["3", "x", "1", ""]) == [3, 1]


def test_it_finds_the_key_in_a_subject() -> None:
    assert key_of_subject("registry.need:7") == 7
    assert key_of_subject("registry.need:x") is None
    assert key_of_subject("registry.need") is None

"""The fact dictionary as this slice asks it: what a key is called, in which unit, and who may see it."""

from __future__ import annotations

from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, parse_number
from huanchuang.orm.language import language
from huanchuang.packs import vocabulary
from huanchuang.packs.vocabulary import FactKey

NUMBER_TYPES = frozenset({"money", "count", "ratio", "quantity"})
"""Value types of the dictionary that hold a number; the others (yes-no, date, code, text) are kept as text."""


def entry(key: str) -> FactKey | None:
    """The dictionary's entry for a code or a name; None for a key that is not in it."""
    return vocabulary.fact_dictionary().get(key)


def name(key: str) -> str:
    """The name of a key in the reader's language; the key itself where the dictionary does not know it."""
    found = entry(key)
    return found.name(language()) if found else key


def is_number(key: FactKey | None, text: str) -> bool:
    """Whether a value is to be read as a number: as the dictionary says; for other keys, whether it looks like one."""
    if key is not None:
        return key.value_type in NUMBER_TYPES
    try:
        parse_number(text)
    except ProblemError:
        return False
    return True


def problem(
    key: FactKey | None, written: str, zh: tuple[str, str], en: tuple[str, str], code: str = "facts.fact"
) -> ProblemError:
    """A refusal that names the figure as people know it."""
    name_zh, name_en = (key.zh, key.en or key.code) if key else (written, written)
    return ProblemError(Problem(f"“{name_zh}”", *zh, code=code, en=ProblemText(f'"{name_en}"', *en)))

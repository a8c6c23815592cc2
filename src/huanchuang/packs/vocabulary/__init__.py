"""The vocabularies of the platform, merged from all packs and kept: regions, industries, facts, words, working days.

Packs that name the same vocabulary are merged, so that a district adds its own codes beside the national ones
without touching them. Every accessor takes further folders of packs (``extra_dirs``) and answers from memory
after the first call.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.packs.library import Library, library
from huanchuang.packs.messages import hints
from huanchuang.packs.problems import Place, refusal, suggestion
from huanchuang.packs.vocabulary.calendar import Years, calendar_of
from huanchuang.packs.vocabulary.codes import Code, CodeList, CodeTree
from huanchuang.packs.vocabulary.columns import ColumnNames, RegisterColumns
from huanchuang.packs.vocabulary.facts import FactDictionary, FactKey, FactKeys
from huanchuang.packs.vocabulary.handling import Handling, HandlingRules
from huanchuang.packs.vocabulary.terms import Glossary, Term, Terms

RegionTree = CodeTree
IndustryTree = CodeTree
Dirs = tuple[Path, ...]
Part = TypeVar("Part", CodeList, FactKeys, Terms, Years, ColumnNames, Handling)

__all__ = [
    "Code",
    "CodeTree",
    "FactDictionary",
    "FactKey",
    "Glossary",
    "HandlingRules",
    "IndustryTree",
    "RegionTree",
    "RegisterColumns",
    "Term",
    "code_tree",
    "code_tree_of",
    "fact_dictionary",
    "fact_dictionary_of",
    "glossary",
    "high_tech_fields",
    "industries",
    "letter_handling",
    "organisation_kinds",
    "regions",
    "register_columns",
    "work_calendar",
]


def code_tree(name: str, extra_dirs: Dirs = ()) -> CodeTree:
    """Returns the vocabulary of codes of that name. Raises :class:`ProblemError` if no pack has one."""
    return code_tree_of(library(extra_dirs), name)


def regions(extra_dirs: Dirs = ()) -> RegionTree:
    """Returns provinces, cities and counties (GB/T 2260), with regions of a district's own packs."""
    return code_tree("regions", extra_dirs)


def industries(extra_dirs: Dirs = ()) -> IndustryTree:
    """Returns the industries of GB/T 4754-2017 in four levels."""
    return code_tree("industries", extra_dirs)


def organisation_kinds(extra_dirs: Dirs = ()) -> CodeTree:
    """Returns the kinds of organisations of an innovation ecosystem."""
    return code_tree("organisation-kinds", extra_dirs)


def high_tech_fields(extra_dirs: Dirs = ()) -> CodeTree:
    """Returns the eight high-tech fields the state supports, with their second level."""
    return code_tree("high-tech-fields", extra_dirs)


def fact_dictionary(extra_dirs: Dirs = ()) -> FactDictionary:
    """Returns the dictionary of all facts."""
    return fact_dictionary_of(library(extra_dirs))


def glossary(extra_dirs: Dirs = ()) -> Glossary:
    """Returns the words of the field in Chinese and English."""
    return _glossary(library(extra_dirs))


def register_columns(extra_dirs: Dirs = ()) -> RegisterColumns:
    """Returns what the fields of the register are called in sheets, and when its entries become stale."""
    return _register_columns(library(extra_dirs))


def work_calendar(extra_dirs: Dirs = ()) -> WorkCalendar:
    """Returns the working days of China; years not announced yet are provisional."""
    return _work_calendar(library(extra_dirs))


def letter_handling(extra_dirs: Dirs = ()) -> HandlingRules:
    """Returns the terms, marks and answers of handling proposals; a district's own pack may replace entries."""
    return _letter_handling(library(extra_dirs))


@cache
def code_tree_of(packs: Library, name: str) -> CodeTree:
    """Returns the vocabulary of codes that the packs of a library make up."""
    tree = CodeTree(_parts(packs, name, CodeList))
    tree.refuse_dangling()
    return tree


@cache
def fact_dictionary_of(packs: Library) -> FactDictionary:
    """Returns the dictionary that the packs of a library make up."""
    return FactDictionary(_parts(packs, "facts", FactKeys))


@cache
def _glossary(packs: Library) -> Glossary:
    return Glossary(_parts(packs, "glossary", Terms))


@cache
def _register_columns(packs: Library) -> RegisterColumns:
    return RegisterColumns(_parts(packs, "register-columns", ColumnNames))


@cache
def _work_calendar(packs: Library) -> WorkCalendar:
    return calendar_of(_parts(packs, "work-calendar", Years))


@cache
def _letter_handling(packs: Library) -> HandlingRules:
    return HandlingRules(_parts(packs, "letter-handling", Handling))


def _parts(packs: Library, name: str, shape: type[Part]) -> tuple[Part, ...]:
    """Returns what the packs add to one vocabulary, the shipped ones first."""
    contents = [pack.content for pack in packs.all("vocabulary")]
    parts = tuple(
        content for content in contents if content.vocabulary == name and isinstance(content, shape)
    )
    if not parts:
        known = {content.vocabulary for content in contents if isinstance(content, shape)}
        raise refusal("no-vocabulary", Place("vocabulary"), name=name, **hints(suggestion(name, known)))
    return parts

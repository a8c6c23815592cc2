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
from huanchuang.packs.library import library
from huanchuang.packs.messages import hints
from huanchuang.packs.problems import Place, refusal, suggestion
from huanchuang.packs.vocabulary.calendar import Years, calendar_of
from huanchuang.packs.vocabulary.codes import Code, CodeList, CodeTree
from huanchuang.packs.vocabulary.facts import FactDictionary, FactKey, FactKeys
from huanchuang.packs.vocabulary.terms import Glossary, Term, Terms

RegionTree = CodeTree
IndustryTree = CodeTree
Dirs = tuple[Path, ...]
Part = TypeVar("Part", CodeList, FactKeys, Terms, Years)

__all__ = [
    "Code",
    "CodeTree",
    "FactDictionary",
    "FactKey",
    "Glossary",
    "IndustryTree",
    "RegionTree",
    "Term",
    "code_tree",
    "fact_dictionary",
    "glossary",
    "high_tech_fields",
    "industries",
    "organisation_kinds",
    "regions",
    "work_calendar",
]


@cache
def code_tree(name: str, extra_dirs: Dirs = ()) -> CodeTree:
    """Returns the vocabulary of codes of that name. Raises :class:`ProblemError` if no pack has one."""
    tree = CodeTree(_parts(name, CodeList, extra_dirs))
    tree.refuse_dangling()
    return tree


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


@cache
def fact_dictionary(extra_dirs: Dirs = ()) -> FactDictionary:
    """Returns the dictionary of all facts."""
    return FactDictionary(_parts("facts", FactKeys, extra_dirs))


@cache
def glossary(extra_dirs: Dirs = ()) -> Glossary:
    """Returns the words of the field in Chinese and English."""
    return Glossary(_parts("glossary", Terms, extra_dirs))


@cache
def work_calendar(extra_dirs: Dirs = ()) -> WorkCalendar:
    """Returns the working days of China; years not announced yet are provisional."""
    return calendar_of(_parts("work-calendar", Years, extra_dirs))


def _parts(name: str, shape: type[Part], extra_dirs: Dirs) -> tuple[Part, ...]:
    found = {pack.content.vocabulary: pack for pack in library(extra_dirs).all("vocabulary")}
    parts = [
        pack.content for pack in library(extra_dirs).all("vocabulary") if pack.content.vocabulary == name
    ]
    if not parts:
        raise refusal("no-vocabulary", Place("vocabulary"), name=name, **hints(suggestion(name, found)))
    return tuple(part for part in parts if isinstance(part, shape))
